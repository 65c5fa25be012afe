"""Lays entries into an empty database, as many as asked for. Started by `benchmarks.audit`."""

import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

PAGE = 5000
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = (
    "id", "period", "at", "action", "outcome", "rule", "user_id", "actor_kind", "actor_name", "actor_label",
    "assignment_id", "unit_id", "organization_id", "view", "thing", "session", "detail",
)  # fmt: skip
READS = ("person.read", "plan.read", "board.list", "search", "day.read")
NAMES = ("Anna Åkerström", "Björn Sjöberg", "Elin Ängström", "Olof Persson", "Maja Lind")


def entries(number: int, rng: random.Random) -> Iterator[tuple]:
    for key in range(1, number + 1):
        at = BEGIN + timedelta(seconds=key * 3, microseconds=rng.randrange(1_000_000))
        who, mark = rng.randrange(4000), f"{rng.getrandbits(64):016x}"
        detail = {"fields": ["words", "status"], "version": rng.randrange(99), "reason": "efter samtal"}
        yield (
            key, f"{at:%Y-%m}", at.isoformat(" "), rng.choice(READS), "allow", "P2", who, "staff", rng.choice(NAMES),
            f"Sjuksköterska, Hemsjukvården {who % 60}", who, who % 366, who % 40, f"plan.read:{mark}",
            f"people.person:{mark}-{mark}", mark, json.dumps(detail if key % 3 == 0 else {}),
        )  # fmt: skip


def subjects(number: int, rng: random.Random) -> Iterator[tuple]:
    for key in range(1, number + 1):
        for _ in range(1 if key % 4 else rng.randrange(2, 20)):
            yield key, rng.randrange(1, 20_000)


def lay(cursor, table: str, columns: tuple[str, ...], rows: Iterator[tuple]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    page: list[tuple] = []
    for row in rows:
        page.append(row)
        if len(page) == PAGE:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", page)
            page.clear()
    if page:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", page)


def main(number: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    import django

    django.setup()
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        lay(cursor, "core_auditevent", COLUMNS, entries(number, random.Random(1)))
        lay(cursor, "core_auditsubject", ("event_id", "person_id"), subjects(number, random.Random(2)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
