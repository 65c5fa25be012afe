"""Children of two plans: a region as the second one plans it, the rest as the first one does.

Annealing settles early in one of many basins.  Some short anneals give some good plans; a child takes neighbouring
routes from one of them and the rest from another, what fits in neither is put in anew, and a short anneal mends the
seams.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import layout as L
from .compile import Tables, empty_state
from .kernels import kernel_time as kt

#: plans that are kept
ELITE = 5


@dataclass
class Elite:
    """The best plans of a run's anneals, best first."""

    plans: list[tuple[float, Any, Any]] = field(default_factory=list)

    def add(self, cost: float, FD: Any, GD: Any) -> None:
        """Keep a plan unless it is known or worse than all."""
        if any(abs(cost - c) < 1e-6 for c, _, _ in self.plans):
            return
        self.plans.append((cost, FD.copy(), GD.copy()))
        self.plans.sort(key=lambda plan: plan[0])
        del self.plans[ELITE:]

    def pair(self, rng: np.random.Generator) -> tuple[Any, Any]:
        """Two different plans (GD), the first one rather a good one."""
        n = len(self.plans)
        a = int(min(rng.integers(n), rng.integers(n)))
        b = int(rng.integers(n - 1))
        return self.plans[a][2], self.plans[b + (b >= a)][2]


def chains(tables: Tables, GD: Any) -> list[list[int]]:
    """Parts of each route, in order."""
    out = []
    for r in range(tables.nroutes):
        x, route = int(GD[tables.nparts + r, L.SUCC]), []
        while x < tables.nparts:
            route.append(x)
            x = int(GD[x, L.SUCC])
        out.append(route)
    return out


def region(tables: Tables, routes: list[list[int]], rng: np.random.Generator) -> set[int]:
    """Some used routes that lie near each other: 15 to 50 % of all."""
    visit = tables.GS[:, L.VISIT]
    near = np.full(len(tables.GV), float(tables.NBR.shape[1] + 1))
    centre = int(rng.integers(len(tables.GV)))
    near[tables.NBR[centre]] = np.arange(tables.NBR.shape[1])
    near[centre] = 0
    used = [r for r, route in enumerate(routes) if route]
    used.sort(key=lambda r: float(near[visit[routes[r]]].mean()))
    count = int(len(used) * rng.uniform(0.15, 0.5))
    return set(used[: max(1, count)])


def cross(tables: Tables, first: Any, second: Any, rng: np.random.Generator) -> list[list[int]]:
    """Routes of a child; visits of which not every part fits are left out."""
    a, b = chains(tables, first), chains(tables, second)
    taken = region(tables, b, rng)
    whole = {v for v in range(len(tables.GV)) if all(int(second[p, L.ROUTE]) in taken for p in parts(tables, v))}
    child = [
        [p for p in b[r] if int(tables.GS[p, L.VISIT]) in whole]
        if r in taken
        else [p for p in a[r] if int(tables.GS[p, L.VISIT]) not in whole]
        for r in range(tables.nroutes)
    ]
    there = {p for route in child for p in route}
    lost = {v for v in range(len(tables.GV)) if not there.issuperset(parts(tables, v))}
    return [[p for p in route if int(tables.GS[p, L.VISIT]) not in lost] for route in child]


def parts(tables: Tables, visit: int) -> range:
    """Nodes of a visit."""
    first = int(tables.GV[visit, L.FIRST])
    return range(first, first + int(tables.GV[visit, L.PARTS]))


def state(tables: Tables, routes: list[list[int]], work: tuple) -> tuple[Any, Any] | None:
    """State of these routes with their times, or None if linked visits contradict each other."""
    FD, GD = empty_state(tables)
    t = tables
    for r, route in enumerate(routes):
        x = t.nparts + r
        for p in route:
            kt.link.py_func(t.GS, FD, GD, t.GR, t.D, t.nplaces, p, x, 0)
            x = p
    Q, LI, LF, STK, MARK = work[:5]
    first_end = t.nparts + t.nroutes
    moving = [x for x in range(len(GD)) if (x < t.nparts or x >= first_end) and GD[x, L.ROUTE] >= 0]
    FD[moving, L.T] = 1e6
    STK[: len(moving)] = moving
    MARK[:] = 0
    done = kt.settle(t.FS, t.GS, FD, GD, t.FR, t.PW, Q, LI, LF, STK, MARK, len(moving), first_end)
    return (FD, GD) if done else None
