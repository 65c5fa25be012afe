"""A day cut into shares: sets of workers who lie side by side, with what they do; and the shares put together again.

A share is a smaller day of its own. A joint visit that lies across a cut is held on both sides, at its time by its worker. A person's
visits may lie on both sides: the workers of two shares are different ones, so their sum differs from the whole day's by a constant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .large import centre
from .model import Problem, Visit
from .plain import judge
from .plan import Item, Plan, Route, Sequence, make_plan, schedule

MARK = "\0"  # between the name of a visit and the part of it that is held


@dataclass(frozen=True)
class Share:
    """What one process gets: workers by number, visits as they are in this round, and the routes so far."""

    crew: list[int]
    visits: list[Visit]
    start: Plan


def cut(problem: Problem, plan: Plan, count: int, rng: Any) -> list[list[int]]:
    """The staff in `count` crews of one size, side by side across a direction drawn at random."""
    places: dict[int, list[int]] = {}
    for route in plan.routes:
        places.setdefault(route.worker, []).extend(i.place for i in route.items if not i.is_break)
    homes = [w.shifts[0].leave if w.shifts else 0 for w in problem.workers]
    middles = np.array([centre(problem, places.get(w) or [homes[w]]) for w in range(len(homes))])
    order = np.argsort(middles @ rng.normal(size=middles.shape[1]) + 1e-9 * rng.random(len(middles)))
    return [sorted(int(w) for w in part) for part in np.array_split(order, count)]


def shares(problem: Problem, plan: Plan, count: int, rng: Any) -> list[Share]:
    """The day in `count` shares; a visit left out goes to one of them at random."""
    starts = plan.starts()
    found = []
    crews = cut(problem, plan, count, rng)
    left = {name: int(rng.integers(count)) for name in plan.unserved}
    for n, crew in enumerate(crews):
        mine, visits, held = set(crew), [], set()
        for visit in problem.visits:
            who = [starts.get((visit.id, k)) for k in range(len(visit.parts))]
            inside = [k for k, at in enumerate(who) if at is not None and at[0] in mine]
            if len(inside) == len(who) or left.get(visit.id) == n:
                visits.append(visit)
                continue
            for k in inside:
                worker, start = starts[visit.id, k]
                visits.append(hold(visit, k, problem.workers[worker].id, start))
                held.add((visit.id, k))
        number = {w: k for k, w in enumerate(crew)}
        routes = [
            replace(r, worker=number[r.worker], items=tuple(_here(i, held) for i in r.items))
            for r in plan.routes if r.worker in mine
        ]  # fmt: skip
        found.append(Share(crew, visits, Plan(routes, [])))
    return found


def hold(visit: Visit, part: int, worker: str, start: float) -> Visit:
    """One part of a visit, fixed to its worker and its time."""
    return replace(
        visit, id=f"{visit.id}{MARK}{part}", parts=(visit.parts[part],), sync="independent", gaps=(), forbidden=frozenset(),
        locked_workers=(worker,), locked_start=start, started=True,
    )  # fmt: skip


def _here(item: Item, held: set[tuple[str, int]]) -> Item:
    return replace(item, visit=f"{item.visit}{MARK}{item.part}", part=0) if (item.visit, item.part) in held else item


def merged(problem: Problem, parts: list[tuple[Share, list[Route]]]) -> Plan | None:
    """The shares' routes as a judged plan of the whole day; None if joint visits contradict each other."""
    number = {v.id: k for k, v in enumerate(problem.visits)}
    sequences, floors = [], {}
    for share, routes in parts:
        for route in routes:
            keys: list[tuple[int, int]] = []
            pause = None
            for item in route.items:
                if item.is_break:
                    pause = len(keys) - 1
                    continue
                name, _, part = item.visit.partition(MARK)
                keys.append((number[name], int(part) if part else item.part))
                if len(keys) == 1:
                    floors[keys[0]] = item.start
            sequences.append(Sequence(share.crew[route.worker], route.shift, keys, pause))
    starts = schedule(problem, sequences, floors)
    return None if starts is None else judge(problem, make_plan(problem, sequences, starts))
