"""Several processes with different seeds that exchange their best plans at fixed points of the run."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from .engine import Params
from .model import Problem
from .plan import Plan
from .ready import was_cold
from .stops import AnyOf, FirstFeasible, Iterations, Seconds, Status, Stop, Target

#: shares of the run between two exchanges; the first anneals from nothing
SHARES = (0.5, 0.25, 0.25)
#: iterations between two looks at a stop criterion of unknown length
ROUND = 50_000


_told: list[bool] = []


def listen() -> None:
    """In a worker process: Ctrl-C only asks for the best plan so far."""
    signal.signal(signal.SIGINT, lambda *_: _told.append(True))


@dataclass
class Told:
    """Stop when the process was interrupted."""

    def begin(self) -> None:
        return None

    def progress(self, status: Status) -> float | None:
        return None

    def done(self, status: Status) -> bool:
        return bool(_told)


def task(problem: Problem, stop: Stop, seed: int, params: Params, start: Plan | None) -> Any:
    """One segment of one process."""
    from .solve import solve

    result = solve(problem, AnyOf((stop, Told())), seed, params, start)
    result.interrupted = result.interrupted or bool(_told)
    return result


def gather(pool: ProcessPoolExecutor, jobs: list[Future[Any]]) -> list[Any]:
    """The results; after Ctrl-C those that the workers have so far, marked as interrupted."""
    try:
        return [j.result() for j in jobs]
    except KeyboardInterrupt:
        for pid in list(getattr(pool, "_processes", None) or {}):
            os.kill(pid, signal.SIGINT)
    try:
        results = [j.result(timeout=60) for j in jobs]
    except (BrokenProcessPool, KeyboardInterrupt, TimeoutError):
        return []
    for result in results:
        result.interrupted = True
    return results


def segments(stop: Stop) -> list[Stop] | None:
    """The stop criterion of each segment, or None if the length is unknown."""
    if isinstance(stop, AnyOf) and len(stop.stops) == 2 and isinstance(stop.stops[1], Target):
        known = segments(stop.stops[0])
        return known and [AnyOf((part, stop.stops[1])) for part in known]
    if isinstance(stop, Seconds):
        return [Seconds(stop.limit * s) for s in SHARES]
    if isinstance(stop, Iterations):
        counts = [math.floor(stop.limit * s) for s in SHARES[:-1]]
        return [Iterations(n) for n in (*counts, stop.limit - sum(counts))]
    return None


def on_time(part: Stop, share: float, whole: Stop, begun: float) -> Stop:
    """A segment by the clock gets its share of what is left, so that starting processes does not add up."""
    if isinstance(part, AnyOf) and isinstance(whole, AnyOf):
        return AnyOf((on_time(part.stops[0], share, whole.stops[0], begun), *part.stops[1:]))
    if not isinstance(part, Seconds) or not isinstance(whole, Seconds):
        return part
    return Seconds(max(0.0, (whole.limit - (time.perf_counter() - begun)) * share - 0.05))


def timed(stop: Stop) -> bool:
    """Whether the end of the last segment is the end of the run, and nothing else is."""
    return isinstance(stop, Seconds | Iterations)


def unknown_length(stop: Stop, k: int) -> Stop:
    """A segment for a stop of unknown length: some iterations, cut short by the criterion itself."""
    return AnyOf((Iterations(ROUND * 2 ** min(k, 6)), stop))


def solve_parallel(
    problem: Problem, stop: Stop, seed: int, params: Params, start: Plan | None, progress: Any, threads: int
) -> Any:
    """As `solve`, with `threads` processes; the same for a seed, a number of processes and of iterations."""
    from .solve import Result

    begun = time.perf_counter()
    stop.begin()
    if was_cold(True, False):  # compiled here once, so that the processes find them in the cache
        stop.begin()
        begun = time.perf_counter()
    known = segments(stop)
    best: Result | None = None
    history: list[tuple[float, int, float]] = []
    iterations = idle = k = 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(threads, mp_context=context, initializer=listen) as pool:
        while True:
            part = known[k] if known is not None else unknown_length(stop, k)
            if known is not None:
                part = on_time(part, SHARES[k] / sum(SHARES[k:]), stop, begun)
            jobs = [pool.submit(task, problem, part, seed + 1000 * n + 100 * k, params, start) for n in range(threads)]
            results = gather(pool, jobs)
            if not results:  # interrupted before there was anything
                from .solve import solve

                best = best or solve(problem, FirstFeasible(), seed, params, start)
                best.interrupted = True
                return best
            iterations += max(r.iterations for r in results)
            found = min(results, key=lambda r: (not r.feasible, r.cost))
            if best is None or (not found.feasible, found.cost) < (not best.feasible, best.cost - 1e-9):
                best, idle = found, 0
                history.append((time.perf_counter() - begun, iterations, found.cost))
            else:
                idle += max(r.iterations for r in results)
            start, k = best.plan, k + 1
            best.history, best.iterations, best.seconds = history, iterations, time.perf_counter() - begun
            if progress is not None:
                progress(best)
            status = Status(iterations, best.cost, best.feasible, idle)
            if any(r.interrupted for r in results):
                best.interrupted = True
                return best
            if (known is not None and k == len(known)) or (not timed(stop) and stop.done(status)):
                return best
