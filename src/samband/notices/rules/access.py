"""Who may see and acknowledge a notice: pure functions of the actor and a few facts (A1, A13, P4, P5)."""

from dataclasses import dataclass

from samband.core.decision import Actor, Decision, allow, deny

RULES = {"staff": "A1", "person": "A13", "relative": "P4"}


@dataclass(frozen=True)
class Reader:
    """Whose copy it is: a member of staff in one assignment, a person, or somebody near her."""

    staff: int | None = None
    assignment: int | None = None
    person: int | None = None
    relative: int | None = None


def has_inbox(actor: Actor) -> Decision:
    """Everybody who is logged in has an inbox of their own."""
    if actor.kind == "anonymous":
        return deny("A13", "Inkorgen är till för den som är inloggad.", "The inbox is for whoever is logged in.")
    return allow(RULES[actor.kind], "Inkorgen är din egen.", "The inbox is your own.")


def read(actor: Actor, reader: Reader) -> Decision:
    """One's own copies, and nobody else's. What a notice leads to is asked about there."""
    own = {
        "staff": actor.staff_id is not None and actor.staff_id == reader.staff,
        "person": actor.person_id is not None and actor.person_id == reader.person,
        "relative": actor.relative_id is not None and actor.relative_id == reader.relative,
    }
    if own.get(actor.kind):
        return allow(RULES[actor.kind], "Meddelandet är ditt.", "The notice is yours.")
    return deny(RULES.get(actor.kind, "A13"), "Meddelandet är någon annans.", "The notice is somebody else's.")


def acknowledge(actor: Actor, reader: Reader) -> Decision:
    """In the assignment that was told: whoever acknowledges takes it on in that capacity (A1)."""
    mine = read(actor, reader)
    if mine and actor.kind == "staff" and actor.assignment_id != reader.assignment:
        return deny("A1", "Det kom till ett annat av dina uppdrag.", "It came to another of your assignments.")
    return mine


def see_sent(actor: Actor) -> Decision:
    """The sender's side sees whether what it sent was acknowledged."""
    if actor.kind == "staff":
        return allow("A1", "Din enhet har skickat det.", "Your unit sent it.")
    return deny("A1", "Kvittenser är till för den enhet som skickade.", "Receipts are for the unit that sent.")
