"""Small measurements on one instance: `python benchmarks/planner/micro.py INSTANCE.json`; processor time, one core.

Iterations a second of the search, the insertion of an urgent visit, and a proposal after a sick worker.
"""

import argparse
import json
import time
from dataclasses import replace

from visit_planner.change import Sick, insert, replan
from visit_planner.engine import Params
from visit_planner.formats.files import load_problem
from visit_planner.solve import Search, solve
from visit_planner.stops import Iterations


def best_of(times: int, action) -> float:
    """Smallest processor time of some repetitions, in seconds."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        action()
        taken.append(time.process_time() - begun)
    return min(taken)


def main() -> None:
    """Prints one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--iterations", type=int, default=20000)
    args = parser.parse_args()
    problem = load_problem(args.file)
    plan = solve(problem, Iterations(args.iterations)).plan
    search = Search(problem, Params(), 1)
    search.engine.build()
    speed = best_of(3, lambda: search.engine.step(5000, 10.0, 5.0))
    urgent = replace(problem.visits[len(problem.visits) // 2], id="urgent")
    smaller = replace(problem, visits=problem.visits)
    inserted = best_of(5, lambda: insert(smaller, plan, urgent))
    sick = problem.workers[plan.routes[0].worker].id
    starts = sorted(t for _, t in plan.starts().values())
    now = starts[len(starts) // 3]
    proposal = best_of(1, lambda: replan(problem, plan, now, [Sick(sick)], stop=Iterations(3000)))
    print(
        json.dumps(
            {
                "file": args.file.rsplit("/", 1)[-1],
                "visits": len(problem.visits),
                "iterations_per_second": round(5000 / speed),
                "insert_ms": round(1000 * inserted, 1),
                "replan_3000_iterations_s": round(proposal, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
