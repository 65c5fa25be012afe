"""Those who lead: a second one, handing over, taking over, and typing in what was written on paper."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.dialogue.models import Facilitator, Room, RoomGroup, Seat
from samband.dialogue.rules.access import KEEPS
from samband.dialogue.services import rooms, rooms_say, rooms_seats
from samband.dialogue.services.rooms_say import Said
from samband.people.models import Assignment
from samband.people.models.staff import current


def colleagues(room: Room) -> QuerySet[Assignment]:
    """Who may be given the room: the unit's staff and the leaders of improvement, but those who lead it already."""
    rows = Assignment.objects.filter(current(), unit__closed_from__isnull=True).select_related("staff", "unit")
    near = rows.filter(unit=room.unit_id) | rows.filter(role__in=KEEPS)
    return near.exclude(pk__in=leading(room).values("assignment")).order_by("staff__sort_name", "pk")


def leading(room: Room) -> QuerySet[Facilitator]:
    return room.facilitators.filter(left_at__isnull=True).select_related("assignment__staff", "assignment__unit")


@transaction.atomic
def invite(actor: Actor, room: Room, colleague: Assignment, leave: bool = False) -> None:
    """A colleague leads too, or instead (`leave`). Raises ValidationError where she may not."""
    decision = policy.require(actor, "room.lead", room)
    if not colleagues(room).filter(pk=colleague.pk).exists():
        raise ValidationError({"colleague": _("Välj någon som arbetar på enheten.")})
    _begin(room, colleague.pk)
    if leave:
        room.facilitators.filter(assignment=actor.assignment_id).update(left_at=clock.now())
    audit.record(actor, "room.lead", thing=room, rule=decision.rule, event="hand_over" if leave else "invite",
                 assignment=colleague.pk)  # fmt: skip
    rooms.bump(room)


@transaction.atomic
def take_over(actor: Actor, room: Room) -> None:
    """Whoever led is gone: a colleague of the unit goes on. It is told to those who lead."""
    decision = policy.require(actor, "room.take_over", room)
    _begin(room, actor.assignment_id)
    audit.record(actor, "room.take_over", thing=room, rule=decision.rule)
    rooms.bump(room)


def _begin(room: Room, assignment: int | None) -> None:
    Facilitator.objects.update_or_create(room=room, assignment_id=assignment or 0, defaults={"left_at": None})


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper: what stands on it, and for how many it speaks."""

    own: str = ""
    group: str = ""
    more: str = ""
    less: str = ""
    value: int | None = None
    people: int = 1


@transaction.atomic
def paper(actor: Actor, room: Room, table: RoomGroup | None, sheet: Sheet) -> Seat:
    """Type in a sheet for the round that is on. All of it or nothing. Raises ValidationError at its field."""
    decision = policy.require(actor, "room.lead", room)
    written = {kind: text for kind in ("own", "group", "more", "less") if (text := getattr(sheet, kind).strip())}
    if not written and sheet.value is None:
        raise ValidationError(_("Pappret är tomt. Fyll i minst en ruta."))
    seat = rooms_seats.paper_seat(actor, room, table, sheet.people)
    wrong: dict[str, Any] = {}
    for kind, text in written.items():
        try:
            rooms_say.note(seat, Said(kind, text, room.round, uuid4()))
        except ValidationError as error:
            wrong[kind] = error.messages
    if sheet.value is not None:
        try:
            rooms_say.agree(seat, sheet.value, room.round)
        except ValidationError as error:
            wrong["value"] = error.messages
    if wrong:
        raise ValidationError(wrong)
    audit.record(actor, "room.lead", thing=room, rule=decision.rule, event="paper")
    return seat
