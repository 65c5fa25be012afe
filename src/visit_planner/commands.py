"""What each command of the command line does."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from typing import Any

from .change import Added, Cancelled, Delayed, Event, Sick
from .change import replan as replan_day
from .cli import emit, writable
from .errors import fail
from .formats.files import load_plan, load_problem, read_json, save_plan
from .model import Problem
from .plain import judge
from .solve import Result
from .solve import solve as run_search
from .stops import FirstFeasible, Iterations, Seconds, Stop

#: more visits than this are planned in districts
LARGE = 1200


class Meter:
    """Progress on stderr: one line that is rewritten on a terminal, a line now and then elsewhere."""

    def __init__(self, quiet: bool, total: float | None) -> None:
        self.quiet, self.total, self.tty = quiet, total, sys.stderr.isatty()
        self.shown = 0.0

    def __call__(self, result: Result) -> None:
        now = time.perf_counter()
        if self.quiet or (not self.tty and now - self.shown < 5):
            return
        self.shown = now
        share = min(1.0, result.seconds / self.total) if self.total else 0.0
        bar = "█" * int(20 * share) + "░" * (20 - int(20 * share)) if self.total else ""
        text = f"{bar} {result.seconds:6.1f} s  {result.iterations:>9} iterations  cost {result.cost:.4f}"
        sys.stderr.write(f"\r{text}" if self.tty else f"{text}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line."""
        if self.tty and not self.quiet:
            sys.stderr.write("\n")


def stop_of(args: Namespace, default: float) -> Stop:
    """The stop criterion asked for."""
    if args.iterations is not None:
        return Iterations(args.iterations)
    return Seconds(default if args.seconds is None else args.seconds)


def summary(problem: Problem, result: Result, args: Namespace) -> dict[str, Any]:
    """The one line of JSON."""
    parts = {
        k: round(v, 6)
        for k, v in result.components.items()
        if k in problem.prices or k in ("unserved", "travel", "tardiness")
    }
    return {
        "cost": round(result.cost, 6),
        "feasible": result.feasible,
        "components": parts,
        "unserved": result.plan.unserved,
        "violations": result.plan.violations[:20],
        "iterations": result.iterations,
        "seconds": round(result.seconds, 3),
        "seed": args.seed,
        "threads": args.threads,
        "interrupted": result.interrupted,
        "history": [[round(t, 3), n, round(c, 4)] for t, n, c in result.history[-50:]],
    }


def finish(problem: Problem, result: Result, args: Namespace) -> int:
    """Write the plan and the line; 0 if feasible."""
    if args.out:
        save_plan(problem, result.plan, args.out)
    emit(summary(problem, result, args))
    if not result.feasible:
        print(
            f"visit-planner: no plan without violations was found; first: {result.plan.violations[0]}", file=sys.stderr
        )
    return 0 if result.feasible else 1


def solve(args: Namespace) -> int:
    """visit-planner solve"""
    writable(args.out)
    problem = load_problem(args.file)
    start = load_plan(problem, args.start) if args.start else None
    stop = stop_of(args, 60.0)
    meter = Meter(args.quiet, getattr(stop, "limit", None) if isinstance(stop, Seconds) else None)
    if len(problem.visits) > LARGE and start is None:
        from .large import solve_large

        result = solve_large(problem, stop, args.seed, threads=args.threads, progress=meter)
    else:
        result = run_search(problem, stop, args.seed, start=start, progress=meter, threads=args.threads)
    meter.close()
    return finish(problem, result, args)


def check(args: Namespace) -> int:
    """visit-planner check"""
    problem = load_problem(args.file)
    plan = judge(problem, load_plan(problem, args.plan))
    emit(
        {
            "feasible": plan.feasible,
            "violations": plan.violations,
            "cost": round(plan.cost, 6),
            "components": {k: round(v, 6) for k, v in plan.components.items()},
            "unserved": plan.unserved,
        },
        1,
    )
    return 0 if plan.feasible else 1


def events_of(args: Namespace, problem: Problem) -> list[Event]:
    """What happened, from the options."""
    from .formats.day import read_visit

    events: list[Event] = [*map(Sick, args.sick), *map(Cancelled, args.cancel)]
    for text in args.late:
        worker, _, until = text.rpartition(":")
        try:
            events.append(Delayed(worker, float(until)))
        except ValueError:
            raise fail("--late", "WORKER:UNTIL with a time in minutes", text) from None
    places = {name: k for k, name in enumerate(problem.places)}
    for path in args.new:
        row = read_json(path)
        name = row.get("id")
        if not isinstance(name, str):
            raise fail(path, "a visit with an id", name)
        events.append(Added(read_visit(row, name, places, {w.id for w in problem.workers})))
    return events


def replan(args: Namespace) -> int:
    """visit-planner replan"""
    writable(args.out)
    problem = load_problem(args.file)
    plan = load_plan(problem, args.plan)
    changed, result = replan_day(
        problem, plan, args.now, events_of(args, problem), args.freeze, stop_of(args, 1.0), args.seed
    )
    return finish(changed, result, args)


def explain(args: Namespace) -> int:
    """visit-planner explain"""
    from .explain import explain as explain_visit

    problem = load_problem(args.file)
    emit(explain_visit(problem, load_plan(problem, args.plan), args.visit).as_dict(), 1)
    return 0


def compare(args: Namespace) -> int:
    """visit-planner compare"""
    problem = load_problem(args.file)
    a, b = (judge(problem, load_plan(problem, p)) for p in (args.plan_a, args.plan_b))
    where_a, where_b = a.starts(), b.starts()
    moved = sorted(k for k in where_a.keys() & where_b.keys() if where_a[k][0] != where_b[k][0])
    later = sorted(k for k in where_a.keys() & where_b.keys() if abs(where_a[k][1] - where_b[k][1]) > 1e-6)
    emit(
        {
            "cost": [round(a.cost, 6), round(b.cost, 6)],
            "feasible": [a.feasible, b.feasible],
            "components": {
                k: [round(v, 6), round(b.components[k], 6), round(b.components[k] - v, 6)]
                for k, v in a.components.items()
            },
            "other_worker": [f"{v}/{k + 1}" for v, k in moved],
            "other_time": len(later),
            "only_in_a": sorted({v for v, _ in where_a.keys() - where_b.keys()}),
            "only_in_b": sorted({v for v, _ in where_b.keys() - where_a.keys()}),
        },
        1,
    )
    return 0


def plot(args: Namespace) -> int:
    """visit-planner plot"""
    from pathlib import Path

    from .plot import svg

    writable(args.out)
    problem = load_problem(args.file)
    Path(args.out).write_text(svg(problem, judge(problem, load_plan(problem, args.plan))), encoding="utf-8")
    return 0


def bound(args: Namespace) -> int:
    """visit-planner bound"""
    from .bound import lower_bound

    value, proven = lower_bound(load_problem(args.file), args.seconds)
    emit({"lower_bound": round(value, 6), "optimal": proven})
    return 0


def bench(args: Namespace) -> int:
    """visit-planner bench"""
    from .bench import run

    return run(args)


def warm(args: Namespace) -> int:
    """visit-planner warm"""
    from .cache import folder, keep_bytecode
    from .example import small_day

    begun = time.perf_counter()
    for rich in (False, True):
        run_search(small_day(rich), FirstFeasible(), 1)
    run_search(small_day(True), Iterations(50), 1)
    modules = keep_bytecode()
    emit({"seconds": round(time.perf_counter() - begun, 2), "folder": str(folder()), "modules": modules})
    return 0
