"""Opening a room and leading it from the lobby to the end. Every move is one transaction under the room's step (rules/rooms.py)."""

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.dialogue.models import Card, DeckVersion, Draw, Facilitator, Room, RoomCard, RoomGroup, Seat
from samband.dialogue.rules import codes, rooms, tables
from samband.dialogue.rules.rooms import Around, Course, Refused
from samband.people.models import Unit

HOURS = 12  # how long a code opens, and how long a seat is remembered
MOST_CARDS = 60
Status = RoomCard.Status


@dataclass(frozen=True)
class Plan:
    """What is chosen when a room is opened. Seconds."""

    name: str
    language: str = "sv"
    anonymous: bool = True
    card_each: bool = False
    think: int = 180
    talk: int = 600


@transaction.atomic
def open_room(actor: Actor, unit: Unit, version: DeckVersion, cards: Sequence[Card], plan: Plan) -> Room:
    """A new room with a code and its cards in an order by chance. Raises ValidationError with no card, or too many."""
    decision = policy.require(actor, "room.create", unit)
    if not 0 < len(cards) <= MOST_CARDS:
        raise ValidationError({"number": _("Välj mellan 1 och %(n)d kort.") % {"n": MOST_CARDS}})
    room = Room.objects.create(
        unit=unit, name=plan.name, deck_version=version, language=plan.language, anonymous=plan.anonymous,
        card_each=plan.card_each, think_seconds=plan.think, talk_seconds=plan.talk, **_opened(),
    )  # fmt: skip
    RoomCard.objects.bulk_create(
        RoomCard(room=room, card=card, category=card.category, texts=card.texts, order=n)
        for n, card in enumerate(cards, 1)
    )
    Facilitator.objects.create(room=room, assignment_id=actor.assignment_id or 0)
    audit.record(actor, "room.create", thing=room, rule=decision.rule, unit=unit.pk, anonymous=plan.anonymous)
    return room


def _opened() -> dict:
    """A code that no open room has, and until when it opens."""
    code = codes.make(secrets.choice)
    while Room.objects.filter(code=code).exists():
        code = codes.make(secrets.choice)
    return {"code": code, "expires_at": clock.now() + timedelta(hours=HOURS)}


def course_of(room: Room) -> Course:
    return Course(room.phase, room.round, room.step, room.paused_at is not None, room.timer_ends_at, room.timer_left)


def around(room: Room) -> Around:
    groups = RoomGroup.objects.filter(room=room, active=True).count()
    needed = groups if room.card_each else 1
    left = undrawn(room).count()
    return Around(clock.now(), room.think_seconds, room.talk_seconds, groups, left if left >= min(needed, 1) else 0)


def undrawn(room: Room):
    """Cards that may lie on the table and have not done so yet."""
    return RoomCard.objects.filter(room=room, status=Status.APPROVED, draws__isnull=True)


def act(actor: Actor, room: Room, event: str, step: int, how: str = "number", number: int = 4) -> Room:
    """One move by whoever leads. Raises Refused (its reason) where it cannot be made; nothing has changed then.

    `how` and `number`: how groups are formed (rules/tables.py).
    """
    decision = policy.require(actor, "room.lead", room)
    with transaction.atomic():
        room = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
        after = rooms.move(course_of(room), event, step, around(room))
        if event == "form":
            form_groups(room, how, number)
        elif event == "draw":
            draw(room, after.round)
        elif event == "resume":
            _fresh(room)
        elif event in ("pause", "close"):
            room.code = None
        keep(room, after)
        audit.record(actor, "room.lead", thing=room, rule=decision.rule, event=event, round=after.round)
        if event == "close":
            events.publish("room.closed", room=room)
    return room


def keep(room: Room, course: Course) -> None:
    """Write the course down; everybody in the room sees that something changed."""
    now = clock.now()
    room.phase, room.round, room.step = course.phase, course.round, course.step
    room.timer_ends_at, room.timer_left = course.ends_at, course.left
    room.paused_at = (room.paused_at or now) if course.paused else None
    room.closed_at = now if course.phase == "closed" else None
    room.save()
    bump(room)


def bump(room: Room, group: int | None = None) -> None:
    """Something changed: for the whole room, or for one group and those who lead."""
    if group is None:
        Room.objects.filter(pk=room.pk).update(version=F("version") + 1, pulse=F("pulse") + 1)
        return
    # The room before the group, as every move locks them: the other way round two would wait for each other.
    Room.objects.filter(pk=room.pk).update(pulse=F("pulse") + 1)
    RoomGroup.objects.filter(pk=group).update(version=F("version") + 1)


def quiet(room: Room) -> None:
    """Something changed that only those who lead see: somebody came into the lobby."""
    Room.objects.filter(pk=room.pk).update(pulse=F("pulse") + 1)


def _fresh(room: Room) -> None:
    """A rest is over: a new code, and seats of earlier that still hold theirs keep it as long."""
    for name, value in _opened().items():
        setattr(room, name, value)


def form_groups(room: Room, how: str, number: int) -> None:
    """Deal those who are here into groups; groups that are over keep what they said."""
    if how not in ("number", "size", "device") or not 1 <= number <= 500:
        raise ValidationError(_("Skriv ett antal mellan 1 och 500."))
    seats = list(Seat.objects.filter(room=room, left_at__isnull=True, paper=False))
    dealt = tables.deal([(seat.pk, seat.people) for seat in seats], how, number, random.Random(secrets.randbits(64)))
    count = max(1, len(dealt))
    for n in range(1, count + 1):
        RoomGroup.objects.update_or_create(room=room, number=n, defaults={"active": True})
    room.groups.filter(number__gt=count).update(active=False)
    groups = list(room.groups.filter(active=True))
    Seat.objects.filter(room=room).update(group=None)
    for group, members in zip(groups, dealt, strict=False):
        Seat.objects.filter(pk__in=members).update(group=group)


def draw(room: Room, number: int) -> None:
    """A card for all, or one for each group while they last: then a group shares the last one."""
    cards = list(undrawn(room))
    if not room.card_each:
        Draw.objects.create(room=room, round=number, card=cards[0])
        return
    for n, group in enumerate(room.groups.filter(active=True)):
        Draw.objects.create(room=room, round=number, group=group, card=cards[min(n, len(cards) - 1)])


def spoken(refused: Refused) -> str:
    """The sentence for whoever leads."""
    return {
        "stale": _("Någon annan hann före. Så här ser det ut nu; välj igen om det behövs."),
        "closed": _("Dialogen är avslutad. Den går att läsa men inte att leda vidare."),
        "paused": _("Dialogen vilar. Fortsätt den först."),
        "groups": _("Gör grupper först."),
        "cards": _("Det finns inget kort kvar att dra. Lägg till ett eget eller avsluta."),
    }.get(refused.reason, _("Det steget går inte att ta härifrån."))
