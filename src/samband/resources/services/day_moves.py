"""Publishing carries out what a draft moves to another day, and taking the plan back undoes it: in the persons' plans.

The plan's occurrences get the new day, so that the person, the board and the hourly duty (`horizon`) all say the same, and
nothing moves the visit back.
"""

from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samband.core import clock, policy, text
from samband.core.policy import Actor, Decision
from samband.plans.models import OccurrenceState
from samband.plans.services import doing
from samband.plans.services.occurrences import one
from samband.resources.models import DayPlan, Placement, Unplaced, Visit, VisitItem
from samband.resources.services import horizon, leaving, other_day
from samband.resources.services.tasks import DAY

Status = DayPlan.Status


def carry_out(plan: DayPlan, by: Actor) -> None:
    """In the transaction that publishes. Raises ValidationError where a rule has closed the day meanwhile."""
    rows = list(leaving.going(plan).select_related("visit", "visit__person"))
    if not rows:
        return
    decision = policy.require(by, "visitday.plan", plan)
    for row in rows:
        visit, to = row.visit, row.moved_to
        assert to is not None
        if visit.status != Visit.Status.PLANNED:
            raise ValidationError(_("Ett besök som skulle flyttas till en annan dag har börjat eller är över."))
        other_day.refuse(plan, visit, to)
        row.carried = [_move(by, item, to - visit.day, decision) for item in visit.items.select_related("action__plan")]
        row.save(update_fields=["carried"])
        _follow(plan, visit, to)


def _move(by: Actor, item: VisitItem, shift: timedelta, decision: Decision) -> list[object]:
    found = one(item.action, item.original)
    if found is None:
        raise ValidationError(_("Den gången finns inte längre i planen. Ladda om sidan och se hur det är nu."))
    # What has no time of its own stands last in its day, so that it is not called late before it is.
    moment = clock.at(found.day, DAY[1]) if found.all_day else found.starts
    why = _("Flyttat i dagens planering")
    to = other_day.at_day(moment, shift)
    doing.move(by, item.action, item.original, found.version, to, why, decision=decision)
    return [item.action_id, item.original.isoformat()]


def _follow(plan: DayPlan, visit: Visit, to: date) -> None:
    """The visits of both days, whatever the hour's duty has come to."""
    for day in (plan.day, to):
        horizon.sync(plan.pool, day, day, person=visit.person_id)


def take_back(plan: DayPlan, by: Actor) -> list[Unplaced]:
    """What the plan had moved is back on its day. Refused where it has been promised, begun or moved on since."""
    rows = list(Unplaced.objects.filter(plan=plan).exclude(carried=[]).select_related("visit", "visit__person"))
    decision = policy.require(by, "visitday.plan", plan) if rows else None
    for row in rows:
        _refuse(plan, row)
        for action, original in row.carried:
            held = (
                OccurrenceState.objects.filter(action=action, original=original).select_related("action__plan").first()
            )
            if held is None or held.moved_to is None or _wall(held) != row.moved_to:
                raise ValidationError(_moved_on(row))
            doing.undo(by, held.action, held.original, held.version, decision=decision)
        row.carried = []
        row.save(update_fields=["carried"])
        _follow(plan, row.visit, row.moved_to or plan.day)
    return rows


def _wall(held: OccurrenceState) -> date:
    assert held.moved_to is not None
    local = clock.local(held.moved_to)
    return local.date() - timedelta(days=local.time() < time(6) and clock.local(held.original).time() < time(6))


def _refuse(plan: DayPlan, row: Unplaced) -> None:
    to = row.moved_to or plan.day
    now = Visit.objects.filter(items__action__in=[action for action, _o in row.carried], day=to)
    if now.exclude(status__in=(Visit.Status.PLANNED, *other_day.OFF)).exists():
        raise ValidationError(_moved_on(row))
    held = Placement.objects.filter(part__visit__in=now, plan__status=Status.PUBLISHED, plan__day=to)
    if held.exists():
        raise ValidationError(_("Ett besök som flyttades är lovat %(day)s. Flytta det därifrån.") % _day(row))


def _moved_on(row: Unplaced) -> str:
    return _(
        "Ett besök som flyttades till %(day)s har börjat eller ändrats sedan dess, och går inte tillbaka av sig självt."
    ) % _day(row)


def _day(row: Unplaced) -> dict[str, str]:
    return {"day": text.short_date(row.moved_to) if row.moved_to else ""}
