"""Who may see and do what in contact: pure functions of the actor and a few facts (A1, A13, P4, P5)."""

from dataclasses import dataclass

from samband.core.decision import Actor, Decision, allow, deny

CARE = frozenset({"coordinator", "nurse", "assistant", "physician", "therapist", "dental", "pharmacist", "social"})
PLANS_ROTA = frozenset({"coordinator", "nurse", "physician", "therapist", "dental", "social", "pharmacist"})


@dataclass(frozen=True)
class CaseFacts:
    """What the rule needs to know about a case."""

    units: frozenset[int]
    assignments: frozenset[int]
    sent_by: int | None
    person: int | None
    relative: int | None
    only_sender: bool


def is_care(actor: Actor) -> bool:
    """Staff in a role of care within health and social care."""
    return actor.kind == "staff" and actor.role in CARE and actor.org_kind != "outside"


def see_rotas(actor: Actor) -> Decision:
    """Who is on call is no personal data about patients; staff need it to do their work."""
    if actor.kind == "staff":
        return allow("A1", "Vem som svarar när är till för all personal.", "Who answers when is for all staff.")
    return deny("A1", "Du ser vem som svarar på din egen sida.", "You see who answers on your own page.")


def edit_rota(actor: Actor, unit: int | None) -> Decision:
    """The unit keeps its own rota; an administrator every rota. Without a unit: whether there is any to keep."""
    if actor.kind == "staff" and actor.role == "administrator":
        return allow("A1", "Du administrerar enheter och deras scheman.", "You administer units and their rotas.")
    if is_care(actor) and actor.role in PLANS_ROTA and (unit is None or unit in actor.unit_ids):
        return allow("A1", "Schemat är din enhets.", "The rota is your unit's.")
    return deny("A1", "En annan enhet sköter schemat.", "Another unit keeps the rota.")


def edit_absence(actor: Actor, unit: int | None) -> Decision:
    """Whoever keeps the unit's rota, and whoever plans its visits (resources)."""
    if actor.kind == "staff" and actor.role == "planner" and (unit is None or unit in actor.unit_ids):
        return allow("A1", "Du planerar för enheten.", "You plan for the unit.")
    return edit_rota(actor, unit)


def hold_shift(actor: Actor, assignment: int | None) -> Decision:
    """A shift is swapped by the one who has it."""
    if actor.kind == "staff" and assignment is not None and actor.assignment_id == assignment:
        return allow("A1", "Passet är ditt.", "The shift is yours.")
    return deny("A1", "Passet är någon annans.", "The shift is somebody else's.")


def see_coverage(actor: Actor) -> Decision:
    """Where nobody answers concerns everybody in care, and those who administer."""
    if is_care(actor) or (actor.kind == "staff" and actor.role == "administrator"):
        return allow(
            "A1", "Täckningen rör alla som arbetar i vård och omsorg.", "Coverage concerns everybody who works in care."
        )
    return deny("A1", "Ditt uppdrag omfattar inte det här.", "Your assignment does not include this.")


def list_cases(actor: Actor) -> Decision:
    """A unit's queue is for those who work there in care."""
    if is_care(actor):
        return allow("A1", "Ärendena är din enhets.", "The cases are your unit's.")
    return deny("A1", "Ditt uppdrag omfattar inga ärenden.", "Your assignment includes no cases.")


def read_case(actor: Actor, facts: CaseFacts) -> Decision:
    """A1: the unit that has the case, the one to whom it is handed, the one who has it, and who sent it. A13, P4: own cases."""
    if actor.kind == "staff":
        mine = facts.sent_by is not None and facts.sent_by == actor.assignment_id
        if not is_care(actor):
            return deny("A1", "Ditt uppdrag omfattar inga ärenden.", "Your assignment includes no cases.")
        if facts.units & set(actor.unit_ids) or actor.assignment_id in facts.assignments:
            return allow(
                "A1", "Din enhet har ärendet, eller ska ta emot det.", "Your unit has the case, or is to receive it."
            )
        if mine:
            return allow(
                "A1", "Du skickade ärendet och ser var det står.", "You sent the case and see where it stands."
            )
        return deny("A1", "En annan enhet har ärendet.", "Another unit has the case.")
    if actor.kind == "relative":
        if facts.relative is not None and facts.relative == actor.relative_id:
            return allow("P4", "Du skickade ärendet.", "You sent the case.")
        return deny("P4", "Ärendet är inte ditt.", "The case is not yours.")
    if actor.kind == "person" and facts.person == actor.person_id and actor.person_id is not None:
        if facts.only_sender and facts.relative is not None:
            return deny(
                "A13",
                "Den som skrev vill att det stannar mellan er och enheten.",
                "The sender keeps it to herself and the unit.",
            )
        return allow("A13", "Ärendet rör dig.", "The case is about you.")
    return deny("A13", "Ärendet är inte ditt.", "The case is not yours.")


def work_case(actor: Actor, facts: CaseFacts) -> Decision:
    """Taking, replying, promising, handing over, closing: the unit that has it, or whoever is asked to receive it."""
    read = read_case(actor, facts)
    if not read or actor.kind != "staff":
        return read if not read else deny("A1", "Enheten sköter ärendet.", "The unit looks after the case.")
    if facts.units & set(actor.unit_ids) or actor.assignment_id in facts.assignments:
        return read
    return deny("A1", "Du följer ärendet; en annan enhet har det.", "You follow the case; another unit has it.")
