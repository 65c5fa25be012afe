"""The rules, registered with the decision point. Importing this module (at start) opens exactly these questions."""

from typing import Any

from django.db.models import Q, QuerySet

from samband.core import policy
from samband.core.policy import Actor, Decision
from samband.notices.models import Delivery, Device
from samband.notices.rules import access
from samband.people.models.staff import current


def reader_of(copy: Delivery) -> access.Reader:
    staff = copy.assignment.staff_id if copy.assignment else None
    return access.Reader(staff, copy.assignment_id, copy.person_id, copy.relative_id)


@policy.rule("notice.list", "notice.settings")
def has_inbox(actor: Actor, thing: Any = None) -> Decision:
    return access.has_inbox(actor)


@policy.rule("notice.own")
def own_inbox(actor: Actor, thing: Any = None) -> Decision:
    """The pages in plain, large words (A13, P4)."""
    return access.has_inbox(actor) if actor.kind in ("person", "relative") else policy.CLOSED


@policy.rule("notice.staff")
def staff_inbox(actor: Actor, thing: Any = None) -> Decision:
    return access.has_inbox(actor) if actor.kind == "staff" else policy.CLOSED


@policy.rule("notice.read", about=Delivery)
def read(actor: Actor, copy: Delivery) -> Decision:
    return access.read(actor, reader_of(copy))


@policy.rule("notice.acknowledge", about=Delivery)
def acknowledge(actor: Actor, copy: Delivery) -> Decision:
    return access.acknowledge(actor, reader_of(copy))


@policy.rule("notice.sent", "notice.unacknowledged")
def see_sent(actor: Actor, thing: Any = None) -> Decision:
    return access.see_sent(actor)


@policy.rule("notice.device", about=Device)
def own_device(actor: Actor, device: Device | None = None) -> Decision:
    return access.has_inbox(actor) if device is None or device.user_id == actor.user_id else policy.CLOSED


@policy.scope("notice.read", "notice.list", "notice.acknowledge")
def own_copies(actor: Actor, rows: QuerySet) -> QuerySet:
    """The account's own: of staff in each of her assignments that holds today, else in the capacity she acts in."""
    if actor.kind == "staff" and actor.staff_id:
        return rows.filter(current(prefix="assignment__"), assignment__staff_id=actor.staff_id)
    if actor.kind == "relative" and actor.relative_id:
        return rows.filter(relative_id=actor.relative_id)
    if actor.kind == "person" and actor.person_id:
        return rows.filter(person_id=actor.person_id)
    return rows.none()


@policy.scope("notice.sent")
def sent_by_us(actor: Actor, rows: QuerySet) -> QuerySet:
    """Notices that the reader's unit sent, or she herself from another one."""
    if actor.kind != "staff" or not actor.assignment_id:
        return rows.none()
    return rows.filter(Q(from_unit_id=actor.unit_id) | Q(from_assignment_id=actor.assignment_id))


@policy.scope("notice.unacknowledged")
def waiting_here(actor: Actor, rows: QuerySet) -> QuerySet:
    """Receipts that a unit of the reader's owes, or that her side waits for."""
    if actor.kind != "staff" or not actor.unit_ids:
        return rows.none()
    units = actor.unit_ids
    here = Q(unit_id__among=units) | Q(assignment__unit_id__among=units) | Q(notice__from_unit_id__among=units)
    return rows.filter(here)


@policy.scope("notice.device")
def own_devices(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows.filter(user_id=actor.user_id) if actor.user_id else rows.none()
