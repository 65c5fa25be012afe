"""The planning problem as plain frozen records: a day of visits, workers and prices.

Times are minutes from the start of the day (floats), travel matrices are square arrays of minutes, one per means
of travel, addressed by place number.  Both public benchmark families are special cases (see `formats`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

LINKED = ("simultaneous", "ordered")
SYNCS = (*LINKED, "independent")
#: every named component of the price of a plan, in the order of reports
COMPONENTS = (
    "travel",
    "tardiness",
    "highest_tardiness",
    "waiting",
    "overtime",
    "idle",
    "unserved",
    "missed_breaks",
    "preferences",
    "unwanted",
    "continuity",
    "language",
    "crossing",
    "change",
    "same_worker",
    "load",
)
#: components that are a sum over (worker, part) pairs
PAIRWISE = ("preferences", "unwanted", "continuity", "language", "crossing", "change")


@dataclass(frozen=True)
class Window:
    """A visit should start (or end, see `Problem.judged_at_end`) between start and end."""

    start: float
    end: float


@dataclass(frozen=True)
class Break:
    """A pause of exactly `duration`, not before `start`, begun (or over) by `end`, beside a visit of the route."""

    start: float
    end: float
    duration: float


@dataclass(frozen=True)
class Shift:
    """One stretch of work: from place `leave` to place `arrive`, not before `start`; after `end` is overtime."""

    start: float
    end: float
    leave: int
    arrive: int
    pause: Break | None = None


@dataclass(frozen=True)
class Worker:
    """Who does visits: competences, shifts, means of travel, languages and employer."""

    id: str
    skills: frozenset[str]
    shifts: tuple[Shift, ...]
    means: str = "default"
    employer: str = ""
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Part:
    """What one worker does at a visit."""

    service: str
    duration: float


@dataclass(frozen=True)
class Visit:
    """One to three parts at one place for one person, each by another worker.

    `gaps[k]` bounds start of part k+1 minus start of part k if the parts are ordered.  `price` (None: must be
    done) is what leaving the visit out costs; `hard` makes tardiness at this visit a violation.
    """

    id: str
    place: int
    parts: tuple[Part, ...]
    windows: tuple[Window, ...]
    sync: str = "independent"
    gaps: tuple[tuple[float, float], ...] = ()
    price: float | None = None
    hard: bool = False
    person: str = ""
    employer: str = ""
    languages: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    locked_workers: tuple[str | None, ...] = ()
    locked_start: float | None = None
    started: bool = False
    earliest: float = 0.0  # nothing can start before this (replanning: now)

    @property
    def linked(self) -> bool:
        """Whether the starts of the parts depend on each other."""
        return len(self.parts) > 1 and self.sync in LINKED

    def gap(self, k: int) -> tuple[float, float]:
        """Bounds of start of part k+1 minus start of part k."""
        return self.gaps[k] if self.sync == "ordered" else (0.0, 0.0)


@dataclass(frozen=True)
class Price:
    """What one unit of a component costs; `hard`: it must be zero."""

    weight: float = 0.0
    hard: bool = False


@dataclass(frozen=True)
class Problem:
    """Everything that is known about one day."""

    workers: tuple[Worker, ...]
    visits: tuple[Visit, ...]
    travel: dict[str, np.ndarray]
    prices: dict[str, Price]
    places: tuple[str, ...] = ()
    judged_at_end: bool = False
    scale: float = 1.0  # prices are divided by this in reports (HHCRSP: 3)
    family: str = "day"
    promised: dict[tuple[str, int], str] = field(default_factory=dict)  # (visit, part) -> worker id
    points: tuple[tuple[float, float] | None, ...] = ()  # map position of each place, if known
    meta: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_visits", {v.id: v for v in self.visits})

    def visit(self, name: str) -> Visit:
        """The visit with this id."""
        return self._visits[name]  # type: ignore[attr-defined]

    def price(self, name: str) -> Price:
        """Price of one component; absent means free."""
        return self.prices.get(name, Price())

    def units(self, worker: Worker, visit: Visit, part: int) -> dict[str, float]:
        """The pairwise components that this worker at this part would count."""
        wid = worker.id
        promised = self.promised.get((visit.id, part))
        return {
            "preferences": float(bool(visit.preferred) and wid not in visit.preferred),
            "unwanted": float(wid in visit.unwanted),
            "continuity": float(bool(visit.known) and wid not in visit.known),
            "language": float(bool(visit.languages) and not (visit.languages & worker.languages)),
            "crossing": float(bool(visit.employer) and bool(worker.employer) and visit.employer != worker.employer),
            "change": float(promised is not None and promised != wid),
        }

    def may(self, worker: Worker, visit: Visit, part: int) -> str | None:
        """The rule that keeps this worker from this part, or None."""
        if visit.parts[part].service not in worker.skills:
            return f"has not the competence {visit.parts[part].service}"
        if worker.id in visit.forbidden:
            return "is forbidden there"
        locked = visit.locked_workers[part] if part < len(visit.locked_workers) else None
        if locked is not None and locked != worker.id:
            return f"is not {locked}, to whom the part is locked"
        for name, units in self.units(worker, visit, part).items():
            if units and self.price(name).hard:
                return f"would break the hard rule '{name}'"
        return None


def hold_share(problem: Problem, visit: Visit) -> float:
    """Price of waiting a minute for a later window, relative to being late a minute in an earlier one.

    It decides when an arrival between two windows waits; a monotone rule, so that times stay a least fixed point.
    """
    late, wait = problem.price("tardiness"), problem.price("waiting")
    if visit.hard or late.hard or problem.price("highest_tardiness").hard:
        return 0.1
    if late.weight <= 0:
        return 1e9
    return 0.1 + 0.5 * wait.weight / late.weight
