"""Who reads and writes each provider's own entries, as pure functions. No Django, no database.

Source: patientdatalag (2008:355) ch. 4, lag (2022:913) on coherent care records; the project's rules A1, A3–A12, A13, A17.
This is another mechanism than the shared plan: that a plan is shared opens no entry, and an entry that is opened shows no plan.
"""

from dataclasses import dataclass

from samband.access.rules import LICENSED, is_care
from samband.core.decision import Actor, Decision, allow, deny

CONSENT, INCAPABLE, EMERGENCY = "consent", "incapable", "emergency"
INNER_CONSENT, INNER_EMERGENCY = "inner_consent", "inner_emergency"


@dataclass(frozen=True)
class EntryFacts:
    """What the rules need to know about a reader and an entry (or all entries of one provider). No until known to be yes.

    `social` is whether a provider works under social services law: a municipality's home help and its home nursing are
    two providers here. `opened` is the ground on which this reader said that she needs the data now, and why (relevance);
    `inner` the ground on which she needs an entry that its unit's block closes. They hold for the day.
    `shared`: the person lets this relative read it now (A13).
    """

    relation: bool = False
    same_provider: bool = False
    same_unit: bool = False
    signed: bool = False
    reader_social: bool = False
    source_social: bool = False
    informed: bool = False
    blocked: bool = False
    consent: bool = False
    incapable: bool = False
    opened: str = ""
    inner_blocked: bool = False
    inner: str = ""
    shared: bool = False


def list_entries(actor: Actor, person_id: int, relation: bool) -> Decision:
    """A1, A13: whether there is a page of entries at all; each of them is asked about by `read`."""
    if actor.kind == "person":
        return _own(actor, person_id)
    return _takes_part(actor, relation)


def read(actor: Actor, person_id: int, facts: EntryFacts) -> Decision:
    """One entry, whole."""
    if actor.kind == "person":
        own = _own(actor, person_id)
        return finished(facts.signed, own) if own else own
    if actor.kind == "relative":
        return _near(actor, person_id, facts)
    seen = _takes_part(actor, facts.relation)
    if not seen:
        return seen
    return _within(facts) if facts.same_provider else _across(facts)


def finished(signed: bool, seen: Decision) -> Decision:
    """A17: an entry that nobody has signed is not read by the person, nor by whoever reads for her."""
    return seen if signed else deny("A17", "Anteckningen är inte klar än.", "The entry is not finished yet.")


def _near(actor: Actor, person_id: int, facts: EntryFacts) -> Decision:
    """A13: what the person shares, once it is signed, and for as long as she does."""
    if actor.person_id != person_id or not facts.shared:
        return deny("A13", "Personen delar inte det här med dig.", "The person does not share this with you.")
    return finished(facts.signed, allow("A13", "Personen delar det här med dig.", "The person shares this with you."))


def shared(actor: Actor, anything: bool) -> Decision:
    """A13: whether there is a page of what is shared at all; each entry is asked about by `read`."""
    if actor.kind == "relative" and anything:
        return allow(
            "A13", "Personen delar något ur sin journal med dig.", "The person shares some of her records with you."
        )
    return deny("A13", "Ingen delar sin journal med dig nu.", "Nobody shares their records with you now.")


def share(actor: Actor, person_id: int) -> Decision:
    """A13: the person herself shares with those near, and ends it."""
    if actor.kind == "person":
        own = _own(actor, person_id)
        return allow("A13", "Du bestämmer vem som får läsa.", "You decide who may read.") if own else own
    return deny("A13", "Bara personen själv delar sin journal.", "Only the person shares her records.")


def _takes_part(actor: Actor, relation: bool) -> Decision:
    if actor.kind == "relative":
        return deny("A13", "Journalen är personens egen att läsa.", "The records are for the person alone to read.")
    if not is_care(actor):
        return deny(
            "A1", "Din roll deltar inte i vården av personer.", "Your role takes no part in the care of persons."
        )
    if not relation:
        return deny(
            "A1", "Din enhet deltar inte i personens vård nu.", "Your unit takes no part in the person's care now."
        )
    return allow("A1", "Din enhet deltar i personens vård nu.", "Your unit takes part in the person's care now.")


def _own(actor: Actor, person_id: int) -> Decision:
    if actor.person_id == person_id:
        return allow("A13", "Det är din egen journal.", "These are your own records.")
    return deny("A13", "Journalen är personens egen att läsa.", "The records are for the person alone to read.")


def _within(facts: EntryFacts) -> Decision:
    """A1, A3: the same provider. An inner block closes what a unit wrote to the provider's other units."""
    if facts.same_unit or not facts.inner_blocked:
        return allow(
            "A1",
            "Anteckningen är er egen vårdgivares, och din enhet deltar i vården.",
            "The entry is your own provider's, and your unit takes part in the care.",
        )
    if facts.inner == INNER_CONSENT:
        return allow("A3", "Personen har sagt ja till att du läser den.", "The person said yes to your reading it.")
    if facts.inner == INNER_EMERGENCY:
        return allow(
            "A3",
            "Personen kan inte svara, och vården kan inte vara utan uppgiften.",
            "The person cannot answer, and the care cannot be without the data.",
        )
    return deny("A3", "Personen har spärrat enhetens anteckningar.", "The person has blocked the unit's entries.")


def _across(facts: EntryFacts) -> Decision:
    """A4–A12: another provider. The order is the law's: is it open at all, does the reader need it, what did the person say."""
    closed = _open_at_all(facts)
    if closed is not None:
        return closed
    if facts.incapable:
        return _lasting(facts)
    if facts.opened == EMERGENCY and not facts.consent:
        return _emergency(facts)
    rule = "A8" if facts.reader_social else "A7"
    if not facts.consent:
        return deny(rule, "Personen har inte sagt ja till att ni läser andras anteckningar.",
                    "The person has not said yes to your reading others' entries.")  # fmt: skip
    if not facts.opened:
        return deny(rule, "Säg först varför uppgifterna behövs nu.", "Say first why the data is needed now.")
    return allow(rule, "Personen har sagt ja, och du har sagt varför uppgifterna behövs nu.",
                 "The person said yes, and you have said why the data is needed now.")  # fmt: skip


def _open_at_all(facts: EntryFacts) -> Decision | None:
    if not facts.signed:
        return deny("A6", "Anteckningen är inte klar än.", "The entry is not finished yet.")
    if facts.blocked:
        return deny("A5", "Personen har spärrat uppgifterna.", "The person has blocked the data.")
    if not facts.informed:
        return deny("A4", "Personen har inte fått veta vad det innebär att vårdgivare läser hos varandra.",
                    "The person has not been told what it means that providers read each other's records.")  # fmt: skip
    return None


def _lasting(facts: EntryFacts) -> Decision:
    """A9: who lastingly cannot take a stand. Her attitude was explored before; that is the ground."""
    if facts.reader_social and not facts.source_social:
        return deny("A9", "Socialtjänsten läser då bara annan socialtjänsts anteckningar.",
                    "Social services then read other social services' entries alone.")  # fmt: skip
    if facts.opened == INCAPABLE:
        return allow("A9", "Personen kan inte ta ställning, och inget talar för att hon skulle säga nej.",
                     "The person cannot take a stand, and nothing suggests that she would say no.")  # fmt: skip
    return deny("A9", "Ta först reda på vad personen brukar vilja, och säg varför uppgifterna behövs.",
                "Find out first what the person would want, and say why the data is needed.")  # fmt: skip


def _emergency(facts: EntryFacts) -> Decision:
    """A11: unblocked data, consent cannot be had. Social services have no such way."""
    if facts.reader_social:
        return deny("A11", "Socialtjänsten har ingen väg in vid fara.", "Social services have no way in an emergency.")
    return allow("A11", "Det är fara för liv eller hälsa, och personen kan inte svara.",
                 "Life or health is in danger, and the person cannot answer.")  # fmt: skip


def know_others(actor: Actor, facts: EntryFacts) -> Decision:
    """A6: that there is something at other providers; not whose it is and not what it says."""
    seen = _takes_part(actor, facts.relation)
    if not seen:
        return seen
    return allow("A6", "Att det finns uppgifter får du veta, men inte hos vem eller vad de säger.",
                 "That there is data you may know, but not with whom or what it says.")  # fmt: skip


def open_others(actor: Actor, facts: EntryFacts, ground: str) -> Decision:
    """A7–A11: whether the ground fits this reader; the reading itself is asked about entry by entry."""
    seen = _takes_part(actor, facts.relation)
    if not seen:
        return seen
    if ground == EMERGENCY and facts.reader_social:
        return _emergency(facts)
    if (ground == INCAPABLE) != facts.incapable:
        if facts.incapable:
            return deny("A9", "Det finns en bedömning att personen inte kan ta ställning. Läs på den grunden.",
                        "It has been assessed that the person cannot take a stand. Read on that ground.")  # fmt: skip
        return deny("A9", "Ingen har bedömt att personen inte kan ta ställning.",
                    "Nobody has assessed that the person cannot take a stand.")  # fmt: skip
    return allow(_rule_of(ground, facts), "Du säger varför uppgifterna behövs, och det skrivs upp.",
                 "You say why the data is needed, and it is written down.")  # fmt: skip


def _rule_of(ground: str, facts: EntryFacts) -> str:
    return {EMERGENCY: "A11", INCAPABLE: "A9"}.get(ground, "A8" if facts.reader_social else "A7")


def ask_to_lift(actor: Actor, facts: EntryFacts) -> Decision:
    """A10: an emergency, and the data is blocked: a care provider sees who blocked, and asks. Nobody reads without that yes."""
    seen = _takes_part(actor, facts.relation)
    if not seen:
        return seen
    if facts.reader_social:
        return deny(
            "A10",
            "Socialtjänsten kan inte be om att en spärr hävs.",
            "Social services cannot ask for a block to be lifted.",
        )
    return allow("A10", "Vid fara får du veta vem som har spärrat och be dem häva spärren.",
                 "In an emergency you may know who blocked, and ask them to lift it.")  # fmt: skip


def answer_lift(actor: Actor, organization_id: int, social: bool, actor_social: bool) -> Decision:
    """A10: the provider whose data is blocked answers, through licensed staff."""
    if not is_care(actor) or actor.organization_id != organization_id or social != actor_social:
        return deny(
            "A10", "Det är den spärrande vårdgivarens att svara på.", "It is for the provider that blocked to answer."
        )
    if not social and actor.role not in LICENSED:
        return deny("A10", "Legitimerad personal svarar.", "Licensed staff answer.")
    return allow("A10", "Ni har uppgifterna, och ni svarar.", "You have the data, and you answer.")


def block(actor: Actor, person_id: int) -> Decision:
    """A3, A5: the person blocks and lifts, at once and any time. Nobody does it for her; a guardian may not block a child's data."""
    if actor.kind == "person":
        own = _own(actor, person_id)
        return allow("A5", "Du bestämmer vem som får läsa.", "You decide who may read.") if own else own
    if actor.kind == "relative":
        return deny("A5", "Bara personen själv spärrar och häver.", "Only the person blocks and lifts.")
    return deny("A5", "Skriv upp det personen säger i stället.", "Write down what the person says instead.")


def record_block(actor: Actor, relation: bool) -> Decision:
    """A5: staff write down an objection at once, in the person's words; lifting it is the person's too, and written down so."""
    seen = _takes_part(actor, relation)
    if not seen:
        return seen
    return allow(
        "A5", "Skriv vad personen sade, så gäller det genast.", "Write what the person said; it holds at once."
    )


def copy(actor: Actor, relation: bool, social: bool) -> Decision:
    """A17: who takes part in the care gives out copies of her own provider's entries: licensed staff, and social services."""
    seen = _takes_part(actor, relation)
    if not seen:
        return seen
    if not social and actor.role not in LICENSED:
        return deny("A17", "Legitimerad personal lämnar ut kopior.", "Licensed staff give out copies.")
    return allow("A17", "Du skriver upp vem som får kopian, och personen ser det.",
                 "You write down who gets the copy, and the person sees it.")  # fmt: skip


def extract(actor: Actor, person_id: int) -> Decision:
    """A13 and GDPR art. 15: the person her own; an administrator or reviewer for her, on a written request."""
    if actor.kind == "person":
        return _own(actor, person_id)
    if actor.kind == "staff" and actor.role in ("administrator", "reviewer") and actor.org_kind != "outside":
        return allow("A13", "Personen har begärt det skriftligt, och det skrivs upp.",
                     "The person has asked for it in writing, and that is written down.")  # fmt: skip
    return deny("A13", "Utdraget är personens eget.", "The extract is the person's own.")


def thin(actor: Actor) -> Decision:
    """A17: an administrator decides what of her organization's is thinned, and what is held back."""
    if actor.kind == "staff" and actor.role == "administrator" and actor.org_kind != "outside":
        return allow(
            "A17", "Du beslutar om gallring för din organisation.", "You decide on thinning for your organization."
        )
    return deny("A17", "En administratör beslutar om gallring.", "An administrator decides on thinning.")


def write(actor: Actor, relation: bool) -> Decision:
    """A17: whoever takes part in the care writes an entry of her own provider."""
    return _takes_part(actor, relation)


def sign(actor: Actor, facts: EntryFacts, mine: bool) -> Decision:
    """A17: the one who wrote it signs."""
    seen = _takes_part(actor, facts.relation)
    if not seen:
        return seen
    if not mine:
        return deny("A17", "Den som skrev anteckningen signerar den.", "The one who wrote the entry signs it.")
    return allow("A17", "Du skrev den.", "You wrote it.")


def correct(actor: Actor, facts: EntryFacts) -> Decision:
    """A17: the unit that wrote it corrects; what stood before stays and can be read."""
    seen = _takes_part(actor, facts.relation)
    if not seen:
        return seen
    if not facts.same_unit or not facts.same_provider:
        return deny("A17", "Enheten som skrev anteckningen rättar den.", "The unit that wrote the entry corrects it.")
    return allow(
        "A17",
        "Det är er egen anteckning. Det som stod innan finns kvar.",
        "It is your own entry. What stood before stays.",
    )


def dissent(actor: Actor, person_id: int, facts: EntryFacts) -> Decision:
    """A17: the person says that she sees it otherwise; staff of the unit note it for her."""
    if actor.kind == "person":
        return read(actor, person_id, facts)
    return correct(actor, facts)
