"""The plain evaluator: every component and every hard rule, straight from the definitions, slow and obvious.

It shares no code with the compiled kernels; the generative tests compare the two.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from .model import PAIRWISE, Problem, Visit, Worker
from .plan import Item, Plan, Route, leg

TOLERANCE = 1e-3


def lateness(problem: Problem, visit: Visit, item: Item) -> float:
    """Minutes after the end of the last window that has opened at the start."""
    windows = sorted(visit.windows, key=lambda w: (w.start, w.end))
    opened = [w for w in windows if w.start <= item.start + TOLERANCE] or windows[:1]
    return max(0.0, (item.end if problem.judged_at_end else item.start) - opened[-1].end)


def arrivals(problem: Problem, route: Route) -> list[float]:
    """Arrival at each stop; just in time at the first."""
    out = [route.items[0].start]
    for a, b in pairwise(route.items):
        out.append(a.end + leg(problem, route.worker, a.place, b.place))
    return out


def travel_of(problem: Problem, route: Route) -> float:
    """Minutes on the road."""
    shift = problem.workers[route.worker].shifts[route.shift]
    places = [shift.leave, *(i.place for i in route.items), shift.arrive]
    return sum(leg(problem, route.worker, a, b) for a, b in pairwise(places))


def check_break(problem: Problem, route: Route, name: str) -> list[str]:
    """Rules of the break of one route."""
    pause = problem.workers[route.worker].shifts[route.shift].pause
    breaks = [i for i in route.items if i.is_break]
    if len(breaks) > (pause is not None):
        return [f"worker {name}: {len(breaks)} breaks in a shift, expected at most {int(pause is not None)}"]
    bad = []
    for item in breaks:
        assert pause is not None
        limit = item.end if problem.judged_at_end else item.start
        if item.start < pause.start - TOLERANCE or limit > pause.end + TOLERANCE:
            bad.append(f"worker {name}: break at {item.start:g}, expected within {pause.start:g}-{pause.end:g}")
        if abs(item.end - item.start - pause.duration) > TOLERANCE:
            bad.append(f"worker {name}: break of {item.end - item.start:g}, expected {pause.duration:g}")
    return bad


def check_route(problem: Problem, route: Route, visits: dict[str, Visit]) -> list[str]:
    """Rules of one route: order, competence, windows, departure, break."""
    worker = problem.workers[route.worker]
    bad = check_break(problem, route, worker.id)
    if route.departure < worker.shifts[route.shift].start - TOLERANCE:
        bad.append(f"worker {worker.id}: leaves at {route.departure:g}, before the shift starts")
    for item, arrival in zip(route.items, arrivals(problem, route), strict=True):
        if item.start < arrival - TOLERANCE:
            bad.append(
                f"worker {worker.id}: at {item.visit or 'the break'} at {item.start:g}, "
                f"expected not before the arrival at {arrival:g}"
            )
        if not item.is_break:
            bad += check_item(problem, worker, visits[item.visit], item)
    return bad


def check_item(problem: Problem, worker: Worker, visit: Visit, item: Item) -> list[str]:
    """Rules of one part at one time by one worker."""
    bad = []
    where = f"visit {visit.id}, part {item.part + 1}"
    rule = problem.may(worker, visit, item.part)
    if rule is not None:
        bad.append(f"{where}: worker {worker.id} {rule}")
    if item.start < max(visit.earliest, min(w.start for w in visit.windows)) - TOLERANCE and visit.locked_start is None:
        bad.append(f"{where}: starts at {item.start:g}, before it may")
    if visit.locked_start is not None and abs(item.start - visit.locked_start) > TOLERANCE:
        bad.append(f"{where}: starts at {item.start:g}, locked to {visit.locked_start:g}")
    if visit.hard and visit.locked_start is None and lateness(problem, visit, item) > TOLERANCE:
        bad.append(f"{where}: {lateness(problem, visit, item):g} minutes after its hard window")
    if abs(item.end - item.start - visit.parts[item.part].duration) > TOLERANCE:
        bad.append(f"{where}: lasts {item.end - item.start:g}, expected {visit.parts[item.part].duration:g}")
    return bad


def check_visit(visit: Visit, done: dict[int, list[tuple[int, float]]]) -> list[str]:
    """Rules across the parts of one visit; done: part -> (worker, start) of each time it is done."""
    if not done:
        return [f"visit {visit.id}: must be done, but is left out"] if visit.price is None else []
    bad = [
        f"visit {visit.id}, part {part + 1}: done {len(done.get(part, []))} times, expected once"
        for part in range(len(visit.parts))
        if len(done.get(part, [])) != 1
    ]
    if bad:
        return bad
    workers = [done[p][0][0] for p in range(len(visit.parts))]
    starts = [done[p][0][1] for p in range(len(visit.parts))]
    if len(set(workers)) != len(workers):
        bad.append(f"visit {visit.id}: two parts by one worker, expected different ones")
    for k in range(len(starts) - 1):
        low, high = visit.gap(k) if visit.linked else (-1e15, 1e15)
        if not low - TOLERANCE <= starts[k + 1] - starts[k] <= high + TOLERANCE:
            bad.append(
                f"visit {visit.id}: part {k + 2} starts {starts[k + 1] - starts[k]:g} after part {k + 1}, "
                f"expected {low:g} to {high:g}"
            )
    return bad


def waits_and_idle(problem: Problem, route: Route) -> tuple[float, float]:
    """Counted waiting, and idle minutes, of one used shift."""
    shift = problem.workers[route.worker].shifts[route.shift]
    waits = [max(0.0, i.start - a) for i, a in zip(route.items, arrivals(problem, route), strict=True)]
    counted = waits[2:] if route.items[0].is_break else waits
    return sum(counted), max(0.0, route.departure - shift.start) + sum(waits) + max(0.0, shift.end - route.back)


def components(problem: Problem, plan: Plan) -> dict[str, float]:
    """Every component, unweighted (`unserved` in priced units: the price of each visit left out)."""
    visits = {v.id: v for v in problem.visits}
    out: dict[str, float] = defaultdict(float)
    idle = [0.0]
    load: dict[tuple[int, int], float] = defaultdict(float)
    used: set[tuple[int, int]] = set()
    by_person: dict[str, set[int]] = defaultdict(set)
    for route in plan.routes:
        shift, worker = problem.workers[route.worker].shifts[route.shift], problem.workers[route.worker]
        used.add((route.worker, route.shift))
        travel = travel_of(problem, route)
        wait, idle_here = waits_and_idle(problem, route)
        idle.append(idle_here)
        out["travel"] += travel
        out["waiting"] += wait
        out["overtime"] += max(0.0, route.back - shift.end)
        out["missed_breaks"] += shift.pause is not None and not any(i.is_break for i in route.items)
        load[route.worker, route.shift] += travel + sum(i.end - i.start for i in route.items)
        for item in route.items:
            if item.is_break:
                continue
            visit = visits[item.visit]
            late = lateness(problem, visit, item)
            out["tardiness"] += late
            out["highest_tardiness"] = max(out["highest_tardiness"], late)
            for name, units in problem.units(worker, visit, item.part).items():
                out[name] += units
            if visit.person:
                by_person[visit.person].add(route.worker)
    for w, worker in enumerate(problem.workers):
        for s, shift in enumerate(worker.shifts):
            if (w, s) not in used:
                idle.append(shift.end - shift.start)
                out["missed_breaks"] += shift.pause is not None
    out["idle"] = max(idle)
    out["load"] = max(load.values(), default=0.0)
    out["same_worker"] = float(sum(len(ws) - 1 for ws in by_person.values()))
    out["unserved"] = float(sum((visits[v].price or 0.0) for v in plan.unserved))
    names = (
        "travel",
        "tardiness",
        "highest_tardiness",
        "waiting",
        "overtime",
        "idle",
        "unserved",
        "missed_breaks",
        *PAIRWISE,
        "same_worker",
        "load",
    )
    return {n: float(out[n]) for n in names}


def judge(problem: Problem, plan: Plan) -> Plan:
    """The same plan with its components, price and violations filled in."""
    visits = {v.id: v for v in problem.visits}
    bad: list[str] = []
    done: dict[str, dict[int, list[tuple[int, float]]]] = {v: defaultdict(list) for v in visits}
    for route in plan.routes:
        bad += check_route(problem, route, visits)
        for item in route.items:
            if not item.is_break:
                done[item.visit][item.part].append((route.worker, item.start))
    for name, visit in visits.items():
        bad += check_visit(visit, done[name])
    plan.components = components(problem, plan)
    for name, price in problem.prices.items():
        if price.hard and name not in PAIRWISE and plan.components[name] > TOLERANCE:
            bad.append(f"component {name} is {plan.components[name]:g}, must be 0 here")
    plan.violations = bad
    plan.cost = sum(p.weight * plan.components[n] for n, p in problem.prices.items() if not p.hard) / problem.scale
    return plan
