"""A plan: who is where when.  Built from sequences by the plain scheduler below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from .model import Problem, Shift, Visit, hold_share

BREAK = "break"


@dataclass(frozen=True)
class Item:
    """One stop: a part of a visit, or a break (visit == "")."""

    visit: str
    part: int
    place: int
    start: float
    end: float

    @property
    def is_break(self) -> bool:
        """Whether this is a break."""
        return not self.visit


@dataclass(frozen=True)
class Route:
    """One shift of one worker, in order, with the just-in-time departure and the return."""

    worker: int
    shift: int
    items: tuple[Item, ...]
    departure: float
    back: float


@dataclass
class Plan:
    """Routes (only those with something in them) and the visits left out."""

    routes: list[Route]
    unserved: list[str]
    components: dict[str, float] = field(default_factory=dict)
    cost: float = 0.0
    violations: list[str] = field(default_factory=list)

    @property
    def feasible(self) -> bool:
        """No hard rule is broken."""
        return not self.violations

    def starts(self) -> dict[tuple[str, int], tuple[int, float]]:
        """(visit, part) -> (worker number, start)."""
        return {(i.visit, i.part): (r.worker, i.start) for r in self.routes for i in r.items if not i.is_break}


@dataclass
class Sequence:
    """The order of one shift: parts as (visit number, part), and the index after which the break is (-1: first)."""

    worker: int
    shift: int
    parts: list[tuple[int, int]]
    break_after: int | None = None


def opening(problem: Problem, visit: Visit, part: int, arrival: float) -> float:
    """Start for an arrival: waits for a later window if that is cheaper than being late in an earlier one."""
    if visit.locked_start is not None:
        return max(arrival, visit.locked_start)
    windows = sorted(visit.windows, key=lambda w: (w.start, w.end))
    off = visit.parts[part].duration if problem.judged_at_end else 0.0
    start = max(arrival, windows[0].start, visit.earliest)
    hold = hold_share(problem, visit) if len(windows) > 1 else 0.0
    for before, window in pairwise(windows[:3]):
        due = before.end - off
        limit = max(due, (due + window.start * hold) / (1.0 + hold))
        if limit < start < window.start:
            start = window.start
    return start


def leg(problem: Problem, worker: int, a: int, b: int) -> float:
    """Minutes from place a to place b for this worker."""
    return float(problem.travel[problem.workers[worker].means][a, b])


def after_break(shift: Shift, ready: float, travel: float, home: bool) -> float:
    """Arrival at the next stop when the break is taken on the way (at home: before the last leg)."""
    pause = shift.pause
    if pause is None:
        return ready + travel
    if home:
        return max(ready, pause.start) + pause.duration + travel
    return max(ready + travel, pause.start) + pause.duration


def schedule(
    problem: Problem, sequences: list[Sequence], not_before: Mapping[tuple[int, int], float] | None = None
) -> dict[tuple[int, int], float] | None:
    """Earliest starts of all parts, by sweeping over the constraints until nothing moves; None if that never ends.

    not_before: extra earliest starts, by which first visits are delayed so that less is waited.
    """
    floor = not_before or {}
    starts: dict[tuple[int, int], float] = {p: -1e15 for s in sequences for p in s.parts}
    visits = problem.visits
    for _ in range(4 * len(starts) + 16):
        moved = False
        for seq in sequences:
            shift = problem.workers[seq.worker].shifts[seq.shift]
            ready, where = shift.start, shift.leave
            for k, key in enumerate(seq.parts):
                v, part = key
                visit = visits[v]
                travel = leg(problem, seq.worker, where, visit.place)
                at = after_break(shift, ready, travel, False) if seq.break_after == k - 1 else ready + travel
                at = max(at, floor.get(key, -1e15), starts[key])
                if visit.linked:
                    if part and (v, part - 1) in starts:
                        at = max(at, starts[v, part - 1] + visit.gap(part - 1)[0])
                    if part + 1 < len(visit.parts) and (v, part + 1) in starts:
                        at = max(at, starts[v, part + 1] - visit.gap(part)[1])
                at = opening(problem, visit, part, at)
                if at > starts[key] + 1e-9:
                    starts[key] = at
                    moved = True
                ready, where = starts[key] + visit.parts[part].duration, visit.place
        if not moved:
            return starts
    return None


def break_item(
    problem: Problem,
    seq: Sequence,
    k: int,
    before: tuple[float, int] | None,
    after: tuple[float, int] | None,
    shift: Shift,
) -> Item:
    """The break that lies before the k-th part: at the next place if it can begin there in time."""
    pause = shift.pause
    assert pause is not None
    latest = pause.end - (pause.duration if problem.judged_at_end else 0.0)
    if before is None and after is None:
        start = max(shift.start, pause.start)
        return Item("", 0, shift.leave, start, start + pause.duration)
    if after is None:
        assert before is not None
        start = max(before[0], pause.start)
        return Item("", 0, before[1], start, start + pause.duration)
    if before is None:
        start = max(pause.start, min(after[0] - pause.duration, latest))
        return Item("", 0, after[1], start, start + pause.duration)
    start = max(before[0] + leg(problem, seq.worker, before[1], after[1]), pause.start)
    if start <= latest + 1e-9 or before[0] > latest:
        return Item("", 0, after[1], start, start + pause.duration)
    start = max(before[0], pause.start)
    return Item("", 0, before[1], start, start + pause.duration)


def make_route(problem: Problem, seq: Sequence, starts: Mapping[tuple[int, int], float]) -> Route | None:
    """One route with its items; None if there is nothing in it."""
    shift = problem.workers[seq.worker].shifts[seq.shift]
    items: list[Item] = []
    spots = [(starts[key], problem.visits[key[0]], key[1]) for key in seq.parts]
    for k in range(len(spots) + 1):
        if seq.break_after == k - 1 and shift.pause is not None:
            before = (items[-1].end, items[-1].place) if items else None
            after = (spots[k][0], spots[k][1].place) if k < len(spots) else None
            items.append(break_item(problem, seq, k, before, after, shift))
        if k < len(spots):
            start, visit, part = spots[k]
            items.append(Item(visit.id, part, visit.place, start, start + visit.parts[part].duration))
    if not items:
        return None
    departure = items[0].start - leg(problem, seq.worker, shift.leave, items[0].place)
    back = items[-1].end + leg(problem, seq.worker, items[-1].place, shift.arrive)
    return Route(seq.worker, seq.shift, tuple(items), departure, back)


def make_plan(problem: Problem, sequences: list[Sequence], starts: Mapping[tuple[int, int], float]) -> Plan:
    """The plan of these sequences at these times (not judged yet)."""
    routes = [r for r in (make_route(problem, s, starts) for s in sequences) if r is not None]
    planned = {v for s in sequences for v, _ in s.parts}
    return Plan(routes, [v.id for k, v in enumerate(problem.visits) if k not in planned])
