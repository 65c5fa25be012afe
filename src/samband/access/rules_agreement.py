"""Who may say yes to a plan, to its parties and to an action; who writes and shares a relative's own note. Pure.

A person who cannot consent (P7) is represented by somebody with a mandate of the law; her own no is heard all the same.
"""

from samband.access.rules import (
    PLANNING_ROLES,
    Facts,
    by_role,
    create_plan,
    edit_plan,
    is_care,
    is_outside,
    read_plan,
)
from samband.core.decision import Actor, Decision, allow, deny


def approve(actor: Actor, person_id: int, facts: Facts, incapable: bool) -> Decision:
    """P4, P7: answer for a version of the plan. Staff write down what the person said (P3)."""
    read = read_plan(actor, person_id, facts)
    if not read:
        return read
    if actor.kind == "person":
        return _self(incapable)
    if actor.kind == "relative":
        return _represents(actor, facts, incapable)
    if is_outside(actor):
        return deny("P5", "Ni läser er del av planen.", "You read your part of the plan.")
    return by_role(
        actor, PLANNING_ROLES, "P3", "Skriv vad personen svarade, och vem som sade det.",
        "Write what the person answered, and who said it.",
    )  # fmt: skip


def disagree(actor: Actor, person_id: int, facts: Facts, incapable: bool) -> Decision:
    """P4: the person says no in her own words, also where somebody represents her (P7: her attitude is to be known)."""
    decision = approve(actor, person_id, facts, incapable)
    if actor.kind == "person" and read_plan(actor, person_id, facts):
        return allow(
            "P4", "Det är din plan. Det du tycker skrivs in.", "It is your plan. What you think is written in."
        )
    return decision


def give_consent(actor: Actor, person_id: int, facts: Facts, incapable: bool) -> Decision:
    """P1: the person's yes to the plan; staff note it from within the care, whether they read the plan now or not."""
    if actor.kind == "staff":
        return create_plan(actor, person_id, facts)
    read = read_plan(actor, person_id, facts)
    if not read:
        return read
    return _self(incapable) if actor.kind == "person" else _represents(actor, facts, incapable)


def withdraw_consent(actor: Actor, person_id: int, facts: Facts, incapable: bool) -> Decision:
    """P6: the person takes her yes back whenever she wants; P7 takes that from nobody."""
    if actor.kind == "person" and actor.person_id == person_id:
        return allow("P6", "Du tar tillbaka ditt ja när du vill.", "You take your yes back whenever you want.")
    return give_consent(actor, person_id, facts, incapable)


def answer_ask(
    actor: Actor, person_id: int, facts: Facts, unit: tuple[int, int | None], shared_outside: bool
) -> Decision:
    """P3, P5: the asked unit answers for itself. `unit` is (unit id, organisation id)."""
    read = read_plan(actor, person_id, facts)
    if not read:
        return read
    unit_id, organization_id = unit
    if actor.kind != "staff" or unit_id not in actor.unit_ids or organization_id != actor.organization_id:
        return deny("P3", "Frågan är ställd till en annan enhet.", "Another unit has been asked.")
    if is_outside(actor) and not shared_outside:
        return deny("P5", "Insatsen rör inte er.", "The action does not concern you.")
    if is_outside(actor) or is_care(actor):
        return allow("P3", "Frågan är ställd till er enhet.", "Your unit has been asked.")
    return deny("P3", "Ditt uppdrag omfattar inte det här.", "Your assignment does not include this.")


def list_asks(actor: Actor) -> Decision:
    """P3, P5: the questions put to the actor's units."""
    if is_care(actor) or is_outside(actor):
        return allow("P3", "Frågor som är ställda till er enhet.", "Questions put to your unit.")
    return deny("P3", "Ditt uppdrag omfattar inte det här.", "Your assignment does not include this.")


def decides_notes(actor: Actor, facts: Facts, incapable: bool) -> bool:
    """P7: a relative who decides for the person whether notes are shared, and so reads them all."""
    return bool(_represents(actor, facts, incapable))


def read_note(
    actor: Actor, person_id: int, facts: Facts, relative_id: int, shared: bool, incapable: bool = False
) -> Decision:
    """P4: the parties read a relative's note while the person shares it; she and its writer always.

    P7: whoever decides for her whether it is shared (`share_note`) has to know what it says.
    """
    if is_outside(actor):
        return deny("P5", "Ni läser er del av planen.", "You read your part of the plan.")
    read = read_plan(actor, person_id, facts)
    if not read or actor.kind == "person":
        return read
    if actor.kind == "relative":
        if actor.relative_id != relative_id and _represents(actor, facts, incapable):
            return read
        own = actor.relative_id == relative_id
        return read if own else deny("P4", "Någon annan har skrivit det.", "Somebody else wrote it.")
    return read if shared else deny("P4", "Personen delar inte det här nu.", "The person does not share this now.")


def write_note(actor: Actor, person_id: int, facts: Facts, relative_id: int, shared: bool) -> Decision:
    """P4: a relative or ombud writes in the own part, as far as the person or the law lets her, for as long as it lasts."""
    read = read_note(actor, person_id, facts, relative_id, shared)
    if not read or actor.kind != "relative":
        return read if not read else deny("P4", "Den närstående skriver själv.", "The relative writes herself.")
    if not facts.shared_writing:
        return deny(
            "P4", "Personen har delat läsning med dig, inte skrivning.", "The person shares reading, not writing."
        )
    if not shared:
        return deny("P4", "Personen delar inte din del nu.", "The person does not share your part now.")
    return allow("P4", "Du skriver i din egen del.", "You write in your own part.")


def share_note(actor: Actor, person_id: int, facts: Facts, incapable: bool) -> Decision:
    """P4: whether the parties see what somebody near wrote is the person's to say (or her representative's, P7)."""
    read = read_plan(actor, person_id, facts)
    if not read or actor.kind == "person":
        return read
    if actor.kind == "relative":
        return _represents(actor, facts, incapable)
    return deny("P4", "Personen bestämmer.", "The person decides.")


def keep_principal(actor: Actor, person_id: int, facts: Facts) -> Decision:
    """P3: the parties write down which principal has the overall responsibility; not the person, who does not decide it."""
    edit = edit_plan(actor, person_id, facts)
    if edit and actor.kind != "staff":
        return deny("P3", "Huvudmännen kommer överens om det.", "The principals agree on it.")
    return edit


def _self(incapable: bool) -> Decision:
    if incapable:
        return deny(
            "P7", "Någon företräder dig i det här. Säg vad du tycker: det skrivs in.",
            "Somebody represents you in this. Say what you think: it is written in.",
        )  # fmt: skip
    return allow("P4", "Det är din plan, och ditt svar.", "It is your plan, and your answer.")


def _represents(actor: Actor, facts: Facts, incapable: bool) -> Decision:
    if actor.role == "trustee" and facts.shared_writing and not facts.mandate:
        return deny("P4", "Ditt uppdrag omfattar inte att sörja för personen.",
                    "Your mandate does not include the care of the person.")  # fmt: skip
    if not facts.mandate:
        return deny("P4", "Personen svarar själv.", "The person answers for herself.")
    if not incapable:
        return deny("P7", "Personen kan svara själv och gör det.", "The person can answer and does so.")
    return allow("P7", "Du företräder personen.", "You represent the person.")
