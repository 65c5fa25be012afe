"""A day with breaks on several processes: each anneals a share of the staff, cut anew in every round, along one cooling.

A share is a set of workers who lie together, with what they do. It is a smaller day of its own: fewer routes to look through for each
visit, and nothing of the others' to price, so that two shares do more than twice what one search does. A joint visit that lies across
a cut is held on both sides at its time by its worker. What looks at the whole day at once (highest tardiness, idle, load) is judged
in each share while searching, and for the whole day after each round.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

import numpy as np

from .compile import build
from .engine import Params
from .extract import plan_of
from .large import part_of
from .model import Problem
from .plan import Plan, Route
from .ready import ready
from .shares_cut import Share, merged, shares
from .solve import Progress, Result, Search, solve, validate
from .stops import AnyOf, Seconds, Status, Stop

ROUNDS = 16  # cuts in a run, at least
LONGEST = 5.0  # seconds of a round, at most: a search that is asked to stop does so at the end of one
TICK = 1.0  # seconds between two calls of `progress`


@dataclass(frozen=True)
class Found:
    """What one process has done with its share."""

    now: list[Route]
    best: list[Route]
    iterations: int


_day: list[Problem] = []


def keep(problem: Problem) -> None:
    """In a process of the pool: keep the day, so that each round sends only what differs; let whoever serves pages go first."""
    os.nice(5)
    ready(False)
    _day[:] = [problem]


def anneal(share: Share, seconds: float, hot: float, cold: float, seed: int, params: Params) -> Found:
    """In a process of the pool: one share from temperature `hot` to `cold`."""
    begun = time.perf_counter()
    small, _ = part_of(replace(_day[0], visits=tuple(share.visits)), share.crew, share.visits)
    search = Search(small, params, seed, share.start, build(small, params.neighbours))
    engine, chunk = search.engine, 100
    while (gone := (time.perf_counter() - begun) / seconds) < 1.0:
        before = time.perf_counter()
        ahead = min(1.0, gone + 0.1 / seconds)
        engine.step(chunk, hot * (cold / hot) ** gone, hot * (cold / hot) ** ahead)
        chunk = max(10, int(chunk * min(2.0, max(0.5, 0.1 / max(1e-6, time.perf_counter() - before)))))
    now, best = plan_of(search.tables, engine.FD, engine.GD), plan_of(search.tables, engine.FDB, engine.GDB)
    return Found(now.routes, best.routes, engine.iterations)


class Cooling:
    """One run: what is left of the time, the temperature there, the plan as it is and the best one."""

    def __init__(self, problem: Problem, seconds: float, seed: int, params: Params, start: Plan | None) -> None:
        self.begun, self.seconds = time.perf_counter(), seconds
        self.problem, self.seed, self.params = problem, seed, params
        self.rng = np.random.default_rng(seed)
        self.search = Search(problem, params, seed, start)
        self.search.annealing.enter(0.0)
        self.hot, self.round = self.search.annealing.temperature(0.0), 0

    def gone(self) -> float:
        """Share of the time that has passed."""
        return (time.perf_counter() - self.begun) / self.seconds

    def temperature(self, gone: float) -> float:
        return float(self.hot * (self.params.cold / self.hot) ** min(1.0, gone))

    def alone(self) -> None:
        """A little of the whole day in this process, while the others start."""
        here = self.gone()
        self.search.engine.step(200, self.temperature(here), self.temperature(here))

    def begin(self) -> None:
        """The rounds begin with what was found alone."""
        engine = self.search.engine
        self.plan = plan_of(self.search.tables, engine.FD, engine.GD)
        self.result = self.search.result(time.perf_counter() - self.begun, [])

    def ask(self, pool: ProcessPoolExecutor, processes: int) -> list[tuple[Share, Future[Any]]]:
        """Begin a round: cut anew, a share for each process."""
        self.round += 1
        here, step = self.gone(), min(1.0 / ROUNDS, LONGEST / self.seconds)
        there = 1.0 if here + 1.5 * step > 1.0 else here + step
        seconds = max(0.05, (there - here) * self.seconds - 0.05)  # cutting and judging take their part
        run = seconds, self.temperature(here), self.temperature(there)
        asked = shares(self.problem, self.plan, processes, self.rng)
        seeds = [self.seed + 1000 * self.round + n for n in range(processes)]
        return [
            (share, pool.submit(anneal, share, *run, seed, self.params))
            for share, seed in zip(asked, seeds, strict=True)
        ]

    def take(self, done: list[tuple[Share, Found]]) -> None:
        """End a round: the shares as one day, now and at their best."""
        now = merged(self.problem, [(share, found.now) for share, found in done])
        best = merged(self.problem, [(share, found.best) for share, found in done])
        self.plan = now or self.plan
        for found in (now, best):
            if found is not None and rank(found) < rank(self.result.plan):
                self.result = replace(self.result, plan=found, cost=found.cost, components=found.components)
        count = self.result.iterations + sum(found.iterations for _, found in done)
        self.result = replace(self.result, iterations=count, seconds=time.perf_counter() - self.begun)
        self.result.history.append((self.result.seconds, count, self.result.cost))


def rank(plan: Plan) -> tuple[int, float]:
    return len(plan.violations), plan.cost


def solve_shares(
    problem: Problem, seconds: float, stop: Stop, seed: int = 1, params: Params | None = None, start: Plan | None = None,
    progress: Progress | None = None, processes: int = 2,
) -> Result:  # fmt: skip
    """As `solve` for `seconds`, or until `stop` at the end of a round. What it finds depends on the clock.

    Where a process ends on its own, the search goes on in this one.
    """
    validate(problem)
    ready(False)  # compiled here once, so that the processes find the kernels in the cache
    stop.begin()
    run = Cooling(problem, seconds, seed, params or Params(), start)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=keep, initargs=(problem,)) as pool:
        coming = [pool.submit(time.sleep, 0.2) for _ in range(processes)]
        while not all(future.done() for future in coming) and run.gone() < 1.0:
            run.alone()
        run.begin()
        try:
            while run.gone() < 1.0 and not stop.done(_status(run.result)):
                asked = run.ask(pool, processes)
                while wait([job for _, job in asked], timeout=TICK).not_done:
                    _tell(progress, run.result)
                run.take([(share, job.result()) for share, job in asked])
                _tell(progress, run.result)
        except BrokenProcessPool:
            left = AnyOf((Seconds(max(0.1, seconds * (1.0 - run.gone()))), stop))
            return solve(problem, left, seed, params, run.result.plan, progress)
    return run.result


def _status(result: Result) -> Status:
    return Status(result.iterations, result.cost, result.feasible, 0)


def _tell(progress: Progress | None, result: Result) -> None:
    if progress is not None:
        progress(result)
