"""Why this worker at this time; what else could be; why a visit that was left out fits nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from .compile import MUST, Tables, build
from .engine import Engine, Params
from .errors import fail
from .extract import plan_of, state_of
from .model import Problem
from .plan import Plan

_CUR, _BEST = 6, 7


@dataclass(frozen=True)
class Alternative:
    """Another worker for one part: when, and what it costs more in each component (and in price)."""

    part: int
    worker: str
    start: float
    cost: float
    components: dict[str, float]


@dataclass
class Explanation:
    """Everything there is to say about one visit in one plan."""

    visit: str
    planned: list[tuple[int, str, float]]  # (part, worker, start)
    alternatives: list[Alternative] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)  # (part, worker, rule)
    text: str = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "visit": self.visit,
            "text": self.text,
            "planned": [{"part": p + 1, "worker": w, "start": t} for p, w, t in self.planned],
            "alternatives": [
                {
                    "part": a.part + 1,
                    "worker": a.worker,
                    "start": a.start,
                    "cost": round(a.cost, 4),
                    "components": {k: round(v, 4) for k, v in a.components.items() if abs(v) > 1e-9},
                }
                for a in self.alternatives
            ],
            "refused": [{"part": p + 1, "worker": w, "rule": r} for p, w, r in self.refused],
        }


def explain(problem: Problem, plan: Plan, visit_id: str, keep: int = 5) -> Explanation:
    """Compares the place of a visit with the best place at every other worker, the rest of the plan unchanged."""
    if visit_id not in {v.id for v in problem.visits}:
        raise fail(f"visit {visit_id}", "a visit of this day")
    visit = problem.visit(visit_id)
    starts = plan.starts()
    planned = [
        (k, problem.workers[starts[visit_id, k][0]].id, starts[visit_id, k][1])
        for k in range(len(visit.parts))
        if (visit_id, k) in starts
    ]
    out = Explanation(visit_id, planned)
    tables = build(replace(problem), keep=1)
    number = next(k for k, v in enumerate(problem.visits) if v.id == visit_id)
    tables.FV[number] = 2 * MUST  # here it is put in at any price
    base_plan = plan_of(tables, *state_of(tables, plan)[:2])
    rest = Plan([replace(r, items=tuple(i for i in r.items if i.visit != visit_id)) for r in plan.routes], [])
    FD, GD, _ = state_of(tables, Plan([r for r in rest.routes if r.items], []))
    original = tables.WC.copy()
    for k in range(len(visit.parts)):
        for w, worker in enumerate(problem.workers):
            rule = problem.may(worker, visit, k) if worker.shifts else "has no shift"
            if rule is not None:
                out.refused.append((k, worker.id, rule))
                continue
            if planned and (k, worker.id) in {(p, n) for p, n, _ in planned}:
                continue
            other = forced(tables, original, FD, GD, tables.first[visit_id] + k, w)
            if other is None or (visit_id, k) not in other.starts():
                out.refused.append((k, worker.id, "cannot be there without breaking the order of linked visits"))
                continue
            extra = {n: v - base_plan.components[n] for n, v in other.components.items()}
            out.alternatives.append(
                Alternative(k, worker.id, other.starts()[visit_id, k][1], other.cost - base_plan.cost, extra)
            )
    tables.WC[:] = original
    out.alternatives.sort(key=lambda a: (a.cost, a.part, a.worker))
    del out.alternatives[keep:]
    out.text = sentence(problem, out)
    return out


def forced(tables: Tables, original: np.ndarray, FD: np.ndarray, GD: np.ndarray, node: int, worker: int) -> Plan | None:
    """The plan with the missing visit put in so that `worker` does `node`."""
    tables.WC[:] = original
    for r, (w, _) in enumerate(tables.routes):
        if w != worker:
            tables.WC[r, node] = 1e18
    engine = Engine(tables, Params(blink=0.0), 1)
    engine.load(FD, GD, 1e18)
    engine.x[_CUR] = engine.x[_BEST] = 1e18
    engine.step(1, 1.0, 1.0, 1)
    return plan_of(tables, engine.FDB, engine.GDB)


def sentence(problem: Problem, found: Explanation) -> str:
    """One plain sentence."""
    best = found.alternatives[0] if found.alternatives else None
    if found.planned:
        who = " and ".join(f"{w} at {t:g}" for _, w, t in found.planned)
        if best is None:
            return f"Visit {found.visit} is done by {who}: nobody else may do it."
        if best.cost > 1e-9:
            return (
                f"Visit {found.visit} is done by {who}: the best other choice, {best.worker} at {best.start:g}, "
                f"would cost {best.cost:g} more."
            )
        return f"Visit {found.visit} is done by {who}; {best.worker} at {best.start:g} would cost {-best.cost:g} less."
    if best is None:
        rules = sorted({r for _, _, r in found.refused})
        return f"Visit {found.visit} is left out: {'; '.join(rules)}."
    return (
        f"Visit {found.visit} is left out: its best place, {best.worker} at {best.start:g}, "
        f"would cost {best.cost:g} more than leaving it out."
    )
