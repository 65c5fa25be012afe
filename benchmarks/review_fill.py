"""Lays entries of the region's staff about the county's persons into the audit. Started by `benchmarks.review`."""

import os
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from benchmarks.audit_fill import COLUMNS, lay

READS = ("person.read", "plan.read", "record.list")
ACTS = ("action.do", "record.write", "action.edit")


def main(number: int, days: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    import django

    django.setup()
    from django.db import connection, transaction

    rows = list(_rows(number, days))
    with transaction.atomic(), connection.cursor() as cursor:
        lay(cursor, "core_auditevent", COLUMNS, (row for row, _persons in rows))
        lay(cursor, "core_auditsubject", ("event_id", "person_id"), ((r[0], p) for r, found in rows for p in found))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(number: int, days: int) -> Iterator[tuple[tuple, list[int]]]:
    from samband.access.models import CareRelation
    from samband.core import clock
    from samband.core.models import AuditEvent
    from samband.people.models import Assignment

    rng = random.Random(1)
    region = Assignment.objects.get(role="reviewer").unit.organization_id
    staff = list(
        Assignment.objects.filter(unit__organization_id=region)
        .exclude(role__in=("reviewer", "administrator"))
        .select_related("unit", "staff")
    )
    cared: dict[int, list[int]] = {}
    for unit, person in CareRelation.objects.values_list("unit_id", "person_id"):
        cared.setdefault(unit, []).append(person)
    staff = [by for by in staff if cared.get(by.unit_id)]
    first = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    begin = clock.now() - timedelta(days)
    for key in range(1, number + 1):
        by = rng.choice(staff)
        at = begin + timedelta(days=days * key / (number + 1))
        yield _row(first + key, by, at, cared[by.unit_id], rng)


def _row(key: int, by: Any, at: datetime, cared: list[int], rng: random.Random) -> tuple[tuple, list[int]]:
    kind = rng.random()
    action, view, persons = rng.choice(READS), "x:1", [rng.choice(cared)]
    if kind < 0.1:
        action, view = rng.choice(ACTS), ""
    elif kind < 0.3:
        action, persons = "person.list", rng.sample(cared, min(len(cared), rng.randrange(2, 20)))
    outcome = "deny" if kind > 0.99 else "allow"
    mark = f"{rng.getrandbits(64):016x}"
    row = (
        key, f"{at:%Y-%m}", at.isoformat(" "), action, outcome, "A1", by.staff.user_id, "staff", by.staff.full_name,
        f"{by.title}, {by.unit.name}", by.pk, by.unit_id, by.unit.organization_id, view, "", mark, "{}",
    )  # fmt: skip
    return row, [] if outcome == "deny" else persons


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
