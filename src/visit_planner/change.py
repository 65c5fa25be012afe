"""Changing a day that is already planned: insert, remove, replan."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from .compile import build
from .engine import Engine, Params
from .errors import fail
from .extract import plan_of, state_of
from .model import Price, Problem, Visit
from .plain import judge
from .plan import Plan, Route
from .solve import Result, solve, validate
from .stops import Seconds, Stop


@dataclass(frozen=True)
class Sick:
    """A worker does nothing more from now on."""

    worker: str


@dataclass(frozen=True)
class Cancelled:
    """A visit is not needed any more."""

    visit: str


@dataclass(frozen=True)
class Added:
    """A new visit."""

    visit: Visit


@dataclass(frozen=True)
class Delayed:
    """A worker can start nothing before this time."""

    worker: str
    until: float


Event = Sick | Cancelled | Added | Delayed


def insert(problem: Problem, plan: Plan, visit: Visit | None = None) -> Plan:
    """The plan with what is missing (or one more visit) put in at the best places; nothing else changes worker.

    Other visits keep their worker and order; their times move if that is cheapest.
    """
    if visit is not None:
        problem = replace(problem, visits=(*problem.visits, visit))
        validate(replace(problem, visits=(visit,)))
    tables = build(problem, keep=1)
    engine = Engine(tables, Params(blink=0.0), 1)
    FD, GD, cost = state_of(tables, plan)
    engine.load(FD, GD, cost)
    engine.x[6] = engine.x[7] = 1e18  # the first step is kept whatever it costs
    engine.step(1, 1.0, 1.0, 1)
    return plan_of(tables, engine.FDB, engine.GDB)


def remove(problem: Problem, plan: Plan, visit: str) -> Plan:
    """The plan without one visit; everything else stays where it is, as early as it can be."""
    routes = [without(r, {visit}) for r in plan.routes]
    smaller = replace(problem, visits=tuple(v for v in problem.visits if v.id != visit))
    if len(smaller.visits) == len(problem.visits):
        raise fail(f"visit {visit}", "a visit of this day")
    tables = build(smaller, keep=1)
    FD, GD, _ = state_of(tables, Plan([r for r in routes if r.items], []))
    return plan_of(tables, FD, GD)


def without(route: Route, visits: set[str]) -> Route:
    """A route less some visits."""
    return replace(route, items=tuple(i for i in route.items if i.visit not in visits))


def replan(
    problem: Problem,
    plan: Plan,
    now: float,
    events: Sequence[Event] = (),
    freeze: float = 0.0,
    stop: Stop | None = None,
    seed: int = 1,
    params: Params | None = None,
) -> tuple[Problem, Result]:
    """A proposal for the rest of the day, and the problem it solves.

    What has started before `now` stays as it is; what starts within `freeze` minutes keeps its worker where that is
    possible; every other change of worker costs (component `change`).
    """
    changed = frozen_problem(problem, plan, now, freeze, events)
    validate(changed)
    gone = {e.visit for e in events if isinstance(e, Cancelled)}
    kept = Plan([r for r in (without(r, gone) for r in plan.routes) if r.items], [])
    params = params or Params(reheat=4.0)
    result = solve(changed, stop or Seconds(1.0), seed, params, start=kept)
    return changed, result


def frozen_problem(problem: Problem, plan: Plan, now: float, freeze: float, events: Sequence[Event]) -> Problem:
    """The problem that is left at `now`."""
    starts = plan.starts()
    workers = {w.id: k for k, w in enumerate(problem.workers)}
    sick = set()
    visits = {v.id: v for v in problem.visits}
    late: dict[str, float] = {}
    for event in events:
        check_event(event, workers, visits)
        if isinstance(event, Sick):
            sick.add(event.worker)
        elif isinstance(event, Delayed):
            late[event.worker] = max(event.until, late.get(event.worker, 0.0))
        elif isinstance(event, Cancelled):
            del visits[event.visit]
        else:
            visits[event.visit.id] = event.visit
    todo = []
    promised = {key: problem.workers[w].id for key, (w, _) in starts.items() if key[0] in visits}
    for visit in visits.values():
        times = [starts.get((visit.id, k)) for k in range(len(visit.parts))]
        known = [t for t in times if t is not None]
        names = tuple(problem.workers[t[0]].id if t is not None else None for t in times)
        todo.append(frozen_visit(visit, names, [t[1] for t in known], now, freeze, sick))
    staff = tuple(
        replace(
            w,
            shifts=tuple(
                replace(
                    s, start=s.start if w.id not in late or began(plan, k, late[w.id]) else max(s.start, late[w.id])
                )
                for s in w.shifts
            ),
        )
        for k, w in enumerate(problem.workers)
    )
    prices = dict(problem.prices)
    prices.setdefault("change", Price(10.0 * max(1.0, problem.price("travel").weight)))
    return replace(problem, visits=tuple(todo), workers=staff, promised=promised, prices=prices)


def check_event(event: Event, workers: Container[str], visits: Container[str]) -> None:
    """Events speak of this day's workers and visits."""
    if isinstance(event, Sick | Delayed) and event.worker not in workers:
        raise fail(f"worker {event.worker}", "a worker of this day")
    if isinstance(event, Cancelled) and event.visit not in visits:
        raise fail(f"visit {event.visit}", "a visit of this day")
    if isinstance(event, Added) and event.visit.id in visits:
        raise fail(f"visit {event.visit.id}", "an id that is not used yet")


def began(plan: Plan, worker: int, time: float) -> bool:
    """Whether the worker has visits before this time, which the start of the shift must not contradict."""
    return any(r.worker == worker and any(i.start < time for i in r.items) for r in plan.routes)


def frozen_visit(
    visit: Visit, names: tuple[str | None, ...], starts: list[float], now: float, freeze: float, sick: set[str]
) -> Visit:
    """A visit as it may still be changed at `now`."""
    if starts and len(starts) == len(names) and min(starts) <= now:
        if len(set(starts)) == 1:
            return replace(visit, locked_workers=names, locked_start=starts[0], started=True, forbidden=frozenset())
        return replace(visit, locked_workers=names, started=True, forbidden=frozenset(), windows=tuple(visit.windows))
    out = replace(visit, earliest=max(now, visit.earliest))
    if sick:
        out = replace(
            out,
            forbidden=out.forbidden | sick,
            locked_workers=tuple(None if w in sick else w for w in visit.locked_workers),
        )
    if starts and min(starts) <= now + freeze and not sick & {n for n in names if n}:
        out = replace(out, locked_workers=names)
    return out


__all__ = ["Added", "Cancelled", "Delayed", "Event", "Sick", "insert", "judge", "remove", "replan"]
