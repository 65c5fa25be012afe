"""When to stop: small objects asked between batches of iterations."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol


@dataclass
class Status:
    """What a stop criterion may look at."""

    iterations: int
    cost: float
    feasible: bool
    idle_iterations: int = 0  # since the last improvement


class Stop(Protocol):
    """A stop criterion; `progress` is the share of the way already gone (for cooling), or None if unknown."""

    def begin(self) -> None: ...
    def progress(self, status: Status) -> float | None: ...
    def done(self, status: Status) -> bool: ...


@dataclass
class Seconds:
    """Stop after this many seconds of wall time."""

    limit: float
    started: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        if not self.limit >= 0:
            raise ValueError(f"seconds: expected 0 or more, found {self.limit}")
        self.begin()

    def begin(self) -> None:
        self.started = time.perf_counter()

    def progress(self, status: Status) -> float | None:
        return min(1.0, (time.perf_counter() - self.started) / self.limit) if self.limit else 1.0

    def done(self, status: Status) -> bool:
        return time.perf_counter() - self.started >= self.limit


@dataclass
class Iterations:
    """Stop after this many iterations of each process; the result is the same on every machine."""

    limit: int

    def __post_init__(self) -> None:
        if self.limit < 0:
            raise ValueError(f"iterations: expected 0 or more, found {self.limit}")

    def begin(self) -> None:
        return None

    def progress(self, status: Status) -> float | None:
        return min(1.0, status.iterations / self.limit) if self.limit else 1.0

    def done(self, status: Status) -> bool:
        return status.iterations >= self.limit


@dataclass
class NoImprovement:
    """Stop when this many iterations brought nothing better."""

    limit: int

    def begin(self) -> None:
        return None

    def progress(self, status: Status) -> float | None:
        return None

    def done(self, status: Status) -> bool:
        return status.idle_iterations >= self.limit


@dataclass
class Target:
    """Stop when a plan of at most this cost is found."""

    cost: float

    def begin(self) -> None:
        return None

    def progress(self, status: Status) -> float | None:
        return None

    def done(self, status: Status) -> bool:
        return status.feasible and status.cost <= self.cost


@dataclass
class FirstFeasible:
    """Stop at the first plan that breaks no hard rule."""

    def begin(self) -> None:
        return None

    def progress(self, status: Status) -> float | None:
        return None

    def done(self, status: Status) -> bool:
        return status.feasible


@dataclass
class AnyOf:
    """Stop when one of several criteria says so."""

    stops: tuple[Stop, ...]

    def begin(self) -> None:
        for stop in self.stops:
            stop.begin()

    def progress(self, status: Status) -> float | None:
        known = [p for p in (s.progress(status) for s in self.stops) if p is not None]
        return max(known) if known else None

    def done(self, status: Status) -> bool:
        return any(s.done(status) for s in self.stops)
