"""The off-the-shelf peer: OR-tools routing on an HHCRSP instance, same seconds, one core.

`python benchmarks/planner/peer_ortools.py INSTANCE.json --seconds 60` prints one JSON line.  Guided local search; linked
parts by equalities and bounds between their start variables; soft upper bounds for the windows.  The highest tardiness
is not in its objective (the library has no term for it) but is in the cost printed.
"""

import argparse
import json

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from visit_planner.compile import build
from visit_planner.formats.files import load_problem
from visit_planner.layout import DUE, DUR, LMAX, LMIN, NEXT, PLACE, REL
from visit_planner.plain import judge
from visit_planner.plan import Sequence, make_plan, schedule

GRAIN = 1000


def solve(path: str, seconds: int) -> dict[str, object]:
    """The library's best plan, judged by the plain evaluator."""
    problem = load_problem(path)
    t = build(problem, keep=1)
    manager = pywrapcp.RoutingIndexManager(t.nparts + 1, t.nroutes, t.nparts)
    routing = pywrapcp.RoutingModel(manager)
    place = [int(t.GS[p, PLACE]) for p in range(t.nparts)] + [int(t.GS[t.nparts, PLACE])]
    spent = [float(t.FS[p, DUR]) for p in range(t.nparts)] + [0.0]

    def travel(a: int, b: int) -> int:
        a, b = manager.IndexToNode(a), manager.IndexToNode(b)
        return round(GRAIN * t.D[place[a] * t.nplaces + place[b]])

    def transit(a: int, b: int) -> int:
        return travel(a, b) + round(GRAIN * spent[manager.IndexToNode(a)])

    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitCallback(travel))
    far = 100_000 * GRAIN
    routing.AddDimension(routing.RegisterTransitCallback(transit), far, far, False, "time")
    times = routing.GetDimensionOrDie("time")
    for p in range(t.nparts):
        index = manager.NodeToIndex(p)
        times.CumulVar(index).SetMin(round(GRAIN * t.FS[p, REL]))
        times.SetCumulVarSoftUpperBound(index, round(GRAIN * t.FS[p, DUE]), 1)
        for r in range(t.nroutes):
            if t.WC[r, p] > 1e17:
                routing.VehicleVar(index).RemoveValue(r)
        q = int(t.GS[p, NEXT])
        if q >= 0:
            other = manager.NodeToIndex(q)
            gap = times.CumulVar(other) - times.CumulVar(index)
            routing.solver().Add(gap >= round(GRAIN * t.FS[p, LMIN]))
            routing.solver().Add(gap <= round(GRAIN * t.FS[p, LMAX]))
            routing.solver().Add(routing.VehicleVar(index) != routing.VehicleVar(other))
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    search.time_limit.FromSeconds(seconds)
    found = routing.SolveWithParameters(search)
    if found is None:
        return {"file": path.rsplit("/", 1)[-1], "seconds": seconds, "cost": None}
    sequences = []
    for r in range(t.nroutes):
        index, parts = found.Value(routing.NextVar(routing.Start(r))), []
        while not routing.IsEnd(index):
            parts.append(t.nodes[manager.IndexToNode(index)])
            index = found.Value(routing.NextVar(index))
        sequences.append(Sequence(*t.routes[r], parts))
    plan = judge(problem, make_plan(problem, sequences, schedule(problem, sequences) or {}))
    return {"file": path.rsplit("/", 1)[-1], "seconds": seconds, "cost": round(plan.cost, 4), "feasible": plan.feasible}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--seconds", type=int, default=60)
    args = parser.parse_args()
    print(json.dumps(solve(args.file, args.seconds)))
