"""A room in the small world: a deck of five cards, opened by Alice at her unit."""

from typing import Any

from samband.dialogue.models import Card, Deck, DeckVersion, Room, Seat
from samband.dialogue.services import rooms, rooms_seats
from tests.worlds import MARK, World

CATEGORIES = ("Helhet", "Helhet", "Arbetsglädje", "Arbetsglädje", "Berättelser")


def a_deck() -> DeckVersion:
    """Made once; a published version with five cards, the last a story with a back."""
    known = DeckVersion.objects.filter(deck__slug="testlek").first()
    if known is not None:
        return known
    deck = Deck.objects.create(slug="testlek", name="Testlek")
    version = DeckVersion.objects.create(deck=deck, number=1, status="published")
    for n, category in enumerate(CATEGORIES):
        Card.objects.create(
            version=version, key=f"k{n}", category=category, order=n, minutes=10 + n, prior=n == 1,
            kind="story" if n == 4 else "question",
            texts={"sv": {"front": f"Fråga {n}?", "prompts": ["Vad ser du?"], "back": "Vad är viktigt?" if n == 4 else ""}},
        )  # fmt: skip
    return version


def open_room(world: World, who: str = "alice", **plan: Any) -> Room:
    version = a_deck()
    wanted = rooms.Plan("Samtal om vardagen", **plan)
    return rooms.open_room(world.actor(who), world.units["nursing"], version, list(version.cards.all()), wanted)


def a_room(world: World) -> Room:
    """One that outsiders try to look into; what is said there carries the mark. Made once."""
    if "room" not in world.things:
        room = open_room(world)
        seats = sit(room, 2)
        room = forward(world, room, "form", "draw", "reveal")
        say(seats[0], f"Hemligt {MARK}", room.round)
        Room.objects.filter(pk=room.pk).update(name=f"Rum {MARK}")
        world.things["room"] = Room.objects.get(pk=room.pk)
    return world.things["room"]


def sit(room: Room, count: int, **more: Any) -> list[Seat]:
    return [rooms_seats.join(room, **more).seat for _n in range(count)]


def say(seat: Seat, text: str, number: int, kind: str = "own"):
    from uuid import uuid4

    from samband.dialogue.services import rooms_say

    seat.refresh_from_db()
    return rooms_say.note(seat, rooms_say.Said(kind, text, number, uuid4()))


def forward(world: World, room: Room, *events: str, who: str = "alice", how: str = "size", number: int = 2) -> Room:
    """Move after move by whoever leads."""
    for event in events:
        room.refresh_from_db()
        room = rooms.act(world.actor(who), room, event, room.step, how, number)
    room.refresh_from_db()
    return room
