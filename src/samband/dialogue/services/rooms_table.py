"""What the pages of a room show, gathered in few questions: the table a seat sits at, and the whole room for the wall."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from samband.core import clock
from samband.dialogue.models import Agreement, Draw, Note, Room, RoomCard, RoomGroup, Seat
from samband.dialogue.rules import rooms as course_rules
from samband.dialogue.rules import tables
from samband.dialogue.services import rooms
from samband.dialogue.services.rooms_seats import AWAY

LEAST = 3  # answers below which the spread of an anonymous room tells too much
Kind = Note.Kind


@dataclass
class Table:
    """One group in one round."""

    group: RoomGroup | None
    card: RoomCard | None = None
    own: list[Note] = field(default_factory=list)
    group_notes: list[Note] = field(default_factory=list)
    more: list[Note] = field(default_factory=list)
    less: list[Note] = field(default_factory=list)
    spread: list[int] | None = None
    answers: int = 0
    seats: list[Seat] = field(default_factory=list)

    @property
    def people(self) -> int:
        return sum(seat.people for seat in self.seats)

    @property
    def notes(self) -> list[Note]:
        return [*self.group_notes, *self.more, *self.less, *self.own]


@dataclass
class Counted:
    """How many devices and people are here, and how many devices have written in this round."""

    devices: int = 0
    people: int = 0
    wrote: int = 0
    agreed: int = 0
    paper: int = 0
    away: int = 0


def card_for(room: Room, group: RoomGroup | None, number: int | None = None) -> RoomCard | None:
    """The card that lies before the group in that round, the present one by default."""
    rows = Draw.objects.filter(room=room, round=room.round if number is None else number).select_related("card")
    draw = rows.filter(Q(group=group) | Q(group__isnull=True)).order_by("group_id").first() if rows else None
    return _with(draw.card, room) if draw else None


def _with(card: RoomCard, room: Room) -> RoomCard:
    card.room = room  # the card asks its room for the language
    return card


def tables_of(room: Room, number: int | None = None, hidden: bool = False) -> list[Table]:
    """Every group with what it sees of a round; own notes only when they are revealed. `hidden`: with notes that were hidden."""
    number = room.round if number is None else number
    open_ = course_rules.revealed(rooms.course_of(room), number)
    found = {group.pk: Table(group) for group in room.groups.all() if group.active or number < room.round}
    cards = {draw.group_id: _with(draw.card, room)
             for draw in Draw.objects.filter(room=room, round=number).select_related("card")}  # fmt: skip
    for key, table in found.items():
        table.card = cards.get(key) or cards.get(None)
    for note in _notes(room, number, hidden, open_):
        table = found.get(note.group_id or 0) or found.setdefault(0, Table(None, cards.get(None)))
        {Kind.OWN: table.own, Kind.GROUP: table.group_notes, Kind.MORE: table.more, Kind.LESS: table.less}[
            Kind(note.kind)
        ].append(note)
    _agreement(room, number, found)
    for seat in room.seats.filter(left_at__isnull=True):
        if seat.group_id in found:
            found[seat.group_id].seats.append(seat)
    return list(found.values())


def _notes(room: Room, number: int, hidden: bool, open_: bool) -> list[Note]:
    rows = Note.objects.filter(room=room, round=number)
    rows = rows if hidden else rows.filter(hidden_at__isnull=True)
    return list(rows if open_ else rows.exclude(kind=Kind.OWN))


def _agreement(room: Room, number: int, found: dict[int, Table]) -> None:
    given: dict[int, list[tuple[int, int]]] = {}
    rows = Agreement.objects.filter(room=room, round=number)
    for group, value, people in rows.values_list("group_id", "value", "seat__people"):
        given.setdefault(group or 0, []).append((value, people))
    least = LEAST if room.anonymous else 1
    # Beside the whole room a single table that is too small would be what is left when the others are taken away.
    apart = all(len(answers) >= least for answers in given.values())
    for key, answers in given.items():
        if key in found:
            found[key].answers = len(answers)
            found[key].spread = tables.spread(answers, least) if apart else None


def agreement(room: Room, number: int | None = None) -> tuple[int, list[int] | None]:
    """How many answered in the whole room, and their spread."""
    rows = Agreement.objects.filter(room=room, round=room.round if number is None else number)
    answers = list(rows.values_list("value", "seat__people"))
    return len(answers), tables.spread(answers, LEAST if room.anonymous else 1)


def counts(room: Room) -> Counted:
    """Who left, and whose device has been silent for long, does not block the count; papers are counted beside."""
    found = Counted()
    silent = clock.now() - AWAY
    wrote = Count("notes", filter=Q(notes__round=room.round, notes__kind=Kind.OWN))
    said = Count("agreements", filter=Q(agreements__round=room.round), distinct=True)
    rows = room.seats.annotate(wrote=wrote, said=said)
    for seat in rows:
        found.agreed += bool(seat.said)
        if seat.paper:
            found.paper += 1
            continue
        if seat.left_at is not None:
            continue
        if seat.seen_at < silent and not seat.wrote:
            found.away += 1
            continue
        found.devices += 1
        found.people += seat.people
        found.wrote += bool(seat.wrote)
    return found


def rounds(room: Room) -> list[int]:
    return list(range(1, room.round + 1))


def bars(spread: list[int]) -> list[dict[str, Any]]:
    """The spread as geometry: five bars of at most 64 units, 1 to 5 from the left."""
    most = max(spread) or 1
    return [
        {"value": n + 1, "count": count, "x": n * 48 + 4, "height": round(64 * count / most),
         "y": 70 - round(64 * count / most), "mid": n * 48 + 22}
        for n, count in enumerate(spread)
    ]  # fmt: skip
