"""A search for a plan: one function, whether a job, a process pool or Dask runs it. It knows no database and no names."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from visit_planner.errors import InvalidInput
from visit_planner.model import Problem
from visit_planner.plain import judge
from visit_planner.plan import Plan
from visit_planner.stops import AnyOf, Seconds, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from visit_planner.solve import Progress, Result


LARGE = 250  # visits above which a day is shared among processes; measured at 600 (decision 0118)


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Task:
    """What is sent to whoever searches. The map is left at home: a search needs minutes, not places."""

    problem: Problem
    start: Plan | None
    seconds: float
    seed: int = 1
    processes: int = 1  # a large day is shared among so many

    def __post_init__(self) -> None:
        self.problem = replace(self.problem, points=(), places=(), meta={})


@dataclass
class Asked:
    """Stop because somebody asked for it."""

    now: bool = False

    def begin(self) -> None:
        return None

    def progress(self, status: Status) -> float | None:
        return None

    def done(self, status: Status) -> bool:
        return self.now


@dataclass
class Found:
    plan: Plan
    seconds: float
    iterations: int = 0


def search(task: Task, stop: Asked | None = None, progress: Progress | None = None) -> Found:
    """The best plan in the seconds given. Where there is nobody or nothing to plan, everything is left out."""
    begun = perf_counter()
    problem = task.problem
    if not problem.visits or not any(w.shifts for w in problem.workers):
        return Found(judge(problem, Plan([], [v.id for v in problem.visits])), perf_counter() - begun)
    seek = _way(task, stop or Asked(), progress)
    try:
        result = seek(task.start)
    except InvalidInput:
        if task.start is None:
            raise
        # A start that contradicts itself after a change (a lock, another order) is no reason to have no plan.
        result = seek(None)
    return Found(result.plan, perf_counter() - begun, result.iterations)


def _way(task: Task, stop: Asked, progress: Progress | None) -> Callable[[Plan | None], Result]:
    """How this day is searched from a start: in this process, or shared. Brings the compiler: a web process has no use for it."""
    problem, seconds, seed = task.problem, task.seconds, task.seed
    if task.processes > 1 and len(problem.visits) > LARGE:
        from visit_planner.shares import solve_shares

        return lambda start: solve_shares(problem, seconds, stop, seed, None, start, progress, task.processes)
    from visit_planner.solve import solve

    return lambda start: solve(problem, AnyOf((Seconds(seconds), stop)), seed, start=start, progress=progress)
