"""Between engine states and plans."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import layout as L
from .compile import Tables, empty_state
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
    plan = judge(problem, make_plan(problem, seqs, {k: clean(t) for k, t in starts.items()}))
    return plan


def clean(t: float) -> float:
    """Whole minutes without the noise of floating point."""
    return float(round(t)) if abs(t - round(t)) < 1e-6 else t


def state_of(tables: Tables, plan: Plan) -> tuple[Any, Any, float]:
    """State and price of a plan's sequences (parts that no longer exist are skipped)."""
    FD, GD = empty_state(tables)
    number = {route: r for r, route in enumerate(tables.routes)}
    work = ks.workspace(len(tables.FS), tables.nroutes, len(tables.GV))
    Q, LI, LF, STK, MARK = work[:5]
    seeds = 0
    wanted = {v.id: len(v.parts) for v in tables.problem.visits}
    there: dict[str, int] = {}
    for route in plan.routes:
        for item in route.items:
            there[item.visit] = there.get(item.visit, 0) + 1
    for route in plan.routes:
        r = number.get((route.worker, route.shift))
        if r is None:
            continue
        x = tables.nparts + r
        for item in route.items:
            if item.is_break:
                if tables.GR[r, L.HASBR]:
                    GD[x, L.LAFT] = 1
                continue
            if item.visit not in wanted or there[item.visit] != wanted[item.visit]:
                continue
            p = tables.first[item.visit] + item.part
            if tables.WC[r, p] > 1e17:
                there[item.visit] = -1
                continue
            kt.link.py_func(tables.GS, FD, GD, tables.GR, tables.D, tables.nplaces, p, x, 0)
            FD[p, L.T] = 1e6
            x = p
    for v in range(len(tables.GV)):  # a visit of which a part could not be taken over is taken out again
        first, parts = int(tables.GV[v, L.FIRST]), int(tables.GV[v, L.PARTS])
        here = [first + k for k in range(parts) if GD[first + k, L.ROUTE] >= 0]
        if here and len(here) < parts:
            for p in here:
                kt.unlink.py_func(tables.GS, FD, GD, tables.GR, tables.D, tables.nplaces, p)
    for x in range(tables.nparts):
        if GD[x, L.ROUTE] >= 0:
            STK[seeds] = x
            seeds += 1
    for r in range(tables.nroutes):
        end = tables.nparts + tables.nroutes + r
        FD[end, L.T] = 1e6
        STK[seeds] = end
        seeds += 1
    if not kt.settle(tables.FS, tables.GS, FD, GD, tables.FR, tables.PW, Q, LI, LF, STK, MARK, seeds,
                     tables.nparts + tables.nroutes):
        raise ValueError("the given plan has visits whose orders contradict each other")
    cost = price_of(tables, FD, GD, Q)
    return FD, GD, cost


def price_of(tables: Tables, FD: Any, GD: Any, Q: Any) -> float:
    """Price of a state; brings its latest starts up to date."""
    t = tables
    kt.latest(t.FS, t.GS, FD, GD, t.FR, t.LINK, Q, t.nparts, t.nroutes, 0)
    idle, out = np.zeros(t.nroutes), np.zeros(kc.COMPONENTS)
    return float(kc.evaluate(t.FS, t.GS, FD, GD, t.FR, t.GR, t.GV, t.FV, t.WC, t.PW, t.LINK, t.MEMBERS, Q, idle, out,
                             t.nparts, t.nroutes, t.rich))
