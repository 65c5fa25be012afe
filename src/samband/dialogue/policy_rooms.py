"""The rules of rooms, registered with the decision point."""

from typing import Any

from django.db.models import Q, QuerySet

from samband.core import policy
from samband.core.policy import Actor, Decision
from samband.dialogue.models import Room
from samband.dialogue.rules import leads


def _leaders(room: Room) -> list[int]:
    return list(room.facilitators.filter(left_at__isnull=True).values_list("assignment_id", flat=True))


@policy.rule("room.take_part", about=Room)
def take_part(actor: Actor, thing: Any) -> Decision:
    mine = actor.seat_id is not None and thing.seats.filter(pk=actor.seat_id, token_hash__isnull=False).exists()
    return leads.take_part(actor, [actor.seat_id] if mine and actor.seat_id else [])


@policy.rule("room.poll")
def poll(actor: Actor, thing: Any = None) -> Decision:
    """Whether the page is old: asked of the seat that the middleware found for this very room."""
    return leads.take_part(actor, [actor.seat_id] if actor.seat_id else [])


@policy.rule("room.lead", about=Room)
def lead(actor: Actor, thing: Any) -> Decision:
    return leads.lead(actor, _leaders(thing))


@policy.rule("room.read", about=Room)
def read(actor: Actor, thing: Any) -> Decision:
    return leads.read(actor, thing.unit_id, _leaders(thing))


@policy.rule("room.take_over", about=Room)
def take_over(actor: Actor, thing: Any) -> Decision:
    return leads.take_over(actor, thing.unit_id, _leaders(thing))


@policy.rule("room.create", "room.list")
def create(actor: Actor, thing: Any = None) -> Decision:
    return leads.open_at(actor, thing.pk if thing is not None else None)


def _led(actor: Actor) -> Q:
    return Q(facilitators__assignment_id=actor.assignment_id, facilitators__left_at__isnull=True)


@policy.scope("room.take_part")
def seated(actor: Actor, rows: QuerySet) -> QuerySet:
    if rows.model is not Room or actor.kind != "guest":
        return rows.none()
    return rows.filter(seats=actor.seat_id, seats__token_hash__isnull=False)


@policy.scope("room.lead")
def led(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows.filter(_led(actor)) if rows.model is Room and actor.kind == "staff" else rows.none()


@policy.scope("room.list", "room.read")
def readable(actor: Actor, rows: QuerySet) -> QuerySet:
    if rows.model is not Room or actor.kind != "staff":
        return rows.none()
    if actor.role in leads.KEEPS:
        return rows
    return rows.filter(Q(unit__in=actor.unit_ids) | _led(actor)).distinct()


@policy.scope("room.take_over")
def orphaned(actor: Actor, rows: QuerySet) -> QuerySet:
    if rows.model is not Room or actor.kind != "staff":
        return rows.none()
    return rows if actor.role in leads.KEEPS else rows.filter(unit__in=actor.unit_ids)
