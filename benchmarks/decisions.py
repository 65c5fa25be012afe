"""What a decision costs: one object by itself with all its facts looked up, and as one of a list whose facts are known.

    python -m benchmarks.decisions --engine both

In the county of `benchmarks.pages` (20,000 persons), with the entries of `benchmarks.pages --part house`. Target of the issue
*Access*: under 1 ms an object. A request keeps what it looked up, so a page about one person pays the first line once.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

ROW = "{:<34}{:>12}{:>12}{:>10}{:>14}{:>10}"
LIST = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        _measure()
        return
    from benchmarks.pages import ROOT, _database, _schema

    for engine in ("sqlite", "postgres") if asked.engine == "both" else (asked.engine,):
        home = ROOT / "var" / "bench" / f"{asked.persons}-{asked.seed}-{_schema()}"
        home.mkdir(parents=True, exist_ok=True)
        with _database(engine, home) as url:
            env = {**os.environ, "SAMBAND_MODE": "demo", "SAMBAND_VAR": str(home), "DATABASE_URL": url}
            _build(engine, url, home, env, asked)
            print(f"\n{engine}, {asked.persons:,} persons, load {os.getloadavg()[0]:.1f}", flush=True)
            subprocess.run([sys.executable, "-m", "benchmarks.decisions", "--inside"], env=env, cwd=ROOT, check=True)


def _build(engine: str, url: str, home: Path, env: dict[str, str], asked: argparse.Namespace) -> None:
    from benchmarks.pages import ROOT, _built

    if not (done := _built(url, home)).exists():
        samband = [sys.executable, "-m", "samband"]
        subprocess.run([*samband, "migrate", "-v", "0"], env=env, cwd=ROOT, check=True)
        build = [*samband, "demo", "--persons", str(asked.persons), "--seed", str(asked.seed)]
        subprocess.run(build, env=env, cwd=ROOT, check=True)
        if os.environ.get("DATABASE_URL") or engine == "sqlite":
            done.touch()


def _measure() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    import django

    django.setup()
    from samband.access.services.facts import know
    from samband.demo.meetings import staff_actor
    from samband.people.models import Assignment, Person
    from samband.plans.models import Action, CarePlan
    from samband.records.models import Entry

    widest = Assignment.objects.filter(role=Assignment.Role.COORDINATOR, covers__isnull=False).first()
    nurse = Assignment.objects.filter(role=Assignment.Role.NURSE).first()
    things = {
        ("person.read", "person"): Person.objects.order_by("public_id"),
        ("plan.read", "plan"): CarePlan.objects.filter(status="active").order_by("public_id"),
        ("action.edit", "action"): Action.objects.select_related("plan").order_by("public_id"),
        ("record.read", "entry"): Entry.objects.order_by("public_id"),
    }
    print(ROW.format("decision", "alone, ms", "cpu, ms", "queries", "in a list, ms", "queries"))
    for role, row in (("coordinator", widest), ("nurse", nurse)):
        if row is None:
            continue
        actor = staff_actor(row)
        for (action, name), rows in things.items():
            found = list(rows[:400])
            persons = [thing.pk if name == "person" else thing.person_id for thing in found]
            alone = [_one(replace(actor, memo={}), action, thing) for thing in found]
            listed = [
                _many(actor, action, found[n : n + LIST], persons[n : n + LIST], know)
                for n in range(0, len(found), LIST)
            ]
            print(ROW.format(f"{role}: {action}", *_told(alone), *_told(listed)[::2]), flush=True)


def _one(actor, action: str, thing) -> tuple[float, float, float]:
    """Wall and processor milliseconds, and queries, of one decision whose facts are looked up."""
    from django.db import connection

    from samband.core import policy

    with _Counted(connection) as counted:
        wall, cpu = time.perf_counter(), time.process_time()
        policy.decide(actor, action, thing)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return wall * 1000, cpu * 1000, float(next(counted.seen))


def _many(actor, action: str, things: list, persons: list[int], know) -> tuple[float, float, float]:
    """The same for each thing of a list; `queries` is for the whole list."""
    from django.db import connection

    from samband.core import policy

    actor = replace(actor, memo={})
    with _Counted(connection) as counted:
        wall, cpu = time.perf_counter(), time.process_time()
        know(actor, persons)
        for thing in things:
            policy.decide(actor, action, thing)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return wall * 1000 / len(things), cpu * 1000 / len(things), float(next(counted.seen))


def _told(rows: list[tuple[float, float, float]]) -> tuple[str, str, str]:
    wall, cpu, queries = (statistics.median(column) for column in zip(*rows, strict=True))
    return f"{wall:.2f}", f"{cpu:.2f}", f"{queries:.0f}"


class _Counted:
    """Counts the questions to the database without keeping their text, which would cost more than they do."""

    def __init__(self, connection):
        self.connection = connection
        self.seen = itertools.count()

    def __enter__(self):
        def count(execute, *rest):
            next(self.seen)
            return execute(*rest)

        self.around = self.connection.execute_wrapper(count)
        self.around.__enter__()
        return self

    def __exit__(self, *error):
        self.around.__exit__(*error)


if __name__ == "__main__":
    main()
