"""Shifts: put in, changed, taken away, put back. A removed shift stays in the database, marked."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Assignment, Unit
from samband.people.models.staff import current
from samband.resources.models import DayPlan, Placement, WorkShift
from samband.resources.rules import checks
from samband.resources.rules.competence import NO_VISITS
from samband.resources.services import rostered

FAR = timedelta(days=60)
FIELDS = (
    "assignment", "starts_at", "ends_at", "team", "leave_unit", "arrive_unit", "means", "break_from", "break_to",
    "break_minutes", "on_call",
)  # fmt: skip


class Stale(Exception):
    """Somebody else changed it meanwhile."""


def staff_of(unit: Unit):
    """Whoever works visits at the unit today."""
    rows = Assignment.objects.filter(current(), unit=unit).exclude(role__in=NO_VISITS)
    return rows.select_related("staff", "unit").order_by("staff__sort_name", "pk")


def whole(moment: datetime) -> datetime:
    """Shifts are kept in whole minutes."""
    return moment.replace(second=0, microsecond=0)


def problems(values: dict[str, Any], but: int | None = None) -> list[checks.Found]:
    """What speaks against a shift with these values."""
    who, start, end = values["assignment"], values["starts_at"], values["ends_at"]
    return judged(values, rostered.workers([who], start, max(start, end), but)[who.pk])


def judged(values: dict[str, Any], worker: checks.Worker) -> list[checks.Found]:
    """The same where what is known of her is at hand."""
    start, end = whole(values["starts_at"]), whole(values["ends_at"])
    first, last = clock.local(start), clock.local(end)
    rest = checks.Rest(values.get("break_from"), values.get("break_to"), values.get("break_minutes") or 0)
    found = checks.shift(start, end, (first.date(), last.date()), worker, rest)
    if not found and rest.minutes and checks.outside(first.time(), last.time(), rest):
        found.append(checks.Found(checks.Wrong.BREAK_OUTSIDE, "break_from"))
    return found


@transaction.atomic
def save(actor: Actor, values: dict[str, Any], shift: WorkShift | None = None, version: int | None = None) -> WorkShift:
    """A new or changed shift. The form asked what speaks against it; the rule, and whether somebody was before, are asked here."""
    rule = policy.require(actor, "shift.edit", values["assignment"]).rule
    row = WorkShift.objects.select_for_update().get(pk=shift.pk) if shift else WorkShift()
    if shift:
        policy.require(actor, "shift.edit", row)
        if version is not None and row.version != version:
            raise Stale
        row.version += 1
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.starts_at, row.ends_at, row.removed_at = whole(values["starts_at"]), whole(values["ends_at"]), None
    row.save()
    audit.record(actor, "shift.edit", thing=row, rule=rule)
    return row


@transaction.atomic
def remove(actor: Actor, shift: WorkShift) -> WorkShift:
    return _mark(actor, shift, "shift.remove", clock.now())


@transaction.atomic
def restore(actor: Actor, shift: WorkShift) -> WorkShift | None:
    """Put back, unless something has come in its place meanwhile: then nothing."""
    values = {name: getattr(shift, name) for name in FIELDS}
    if any(one.wrong in (checks.Wrong.OVERLAP, checks.Wrong.AWAY) for one in problems(values, shift.pk)):
        return None
    return _mark(actor, shift, "shift.restore", None)


def _mark(actor: Actor, shift: WorkShift, action: str, removed: datetime | None) -> WorkShift:
    rule = policy.require(actor, "shift.edit", shift).rule
    row = WorkShift.objects.select_for_update().get(pk=shift.pk)
    row.removed_at = removed
    row.version += 1
    row.save(update_fields=["removed_at", "version"])
    audit.record(actor, action, thing=row, rule=rule)
    return row


def placed(shift: WorkShift) -> int:
    """How many visits of a published plan stand on it: whoever changes it should plan the day anew."""
    return Placement.objects.filter(shift=shift, plan__status=DayPlan.Status.PUBLISHED).count()
