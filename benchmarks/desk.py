"""The planner's desk with 60 staff and 600 visits: milliseconds, bytes and queries of each answer. `python -m benchmarks.desk`

In a database of its own in a folder that is thrown away. Limits: the page within 300 ms and 1 MB (issue: resources).
"""

import csv
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

LIMIT_MS, LIMIT_BYTES, ROUNDS, WARM = 300, 1_000_000, 15, 2


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SAMBAND_VAR=folder, SAMBAND_MODE="demo")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure()


def _measure() -> None:
    from django.db import transaction

    from benchmarks.desk_fill import fill

    with transaction.atomic():
        user, plan = fill()
    out = csv.DictWriter(sys.stdout, ("answer", "limit_ms", "median_ms", "p95_ms", "cpu_ms", "bytes", "queries"))
    out.writeheader()
    over = []
    for name, limit, call in _answers(user, plan):
        row = _line(name, limit, call)
        out.writerow(row)
        sys.stdout.flush()
        if float(row["median_ms"]) > limit or int(row["bytes"]) > LIMIT_BYTES:
            over.append(name)
    if over:
        sys.exit(f"over the limit: {', '.join(over)}")


def _answers(user: Any, plan: Any) -> list[tuple[str, int, Callable[[], Any]]]:
    from django.test import Client
    from django.urls import reverse

    from samband.people.services import actors
    from samband.resources.models import DayPlan, Placement

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[actors.KEY] = actors.token(actors.choices(user)[0])
    session.save()

    def get(name: str, *more: Any, **query: str) -> Callable[[], Any]:
        return lambda: client.get(reverse(f"resources:{name}", args=[plan.public_id, *more]), query)

    rows = list(Placement.objects.filter(plan=plan).select_related("part__visit", "shift").order_by("pk")[:200:10])

    def move() -> Any:
        row = rows[len(moved) % len(rows)]
        moved.append(row)
        version = DayPlan.objects.get(pk=plan.pk).version
        fields = {"visit": row.part.visit.public_id, "part": 1, "shift": row.shift.public_id, "version": version}
        minute = (row.starts_at.hour * 60 + row.starts_at.minute + 65 + len(moved)) % 1380
        return client.post(
            reverse("resources:desk_move", args=[plan.public_id]), {**fields, "minute": minute},
            headers={"Accept": "application/json"},
        )  # fmt: skip

    moved: list[Any] = []
    why = get("desk_visit", rows[0].part.visit.public_id)
    return [
        ("page", LIMIT_MS, get("desk_plan")),
        ("page, travel", LIMIT_MS, get("desk_plan", list="travel")),
        ("data", LIMIT_MS, get("desk_data")),
        ("bar", LIMIT_MS, get("desk_bar")),
        ("compare", 1000, get("desk_compare")),
        ("why", 1000, why),
        ("move", 1000, move),
    ]


def _line(name: str, limit: int, call: Callable[[], Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, cpu, size = [], [], 0
    for n in range(WARM + ROUNDS):
        begun, used = time.perf_counter(), time.process_time()
        answer = call()
        took, spent = (time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000
        size = len(answer.content)
        if answer.status_code not in (200, 422):
            raise RuntimeError(f"{name}: status {answer.status_code}")
        if n >= WARM:
            times.append(took)
            cpu.append(spent)
    with CaptureQueriesContext(connection) as queries:
        call()
    return {
        "answer": name, "limit_ms": limit, "median_ms": f"{statistics.median(times):.0f}",
        "p95_ms": f"{statistics.quantiles(times, n=20)[-1]:.0f}", "cpu_ms": f"{statistics.median(cpu):.0f}",
        "bytes": size, "queries": len(queries),
    }  # fmt: skip


if __name__ == "__main__":
    main()
