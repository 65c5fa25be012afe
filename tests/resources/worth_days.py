"""Small days of several organisations, drawn by a seed, and every plan there is of them (for tests of worth)."""

import random
from itertools import permutations, product

import numpy as np

from samband.resources.rules.coalitions import Needs, fair, restrict
from visit_planner.model import Part, Price, Problem, Shift, Visit, Window, Worker
from visit_planner.plain import judge
from visit_planner.plan import Plan, Sequence, make_plan, schedule

PRICES = {
    "travel": Price(1.0),
    "tardiness": Price(1.0),
    "overtime": Price(2.0),
    "unserved": Price(1.0),
    "crossing": Price(2.0),
    "continuity": Price(3.0),
    "same_worker": Price(4.0),
    "highest_tardiness": Price(1.0),
}


def drawn(seed: int, parties: str = "abc", each: int = 2) -> Needs:
    """A worker and `each` visits for every party; some persons have visits of two, some visits know a worker."""
    rng = random.Random(seed)
    count = len(parties) * (each + 1)
    points = np.array([(rng.uniform(0, 20), rng.uniform(0, 20)) for _ in range(count)])
    travel = np.abs(points[:, None] - points[None]).sum(axis=2).round()
    workers, visits = [], []
    for k, party in enumerate(parties):
        skills = frozenset({"care", *(["nurse"] if rng.random() < 0.6 else [])})
        workers.append(Worker(f"w{k}", skills, (Shift(0, 240, k, k),), employer="x"))
        for n in range(each):
            place = len(parties) + k * each + n
            start = float(rng.randrange(0, 200, 10))
            parts = (Part("nurse" if rng.random() < 0.3 else "care", float(rng.randrange(10, 40, 5))),)
            if rng.random() < 0.2:
                parts += (Part("care", 10.0),)
            visits.append(
                Visit(
                    f"{party}{n}",
                    place,
                    parts,
                    (Window(start, start + 20),),
                    sync="simultaneous",
                    price=60.0,
                    person=f"p{rng.randrange(3)}",
                    known=frozenset({f"w{rng.randrange(3)}"}),
                )
            )
    problem = Problem(tuple(workers), tuple(visits), {"default": travel}, PRICES)
    return fair(problem, {v.id: v.id[0] for v in visits} | {w.id: parties[k] for k, w in enumerate(workers)})


def cheapest(needs: Needs, some: frozenset[str]) -> float:
    """The price of the best of all plans of these parties: every choice of workers, every order."""
    small, _staff = restrict(needs, some)
    nodes = [(v, k) for v, visit in enumerate(small.visits) for k in range(len(visit.parts))]
    best = float("inf")
    for choice in product([*range(len(small.workers)), None], repeat=len(nodes)):
        best = min(best, _cheapest(small, dict(zip(nodes, choice, strict=True)), best))
    return best


def _cheapest(small: Problem, by: dict, limit: float) -> float:
    out = [visit.id for v, visit in enumerate(small.visits) if by[v, 0] is None]
    for v, visit in enumerate(small.visits):
        mine = [by[v, k] for k in range(len(visit.parts))]
        placed = [w for w in mine if w is not None]
        if len(placed) not in (0, len(mine)) or len(set(placed)) != len(placed):
            return limit
        if any(w is not None and small.may(small.workers[w], visit, k) for k, w in enumerate(mine)):
            return limit
    if sum(small.visit(name).price or 0 for name in out) >= limit:
        return limit
    rows = [[n for n, w in by.items() if w == k] for k in range(len(small.workers))]
    for orders in product(*(permutations(row) for row in rows)):
        seqs = [Sequence(k, 0, list(order)) for k, order in enumerate(orders)]
        starts = schedule(small, seqs, {})
        if starts is None:
            continue
        plan = make_plan(small, seqs, starts)
        found = judge(small, Plan(plan.routes, out))
        if found.feasible:
            limit = min(limit, found.cost)
    return limit
