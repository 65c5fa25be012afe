"""The placements of a day plan as a plan of the planner."""

from collections import defaultdict

from samband.resources.models import Placement
from samband.resources.services.built import Built
from visit_planner.model import Shift
from visit_planner.plain import judge
from visit_planner.plan import Item, Plan, Route, leg


def start_of(built: Built, placed: list[Placement]) -> Plan | None:
    """As it stands: each part at its time, breaks where there is room for them. None: nothing is placed."""
    problem = built.problem
    keys = {part.pk: key for key, part in built.parts.items()}
    numbers = {w.id: k for k, w in enumerate(problem.workers)}
    routes: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for placement in placed:
        key, worker = keys.get(placement.part_id), numbers.get(f"s{placement.shift_id}")
        if key is None or worker is None:
            continue
        visit = problem.visit(key[0])
        start = built.minutes(placement.starts_at)
        item = Item(visit.id, key[1], visit.place, start, start + visit.parts[key[1]].duration)
        routes[worker, _stretch(problem.workers[worker].shifts, start)].append(item)
    if not routes:
        return None
    made = [_route(built, worker, shift, items) for (worker, shift), items in sorted(routes.items())]
    there = {item.visit for route in made for item in route.items}
    return judge(problem, Plan(made, [v.id for v in problem.visits if v.id not in there]))


def _stretch(shifts: tuple[Shift, ...], start: float) -> int:
    return max((k for k, s in enumerate(shifts) if s.start <= start), default=0)


def _route(built: Built, worker: int, shift: int, items: list[Item]) -> Route:
    problem = built.problem
    span = problem.workers[worker].shifts[shift]
    items = with_break(built, worker, span, sorted(items, key=lambda i: i.start))
    departure = items[0].start - leg(problem, worker, span.leave, items[0].place)
    back = items[-1].end + leg(problem, worker, items[-1].place, span.arrive)
    return Route(worker, shift, tuple(items), departure, back)


def with_break(built: Built, worker: int, span: Shift, items: list[Item]) -> list[Item]:
    """The break goes where it can be begun in time and nobody has to wait for it; where there is no room, there is none."""
    pause = span.pause
    if pause is None:
        return items
    for k in range(1, len(items) + 1):
        before = items[k - 1]
        if k == len(items):
            start = max(before.end, pause.start)
            if start <= pause.end:
                return [*items, Item("", 0, before.place, start, start + pause.duration)]
            continue
        after = items[k]
        travel = leg(built.problem, worker, before.place, after.place)
        start = max(before.end + travel, pause.start)
        if start <= pause.end and start + pause.duration <= after.start + 1e-6:
            return [*items[:k], Item("", 0, after.place, start, start + pause.duration), *items[k:]]
        start = max(before.end, pause.start)
        if start <= pause.end and start + pause.duration + travel <= after.start + 1e-6:
            return [*items[:k], Item("", 0, before.place, start, start + pause.duration), *items[k:]]
    return items
