"""A made day of 5,000 visits and 500 workers: `python benchmarks/planner/large_day.py --seconds 240 --threads 2`."""

import argparse
import json
import os
import threading
import time
from pathlib import Path

import numpy as np

from visit_planner.large import solve_large
from visit_planner.model import Part, Price, Problem, Shift, Visit, Window, Worker
from visit_planner.stops import Seconds


def made_day(visits: int, workers: int, seed: int) -> Problem:
    """Towns on a plane; a tenth of the visits need two workers; competences as in a mixed staff."""
    rng = np.random.default_rng(seed)
    towns = rng.uniform(0, 100, (max(3, visits // 100), 2))
    homes = towns[rng.integers(len(towns), size=20)]
    spots = towns[rng.integers(len(towns), size=visits)] + rng.normal(0, 2.5, (visits, 2))
    points = np.vstack([homes, spots])
    travel = np.ceil(1.2 * np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)).astype(np.float32)
    kinds = (("care",), ("care",), ("care", "nurse"), ("care", "nurse", "rehab"))
    staff = []
    for k in range(workers):
        start = float(rng.choice([0, 0, 60, 300]))
        staff.append(Worker(f"w{k}", frozenset(kinds[k % 4]), (Shift(start, start + 480.0, k % 20, k % 20),)))
    todo = []
    for k in range(visits):
        service = str(rng.choice(["care", "nurse", "rehab"], p=[0.75, 0.2, 0.05]))
        parts = [Part(service, float(rng.choice([10, 15, 20, 30])))]
        if rng.random() < 0.1:
            parts.append(Part("care", parts[0].duration))
        opens = float(rng.integers(0, 600))
        todo.append(Visit(f"v{k}", 20 + k, tuple(parts), (Window(opens, opens + 120.0),), "simultaneous"))
    prices = {"travel": Price(1.0), "tardiness": Price(3.0), "overtime": Price(3.0)}
    return Problem(
        tuple(staff),
        tuple(todo),
        {"default": travel},
        prices,
        tuple(map(str, range(len(points)))),
        points=tuple(map(tuple, points.tolist())),
    )


class Memory(threading.Thread):
    """Highest sum of the memory of this process and its children, shared pages counted once (Linux), in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.most = 0.0, 0

    def run(self) -> None:
        """Looks five times a second."""
        while True:
            sizes = [size for pid in family(os.getpid()) if (size := proportional(pid))]
            self.peak, self.most = max(self.peak, sum(sizes) / 1024), max(self.most, len(sizes))
            time.sleep(0.2)


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    try:
        children = [int(c) for t in Path(f"/proc/{pid}/task").iterdir() for c in (t / "children").read_text().split()]
    except OSError:  # ended meanwhile
        return [pid]
    return [pid, *(p for c in children for p in family(c))]


def proportional(pid: int) -> int:
    """Proportional set size in kB; 0 if the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    """Prints one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("visits", 5000), ("workers", 500), ("seconds", 240), ("threads", 2), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    memory = Memory()
    memory.start()
    problem = made_day(args.visits, args.workers, args.seed)
    result = solve_large(problem, Seconds(args.seconds), args.seed, threads=args.threads)
    print(
        json.dumps(
            {
                **vars(args),
                "seconds": round(result.seconds, 1),
                "cost": round(result.cost, 1),
                "unserved": len(result.plan.unserved),
                "violations": result.plan.violations[:5],
                "components": {k: round(v, 1) for k, v in result.components.items() if v},
                "history": [[round(t, 1), round(c)] for t, _, c in result.history],
                "peak_mb_of_all_processes": round(memory.peak),
                "processes": memory.most,
            }
        )
    )


if __name__ == "__main__":
    main()
