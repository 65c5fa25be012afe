"""What a plan costs as it stands, and what a change of it costs: the placements, judged by the planner's plain evaluator.

Times are taken as the plan has them: what a planner set by hand is not moved by anything here.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from samband.resources.models import DayPlan, Placement
from samband.resources.services import problem as problems
from visit_planner.model import Problem
from visit_planner.plain import components
from visit_planner.plan import Item, Plan, Route

KEEP = 60.0  # seconds; every rule that can refuse is asked afresh when the plan is published
MOST = 4  # days kept at once: a problem with its travel times is some megabytes
_kept: dict[tuple[int, date], tuple[float, problems.Built]] = {}


def built(plan: DayPlan, fresh: bool = False) -> problems.Built:
    """The day as the planner's problem. What stands in the plan is not asked for here, so a minute's copy will do."""
    key = (plan.pool_id, plan.day)
    kept = _kept.get(key)
    if kept is not None and not fresh and monotonic() - kept[0] < KEEP:
        return kept[1]
    found = problems.build(plan.pool, plan.day)
    while len(_kept) >= MOST:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = (monotonic(), found)
    return found


def worker_of(problem: Problem, shift: int) -> int | None:
    """The number of the worker that a shift became; None where nobody works it."""
    name = f"s{shift}"
    return next((k for k, w in enumerate(problem.workers) if w.id == name), None)


def as_plan(day: problems.Built, placed: Iterable[Placement]) -> Plan:
    """The placements as the planner sees a plan. What it does not know (a shift that fell away) stays out."""
    problem = day.problem
    workers = {w.id: k for k, w in enumerate(problem.workers)}
    visits = {v.id: v for v in problem.visits}
    items: dict[int, list[Item]] = {}
    full: dict[str, int] = {}
    for row in placed:
        name, worker = f"v{row.part.visit_id}", workers.get(f"s{row.shift_id}")
        visit = visits.get(name)
        if visit is None or worker is None or row.part.number > len(visit.parts):
            continue
        start, end = day.minutes(row.starts_at), day.minutes(row.ends_at)
        items.setdefault(worker, []).append(Item(name, row.part.number - 1, visit.place, start, end))
        full[name] = full.get(name, 0) + 1
    routes = [_route(problem, worker, rows) for worker, rows in sorted(items.items())]
    return Plan(routes, [v.id for v in problem.visits if full.get(v.id, 0) < len(v.parts)])


def _route(problem: Problem, worker: int, rows: list[Item]) -> Route:
    rows.sort(key=lambda i: (i.start, i.visit))
    shift, travel = problem.workers[worker].shifts[0], problem.travel[problem.workers[worker].means]
    leaves = rows[0].start - float(travel[shift.leave, rows[0].place])
    return Route(worker, 0, tuple(rows), leaves, rows[-1].end + float(travel[rows[-1].place, shift.arrive]))


def rows(plan: DayPlan) -> list[Placement]:
    return list(Placement.objects.filter(plan=plan).select_related("part").order_by("shift_id", "starts_at", "id"))


def price(day: problems.Built, placed: Iterable[Placement]) -> dict[str, float]:
    """Every component of the plan as it stands."""
    return components(day.problem, as_plan(day, placed))


def travel_before(day: problems.Built, placed: list[Placement]) -> dict[int, float]:
    """Minutes on the road before each placement, by its key."""
    found = as_plan(day, placed)
    by_part = {(f"v{p.part.visit_id}", p.part.number - 1): p for p in placed}
    out: dict[int, float] = {}
    for route in found.routes:
        worker = day.problem.workers[route.worker]
        here = worker.shifts[0].leave
        for item in route.items:
            out[by_part[item.visit, item.part].pk] = float(day.problem.travel[worker.means][here, item.place])
            here = item.place
    return out


def difference(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """What differs by more than noise."""
    return {n: after[n] - before[n] for n in after if abs(after[n] - before.get(n, 0.0)) >= 0.5}


def in_words(more: Mapping[str, Any]) -> list[str]:
    """The difference as a planner reads it; an empty list: nothing."""
    found = []
    for name, words in WORDS.items():
        n = round(more.get(name, 0))
        if n:
            found.append(words(abs(n), n > 0))
    return found


def _minutes(more: str, less: str) -> Any:
    return lambda n, up: _(more if up else less) % {"n": n}


def _count(name: str) -> Any:
    def words(n: int, up: bool) -> str:
        if name == "unserved":
            return _("besöket blir utan plats") if up else _("besöket får plats")
        if name == "continuity":
            return (
                ngettext("någon ny för personen", "%(n)d gånger någon ny för personen", n)
                if up
                else ngettext("någon som personen känner", "%(n)d gånger någon som personen känner", n)
            ) % {"n": n}
        if name == "language":
            return _("inget gemensamt språk") if up else _("gemensamt språk")
        if name == "crossing":
            return _("en annan organisations personal") if up else _("den egna organisationens personal")
        if name == "unwanted":
            return (
                _("någon som personen helst inte vill ha")
                if up
                else _("inte längre någon som personen helst inte vill ha")
            )
        return _("inte den som personen helst vill ha") if up else _("den som personen helst vill ha")

    return words


WORDS: dict[str, Any] = {
    "unserved": _count("unserved"),
    "travel": _minutes(gettext_noop("%(n)d min mer resa"), gettext_noop("%(n)d min mindre resa")),
    "tardiness": _minutes(gettext_noop("%(n)d min senare än fönstret"), gettext_noop("%(n)d min mindre sent")),
    "overtime": _minutes(gettext_noop("%(n)d min mer övertid"), gettext_noop("%(n)d min mindre övertid")),
    "continuity": _count("continuity"),
    "preferences": _count("preferences"),
    "unwanted": _count("unwanted"),
    "language": _count("language"),
    "crossing": _count("crossing"),
}
