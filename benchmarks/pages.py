"""Server time of the pages that matter, with a county of generated persons. `make bench` prints the table.

    python -m benchmarks.pages --persons 20000 --engine both

The database is built once for each (engine, persons, seed, schema) and used again: SQLite under var/bench, PostgreSQL in
the database that DATABASE_URL names (a database of its own, for the benchmark only) or in a throw-away cluster.
Measured: the time of one request inside the process (Django's test client, whole middleware, templates, audit written),
after five warm requests; every request of a page asks for another person or another search. The part of the plan is measured
in a copy with long plans, 100,000 cases, notices and meetings in it. A line's own budget decides whether it is over.
"""

import argparse
import csv
import hashlib
import os
import platform
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.copies import copied

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "pages.csv"
FIELDS = (
    "measured",
    "engine",
    "persons",
    "page",
    "limit_ms",
    "median_ms",
    "p95_ms",
    "cpu_ms",
    "db_ms",
    "queries",
    "requests",
    "load",
    "machine",
)
PARTS = ("house", "plan")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--part", choices=(*PARTS, "all"), default="all")
    asked = parser.parse_args()
    engines = ("sqlite", "postgres") if asked.engine == "both" else (asked.engine,)
    rows: list[dict[str, str]] = []
    for engine in engines:
        rows += _one_engine(engine, asked)
    _keep(rows)
    return 0


def _built(url: str, home: Path) -> Path:
    """The file that says that the county lies in the database at `url`."""
    return home / f"built-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _one_engine(engine: str, asked: argparse.Namespace) -> list[dict[str, str]]:
    """Build what is missing and measure, in processes of their own: each engine has its own settings."""
    home = ROOT / "var" / "bench" / f"{asked.persons}-{asked.seed}-{_schema()}"
    home.mkdir(parents=True, exist_ok=True)
    with _database(engine, home) as url:
        env = {**os.environ, "SAMBAND_MODE": "demo", "SAMBAND_VAR": str(home), "DATABASE_URL": url}
        done = _built(url, home)
        if not done.exists():
            samband = [sys.executable, "-m", "samband"]
            subprocess.run([*samband, "migrate", "-v", "0"], env=env, cwd=ROOT, check=True)
            build = [*samband, "demo", "--persons", str(asked.persons), "--seed", str(asked.seed)]
            subprocess.run(build, env=env, cwd=ROOT, check=True)
            if os.environ.get("DATABASE_URL") or engine == "sqlite":
                done.touch()
        found = [] if asked.part == "plan" else _measure("house", env, asked.requests)
        if asked.part != "house":
            with copied(url, home) as copy:
                found += _measure("plan", {**env, "DATABASE_URL": copy}, asked.requests)
    note = {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        "load": f"{os.getloadavg()[0]:.1f}",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
    }
    _show(engine, found)
    return [{**note, **row} for row in found]


def _measure(part: str, env: dict[str, str], requests: int) -> list[dict[str, str]]:
    command = [sys.executable, "-m", "benchmarks.measure", "--part", part, "--requests", str(requests)]
    out = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return list(csv.DictReader(out.splitlines()))


def _database(engine: str, home: Path):
    if engine == "sqlite":
        return nullcontext(f"sqlite:///{home / 'samband.sqlite3'}")
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return nullcontext(os.environ["DATABASE_URL"])
    from tests.tools.postgres import cluster

    return cluster()


def _schema() -> str:
    """Changes when a migration or the generator changes, so that an old database is not taken for the new one."""
    files = sorted([*ROOT.glob("src/samband/*/migrations/0*.py"), *ROOT.glob("src/samband/demo/generator/*.py")])
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:10]


def _show(engine: str, rows: list[dict[str, str]]) -> None:
    print(f"\n{engine}, {rows[0]['persons']} persons with a plan in force")
    print(f"{'page':<34}{'median ms':>10}{'p95 ms':>9}{'cpu ms':>9}{'db ms':>9}{'queries':>9}")
    for row in rows:
        late = "" if float(row["median_ms"]) < int(row["limit_ms"]) else f"  over {row['limit_ms']}"
        times = f"{row['median_ms']:>10}{row['p95_ms']:>9}{row['cpu_ms']:>9}{row['db_ms']:>9}"
        print(f"{row['page']:<34}{times}{row['queries']:>9}{late}")
    sys.stdout.flush()


def _keep(rows: list[dict[str, str]]) -> None:
    """The last run of every line, engine and size stands in the file."""
    old = list(csv.DictReader(RESULTS.open())) if RESULTS.exists() else []
    new = {(row["engine"], row["persons"], row["page"]) for row in rows}
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("w", newline="") as file:
        out = csv.DictWriter(file, FIELDS, lineterminator="\n")
        out.writeheader()
        out.writerows([row for row in old if (row["engine"], row["persons"], row["page"]) not in new] + rows)


if __name__ == "__main__":
    sys.exit(main())
