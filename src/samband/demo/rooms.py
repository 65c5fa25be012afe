"""Two dialogues at Heby's home nursing: one is over, one goes on. What is said there is invented. Twice adds nothing."""

from uuid import uuid4

from samband.core import clock
from samband.core.policy import Actor
from samband.demo.county import County
from samband.demo.meetings import staff_actor
from samband.demo.moments import moment
from samband.dialogue.models import DeckVersion, Room, Seat
from samband.dialogue.services import rooms, rooms_say, rooms_seats
from samband.people.models import Unit

# For each round: own thoughts, the group's note, more of, less of, agreement.
OVER = (
    (
        ("Vi vet mest om dem vi träffar ofta.", "Samma fråga ställs av tre olika personer.", "Jag vågar fråga mer än förut.",
         "Vi har sällan tid att lyssna klart."),
        "Det som fungerar är när någon håller ihop det.", "Ringa varandra samma dag", "Frågor som redan är besvarade",
        (4, 3, 4, 5),
    ),
    (
        ("Den som bor ensam ringer för sent.", "Närstående bär mer än vi ser.", "Vi skickar vidare i stället för att gå dit.",
         "En fast kontakt gör skillnad."),
        "Vi vill prova ett gemensamt första besök.", "Första besöket tillsammans", "Remisser mellan oss som sitter i samma hus",
        (5, 4, 4, 4),
    ),
)  # fmt: skip
NOW = ("Vi gör det redan, men det beror på vem som jobbar.", "Det tar tid i början och spar tid sedan.")


def load(county: County) -> None:
    """Where there is no room yet and the deck is there."""
    version = DeckVersion.objects.filter(status=DeckVersion.Status.PUBLISHED).order_by("pk").first()
    if version is None or Room.objects.exists():
        return
    assignment = county.assignment("ida_wallin")
    leader, unit = staff_actor(assignment), assignment.unit
    with clock.frozen(moment("-8d", "13:30")):
        _over(leader, unit, version)
    _going_on(leader, unit, version)


def _open(leader: Actor, unit: Unit, version: DeckVersion, name: str, seats: int) -> tuple[Room, list[Seat]]:
    cards = list(version.cards.filter(kind="question")[:4])
    room = rooms.open_room(leader, unit, version, cards, rooms.Plan(name))
    Room.objects.filter(pk=room.pk).update(created_at=clock.now())
    return room, [rooms_seats.join(room).seat for _n in range(seats)]


def _do(leader: Actor, room: Room, *events: str) -> Room:
    for event in events:
        room = rooms.act(leader, Room.objects.get(pk=room.pk), event, Room.objects.get(pk=room.pk).step, "size", 2)
    return Room.objects.get(pk=room.pk)


def _say(seat: Seat, kind: str, text: str, number: int) -> None:
    seat.refresh_from_db()
    rooms_say.note(seat, rooms_say.Said(kind, text, number, uuid4()))


def _over(leader: Actor, unit: Unit, version: DeckVersion) -> None:
    room, seats = _open(leader, unit, version, "När flera av oss möter samma person", 4)
    room = _do(leader, room, "form")
    for thoughts, group, more, less, values in OVER:
        room = _do(leader, room, "draw")
        for seat, text in zip(seats, thoughts, strict=True):
            _say(seat, "own", text, room.round)
        room = _do(leader, room, "reveal", "talk")
        for kind, text, seat in (("group", group, seats[0]), ("more", more, seats[1]), ("less", less, seats[2])):
            _say(seat, kind, text, room.round)
        for seat, value in zip(seats, values, strict=True):
            rooms_say.agree(seat, value, room.round)
        room = _do(leader, room, "report")
    _do(leader, room, "close")


def _going_on(leader: Actor, unit: Unit, version: DeckVersion) -> None:
    room, seats = _open(leader, unit, version, "Vad är viktigt för dig?", 4)
    room = _do(leader, room, "form", "draw")
    for seat, text in zip(seats, NOW, strict=False):
        _say(seat, "own", text, room.round)
