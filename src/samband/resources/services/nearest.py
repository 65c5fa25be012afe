"""Where a visit could stand, everything else left as it is: a quick look into the gaps of every route.

It finds who is worth asking the planner about (`why`), and the nearest possible time for what has no place.
"""

from dataclasses import dataclass

from visit_planner.model import Problem, Visit
from visit_planner.plan import Item, Plan

LATE_WEIGHT = 3.0  # a minute late weighs as three on the road, as in the planner's own default


@dataclass(frozen=True)
class Gap:
    """`worker` could begin `part` at `start`; what it costs more on the road, and minutes after the window."""

    worker: int
    part: int
    start: float
    travel: float
    late: float

    @property
    def cost(self) -> float:
        return self.travel + LATE_WEIGHT * self.late


def gaps(problem: Problem, plan: Plan, visit: Visit, after: float = 0.0) -> list[Gap]:
    """The best gap of every worker who may, for every part; the cheapest first. `after`: nothing begins before."""
    routes: dict[int, list[Item]] = {}
    for r in plan.routes:
        routes.setdefault(r.worker, []).extend(i for i in r.items if i.visit != visit.id)
    found = []
    for part in range(len(visit.parts)):
        for number, worker in enumerate(problem.workers):
            if worker.shifts and problem.may(worker, visit, part) is None:
                best = _best(problem, visit, part, number, routes.get(number, []), after)
                if best:
                    found.append(best)
    return sorted(found, key=lambda g: (g.cost, g.start, g.worker))


def _best(problem: Problem, visit: Visit, part: int, worker: int, stops: list[Item], after: float) -> Gap | None:
    bests = [
        _in_shift(problem, visit, part, worker, k, stops, after) for k in range(len(problem.workers[worker].shifts))
    ]
    return min((b for b in bests if b), key=lambda g: (g.cost, g.start), default=None)


def _in_shift(
    problem: Problem, visit: Visit, part: int, worker: int, number: int, stops: list[Item], after: float
) -> Gap | None:
    shift, road = problem.workers[worker].shifts[number], problem.travel[problem.workers[worker].means]
    stops = [i for i in stops if shift.start <= i.start < shift.end]
    length, opens, due = visit.parts[part].duration, visit.windows[0].start, visit.windows[-1].end
    best: Gap | None = None
    for k in range(len(stops) + 1):
        here, free = (stops[k - 1].place, stops[k - 1].end) if k else (shift.leave, shift.start)
        there, until = (stops[k].place, stops[k].start) if k < len(stops) else (shift.arrive, shift.end)
        to, on, without = float(road[here, visit.place]), float(road[visit.place, there]), float(road[here, there])
        start = max(free + to, opens, after)
        if start + length + on > until or (visit.hard and start > due):
            continue
        gap = Gap(worker, part, start, to + on - without, max(0.0, start - due))
        if best is None or gap.cost < best.cost:
            best = gap
    return best
