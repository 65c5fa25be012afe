"""How fast a proposal comes when the day changes: `python -m benchmarks.replan [--seconds 10] [--seed 1]`.

One municipality, 60 staff and 600 visits, planned and published; at 10.05 each kind of happening is told. Limit: 2 s from the
telling to the proposal that is written (issue: resources). Also: how many visits a proposal changes, and how many find no place.
"""

import argparse
import csv
import sys
import tempfile
import time
from datetime import time as wall
from typing import Any

from benchmarks.resources import DAY, begin

LIMIT = 2.0


def published(seconds: float, seed: int) -> Any:
    """The pool, with the day planned and published."""
    from benchmarks.resources_world import fill
    from samband.core import clock
    from samband.resources.services.drafts import new_draft
    from samband.resources.services.horizon import sync
    from samband.resources.services.problem import build
    from samband.resources.services.writing import write
    from visit_planner.solve import solve
    from visit_planner.stops import Seconds

    (pool,) = fill(DAY)
    sync(pool, DAY, DAY)
    built = build(pool, DAY)
    plan = new_draft(pool, DAY, None)
    write(plan, built, solve(built.problem, Seconds(seconds), seed).plan)
    plan.status, plan.published_at = "published", clock.now()
    plan.save()
    return pool, plan


def happened(pool: Any, plan: Any, kind: str, now: Any) -> Any:
    """One happening of the kind, with what is a fact of it written."""
    from samband.contact.models import Absence
    from samband.resources.models import Happening, Placement, Visit, VisitRequest
    from samband.resources.services import requests

    rows = Placement.objects.filter(plan=plan, starts_at__gt=now).select_related(
        "part__visit__person", "shift__assignment"
    )
    nurse = rows.filter(part__competence="nurse").order_by("shift_id", "order").first() or rows.order_by("pk").first()
    row = Happening(pool=pool, day=DAY, kind=kind, at=now)
    if kind == "sick":
        row.assignment = nurse.shift.assignment
        Absence.objects.create(assignment=row.assignment, starts_at=now, ends_at=nurse.shift.ends_at)
    elif kind == "longer":
        row.visit = rows.order_by("starts_at").first().part.visit
        row.visit.parts.update(minutes=60)
    elif kind == "cancelled":
        row.visit = rows.order_by("starts_at")[5].part.visit
        Visit.objects.filter(pk=row.visit.pk).update(status="cancelled")
    else:
        visit = nurse.part.visit
        row.request = requests.write(
            VisitRequest(
                person=visit.person, unit=visit.unit, competence="nurse", needed_by=now.replace(hour=11), why="Akut"
            )
        )
        row.visit = row.request.visit
    row.save()
    return row


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--seed", type=int, default=1)
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begin(folder)
        sys.exit(_measure(args.seconds, args.seed))


def _measure(seconds: float, seed: int) -> str | None:
    from samband.core import clock
    from samband.resources.services import proposals, publishing

    pool, plan = published(seconds, seed)
    out = csv.DictWriter(sys.stdout, ("happening", "seconds", "cpu_seconds", "limit", "changed_visits", "unplaced"))
    out.writeheader()
    over = []
    with clock.frozen(clock.at(DAY, wall(10, 5))):
        for kind in ("cancelled", "sick", "longer", "urgent"):
            row = happened(pool, plan, kind, clock.now())
            begun, used = time.perf_counter(), time.process_time()
            draft = proposals.propose(row)
            took, cpu = time.perf_counter() - begun, time.process_time() - used
            changed = {c.visit for c in publishing.changes(plan, draft)}
            out.writerow({"happening": kind, "seconds": f"{took:.2f}", "cpu_seconds": f"{cpu:.2f}", "limit": LIMIT,
                          "changed_visits": len(changed), "unplaced": draft.unplaced.count()})  # fmt: skip
            sys.stdout.flush()
            if took > LIMIT:
                over.append(kind)
    return f"over the limit: {', '.join(over)}" if over else None


if __name__ == "__main__":
    main()
