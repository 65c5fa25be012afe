"""Large days: solved in districts that overlap differently in every round, so that borders are improved as well.

A district is a set of routes that lie close together with the visits on them; it is a problem of its own and costs
memory by its own size, so a day of thousands of visits never needs a table over all of them but the travel matrix.
Components that look at the whole day at once (highest tardiness, idle, load) are judged per district while searching
and for the whole day in the end.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import numpy as np

from .engine import Params
from .model import Problem, Visit
from .plain import judge
from .plan import Plan, Route
from .solve import Result, Search, validate
from .stops import Iterations, Seconds, Stop

#: routes of one district, and visits to put in at once when building
ROUTES = 30
SHARE = 0.25


def centre(problem: Problem, places: list[int]) -> np.ndarray:
    """A point for some places: map positions if known, else distances to a few landmarks."""
    return landmarks(problem)[places].mean(axis=0)


_marks: dict[int, np.ndarray] = {}


def landmarks(problem: Problem) -> np.ndarray:
    """(places, k) coordinates in which near places are near."""
    key = id(problem.travel)
    if key not in _marks:
        _marks.clear()
        if problem.points and all(p is not None for p in problem.points):
            _marks[key] = np.array(problem.points, float)
        else:
            matrix = next(iter(problem.travel.values()))
            chosen = [0]
            while len(chosen) < min(6, len(matrix)):
                chosen.append(int(matrix[chosen].min(axis=0).argmax()))
            _marks[key] = matrix[chosen].T.copy()
    return _marks[key]


def part_of(problem: Problem, workers: list[int], visits: list[Visit]) -> tuple[Problem, dict[int, int]]:
    """A small problem with some workers, some visits and only their places; and old -> new place numbers."""
    staff = [problem.workers[w] for w in workers]
    places = sorted({v.place for v in visits} | {p for w in staff for s in w.shifts for p in (s.leave, s.arrive)})
    new = {p: k for k, p in enumerate(places)}
    travel = {
        name: m[np.ix_(places, places)] for name, m in problem.travel.items() if any(w.means == name for w in staff)
    }
    return replace(
        problem,
        travel=travel,
        places=tuple(problem.places[p] for p in places) if problem.places else (),
        points=tuple(problem.points[p] for p in places) if problem.points else (),
        workers=tuple(
            replace(w, shifts=tuple(replace(s, leave=new[s.leave], arrive=new[s.arrive]) for s in w.shifts))
            for w in staff
        ),
        visits=tuple(replace(v, place=new[v.place]) for v in visits),
    ), new


def task(problem: Problem, start: Plan | None, iterations: int, seed: int, params: Params) -> tuple[Plan, int]:
    """Improve one district."""
    search = Search(problem, params, seed, start)
    stop = Iterations(iterations)
    if start is None:
        search.engine.build()
        search.annealing.built = True
    while not stop.done(search.status()):
        search.advance(stop, None)
    return search.result(0.0, []).plan, search.engine.iterations


def renumber(problem: Problem, small: Problem, plan: Plan, workers: list[int]) -> list[Route]:
    """Routes of a district in the numbers of the whole day."""
    place = {name: k for k, name in enumerate(problem.places)}
    return [
        replace(
            r, worker=workers[r.worker], items=tuple(replace(i, place=place[small.places[i.place]]) for i in r.items)
        )
        for r in plan.routes
    ]


class Districts:
    """The state of a large day: routes of each worker and visits left out."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.rng = problem, np.random.default_rng(seed)
        self.homes = np.array([centre(problem, [w.shifts[0].leave] if w.shifts else [0]) for w in problem.workers])
        self.routes: dict[int, list[Route]] = {}
        self.left = {v.id for v in problem.visits}
        self.tries: dict[str, int] = {}
        self.doers: dict[str, set[int]] = {}

    def middle(self, worker: int) -> np.ndarray:
        """Where a worker is: the middle of the visits, or the home."""
        places = [i.place for r in self.routes.get(worker, []) for i in r.items]
        return centre(self.problem, places) if places else self.homes[worker]

    def first_split(self) -> list[tuple[list[int], list[Visit]]]:
        """Workers and visits by a recursive cut through the longer side, capable workers shared out by need."""
        spots = landmarks(self.problem)
        visits = list(self.problem.visits)
        groups = [list(range(len(visits)))]
        wanted = max(1, round(len(self.problem.workers) / ROUTES))
        while len(groups) < wanted:
            groups.sort(key=len)
            biggest = groups.pop()
            where = spots[[visits[v].place for v in biggest]]
            order = np.argsort(where[:, int(np.ptp(where, axis=0).argmax())], kind="stable")
            half = len(order) // 2
            groups += [[biggest[k] for k in order[:half]], [biggest[k] for k in order[half:]]]
        return self.share_out(groups, visits)

    def share_out(self, groups: list[list[int]], visits: list[Visit]) -> list[tuple[list[int], list[Visit]]]:
        """Each worker goes to the district that misses the worker's competences most, near ones first."""
        need: list[dict[str, float]] = []
        for group in groups:
            load: dict[str, float] = {}
            for v in group:
                for part in visits[v].parts:
                    load[part.service] = load.get(part.service, 0.0) + part.duration + 10.0
            need.append(load)
        middles = np.array([centre(self.problem, [visits[v].place for v in g]) for g in groups])
        spread = float(np.ptp(middles, axis=0).max()) or 1.0
        crews: list[list[int]] = [[] for _ in groups]
        for w in sorted(range(len(self.problem.workers)), key=lambda w: len(self.problem.workers[w].skills)):
            worker = self.problem.workers[w]
            far = np.linalg.norm(middles - self.homes[w], axis=1) / spread
            missing = np.array([sum(max(0.0, n.get(s, 0.0)) for s in sorted(worker.skills)) for n in need])
            g = int(np.argmax(missing / (1.0 + max(1.0, missing.max())) - 0.3 * far))
            crews[g].append(w)
            span = sum(s.end - s.start for s in worker.shifts)
            open_ = [s for s in sorted(worker.skills) if need[g].get(s, 0.0) > 0]
            for s in open_:
                need[g][s] -= min(span, 600.0) / len(open_)
        return [(crew, [visits[v] for v in group]) for crew, group in zip(crews, groups, strict=True) if crew]

    def rounds(self) -> Iterator[list[tuple[list[int], list[Visit]]]]:
        """Districts of a round: workers sorted along a random direction, cut at random."""
        by_id = {v.id: v for v in self.problem.visits}
        while True:
            middles = np.array([self.middle(w) for w in range(len(self.problem.workers))])
            crews = cut(middles, list(range(len(middles))), self.rng)
            left = sorted(self.left)
            out: list[tuple[list[int], set[str]]] = []
            for crew in crews:
                mine = {i.visit for w in crew for r in self.routes.get(w, []) for i in r.items if not i.is_break}
                out.append((crew, {v for v in mine if self.whole(v, set(crew))}))
            for name in left:
                near = [
                    float(np.linalg.norm(middles[c].mean(axis=0) - landmarks(self.problem)[by_id[name].place]))
                    for c, _ in out
                ]
                rank = np.argsort(near)
                out[int(rank[self.tries.get(name, 0) % len(rank)])][1].add(name)
                self.tries[name] = self.tries.get(name, 0) + 1
            yield [(crew, [by_id[n] for n in sorted(names)]) for crew, names in out]

    def whole(self, visit: str, crew: set[int]) -> bool:
        """Whether all parts of a visit are done by this crew."""
        return self.doers.get(visit, set()) <= crew

    def index(self) -> None:
        """Who does what."""
        self.doers = {}
        for w, routes in self.routes.items():
            for r in routes:
                for i in r.items:
                    self.doers.setdefault(i.visit, set()).add(w)


def cut(points: np.ndarray, members: list[int], rng: Any) -> list[list[int]]:
    """Recursive halving across random directions until the groups are small."""
    if len(members) <= ROUTES:
        return [members]
    direction = rng.normal(size=points.shape[1])
    order = np.argsort(points[members] @ direction + 1e-9 * rng.random(len(members)))
    half = len(order) // 2
    return cut(points, [members[k] for k in order[:half]], rng) + cut(points, [members[k] for k in order[half:]], rng)


def solve_large(
    problem: Problem,
    stop: Stop,
    seed: int = 1,
    params: Params | None = None,
    threads: int = 1,
    progress: Any = None,
    iterations: int = 6000,
) -> Result:
    """As `solve`, for days too large for one table.  Visits whose parts would lie in two districts stay put that round.

    Deterministic for a seed and a number of rounds; the clock only decides how many rounds there are.
    """
    validate(problem)
    params = params or Params(neighbours=60)
    stop.begin()
    begun = time.perf_counter()
    state = Districts(problem, seed)
    state.index()
    history: list[tuple[float, int, float]] = []
    total, k = 0, 0
    best: Plan | None = None
    executor = ProcessPoolExecutor(threads, mp_context=get_context("spawn")) if threads > 1 else None
    try:
        rounds = state.rounds()
        while True:
            districts = state.first_split() if k == 0 else next(rounds)
            jobs = prepare(state, districts, fresh=k == 0)
            args = [(small, start, iterations, seed + 1000 * k + n, params) for n, (small, start, _) in enumerate(jobs)]
            done = list(executor.map(task, *zip(*args, strict=True))) if executor else [task(*a) for a in args]
            for (small, _, crew), (plan, count) in zip(jobs, done, strict=True):
                take(state, small, plan, crew)
                total += count
            state.index()
            plan = whole_plan(problem, state)
            history.append((time.perf_counter() - begun, total, plan.cost))
            if best is None or (len(plan.violations), plan.cost) <= (len(best.violations), best.cost):
                best = plan
            result = Result(best, best.cost, best.components, total, time.perf_counter() - begun, history)
            if progress is not None:
                progress(result)
            k += 1
            if isinstance(stop, Seconds) and time.perf_counter() - begun + history[-1][0] / k > stop.limit:
                return result
            if isinstance(stop, Iterations) and total >= stop.limit:
                return result
    finally:
        if executor is not None:
            executor.shutdown()


def closed(state: Districts, crew: list[int], names: set[str]) -> tuple[list[int], set[str]]:
    """The workers and visits of a district that hang on nothing outside it.

    A worker who does a visit that is not taken stays out, with all visits the worker has a part in, and so on.
    """
    able = list(crew)
    while True:
        inside = set(able)
        taken = {n for n in names if state.doers.get(n, set()) <= inside and doable_by(state, n, able)}
        still = [
            w for w in able if all(i.is_break or i.visit in taken for r in state.routes.get(w, []) for i in r.items)
        ]
        if len(still) == len(able):
            return able, taken
        able, names = still, taken


def doable_by(state: Districts, name: str, crew: list[int]) -> bool:
    """Whether each part of a visit can be done by someone of the crew."""
    problem = state.problem
    visit = problem.visit(name)
    return bool(state.doers.get(name)) or all(
        any(problem.may(problem.workers[w], visit, k) is None for w in crew) for k in range(len(visit.parts))
    )


def prepare(state: Districts, districts: list[tuple[list[int], list[Visit]]], fresh: bool) -> list[Any]:
    """(small problem, start, crew) of each district; visits shared with another district are kept out with their crew."""
    jobs = []
    for crew, visits in districts:
        able, names = closed(state, crew, {v.id for v in visits})
        doable = [v for v in visits if v.id in names]
        if not able or not doable:
            continue
        small, place = part_of(state.problem, able, doable)
        start = None
        if not fresh:
            new = {w: k for k, w in enumerate(able)}
            start = Plan(
                [
                    replace(r, worker=new[w], items=tuple(replace(i, place=place.get(i.place, 0)) for i in r.items))
                    for w in able
                    for r in state.routes.get(w, [])
                ],
                [],
            )
        jobs.append((small, start, able))
    return jobs


def take(state: Districts, small: Problem, plan: Plan, crew: list[int]) -> None:
    """Put a district's plan into the whole."""
    for w in crew:
        state.routes[w] = []
    for route in renumber(state.problem, small, plan, crew):
        state.routes[route.worker].append(route)
    left = set(plan.unserved)
    for v in small.visits:
        (state.left.add if v.id in left else state.left.discard)(v.id)


def whole_plan(problem: Problem, state: Districts) -> Plan:
    """The judged plan of the whole day."""
    return judge(problem, Plan([r for w in sorted(state.routes) for r in state.routes[w]], sorted(state.left)))
