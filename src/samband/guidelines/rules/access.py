"""Who reads, keeps and decides the routines. Pure. A routine holds nothing about a person in care."""

from samband.core.decision import Actor, Decision, allow, deny

KEEPS = frozenset({"leader", "administrator"})


def read(actor: Actor) -> Decision:
    """Every routine that is published, by all staff: whoever stands at the step must be able to open it."""
    if actor.kind == "staff":
        return allow("A1", "Rutinerna är inga personuppgifter.", "The routines are no personal data.")
    return deny("A1", "Rutinerna är till för personalen.", "The routines are for staff.")


def keeps_all(actor: Actor) -> bool:
    """Improvement leaders and administrators, within care."""
    return actor.kind == "staff" and actor.role in KEEPS and actor.org_kind != "outside"


def keeps_unit(actor: Actor, unit: int | None) -> bool:
    """A coordinator, for the units that her task reaches."""
    inside = actor.kind == "staff" and actor.role == "coordinator" and actor.org_kind != "outside"
    return inside and unit is not None and unit in actor.unit_ids


def edit(actor: Actor, unit: int | None) -> Decision:
    """Write, publish, withdraw; see drafts, receipts and feedback. `unit`: primary key of the owner."""
    if keeps_all(actor):
        return allow("A1", "Du sköter rutinerna.", "You keep the routines.")
    if keeps_unit(actor, unit):
        return allow("A1", "Du är samordnare på den enhet som äger rutinen.", "You coordinate the unit that owns it.")
    return deny(
        "A1",
        "En rutin sköts av den enhet som äger den, eller av en förbättringsledare.",
        "A routine is kept by the unit that owns it, or by an improvement leader.",
    )


def create(actor: Actor) -> Decision:
    if keeps_all(actor) or (actor.unit_id is not None and keeps_unit(actor, actor.unit_id)):
        return allow("A1", "Du får skriva en ny rutin.", "You may write a new routine.")
    return deny(
        "A1",
        "En ny rutin skrivs av en samordnare eller en förbättringsledare.",
        "A new routine is written by a coordinator or an improvement leader.",
    )


def make_common(actor: Actor) -> Decision:
    """A common routine binds several parties: their own coordinator does not make one alone."""
    if keeps_all(actor):
        return allow("A1", "Du sköter rutinerna.", "You keep the routines.")
    return deny(
        "A1",
        "En gemensam rutin läggs upp av en förbättringsledare, när parterna har beslutat.",
        "A common routine is entered by an improvement leader, when the parties have decided.",
    )
