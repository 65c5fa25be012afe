"""What the sealed audit costs: verifying a million entries, and its share of a page.

    python -m benchmarks.audit --entries 1000000 --engine both         # seal and verify: seconds, entries a second, memory
    python -m benchmarks.audit --share --persons 20000                 # the audit's part of each page, SQLite

Entries are like those of a county: three of four about one person, the others lists of up to 20, a third with details. They are
laid into an empty database (made anew each time) and sealed and verified by `samband audit`, each in a process of its own, whose
time on the wall, processor and highest memory are told. PostgreSQL is a throw-away cluster, or what DATABASE_URL names. The
share is measured in the county of `benchmarks.pages`, which that command has built.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pages import ROOT, _database, _schema

SAMBAND = [sys.executable, "-m", "samband"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--share", action="store_true")
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--requests", type=int, default=20)
    asked = parser.parse_args()
    if asked.share:
        return _share(asked)
    for engine in ("sqlite", "postgres") if asked.engine == "both" else (asked.engine,):
        with tempfile.TemporaryDirectory(prefix="samband-audit-") as folder, _database(engine, Path(folder)) as url:
            _seal_and_verify(engine, asked.entries, {**_clean(), "SAMBAND_VAR": folder, "DATABASE_URL": url})
    return 0


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SAMBAND_")}


def _seal_and_verify(engine: str, entries: int, env: dict[str, str]) -> None:
    subprocess.run([*SAMBAND, "migrate", "-v", "0"], env=env, cwd=ROOT, check=True)
    fill = [sys.executable, "-m", "benchmarks.audit_fill", str(entries)]
    print(f"\n{engine}, {entries:,} entries, load {os.getloadavg()[0]:.1f}")
    for name, command in (
        ("fill", fill),
        ("seal", [*SAMBAND, "audit", "seal"]),
        ("verify", [*SAMBAND, "audit", "verify"]),
    ):
        begun = time.perf_counter()
        child = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _pid, status, used = os.wait4(child.pid, 0)
        if status:
            raise SystemExit(f"{name} failed: {status}")
        wall, cpu = time.perf_counter() - begun, used.ru_utime + used.ru_stime
        speed = f"{entries / wall:10,.0f} entries/s {used.ru_maxrss / 1024:6.0f} MB at most"
        print(f"{name:<8}{wall:7.1f} s wall {cpu:7.1f} s processor {speed}", flush=True)


def _share(asked: argparse.Namespace) -> int:
    home = ROOT / "var" / "bench" / f"{asked.persons}-{asked.seed}-{_schema()}"
    file = home / "samband.sqlite3"
    if not file.exists():
        print(f"No county of {asked.persons} persons yet: python -m benchmarks.pages --engine sqlite --persons N")
        return 1
    env = {**_clean(), "SAMBAND_VAR": str(home), "DATABASE_URL": f"sqlite:///{file}"}
    command = [sys.executable, "-m", "benchmarks.audit_share", "--requests", str(asked.requests)]
    return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
