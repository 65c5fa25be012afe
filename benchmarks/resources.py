"""How fast a day is planned: `python -m benchmarks.resources [--seconds 30] [--long 600] [--county]`.

One municipality: 60 staff, 600 visits. Built in less than 2 s, memory below 500 MB, after 30 s within 2 % of the plan after
ten minutes (`--long 600`). A county of eight: 500 staff, 5,000 visits, seconds with one process and with two (`--county`).
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from datetime import date

DAY = date(2027, 2, 2)


def begin(folder: str) -> None:
    """A database of its own in `folder`."""
    os.environ.update(SAMBAND_MODE="demo", SAMBAND_VAR=folder, DJANGO_SETTINGS_MODULE="samband.config.settings")
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def municipality(seconds: float, long: float, seed: int) -> dict[str, float]:
    from benchmarks.resources_world import fill
    from samband.resources.services.drafts import new_draft
    from samband.resources.services.horizon import sync
    from samband.resources.services.problem import build
    from samband.resources.services.search import Task, cores, search
    from samband.resources.services.writing import write

    (pool,) = fill(DAY)
    found: dict[str, float] = {}

    def timed(name, do):
        begun = time.perf_counter()
        made = do()
        found[name] = time.perf_counter() - begun
        return made

    timed("sync_s", lambda: sync(pool, DAY, DAY))
    timed("sync_again_s", lambda: sync(pool, DAY, DAY))
    built = timed("build_s", lambda: build(pool, DAY))
    found["visits"], found["staff"] = len(built.problem.visits), len(built.problem.workers)
    short = search(Task(built.problem, None, seconds, seed, cores()))
    plan = new_draft(pool, DAY, None)
    timed("write_s", lambda: write(plan, built, short.plan))
    timed("build_from_draft_s", lambda: build(pool, DAY, plan))
    found |= {"seconds": seconds, "cost": short.plan.cost, "unplaced": len(short.plan.unserved)}
    found["violations"] = len(short.plan.violations)
    found["travel"], found["tardiness"] = (short.plan.components[k] for k in ("travel", "tardiness"))
    if long:
        best = search(Task(built.problem, None, long, seed, cores()))
        found |= {"long_seconds": long, "long_cost": best.plan.cost}
        found["above_long_percent"] = 100 * (short.plan.cost / best.plan.cost - 1)
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def county(seconds: float, seed: int) -> dict[str, float]:
    from benchmarks.resources_world import Size, fill
    from samband.resources.services.county import plan_pools
    from samband.resources.services.horizon import sync

    pools = fill(DAY, 8, Size(63, 625))
    begun = time.perf_counter()
    for pool in pools:
        sync(pool, DAY, DAY)
    found = {"sync_s": time.perf_counter() - begun}
    for processes in (1, 2):
        begun = time.perf_counter()
        done = plan_pools(pools, DAY, seconds, seed, processes, synced=True)
        found[f"processes_{processes}_s"] = time.perf_counter() - begun
        found[f"processes_{processes}_unplaced"] = sum(row.figures.get("unplaced", 0) for row in done)
        found["visits"] = sum(row.figures.get("visits", 0) for row in done)
        assert not any(row.error for row in done), [row.error for row in done]
    found["scaling"] = found["processes_1_s"] / found["processes_2_s"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--long", type=float, default=0)
    parser.add_argument("--county", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begin(folder)
        found = (
            county(asked.seconds, asked.seed) if asked.county else municipality(asked.seconds, asked.long, asked.seed)
        )
    for name, value in found.items():
        sys.stdout.write(f"{name},{value:.4g}\n")


if __name__ == "__main__":
    main()
