"""Drafts of a day: beside the published plan, begun from it."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from samband.core import audit
from samband.core.policy import Actor
from samband.people.models import Assignment
from samband.resources.models import DayPlan, Placement, Pool, Unplaced

COPIED = ("part_id", "shift_id", "order", "starts_at", "ends_at", "travel", "locked", "locked_time")


def published(pool: Pool, day: date) -> DayPlan | None:
    return DayPlan.objects.filter(pool=pool, day=day, status=DayPlan.Status.PUBLISHED).first()


def new_draft(pool: Pool, day: date, by: Actor | Assignment | None, note: str = "") -> DayPlan:
    """A draft with the placements of the published plan, or empty. `by`: None where Samband itself makes it."""
    with transaction.atomic():
        Pool.objects.select_for_update().get(pk=pool.pk)  # numbers are given one at a time
        last = DayPlan.objects.filter(pool=pool, day=day).aggregate(last=Max("number"))["last"] or 0
        base = published(pool, day)
        plan = DayPlan.objects.create(
            pool=pool, day=day, number=last + 1, based_on=base, made_by_id=assignment_of(by), note=note[:200],
            figures=base.figures if base else {},
        )  # fmt: skip
        if base is not None:
            copy(base, plan)
        if isinstance(by, Actor):
            audit.record(by, "visitday.plan", thing=plan, draft=plan.number, day=str(day))
    return plan


def copy(base: DayPlan, plan: DayPlan) -> None:
    """What one plan places and leaves out, in another."""
    rows = base.placements.values(*COPIED)
    Placement.objects.bulk_create([Placement(plan=plan, **row) for row in rows], batch_size=500)
    # What the published plan moved to another day is there already.
    left = base.unplaced.filter(moved_to__isnull=True).values("visit_id", "reasons")
    Unplaced.objects.bulk_create([Unplaced(plan=plan, **row) for row in left], batch_size=500)


def assignment_of(by: Actor | Assignment | None) -> int | None:
    if by is None:
        return None
    return by.pk if isinstance(by, Assignment) else by.assignment_id
