"""The placements of a day plan as a plan of the planner."""

from collections import defaultdict

from samband.resources.models import Placement
from samband.resources.services.built import Built
from visit_planner.model import Break, Shift
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
    if span.pause is None:
        return items
    between = (_between(built, worker, span.pause, items, k) for k in range(1, len(items)))
    spots = [*between, _first(built, worker, span, items), _last(span.pause, items)]
    k, spot = next((found for found in spots if found is not None), (0, None))
    return items if spot is None else [*items[:k], spot, *items[k:]]


Spot = tuple[int, Item]


def _between(built: Built, worker: int, pause: Break, items: list[Item], k: int) -> Spot | None:
    """Between two visits: at the next door, else at the one before."""
    before, after = items[k - 1], items[k]
    travel = leg(built.problem, worker, before.place, after.place)
    for place, ahead, behind in ((after.place, travel, 0.0), (before.place, 0.0, travel)):
        start = max(before.end + ahead, pause.start)
        if start <= pause.end and start + pause.duration + behind <= after.start + 1e-6:
            return k, Item("", 0, place, start, start + pause.duration)
    return None


def _first(built: Built, worker: int, span: Shift, items: list[Item]) -> Spot | None:
    """Before the first visit, at its door."""
    pause, first = span.pause, items[0]
    assert pause is not None
    start = min(first.start - pause.duration, pause.end)
    if start < max(pause.start, span.start + leg(built.problem, worker, span.leave, first.place)):
        return None
    return 0, Item("", 0, first.place, start, start + pause.duration)


def _last(pause: Break, items: list[Item]) -> Spot | None:
    start = max(items[-1].end, pause.start)
    return (len(items), Item("", 0, items[-1].place, start, start + pause.duration)) if start <= pause.end else None
