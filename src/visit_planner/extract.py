"""Between engine states and plans."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import layout as L
from .compile import Tables, empty_state
from .errors import InvalidInput
from .kernels import kernel_cost as kc
from .kernels import kernel_search as ks
from .kernels import kernel_time as kt
from .plain import judge
from .plan import Plan, Sequence, make_plan, schedule


def sequences(tables: Tables, GD: Any) -> list[Sequence]:
    """The order of every route in a state."""
    out = []
    for r, (worker, shift) in enumerate(tables.routes):
        x, parts, pause = tables.nparts + r, [], None
        while x >= 0:
            if x < tables.nparts:
                parts.append(tables.nodes[x])
            if GD[x, L.LAFT]:
                pause = len(parts) - 1
            x = int(GD[x, L.SUCC])
            if x >= tables.nparts:
                break
        out.append(Sequence(worker, shift, parts, pause))
    return out


def plan_of(tables: Tables, FD: Any, GD: Any) -> Plan:
    """The judged plan of a state whose latest starts are up to date (as `evaluate` leaves them)."""
    problem = tables.problem
    seqs = sequences(tables, GD)
    floors = {}
    if tables.rich and tables.PW[L.P_WAIT] > 0:
        for r in range(tables.nroutes):
            x = int(GD[tables.nparts + r, L.SUCC])
            if x < tables.nparts:
                floors[tables.nodes[x]] = float(FD[x, L.LT])
    starts = schedule(problem, seqs, floors)
    if starts is None:
        raise RuntimeError("the engine returned a plan whose times do not settle")
    return judge(problem, make_plan(problem, seqs, {k: clean(t) for k, t in starts.items()}))


def clean(t: float) -> float:
    """Whole minutes without the noise of floating point."""
    return float(round(t)) if abs(t - round(t)) < 1e-6 else t


def state_of(tables: Tables, plan: Plan) -> tuple[Any, Any, float]:
    """State and price of a plan's sequences (visits that no longer exist, or not so, are skipped)."""
    FD, GD = empty_state(tables)
    taken = takeover(tables, plan)
    for r, chain in taken.items():
        x = tables.nparts + r
        for p in chain:
            if p < 0:
                GD[x, L.LAFT] = int(tables.GR[r, L.HASBR])
                continue
            kt.link.py_func(tables.GS, FD, GD, tables.GR, tables.D, tables.nplaces, p, x, 0)
            x = p
    Q, LI, LF, STK, MARK = ks.workspace(len(tables.FS), tables.nroutes, len(tables.GV))[:5]
    first_end = tables.nparts + tables.nroutes
    moving = [x for x in range(len(GD)) if (x < tables.nparts or x >= first_end) and GD[x, L.ROUTE] >= 0]
    FD[moving, L.T] = 1e6
    STK[: len(moving)] = moving
    if not kt.settle(tables.FS, tables.GS, FD, GD, tables.FR, tables.PW, Q, LI, LF, STK, MARK, len(moving), first_end):
        raise InvalidInput(
            "the given plan: expected an order of visits that can be kept, but linked visits contradict each other"
        )
    return FD, GD, price_of(tables, FD, GD, Q)


def takeover(tables: Tables, plan: Plan) -> dict[int, list[int]]:
    """Route -> its nodes in order (-1: the break); only visits of which every part can be taken over."""
    number = {route: r for r, route in enumerate(tables.routes)}
    visits = {v.id: len(v.parts) for v in tables.problem.visits}
    chains: dict[int, list[int]] = {}
    good: dict[str, set[int]] = {}
    for route in plan.routes:
        r = number.get((route.worker, route.shift))
        if r is None:
            continue
        chain = chains.setdefault(r, [])
        for item in route.items:
            if item.is_break:
                chain.append(-1)
            elif item.visit in visits and item.part < visits[item.visit]:
                p = tables.first[item.visit] + item.part
                if tables.WC[r, p] < 1e17:
                    chain.append(p)
                    good.setdefault(item.visit, set()).add(item.part)
    whole = {tables.first[v] + k for v, parts in good.items() if len(parts) == visits[v] for k in parts}
    seen: set[int] = set()
    for r, chain in chains.items():
        chains[r] = [p for p in chain if p < 0 or (p in whole and not (p in seen or seen.add(p)))]  # type: ignore[func-returns-value]
    return chains


def price_of(tables: Tables, FD: Any, GD: Any, Q: Any) -> float:
    """Price of a state; brings its latest starts up to date."""
    t = tables
    kt.latest(t.FS, t.GS, FD, GD, t.FR, t.PW, t.LINK, Q, t.nparts, t.nroutes, 0)
    idle, out = np.zeros(t.nroutes), np.zeros(kc.COMPONENTS)
    return float(
        kc.evaluate(
            t.FS,
            t.GS,
            FD,
            GD,
            t.FR,
            t.GR,
            t.GV,
            t.FV,
            t.WC,
            t.PW,
            t.LINK,
            t.MEMBERS,
            Q,
            idle,
            out,
            t.nparts,
            t.nroutes,
            t.rich,
        )
    )
