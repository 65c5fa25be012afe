"""What follows when the day is published or something is told: who hears of it, and what waits for the planner. Texts name nobody."""

import uuid
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.core import clock, events, notices
from samband.core.policy import Actor
from samband.people.models import Relative
from samband.people.models.staff import current
from samband.resources.models import DayPlan, Happening, Pool, PoolUnit, Visit, VisitReport
from samband.resources.services import happenings, reports, withdrawing
from samband.resources.services.ahead import of_plan
from samband.resources.tasks_today import make_proposal

Kind = VisitReport.Kind
HAPPENED, DAY_CHANGED, VISIT_CHANGED = "resources.happened", "resources.day_changed", "resources.visit_changed"
UPSETS = 15  # minutes longer from which the rest of a day is asked for anew

notices.group("resources", _("Besök och dagplan"))
notices.kind(HAPPENED, _("Något har hänt som rör dagens besök"), receipt=True, escalate_after=timedelta(minutes=20))
notices.kind(DAY_CHANGED, _("Din dag har ändrats"))
notices.kind(VISIT_CHANGED, _("Ett besök har fått en ny tid, eller någon annan kommer"))


@events.listen("resources.published")
def published(
    pool: Pool, day: date, plan: DayPlan, changes: list[Any], before: DayPlan | None = None, **_more: Any
) -> None:
    """Staff hear of every change of theirs; a person of what she would notice. Of a first plan only staff are told."""
    if day < clock.today():
        return
    staff: set[int] = set()
    persons: dict[int, bool] = defaultdict(bool)
    for change in changes:
        staff |= {spot[0] for spot in (change.was, change.now) if spot}
        # Of another day a person always hears, whether or not the first was promised.
        another = getattr(change, "to", None) is not None
        persons[change.person] |= another or (before is not None and noticed(change.was, change.now))
    once = f"{plan.public_id} {plan.version}"
    if staff:
        notices.tell(DAY_CHANGED, reverse("resources:mine"), thing=plan, once=once, assignments=staff)
    for person in sorted(pk for pk, told in persons.items() if told):
        near = Relative.objects.filter(current(), person_id=person, reads=True, user__isnull=False)
        notices.tell(
            VISIT_CHANGED, reverse("web:my"), thing=plan, person_id=person, once=f"{once} {person}",
            persons=[person], relatives=near.values_list("pk", flat=True),
        )  # fmt: skip


def noticed(was: tuple | None, now: tuple | None) -> bool:
    """Another comes, nobody comes, or the time differs by more than the set number of minutes."""
    if was is None or now is None:
        return True
    return was[0] != now[0] or abs(now[1] - was[1]) > timedelta(minutes=settings.VISIT_CHANGE_MINUTES)


@events.listen("resources.happened")
def happened(happening: Happening, actor: Actor | None = None, **_more: Any) -> None:
    """Those who plan the pool's day, and a proposal for them."""
    units = PoolUnit.objects.filter(current(), pool=happening.pool).values_list("unit_id", flat=True)
    person = happening.visit.person_id if happening.visit else None
    url = reverse("resources:happening", args=[happening.public_id])
    notices.tell(HAPPENED, url, thing=happening, person_id=person, once=str(happening.public_id), units=units, by=actor)
    transaction.on_commit(lambda: make_proposal.enqueue(happening.pk))


@events.listen(reports.REPORTED)
def reported(report: VisitReport, visit: Visit, actor: Actor, **_more: Any) -> None:
    """From the road: help is asked for, or a visit takes so much longer that somebody else would wait."""
    pool = happenings.pool_of(visit.unit_id, visit.day)
    if pool is None:
        return
    if report.kind == Kind.UNDONE:
        withdrawing.take_back(actor, uuid.uuid5(report.undoes_id, "happening") if report.undoes_id else None)
        return
    kind = None
    if report.kind == Kind.HELP:
        kind = Happening.Kind.HELP
    elif report.kind == Kind.LATE and visit.status == Visit.Status.STARTED and (report.minutes or 0) >= UPSETS:
        kind = Happening.Kind.LONGER
    if kind is not None:
        said = happenings.Told(
            kind, report.at, report.assignment, visit, report.minutes, report.reason, uuid.uuid5(report.pk, "happening")
        )
        row = happenings.tell(actor, pool, said)
        events.publish("resources.happened", happening=row, actor=actor)


def late_now(plan: DayPlan) -> list[tuple[Any, Any]]:
    """(placement, what is foreseen) of those that are likely to begin after their window, worst first."""
    stands = of_plan(plan)
    rows = [(row, stands.foreseen[row.part_id]) for route in stands.routes for row in route]
    late = [(row, seen) for row, seen in rows if seen.late and not stands.states[row.part_id].over]
    return sorted(late, key=lambda pair: -pair[1].late)
