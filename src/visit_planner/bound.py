"""A lower bound on the price of any plan of a small day (up to about 25 visits), by CP-SAT.

The whole model is written as constraints (optional intervals are not needed: arcs of a circuit per route carry the
times), so the bound is the solver's proven bound and, when it closes, the optimum.  Components the model does not
hold (waiting, idle, load, breaks, same worker, change …) are never negative, so leaving them out keeps the bound
valid; it is then weaker.  Needs the optional extra (OR-tools).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compile import build
from .errors import InvalidInput, fail
from .model import Problem

#: minutes are multiplied by this and rounded down, so that the bound stays a bound
GRAIN = 100
LIMIT = 40


def lower_bound(problem: Problem, seconds: float = 30.0, threads: int = 1) -> tuple[float, bool]:
    """(bound on the price of any plan without violations, whether a plan of that price was found by the solver).

    Raises InvalidInput for more than 40 parts, or without OR-tools.
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise InvalidInput("bound: expected OR-tools to be installed (optional extra)") from None
    if sum(len(v.parts) for v in problem.visits) > LIMIT:
        raise fail("bound", f"at most {LIMIT} parts of visits", sum(len(v.parts) for v in problem.visits))
    model = cp_model.CpModel()
    Model(problem, model).write()
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = threads
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        raise InvalidInput("bound: expected a day that has a plan, but no plan keeps every hard rule")
    exact = not any(
        problem.price(n).weight or problem.price(n).hard
        for n in ("waiting", "idle", "load", "missed_breaks", "same_worker")
    )
    return max(0.0, solver.best_objective_bound) / GRAIN / problem.scale, exact and status == cp_model.OPTIMAL


class Model:
    """Variables and constraints of one day; minutes on a grid of 1/GRAIN."""

    def __init__(self, problem: Problem, model: Any) -> None:
        self.problem, self.model = problem, model
        self.tables = build(problem, keep=1)
        self.late = self.grid(1e4)
        self.starts = [model.new_int_var(0, self.late, f"s{p}") for p in range(self.tables.nparts)]
        self.tardy = [model.new_int_var(0, self.late, f"l{p}") for p in range(self.tables.nparts)]
        self.served = [model.new_bool_var(f"v{v}") for v in range(len(problem.visits))]
        self.by: dict[tuple[int, int], Any] = {}
        self.terms: list[Any] = []

    def grid(self, minutes: float) -> int:
        """Rounded down, so that nothing gets longer than it is."""
        return int(np.floor(minutes * GRAIN + 1e-6))

    def write(self) -> None:
        """All of it."""
        for r in range(self.tables.nroutes):
            self.route(r)
        high = self.model.new_int_var(0, self.late, "high")
        for p, (v, _) in enumerate(self.tables.nodes):
            self.part(p, v)
            self.model.add(high >= self.tardy[p])
        self.terms.append(self.weight("highest_tardiness") * high)
        for v, visit in enumerate(self.problem.visits):
            self.visit(v, visit)
        self.model.minimize(sum(self.terms))

    def weight(self, name: str) -> int:
        """Prices are kept to whole numbers by rounding down."""
        price = self.problem.price(name)
        return 10_000 if price.hard else int(np.floor(price.weight))

    def route(self, r: int) -> None:
        """One circuit: depot 0, the parts the route may take, their travel and times."""
        t, m = self.tables, self.model
        from . import layout as L

        parts = [p for p in range(t.nparts) if t.WC[r, p] < 1e17]
        base, n = int(t.GR[r, L.MODE]), t.nplaces
        start, end = t.nparts + r, t.nparts + t.nroutes + r
        begin = self.grid(t.FS[start, L.REL])
        arcs = [(0, 0, m.new_bool_var(f"e{r}"))]
        over = m.new_int_var(0, self.late, f"o{r}")
        travel = self.weight("travel")
        for a, p in enumerate(parts, 1):
            inside = m.new_bool_var(f"b{r},{p}")
            self.by[r, p] = inside
            arcs.append((a, a, inside.negated()))
            first, last = m.new_bool_var(""), m.new_bool_var("")
            out = self.grid(t.D[base + t.GS[start, L.PLACE] * n + t.GS[p, L.PLACE]])
            home = self.grid(t.D[base + t.GS[p, L.PLACE] * n + t.GS[end, L.PLACE]])
            arcs += [(0, a, first), (a, 0, last)]
            m.add(self.starts[p] >= begin + out).only_enforce_if(first)
            m.add(
                over >= self.starts[p] + self.grid(t.FS[p, L.DUR]) + home - self.grid(min(t.FS[end, L.DUE], 1e6))
            ).only_enforce_if(last)
            self.terms += [travel * out * first, travel * home * last]
            for b, q in enumerate(parts, 1):
                if p == q:
                    continue
                arc = m.new_bool_var("")
                leg = self.grid(t.D[base + t.GS[p, L.PLACE] * n + t.GS[q, L.PLACE]])
                arcs.append((a, b, arc))
                m.add(self.starts[q] >= self.starts[p] + self.grid(t.FS[p, L.DUR]) + leg).only_enforce_if(arc)
                self.terms.append(travel * leg * arc)
            self.terms.append(int(np.floor(t.WC[r, p] * GRAIN)) * inside)
        m.add_circuit(arcs)
        self.terms.append(self.weight("overtime") * over)

    def part(self, p: int, v: int) -> None:
        """Done by exactly one route if its visit is served; late after the last window that has opened."""
        from . import layout as L

        t, m = self.tables, self.model
        m.add(sum(b for (_, q), b in self.by.items() if q == p) == self.served[v])
        m.add(self.starts[p] >= self.grid(t.FS[p, L.REL]))
        weight = 10_000 if self.problem.visits[v].hard else self.weight("tardiness")
        dues = [(t.FS[p, L.REL], t.FS[p, L.DUE]), (t.FS[p, L.W2S], t.FS[p, L.W2D]), (t.FS[p, L.W3S], t.FS[p, L.W3D])]
        chosen = []
        for opens, due in dues[: int(t.GS[p, L.NWIN])]:
            this = m.new_bool_var("")
            m.add(self.starts[p] >= self.grid(opens)).only_enforce_if(this)
            m.add(self.tardy[p] >= self.starts[p] - self.grid(max(due, 0.0)) - 1).only_enforce_if(this, self.served[v])
            chosen.append(this)
        m.add_exactly_one(chosen)
        self.terms.append(weight * self.tardy[p])

    def visit(self, v: int, visit: Any) -> None:
        """Links between its parts, different workers, and the price of leaving it out."""
        t, m = self.tables, self.model
        first = t.first[visit.id]
        if visit.price is None or self.problem.price("unserved").hard:
            m.add(self.served[v] == 1)
        else:
            self.terms.append(
                int(np.floor(visit.price * self.problem.price("unserved").weight * GRAIN)) * self.served[v].negated()
            )
        for k in range(len(visit.parts) - 1):
            if visit.linked:
                low, high = visit.gap(k)
                gap = self.starts[first + k + 1] - self.starts[first + k]
                m.add(gap >= self.grid(low))
                m.add(gap <= self.grid(high) + 1)
        for w in range(len(self.problem.workers)):
            mine = [b for (r, p), b in self.by.items() if t.routes[r][0] == w and first <= p < first + len(visit.parts)]
            if len(mine) > 1:
                m.add_at_most_one(mine)


__all__ = ["lower_bound"]
