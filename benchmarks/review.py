"""What reviewing a long log costs: each search, one run of the patterns, one month's samples.

    python -m benchmarks.review --entries 1000000 --persons 20000 --engine both

A county with its persons is made anew, and entries of the region's staff are laid into its audit, evenly over `--days` days until
yesterday: seven of ten open one person, two are lists of up to 20, one is an act; one of a hundred is refused. Then, as the region's
reviewer: each page, the median of `--requests` through Django's test client; the patterns over their 105 days and the samples of last
month, once, with time and highest memory. PostgreSQL is a throw-away cluster, or what DATABASE_URL names.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pages import ROOT, _database

SAMBAND = [sys.executable, "-m", "samband"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    asked = parser.parse_args()
    for engine in ("sqlite", "postgres") if asked.engine == "both" else (asked.engine,):
        with tempfile.TemporaryDirectory(prefix="samband-review-") as folder, _database(engine, Path(folder)) as url:
            _one(engine, asked, {**_clean(), "SAMBAND_MODE": "demo", "SAMBAND_VAR": folder, "DATABASE_URL": url})
    return 0


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SAMBAND_")}


def _one(engine: str, asked: argparse.Namespace, env: dict[str, str]) -> None:
    print(
        f"\n{engine}, {asked.entries:,} entries, {asked.persons:,} persons, load {os.getloadavg()[0]:.1f}", flush=True
    )
    look = [sys.executable, "-m", "benchmarks.review_look", "--requests", str(asked.requests)]
    for name, command, shown in (
        ("schema", [*SAMBAND, "migrate", "-v", "0"], False),
        ("county", [*SAMBAND, "demo", "--persons", str(asked.persons)], False),
        ("entries", [sys.executable, "-m", "benchmarks.review_fill", str(asked.entries), str(asked.days)], False),
        ("pages", [*look, "--part", "pages"], True),
        ("run", [*look, "--part", "run"], True),
        ("samples", [*look, "--part", "samples"], True),
    ):
        begun = time.perf_counter()
        out = None if shown else subprocess.DEVNULL
        child = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out)
        _pid, status, used = os.wait4(child.pid, 0)
        if status:
            raise SystemExit(f"{name} failed: {status}")
        cpu = used.ru_utime + used.ru_stime
        wall = time.perf_counter() - begun
        print(f"{name:<9}{wall:8.1f} s wall{cpu:8.1f} s processor{used.ru_maxrss / 1024:7.0f} MB at most", flush=True)


if __name__ == "__main__":
    sys.exit(main())
