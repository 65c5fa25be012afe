"""Coming in and leaving: a seat belongs to a device, never to an account. The code answers the same whatever is wrong with it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from samband.core import clock, policy
from samband.core.limits import counting
from samband.core.policy import Actor
from samband.dialogue.models import Room, RoomGroup, Seat
from samband.dialogue.rules import codes, tables, words
from samband.dialogue.services import rooms

AWAY = timedelta(seconds=90)  # after so long without a sign a device counts as gone
TOUCH = timedelta(seconds=20)  # how often a sign of life is written down
MOST_SEATS = 1000
MOST_PEOPLE = 50


@dataclass(frozen=True)
class Joined:
    """A seat, and the token that its device keeps. The token is nowhere else."""

    seat: Seat
    token: str


class TooOften(Exception):
    """Too many wrong codes from one address. `seconds`: when to try again."""

    def __init__(self, seconds: int):
        super().__init__(seconds)
        self.seconds = seconds


def open_by_code(text: str, who: str) -> Room | None:
    """The room that this code opens now. None where it opens none: never made, over, resting or closed look the same.

    `who`: the address that asks; its wrong codes are counted (settings.LIMITS, `code`). Raises TooOften.
    """
    code = codes.read(text)
    found = Room.objects.filter(code=code, expires_at__gt=clock.now(), closed_at__isnull=True).first() if code else None
    if found is None and (wait := counting.allowed("code", who)):
        raise TooOften(wait)
    return found


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def seat_of(token: str, room: str) -> Seat | None:
    """Whose token it is, in that room (its public id); one question."""
    if not token or len(token) > 64:
        return None
    return Seat.objects.filter(token_hash=hashed(token), room__public_id=room).select_related("room", "group").first()


@transaction.atomic
def join(room: Room, name: str = "", people: int = 1) -> Joined:
    """A new seat. In an anonymous room the name is not kept. A latecomer joins the smallest group. Raises ValidationError."""
    name = "" if room.anonymous else words.one_line(name)
    if not room.anonymous and not name:
        raise ValidationError({"name": _("Skriv ett namn som de andra känner igen, till exempel ditt förnamn.")})
    if words.has_number(name):
        raise ValidationError({"name": _("Det ser ut som ett personnummer. Skriv bara ett namn.")})
    if not 1 <= people <= MOST_PEOPLE:
        raise ValidationError({"people": _("Skriv ett antal mellan 1 och %(n)d.") % {"n": MOST_PEOPLE}})
    room = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
    token = secrets.token_urlsafe(24)
    seat = _seat(room, name=name, people=people, token_hash=hashed(token), group=_waiting_place(room))
    return Joined(seat, token)


def _seat(room: Room, **values: object) -> Seat:
    number = (room.seats.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > MOST_SEATS:
        raise ValidationError(_("Rummet är fullt."))
    seat = Seat.objects.create(room=room, number=number, seen_at=clock.now(), **values)
    _told(seat)
    return seat


def _told(seat: Seat) -> None:
    """Who comes or goes is news to its group and to those who lead; in the lobby to the latter alone."""
    if seat.group_id is None:
        rooms.quiet(seat.room)
    else:
        rooms.bump(seat.room, seat.group_id)


def _waiting_place(room: Room) -> RoomGroup | None:
    """The smallest group, where groups have been formed."""
    rows = room.groups.filter(active=True).annotate(heads=Sum("seats__people", default=0))
    sizes = {group.pk: group.heads for group in rows}
    key = tables.smallest(sizes) if room.phase != Room.Phase.LOBBY else None
    return RoomGroup.objects.get(pk=key) if key is not None else None


def paper_seat(actor: Actor, room: Room, group: RoomGroup | None, people: int = 1) -> Seat:
    """A place for what was written on paper; counted beside the others, waited for never."""
    policy.require(actor, "room.lead", room)
    with transaction.atomic():
        room = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
        return _seat(room, paper=True, people=people, group=group)


def touch(seat: Seat) -> None:
    """A sign of life, written down now and then. Somebody who left by mistake is back."""
    now = clock.now()
    if now - seat.seen_at < TOUCH and seat.left_at is None:
        return
    came_back = seat.left_at is not None
    Seat.objects.filter(pk=seat.pk).update(seen_at=now, left_at=None)
    if came_back:
        _told(seat)


def leave(seat: Seat) -> None:
    """Gone home; what was said stays, and nobody waits."""
    with transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(left_at=clock.now())
        _told(seat)


def place(actor: Actor, seat: Seat, group: RoomGroup) -> None:
    """Move a device to another group, by hand."""
    policy.require(actor, "room.lead", seat.room)
    if group.room_id != seat.room_id or not group.active:
        raise ValidationError(_("Den gruppen finns inte längre."))
    with transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(group=group)
        rooms.bump(seat.room)


@transaction.atomic
def expire() -> int:
    """Rooms whose time is over: the code closes, tokens are dropped, an open dialogue rests. Returns how many; twice does nothing."""
    now = clock.now()
    rows = list(Room.objects.select_for_update(no_key=True).filter(expires_at__lte=now))
    for room in rows:
        course = rooms.course_of(room)
        if course.phase != "closed" and not course.paused:
            course = rooms.rooms.move(course, "pause", course.step, rooms.around(room))
        room.code = room.expires_at = None
        rooms.keep(room, course)
        Seat.objects.filter(room=room).update(token_hash=None)
        Seat.objects.filter(room=room, left_at__isnull=True, paper=False).update(left_at=now)
    return len(rows)
