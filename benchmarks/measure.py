"""Measures the pages in one database and prints CSV. Started by `benchmarks.pages`."""

import argparse
import csv
import itertools
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.lines import Line

WARM = 5


def measure(line: Line, requests: int) -> dict[str, str]:
    """Time `requests` calls after the warm ones, in milliseconds; the number of queries of the last.

    `cpu_ms` is the processor time of this process, `db_ms` that of PostgreSQL's process for this connection (SQLite works
    in this one): on a busy machine they tell more than the clock on the wall.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    database = _database_clock(connection)

    calls = [call for _, call in zip(range(WARM + min(requests, line.most) + 1), line.calls, strict=False)]
    times, cpu, db = [], [], []
    for place, call in enumerate(calls[:-1]):
        begun, used, worked = time.perf_counter(), time.process_time(), database()
        response = call()
        took, used = (time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000
        if getattr(response, "status_code", line.expect) != line.expect:
            raise RuntimeError(f"{line.name}: status {response.status_code}")
        if place >= WARM:
            times.append(took)
            cpu.append(used)
            db.append(database() - worked)
    with CaptureQueriesContext(connection) as queries:
        calls[-1]()
    return {
        "page": line.name,
        "limit_ms": str(line.limit_ms),
        "median_ms": f"{statistics.median(times):.1f}",
        "p95_ms": f"{statistics.quantiles(times, n=20)[-1]:.1f}",
        "cpu_ms": f"{statistics.median(cpu):.1f}",
        "db_ms": f"{statistics.median(db):.1f}",
        "queries": str(len(queries)),
        "requests": str(len(times)),
    }


def _database_clock(connection) -> Callable[[], float]:
    """Milliseconds of processor that PostgreSQL's process for this connection has used; 0 where it cannot be seen."""
    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not path.exists():
        return lambda: 0.0
    return lambda: int(path.read_text().split()[0]) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--only", default="")
    parser.add_argument("--part", choices=("house", "plan"), default="house")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    import django

    django.setup()
    from django.db import connection

    from samband.core import jobs
    from samband.plans.models import CarePlan

    # The county and its copies share a folder; each would find the other's checkpoints there. benchmarks.audit measures sealing.
    jobs.duties.pop("audit.seal")
    jobs.beat()
    lines = _lines(asked.part)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    fields = ("engine", "persons", "page", "limit_ms", "median_ms", "p95_ms", "cpu_ms", "db_ms", "queries", "requests")
    out = csv.DictWriter(sys.stdout, fields)
    out.writeheader()
    persons = CarePlan.objects.filter(status="active").count()
    for line in lines:
        if asked.only in line.name:
            out.writerow({"engine": connection.vendor, "persons": persons, **measure(line, asked.requests)})
            sys.stdout.flush()


def _lines(part: str) -> Iterable[Line]:
    """What is measured; the part of the plan fills its database first."""
    from benchmarks.readers import Readers

    readers = Readers(random.Random(7))
    if part == "house":
        return (Line(name, calls) for name, calls in readers.pages())
    from benchmarks import contact_pages, plan_pages, plan_world

    persons = plan_world.fill(readers)
    return itertools.chain(contact_pages.lines(readers), plan_pages.PlanPages(readers, persons).lines())


if __name__ == "__main__":
    main()
