"""Solve every problem in a folder with several seeds and write one row per run, and a summary per problem."""

from __future__ import annotations

import csv
import sys
import time
from argparse import Namespace
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from .cli import emit
from .errors import InvalidInput
from .formats.files import load_problem, save_plan
from .model import Problem
from .solve import Result, solve
from .stops import AnyOf, FirstFeasible, Seconds, Status, Stop, Target

COLUMNS = (
    "instance",
    "visits",
    "workers",
    "seed",
    "threads",
    "seconds",
    "clock",
    "wall_seconds",
    "iterations",
    "cost",
    "feasible",
    "published",
    "gap_percent",
    "seconds_to_published",
)


@dataclass
class ProcessorSeconds(Seconds):
    """Seconds of this process's processor time instead of wall time."""

    started: float = field(default=0.0, init=False)

    def begin(self) -> None:
        self.started = time.process_time()

    def progress(self, status: Status) -> float | None:
        return min(1.0, (time.process_time() - self.started) / self.limit) if self.limit else 1.0

    def done(self, status: Status) -> bool:
        return time.process_time() - self.started >= self.limit


def published(path: str | None) -> dict[str, float]:
    """Best published value of each instance."""
    if not path:
        return {}
    try:
        with Path(path).open(encoding="utf-8") as file:
            return {row["instance"]: float(row.get("best_known") or row["best"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError) as error:
        raise InvalidInput(f"{path}: expected a CSV with columns instance and best_known or best ({error})") from None


def reached(result: Result, value: float | None) -> float | None:
    """Seconds until the published value was met (within 0.001)."""
    if value is None:
        return None
    return next((round(t, 3) for t, _, cost in result.history if cost <= value + 1e-3), None)


def one(problem: Problem, args: Namespace, seed: int, name: str, best: float | None) -> list[object]:
    """One run as a row."""
    cpu = args.clock == "cpu" and args.threads == 1
    stop: Stop = (ProcessorSeconds if cpu else Seconds)(args.seconds)
    if args.until_best and best is not None:
        stop = AnyOf((stop, Target(best + (1e-3 if args.until_best == "met" else -1e-3))))
    begun = time.perf_counter()
    result = solve(problem, stop, seed, threads=args.threads)
    wall = time.perf_counter() - begun
    if args.plans:
        Path(args.plans).mkdir(parents=True, exist_ok=True)
        save_plan(problem, result.plan, Path(args.plans) / f"{name}-{seed}.json")
    gap = None if best is None else round(100 * (result.cost / best - 1), 4)
    return [
        name,
        len(problem.visits),
        len(problem.workers),
        seed,
        args.threads,
        args.seconds,
        args.clock,
        round(wall, 2),
        result.iterations,
        round(result.cost, 4),
        int(result.feasible),
        best,
        gap,
        reached(result, best),
    ]


def run(args: Namespace) -> int:
    """visit-planner bench"""
    folder = Path(args.folder)
    files = sorted(folder.rglob("*.json"), key=lambda p: (p.stat().st_size, p.name)) if folder.is_dir() else []
    if not files:
        raise InvalidInput(f"{folder}: expected a folder with problem files (*.json)")
    best = published(args.best)
    gaps: dict[str, list[float]] = {}
    fresh = not Path(args.out).exists()
    for path in files:
        problem = load_problem(path)
        solve(problem, FirstFeasible(), 0)  # kernels are compiled and loaded before the clock starts
        for seed in range(1, args.seeds + 1):
            row = one(problem, args, seed, path.stem, best.get(path.stem))
            with Path(args.out).open("a", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                if fresh:
                    writer.writerow(COLUMNS)
                    fresh = False
                writer.writerow(row)
            print(" ".join(map(str, row)), file=sys.stderr, flush=True)
            if row[12] is not None:
                gaps.setdefault(path.stem, []).append(float(str(row[12])))
    every = [g for gs in gaps.values() for g in gs]
    emit(
        {
            "instances": len(files),
            "runs": len(files) * args.seeds,
            "mean_gap_percent": round(mean(every), 4) if every else None,
            "worst_gap_percent": round(max(every), 4) if every else None,
            "table": str(args.out),
        }
    )
    return 0
