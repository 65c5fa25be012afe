"""The public entry: solve a problem, in one process or several, always returning the best plan so far."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from .compile import Tables, build
from .engine import BATCH, Annealing, Engine, Params
from .errors import fail
from .extract import plan_of, state_of
from .model import Problem, Visit
from .plan import Plan
from .ready import was_cold
from .stops import Iterations, Seconds, Status, Stop

Progress = Callable[["Result"], None]


@dataclass
class Result:
    """What a search returns."""

    plan: Plan
    cost: float
    components: dict[str, float]
    iterations: int
    seconds: float
    history: list[tuple[float, int, float]] = field(default_factory=list)  # (seconds, iterations, cost)
    interrupted: bool = False

    @property
    def feasible(self) -> bool:
        """Whether the plan breaks no hard rule."""
        return self.plan.feasible


class Search:
    """One process's search, advanced batch by batch."""

    def __init__(
        self, problem: Problem, params: Params, seed: int, start: Plan | None = None, tables: Tables | None = None
    ) -> None:
        self.tables = tables or build(problem, params.neighbours)
        self.engine = Engine(self.tables, params, seed)
        self.annealing = Annealing(self.engine)
        self.scale = problem.scale
        self.improved_at = 0
        self.fallback = 0.0
        self.round = 200_000
        if start is not None:
            FD, GD, cost = state_of(self.tables, start)
            self.engine.load(FD, GD, cost)
            self.engine.step(1, 1.0, 1.0, 1)  # puts in what is missing
            self.annealing.from_start()

    def status(self) -> Status:
        """For the stop criteria; the cost is the reported one (hard rules priced in if broken)."""
        e = self.engine
        return Status(e.iterations, e.best / self.scale, e.feasible, e.iterations - self.improved_at)

    def advance(self, stop: Stop, seconds: float | None) -> bool:
        """One batch; True if the best plan became better."""
        e, before = self.engine, self.engine.best
        status = self.status()
        progress = stop.progress(status)
        if progress is None:  # unknown length: rounds of annealing, each twice as long as the one before
            progress = self.fallback
            if progress >= 1.0:
                self.fallback, self.round = 0.0, 2 * self.round
                self.annealing.phase = -1
                progress = 0.0
        count, batch = e.iterations, BATCH
        limit = iteration_limit(stop)
        if limit is not None:
            batch = max(1, min(BATCH, limit // 100, limit - count))
        ahead = progress + (0.01 if limit is None else batch / limit)
        self.annealing.run(min(progress, 1.0), min(1.0, ahead), seconds, batch)
        self.fallback += (e.iterations - count) / self.round
        better = e.best < before - 1e-9
        if better:
            self.improved_at = e.iterations
        return better

    def result(self, seconds: float, history: list, interrupted: bool = False) -> Result:
        """The best plan, judged by the plain evaluator."""
        e = self.engine
        plan = plan_of(self.tables, e.FDB, e.GDB)
        return Result(plan, plan.cost, plan.components, e.iterations, seconds, history, interrupted)


def validate(problem: Problem) -> None:
    """Refuses what no search could plan: nobody to do a visit that must be done."""
    if not problem.workers:
        raise fail("workers", "at least one worker")
    if not problem.visits:
        raise fail("visits", "at least one visit")
    for visit in problem.visits:
        for k, part in enumerate(visit.parts):
            if visit.price is not None or visit.started:
                continue
            if not any(w.shifts and problem.may(w, visit, k) is None for w in problem.workers):
                why = sorted({problem.may(w, visit, k) or "has no shift" for w in problem.workers})
                raise fail(
                    f"visit {visit.id}, part {k + 1} ({part.service})",
                    "at least one worker who may do it",
                    "; ".join(why[:3]),
                )
        check_pairs(problem, visit)


def check_pairs(problem: Problem, visit: Visit) -> None:
    """The parts of a visit need different workers."""
    if len(visit.parts) < 2 or visit.price is not None or visit.started:
        return
    able = [
        set(islice((w.id for w in problem.workers if w.shifts and problem.may(w, visit, k) is None), 9))
        for k in range(len(visit.parts))
    ]
    if not matching(able):
        raise fail(
            f"visit {visit.id}", f"{len(able)} different workers for its {len(able)} parts", sorted(set().union(*able))
        )


def matching(options: list[set[str]], used: frozenset[str] = frozenset()) -> bool:
    """Whether every entry can get an option of its own."""
    if not options:
        return True
    return any(matching(options[1:], used | {w}) for w in sorted(options[0] - used)[: 2 * len(options) + 1])


def solve(
    problem: Problem,
    stop: Stop,
    seed: int = 1,
    params: Params | None = None,
    start: Plan | None = None,
    progress: Progress | None = None,
    threads: int = 1,
) -> Result:
    """Search until `stop`; the best plan found, with components and history.

    Deterministic for a seed, a number of processes and an `Iterations` stop.  `progress` is called about twice a
    second with a light result (the plan is the best so far).  Ctrl-C ends the search early and keeps the best.
    Raises InvalidInput for a problem nobody could plan.
    """
    validate(problem)
    params = params or Params()
    if threads > 1:
        from .parallel import solve_parallel

        return solve_parallel(problem, stop, seed, params, start, progress, threads)
    stop.begin()
    begun = shown = time.perf_counter()
    tables = build(problem, params.neighbours)
    if was_cold(tables.plain):
        stop.begin()
        begun = shown = time.perf_counter()
    search = Search(problem, params, seed, start, tables)
    timed = clocked(stop)
    history: list[tuple[float, int, float]] = []
    interrupted = False
    try:
        if start is None:
            search.engine.build()
            search.annealing.built = True
        while True:
            now = time.perf_counter()
            if not history or search.engine.best < history[-1][2] * problem.scale - 1e-9:
                history.append((now - begun, search.engine.iterations, search.engine.best / problem.scale))
            if progress is not None and now - shown > 0.5:
                shown = now
                progress(search.result(now - begun, history))
            if stop.done(search.status()):
                break
            search.advance(stop, timed)
    except KeyboardInterrupt:
        interrupted = True
    if not history or search.engine.best < history[-1][2] * problem.scale - 1e-9:
        history.append((time.perf_counter() - begun, search.engine.iterations, search.engine.best / problem.scale))
    return search.result(time.perf_counter() - begun, history, interrupted)


def iteration_limit(stop: Stop) -> int | None:
    """The number of iterations a stop allows, if it is that kind."""
    if isinstance(stop, Iterations):
        return stop.limit
    known = [n for n in (iteration_limit(s) for s in getattr(stop, "stops", ())) if n is not None]
    return min(known) if known else None


def clocked(stop: Stop) -> float | None:
    """Seconds of a batch for a stop by the clock, else None (batches of fixed size)."""
    if isinstance(stop, Seconds):
        return min(0.05, stop.limit / 100)
    known = [s for s in (clocked(s) for s in getattr(stop, "stops", ())) if s is not None]
    return min(known) if known else None


__all__ = ["Params", "Result", "solve", "validate"]
