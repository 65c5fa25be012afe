"""Who may see and do what in resources: pure functions of the actor and a few facts (A1, A13, P3).

Planning computes over all visits of a pool, but a planner reads other units' visits only as area, time, length and competence
until one is done by her own staff: she needs no more for her work (A1).
"""

from dataclasses import dataclass

from samband.core.decision import Actor, Decision, allow, deny

PLANS = frozenset({"planner"})
LOOKS = frozenset({"planner", "coordinator"})
ROAD = frozenset({"nurse", "assistant", "physician", "therapist"})
GIVES = frozenset({"nurse", "physician", "therapist"})


@dataclass(frozen=True)
class VisitFacts:
    """Whose visit it is, and which units' staff and who of them does it as published."""

    unit: int
    done_by_units: frozenset[int] = frozenset()
    done_by: frozenset[int] = frozenset()


def _inside(actor: Actor) -> bool:
    return actor.kind == "staff" and actor.org_kind != "outside" and actor.role not in ("outside", "reviewer")


def see_staffing(actor: Actor) -> Decision:
    """Pools, teams and terms name units and staff, no patients: for all staff within care."""
    if _inside(actor):
        return allow("A1", "Vem som arbetar när är till för all personal.", "Who works when is for all staff.")
    return deny("A1", "Ditt uppdrag omfattar inte det här.", "Your assignment does not include this.")


def edit_staffing(actor: Actor, unit: int | None) -> Decision:
    """A unit's shifts, competences, teams and terms are kept by its planner; an administrator keeps every unit's."""
    if _inside(actor) and actor.role == "administrator":
        return allow("A1", "Du administrerar enheter och deras scheman.", "You administer units and their rotas.")
    if _inside(actor) and actor.role in PLANS and (unit is None or unit in actor.unit_ids):
        return allow("A1", "Du planerar för enheten.", "You plan for the unit.")
    return deny("A1", "Enhetens planerare gör det.", "The unit's planner does it.")


def delegate(actor: Actor, unit: int | None, beside: frozenset[int] = frozenset()) -> Decision:
    """Whoever is licensed delegates, to staff of units that her assignment reaches or that plan their day with hers (`beside`)."""
    if _inside(actor) and actor.role in GIVES and (unit is None or unit in actor.unit_ids or unit in beside):
        return allow("A1", "Du är legitimerad och får delegera.", "You are licensed and may delegate.")
    return deny("A1", "Den som är legitimerad vid enheten delegerar.", "Whoever is licensed at the unit delegates.")


def see_day(actor: Actor, units: frozenset[int] | None) -> Decision:
    """`units`: those of the pool; None: whether there is any day to see at all."""
    if _inside(actor) and actor.role in LOOKS and (units is None or units & frozenset(actor.unit_ids)):
        return allow("A1", "Din enhet planerar sin dag där.", "Your unit plans its day there.")
    return deny("A1", "Dagen planeras av andra enheter.", "Other units plan that day.")


def plan_day(actor: Actor, units: frozenset[int] | None) -> Decision:
    """Draft, publish, undo, decide on proposals."""
    if _inside(actor) and actor.role in PLANS and (units is None or units & frozenset(actor.unit_ids)):
        return allow("A1", "Du planerar dagen för din enhet.", "You plan the day for your unit.")
    return deny("A1", "Planeraren gör det.", "The planner does it.")


def read_visit(actor: Actor, facts: VisitFacts) -> Decision:
    """Who it is, what is done and where: for whoever plans the unit that has it or whose staff do it, and those who do it."""
    if not _inside(actor):
        return deny("A1", "Ditt uppdrag omfattar inte det här.", "Your assignment does not include this.")
    if actor.assignment_id in facts.done_by:
        return allow("A1", "Du gör besöket.", "You do the visit.")
    units = frozenset(actor.unit_ids)
    if actor.role in LOOKS and (facts.unit in units or facts.done_by_units & units):
        return allow(
            "A1", "Besöket är din enhets eller görs av er personal.", "The visit is your unit's, or your staff do it."
        )
    return deny(
        "A1",
        "Besöket är en annan enhets: ni ser område, tid, längd och kompetens.",
        "The visit is another unit's: you see area, time, length and competence.",
    )


def edit_visit(actor: Actor, facts: VisitFacts) -> Decision:
    """What planning must know of a visit is said by the unit that has it (P3)."""
    if _inside(actor) and actor.role in PLANS and facts.unit in actor.unit_ids:
        return allow("P3", "Besöket är din enhets.", "The visit is your unit's.")
    return deny("P3", "Enheten som har besöket bestämmer det.", "The unit that has the visit decides that.")


def report(actor: Actor, facts: VisitFacts) -> Decision:
    if _inside(actor) and actor.assignment_id in facts.done_by:
        return allow("P3", "Du gör besöket.", "You do the visit.")
    return deny("P3", "Den som gör besöket säger hur det gick.", "Whoever does the visit says how it went.")


def own_day(actor: Actor) -> Decision:
    if _inside(actor) and actor.role not in ("administrator", "planner", "leader"):
        return allow("A1", "Din egen dag.", "Your own day.")
    return deny("A1", "Sidan är för den som gör besök.", "The page is for those who do visits.")


def on_the_road(actor: Actor) -> Decision:
    """Whether visits are what the day is made of: then her own day is a place in the bar."""
    if own_day(actor) and actor.role in ROAD:
        return allow("A1", "Du gör besök.", "You do visits.")
    return deny("A1", "Din egen dag finns i menyn.", "Your own day is in the menu.")


def request_visit(actor: Actor, plan: Decision) -> Decision:
    """Whoever may read the person's plan asks for a visit; `plan` is the answer to that."""
    if not plan or not _inside(actor):
        return (
            plan
            if not plan
            else deny("A1", "Ditt uppdrag omfattar inte det här.", "Your assignment does not include this.")
        )
    return allow(
        "P3", "Ni deltar i vården och får be om ett besök.", "You take part in the care and may ask for a visit."
    )


def see_worth(actor: Actor) -> Decision:
    """Sums by organisation; persons are counted and not named."""
    if _inside(actor) and actor.role in LOOKS | {"administrator"}:
        return allow("A1", "Rapporten räknar och namnger ingen.", "The report counts and names nobody.")
    return deny("A1", "Ditt uppdrag omfattar inte det här.", "Your assignment does not include this.")
