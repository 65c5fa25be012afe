"""Who takes part in a room, who leads it and who reads what was said. Pure. A room is a subject of its own."""

from collections.abc import Collection

from samband.core.decision import Actor, Decision, allow, deny
from samband.dialogue.rules.access import KEEPS


def take_part(actor: Actor, seats: Collection[int]) -> Decision:
    """A guest whose seat is in the room, and nobody else: who is logged in takes part as anybody does, by the code."""
    if actor.kind == "guest" and actor.seat_id in seats:
        return allow("D1", "Du sitter med i det här rummet.", "You have a seat in this room.")
    return deny(
        "D1", "Rummet är till för dem som har kommit in med koden.", "The room is for those who joined by its code."
    )


def lead(actor: Actor, leaders: Collection[int]) -> Decision:
    """Those who opened the room or were given it."""
    if actor.kind == "staff" and actor.assignment_id in leaders:
        return allow("D2", "Du leder dialogen.", "You lead the dialogue.")
    return deny("D2", "Dialogen leds av någon annan.", "Somebody else leads the dialogue.")


def open_at(actor: Actor, unit: int | None) -> Decision:
    """Staff at their own units; improvement leaders and administrators at any."""
    if actor.kind == "staff" and (unit is None or actor.role in KEEPS or unit in actor.unit_ids):
        return allow("D3", "Du öppnar en dialog på en arbetsplats.", "You open a dialogue at a workplace.")
    return deny("D3", "En dialog öppnas av den som arbetar på enheten.", "A dialogue is opened by staff of the unit.")


def read(actor: Actor, unit: int, leaders: Collection[int]) -> Decision:
    """The unit keeps what was said there; leaders of improvement read it too."""
    if actor.kind == "staff" and (actor.role in KEEPS or unit in actor.unit_ids or actor.assignment_id in leaders):
        return allow("D4", "Dialogen hör till din enhet.", "The dialogue belongs to your unit.")
    return deny("D4", "Det som sägs i ett rum hör till enheten.", "What is said in a room belongs to the unit.")


def take_over(actor: Actor, unit: int, leaders: Collection[int]) -> Decision:
    """A dialogue whose leader left is taken over by a colleague of the unit, openly: it stands in the log."""
    if actor.kind == "staff" and actor.assignment_id not in leaders and (actor.role in KEEPS or unit in actor.unit_ids):
        return allow("D5", "Du kan ta över om den som leder har gått.", "You may take over when whoever led has left.")
    return deny("D5", "Bara en kollega på enheten kan ta över.", "Only a colleague of the unit may take over.")
