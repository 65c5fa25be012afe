"""One search in one process: the state of a plan, and runs of the compiled annealing over it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import layout as L
from .compile import MUST, Tables, empty_state
from .kernels import kernel_cost as kc
from .kernels import kernel_plain as kp
from .kernels import kernel_ruin as kr
from .kernels import kernel_search as ks

#: iterations of a batch when the result must not depend on the clock
BATCH = 1000


@dataclass(frozen=True)
class Params:
    """How to search.  Temperatures are in units of price per minute (see `Engine.unit`)."""

    hot: float = 80.0
    cold: float = 0.5
    size: float = 10.0
    string: float = 10.0  # longest string taken out of one route
    string_large: float = 4.0  # the same on large plain days, which get one long anneal
    string_rich: float = 6.0  # and on large days with breaks, waiting or several windows, which begin cooler too
    hot_rich: float = 30.0
    tardy: float = 0.3
    close: float = 0.1
    blink: float = 0.01
    trade: float = 0.5  # pairs of workers an iteration that are looked at for changing places
    hope: float = 0.9  # share of what the visits still to come cost at least lately, counted on beforehand
    each: float = 10.0  # how much oftener a tardy visit is ruined than another one
    reheat: float = 9.0
    band: float = 30.0
    band_factor: float = 0.3
    neighbours: int = 120
    schedule: tuple[tuple[float, float, str], ...] | None = None  # (share of the run, hot, start)

    def __post_init__(self) -> None:
        for name, low, high in (
            ("hot", 0, 1e9),
            ("cold", 1e-9, 1e9),
            ("size", 1, 1000),
            ("string", 1, 1000),
            ("string_large", 1, 1000),
            ("string_rich", 1, 1000),
            ("hot_rich", 0, 1e9),
            ("tardy", 0, 1),
            ("close", 0, 1),
            ("blink", 0, 0.9),
            ("hope", 0, 1),
            ("trade", 0, 100),
            ("neighbours", 1, 100000),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"parameter {name}: expected {low:g} to {high:g}, found {value}")


class Engine:
    """Working, current and best state of one search, as flat arrays."""

    def __init__(self, tables: Tables, params: Params, seed: int) -> None:
        self.tables, self.params, self.seed = tables, params, seed
        self.FD, self.GD = empty_state(tables)
        self.FD0, self.GD0 = self.FD.copy(), self.GD.copy()
        self.FDB, self.GDB = self.FD.copy(), self.GD.copy()
        self.idle, self.out = np.zeros(tables.nroutes), np.zeros(kc.COMPONENTS)
        self.x = np.zeros(kr.XS)
        self.x[kr.X_RATE] = -1.0 / params.blink if params.blink else -1e18
        self.x[[kr.X_SIZE, kr.X_STRING]] = params.size, longest_string(tables, params)
        self.x[[kr.X_TARDY, kr.X_CLOSE]] = params.tardy, params.close
        self.x[[kr.X_BAND, kr.X_BANDF]] = params.band, params.band_factor
        self.x[[kr.X_CUR, kr.X_BEST]] = 1e18
        size = len(tables.FS), tables.nroutes, len(tables.GV)
        self.work = kp.workspace_plain(*size, tables.nparts + 2) if tables.plain else ks.workspace(*size)
        self.calls = self.iterations = 0
        pw = tables.PW
        late = tables.FS[: tables.nparts, L.TWT]
        soft = late[late < 2e3]
        self.unit = max(1e-6, float((pw[L.P_TRAVEL] + (soft.mean() if len(soft) else 1.0)) / 2))
        self.x[kr.X_GUESS] = 20.0 * self.unit
        self.x[kr.X_KIN] = float(tables.plain)  # measured on plain days only (decision 0105)
        self.x[[kr.X_HOPE, kr.X_EACH, kr.X_TRADE]] = params.hope, params.each, params.trade

    def step(self, iterations: int, hot: float, cold: float, build: int = 0) -> None:
        """Run the kernel once."""
        t = self.tables
        self.calls += 1
        seed = (self.seed * 1_000_003 + self.calls * 7919) & 0x7FFFFFFF
        state = self.FD, self.GD
        rest = self.FD0, self.GD0, self.FDB, self.GDB, self.idle, self.out, self.x, t.sizes, self.work
        run = seed, iterations, float(hot * self.unit), float(cold * self.unit), build
        if t.plain:
            kp.anneal_plain(
                t.HS, t.FS, t.GS, *state, t.FR, t.GR, t.GV, t.FV, t.WC, t.WCC, t.PW, t.D, t.NEAR, t.NEART, t.LINK, t.MEMBERS,
                t.CPTR, t.CROU, t.NBR, *rest, *run,
            )  # fmt: skip
        else:
            ks.anneal(
                t.FS, t.GS, *state, t.FR, t.GR, t.GV, t.FV, t.WC, t.PW, t.D, t.DT, t.LINK, t.MEMBERS,
                t.CPTR, t.CROU, t.NBR, *rest, *run,
            )  # fmt: skip
        self.iterations += iterations

    def build(self) -> None:
        """A first plan from nothing; the best plan is kept."""
        FD, GD = empty_state(self.tables)
        self.FD[:], self.GD[:], self.FD0[:], self.GD0[:] = FD, GD, FD, GD
        self.x[kr.X_CUR] = 1e18
        self.step(1, self.params.hot, self.params.hot, 1)

    def load(self, FD: Any, GD: Any, cost: float) -> None:
        """Continue from a given state (the best one is kept if it is better)."""
        self.FD[:], self.GD[:], self.FD0[:], self.GD0[:] = FD, GD, FD, GD
        self.x[kr.X_CUR] = cost
        if cost < self.best:
            self.FDB[:], self.GDB[:] = FD, GD
            self.x[kr.X_BEST] = cost

    @property
    def best(self) -> float:
        """Price of the best plan."""
        return float(self.x[kr.X_BEST])

    @property
    def current(self) -> float:
        """Price of the current plan."""
        return float(self.x[kr.X_CUR])

    @property
    def feasible(self) -> bool:
        """No visit that must be done is missing in the best plan."""
        return self.best < MUST

    def routes(self) -> list[list[int]]:
        """Nodes of each route of the best plan, in order."""
        t = self.tables
        out = []
        for r in range(t.nroutes):
            x, route = int(self.GDB[t.nparts + r, L.SUCC]), []
            while x < t.nparts:
                route.append(x)
                x = int(self.GDB[x, L.SUCC])
            out.append(route)
        return out


def large_plain(tables: Tables) -> bool:
    """Whether one long anneal with short strings is best (measured, decision 0103)."""
    return tables.plain and len(tables.GV) > 110


def large_rich(tables: Tables) -> bool:
    """A day whose one anneal is too short to cool from far above, and whose routes exchange work by short strings (decision 0117)."""
    return not tables.plain and len(tables.GV) > 250


def longest_string(tables: Tables, params: Params) -> float:
    """How many visits of one route a ruin takes at most."""
    if large_rich(tables):
        return min(params.string, params.string_rich)
    return params.string_large if large_plain(tables) else params.string


def default_schedule(tables: Tables, params: Params) -> tuple[tuple[float, float, str], ...]:
    """(share of the run, first temperature, what to start from) of each anneal."""
    if params.schedule is not None:
        return params.schedule
    n, new, warm = len(tables.GV), params.hot, params.reheat
    if n <= 110:
        return (0.2, new, "new"), (0.2, new, "new"), (0.2, new, "new"), (0.4, warm, "best")
    if n <= 250 and not large_plain(tables):
        return (0.3, new, "new"), (0.3, new, "new"), (0.4, warm, "best")
    return ((1.0, min(new, params.hot_rich) if large_rich(tables) else new, "new"),)


class Annealing:
    """Follows a schedule of anneals along a progress in [0, 1]."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.phases = default_schedule(engine.tables, engine.params)
        total = sum(p[0] for p in self.phases)
        self.ends = np.cumsum([p[0] / total for p in self.phases])
        self.phase = -1
        self.chunk = 100.0
        self.built = False  # a fresh first plan is already there

    def from_start(self) -> None:
        """Begin with a given plan instead of fresh ones: only cool, from a low temperature."""
        self.phases = ((1.0, self.engine.params.reheat, "best"),)
        self.ends = np.array([1.0])

    def temperature(self, progress: float) -> float:
        """Temperature at this progress of the run."""
        k = min(int(np.searchsorted(self.ends, progress, side="right")), len(self.phases) - 1)
        begin = self.ends[k - 1] if k else 0.0
        share = min(1.0, (progress - begin) / (self.ends[k] - begin))
        hot = self.phases[k][1]
        return hot * (self.engine.params.cold / hot) ** share

    def enter(self, progress: float) -> None:
        """Start the phase that this progress lies in."""
        k = min(int(np.searchsorted(self.ends, progress, side="right")), len(self.phases) - 1)
        if k == self.phase:
            return
        self.phase = k
        if self.phases[k][2] == "new":
            if not self.built:
                self.engine.build()
            self.built = False
        elif self.phases[k][2] == "best":
            self.engine.load(self.engine.FDB.copy(), self.engine.GDB.copy(), self.engine.best)

    def run(self, progress: float, ahead: float, seconds: float | None, batch: int = BATCH) -> None:
        """A batch: `batch` iterations if seconds is None, else as many as take about that long."""
        self.enter(progress)
        n = max(10, int(self.chunk)) if seconds else batch
        t0 = time.perf_counter()
        self.engine.step(n, self.temperature(progress), self.temperature(min(ahead, self.ends[self.phase] - 1e-9)))
        if seconds:
            self.chunk *= min(2.0, max(0.5, seconds / max(1e-6, time.perf_counter() - t0)))
