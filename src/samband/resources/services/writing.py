"""A plan of the planner, written into a draft: placements, what has no place and why, and figures; all or nothing."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.resources.models import DayPlan, Placement, Unplaced
from samband.resources.services.built import Built
from samband.resources.services.done import BEGUN
from samband.resources.services.figures import figures
from samband.resources.services.reasons import all_reasons
from visit_planner.plan import Plan, Route, leg


def write(day_plan: DayPlan, built: Built, plan: Plan, before: Mapping[int, int] | None = None) -> None:
    """Replaces what the draft says of the visits of the problem. What is begun and no part of it stays; locks stay.

    `before`: shift → the first number in its order that is free, where the caller puts something in front.
    """
    with transaction.atomic():
        fresh = DayPlan.objects.select_for_update().get(pk=day_plan.pk)
        if fresh.status != DayPlan.Status.DRAFT:
            raise ValidationError(_("Planen är inte längre ett utkast. Börja ett nytt utkast."))
        locks = {p.part_id: (p.locked, p.locked_time) for p in fresh.placements.all()}
        kept = _clear(fresh, built)
        for shift, free in (before or {}).items():
            kept[shift] = max(kept.get(shift, 0), free)
        rows = [row for route in plan.routes for row in _rows(fresh, built, route, kept, locks)]
        Placement.objects.bulk_create(rows, batch_size=500)
        said = all_reasons(built, plan)
        Unplaced.objects.bulk_create(
            [Unplaced(plan=fresh, visit=built.visits[name], reasons=why) for name, why in said.items()], batch_size=500
        )
        day_plan.figures = fresh.figures = figures(built, plan)
        fresh.version += 1
        fresh.save(update_fields=["figures", "version"])
        day_plan.version = fresh.version


def _clear(plan: DayPlan, built: Built) -> dict[int, int]:
    """Takes out what is written anew. Shift → how many placements of it stay."""
    parts = {p.pk for p in built.parts.values()}
    rows = list(plan.placements.select_related("part__visit"))
    stays = [p for p in rows if p.part_id not in parts and p.part.visit.status in BEGUN]
    plan.placements.exclude(pk__in=[p.pk for p in stays]).delete()
    plan.unplaced.filter(moved_to__isnull=True).delete()
    counted: dict[int, int] = {}
    for row in stays:
        counted[row.shift_id] = max(counted.get(row.shift_id, 0), row.order + 1)
    return counted


def _rows(
    plan: DayPlan, built: Built, route: Route, kept: dict[int, int], locks: dict[int, tuple[bool, bool]]
) -> list[Placement]:
    worker = built.workers[route.worker]
    shift = built.problem.workers[route.worker].shifts[route.shift]
    where, rows = shift.leave, list[Placement]()
    order = kept.get(worker.shift.pk, 0) + 100 * route.shift
    travel = 0.0
    for item in route.items:
        # A break taken at the next home leaves the road to it to the visit there.
        travel += leg(built.problem, route.worker, where, item.place)
        where = item.place
        if item.is_break:
            continue
        part = built.parts[item.visit, item.part]
        locked, timed = locks.get(part.pk, (False, False))
        rows.append(
            Placement(
                plan=plan, part=part, shift=worker.shift, order=order + len(rows), starts_at=built.moment(item.start),
                ends_at=built.moment(item.end), travel=travel, locked=locked, locked_time=timed,
            )
        )  # fmt: skip
        travel = 0.0
    return rows
