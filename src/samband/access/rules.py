"""Who may see and do what, as pure functions of the actor and a few facts. No Django, no database.

Source: patientdatalag (2008:355), lag (2022:913), HSLF-FS 2016:40 and the rules P1–P7 for the shared plan, as gathered
in the project's rules with ids. What holds for children is in `rules_children`; reading between providers in `records`.
"""

from dataclasses import dataclass

from samband.access import rules_children
from samband.access.rules_children import Child
from samband.core.decision import Actor, Decision, allow, deny

CARE_ROLES = frozenset(
    {"coordinator", "nurse", "assistant", "physician", "therapist", "dental", "pharmacist", "social"}
)
PLANNING_ROLES = frozenset({"coordinator", "nurse", "physician", "therapist", "dental", "social"})
# Roles whose holders have a licence to practise in Sweden (patientsäkerhetslagen 2010:659, 4 kap.).
LICENSED = frozenset({"nurse", "physician", "therapist", "dental", "pharmacist"})
LEGAL_RELATIVES = frozenset({"guardian", "trustee"})


@dataclass(frozen=True)
class Facts:
    """What the rules need to know about an actor and a person. Everything is no until it is known to be yes.

    Of staff: `near` is OWN where the account is the person's, NEAR where it is a relative's, AGREED where her unit has
    decided that the relative works with the person all the same. Of a relative: `shared_reading` as it stands, but
    `shared_writing` and `mandate` (the law lets her represent) as far as the child's age and maturity let them.
    """

    relation: bool = False
    party: bool = False
    withdrawn: bool = False
    shared_reading: bool = False
    shared_writing: bool = False
    guardian: bool = False
    mandate: bool = False
    child: Child | None = None
    near: str = ""


OWN, NEAR, AGREED = "own", "near", "agreed"
NO_PERSON = Facts()


def is_care(actor: Actor) -> bool:
    """Staff in a role of care, at an organisation within health and social care."""
    return actor.kind == "staff" and actor.role in CARE_ROLES and actor.org_kind != "outside"


def is_outside(actor: Actor) -> bool:
    """A party outside health and social care: school, employer, insurance office (A14)."""
    return actor.kind == "staff" and (actor.org_kind == "outside" or actor.role == "outside")


def see_person(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """A1, A13, A14: that the person exists, and the header of her page."""
    if actor.kind == "person":
        return _own(actor, person_id)
    if actor.kind == "relative":
        return _shared(actor, person_id, facts)
    if (closed := apart(facts)) is not None:
        return closed
    if is_outside(actor):
        if facts.party:
            return allow(
                "P5",
                "Personen har gått med på att ni deltar i planen.",
                "The person agreed that you take part in the plan.",
            )
        return deny(
            "P5", "Personen har inte gått med på att ni deltar.", "The person has not agreed that you take part."
        )
    if not is_care(actor):
        return deny(
            "A1", "Din roll deltar inte i vården av personer.", "Your role takes no part in the care of persons."
        )
    if facts.relation:
        return allow("A1", "Din enhet deltar i personens vård nu.", "Your unit takes part in the person's care now.")
    return deny("A1", "Din enhet deltar inte i personens vård nu.", "Your unit takes no part in the person's care now.")


def apart(facts: Facts) -> Decision | None:
    """A1: nobody opens what is her own, or a near relative's, through an assignment. She does not need it for her work.

    Known is what the account is tied to. That a relative's mandate has ended makes her no stranger.
    """
    if facts.near == OWN:
        return deny("A1", "Det är dina egna uppgifter. Läs dem som dig själv, inte genom uppdraget.",
                    "These are your own facts. Read them as yourself, not through the assignment.")  # fmt: skip
    if facts.near == NEAR:
        return deny("A1", "Du är själv närstående. En kollega gör det, om enheten inte har bestämt att du ska.",
                    "You are a relative yourself. A colleague does it, unless the unit decided that you do.")  # fmt: skip
    return None


def read_plan(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """P2, P4, P5, P6: the shared plan."""
    seen = see_person(actor, person_id, facts)
    if not seen or actor.kind != "staff" or is_outside(actor):
        return seen
    if facts.party:
        return allow(
            "P2",
            "Din enhet är part i planen och deltar i vården nu.",
            "Your unit is a party and takes part in the care now.",
        )
    if facts.withdrawn:
        return deny(
            "P6", "Personen har tagit tillbaka er del i planen.", "The person has withdrawn your part in the plan."
        )
    return deny("P2", "Din enhet är inte part i den gemensamma planen.", "Your unit is no party of the shared plan.")


def edit_plan(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """P3: what belongs to the plan as a whole (situation, goals, situations, follow-ups)."""
    read = read_plan(actor, person_id, facts)
    if not read:
        return read
    if actor.kind == "person":
        return rules_children.own_part(facts.child)
    if actor.kind == "relative":
        return _legal(actor, facts)
    if is_care(actor):
        return allow(
            "P3", "Parterna skriver planen tillsammans med personen.", "The parties write the plan with the person."
        )
    return deny("P5", "Parter utanför vård och omsorg läser sin del.", "Parties outside care read their part.")


def lead_plan(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """P1, P3: whoever may start a plan pauses, closes and reopens it, and hands over: a party, in a role that plans."""
    plan = edit_plan(actor, person_id, facts)
    if not plan:
        return plan
    return by_role(
        actor,
        PLANNING_ROLES,
        "P1",
        "Parterna leder planen tillsammans med personen.",
        "The parties lead the plan together with the person.",
    )


def hand_over(actor: Actor, person_id: int, facts: Facts, unit_id: int | None) -> Decision:
    """P3: a unit hands over its own, and answers for itself. `unit_id` is the unit whose act it is."""
    lead = lead_plan(actor, person_id, facts)
    if not lead or unit_id in actor.unit_ids:
        return lead
    return deny("P3", "Det är en annan enhets att svara på.", "It is another unit's to answer.")


def unfold_text(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """A17: what a corrected or struck-out text said is for the staff of the parties, with a reason where it is struck."""
    plan = edit_plan(actor, person_id, facts)
    if plan and actor.kind != "staff":
        return deny("A17", "Det är personalens att läsa.", "It is for staff to read.")
    return plan


def edit_words(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """P3: the person's own words are hers; somebody else notes who wrote them down."""
    decision = edit_plan(actor, person_id, facts)
    if decision and actor.kind == "staff":
        return allow(
            "P3",
            "Skriv personens egna ord, och vem som skrev ner dem.",
            "Write the person's own words and who wrote them down.",
        )
    return decision


def edit_action(actor: Actor, person_id: int, facts: Facts, owner: tuple[str, int | None, int | None]) -> Decision:
    """P3: each party edits its own actions. `owner` is (by, unit id, organisation id) of the action."""
    by, unit_id, organization_id = owner
    plan = edit_plan(actor, person_id, facts)
    if not plan:
        return plan
    if actor.kind in ("person", "relative"):
        if by in ("person", "relative"):
            return plan
        return deny(
            "P3",
            "Enheten som har insatsen ändrar den. Du kan föreslå.",
            "The unit that has the action changes it. You can propose.",
        )
    if by != "unit":
        return allow(
            "P3",
            "Insatsen hör inte till någon enhet; parterna sköter den.",
            "No unit owns the action; the parties look after it.",
        )
    if unit_id in actor.unit_ids and organization_id == actor.organization_id:
        return allow("P3", "Insatsen är er egen.", "The action is your own.")
    return deny(
        "P3",
        "Insatsen hör till en annan enhet. Du kan föreslå en ändring.",
        "Another unit has the action. You can propose a change.",
    )


def come_along(
    actor: Actor, person_id: int, facts: Facts, owner: tuple[str, int | None, int | None], unit: tuple[int, int]
) -> Decision:
    """P3: who of a unit comes along is that unit's own, and part of the action. `unit` is (unit id, organisation id)."""
    own = edit_action(actor, person_id, facts, ("unit", *unit))
    if own and actor.kind == "staff":
        return allow("P3", "Er egen medverkan sköter ni själva.", "Your own taking part is yours to look after.")
    return edit_action(actor, person_id, facts, owner)


def propose(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """P3, P4: whoever reads the plan from within may propose."""
    read = read_plan(actor, person_id, facts)
    if read and actor.kind == "relative" and not facts.shared_writing:
        return deny(
            "P4",
            "Personen har delat läsning med dig, inte skrivning.",
            "The person shares reading with you, not writing.",
        )
    return (
        deny("P5", "Ni läser er del av planen.", "You read your part of the plan.")
        if read and is_outside(actor)
        else read
    )


def do_action(
    actor: Actor, person_id: int, facts: Facts, by: str, unit_ids: frozenset[int], relative_id: int | None
) -> Decision:
    """P3, P4: mark an occurrence done, moved or not done. `unit_ids` are the units that carry it out."""
    read = read_plan(actor, person_id, facts)
    if not read:
        return read
    if actor.kind == "person" and by in ("person", "relative"):
        return allow("P4", "Det är din egen insats.", "It is your own action.")
    if actor.kind == "relative" and facts.shared_writing and (relative_id == actor.relative_id or by == "person"):
        return allow("P4", "Personen har delat det med dig.", "The person shares it with you.")
    if is_care(actor) and (by != "unit" or unit_ids & set(actor.unit_ids)):
        return allow("P3", "Din enhet har insatsen.", "Your unit has the action.")
    return deny("P3", "Någon annan har insatsen.", "Somebody else has the action.")


def see_action(actor: Actor, plan: Decision, shared_outside: bool, unit_ids: frozenset[int]) -> Decision:
    """P5: a party outside care sees the actions that concern it (it has them, or comes along) and that the person agreed to."""
    if not plan or not is_outside(actor):
        return plan
    if shared_outside and unit_ids & set(actor.unit_ids):
        return allow(
            "P5",
            "Insatsen rör er och personen har gått med på det.",
            "The action concerns you and the person agreed to it.",
        )
    return deny("P5", "Insatsen rör inte er.", "The action does not concern you.")


def create_plan(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """P1: a unit in the person's care starts the plan together with her."""
    seen = see_person(actor, person_id, facts)
    if not seen or not is_care(actor):
        return (
            seen
            if not seen
            else deny("P1", "En enhet i vården startar planen.", "A unit in the person's care starts the plan.")
        )
    return by_role(
        actor,
        PLANNING_ROLES,
        "P1",
        "Ni startar planen tillsammans med personen.",
        "You start the plan with the person.",
    )


def manage_person(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """A1: contacts, relatives and facts about the person are kept by those who take part in her care."""
    seen = see_person(actor, person_id, facts)
    if not seen or not is_care(actor):
        return seen if not seen else deny("A1", "Vården sköter de uppgifterna.", "Care staff keep these facts.")
    return by_role(
        actor, PLANNING_ROLES, "A1", "Din enhet deltar i personens vård.", "Your unit takes part in the person's care."
    )


def assess_maturity(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """P4, A13: whoever takes part in a child's care, with a licence or for social services, assesses its maturity."""
    seen = see_person(actor, person_id, facts)
    if not seen or not is_care(actor):
        return seen if not seen else deny("A1", "Vården bedömer det.", "Care assesses that.")
    return by_role(actor, LICENSED | {"social"}, "P4", "Du bedömer barnets mognad, och skriver på vilken grund.",
                   "You assess the child's maturity, and write on what ground.")  # fmt: skip


def by_role(actor: Actor, roles: frozenset[str], rule: str, sv: str, en: str) -> Decision:
    """A question about the role alone."""
    if actor.kind == "staff" and actor.role in roles and not (roles <= CARE_ROLES and actor.org_kind == "outside"):
        return allow(rule, sv, en)
    return deny(rule, "Ditt uppdrag omfattar inte det här.", "Your assignment does not include this.")


def _own(actor: Actor, person_id: int) -> Decision:
    if actor.person_id == person_id:
        return allow("A13", "Uppgifterna är dina egna.", "These facts are your own.")
    return deny("A13", "Du kommer bara åt dina egna uppgifter.", "You reach your own facts only.")


def _shared(actor: Actor, person_id: int, facts: Facts) -> Decision:
    if actor.person_id == person_id and facts.guardian:
        return rules_children.guardian_plan(facts.child, facts.shared_reading)
    if actor.person_id == person_id and facts.shared_reading:
        return allow("A13", "Personen, eller lagen, låter dig läsa.", "The person, or the law, lets you read.")
    return deny("A13", "Personen har inte delat det här med dig.", "The person has not shared this with you.")


def _legal(actor: Actor, facts: Facts) -> Decision:
    if facts.mandate:
        return allow("P4", "Du företräder personen.", "You represent the person.")
    if actor.role == "trustee" and facts.shared_writing:
        return deny("P4", "Ditt uppdrag omfattar inte att sörja för personen.",
                    "Your mandate does not include the care of the person.")  # fmt: skip
    return deny("P4", "Du läser planen och skriver i din egen del.", "You read the plan and write in your own part.")
