"""The entries as they lie in the database, page by page; and how far they have come to rest.

Plain SQL: a million entries are read in one go, and nothing between the database and the digest may put a value right.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from samband.core.models import AuditEvent, AuditSubject
from samband.core.sealing.encoding import Leaf, entry, moment

PAGE = 2000
PATIENCE = 5.0
FIELDS = (
    "id", "period", "at", "action", "outcome", "rule", "user_id", "actor_kind", "actor_name", "actor_label",
    "assignment_id", "unit_id", "organization_id", "view", "thing", "session", "detail",
)  # fmt: skip
AT = FIELDS.index("at")
# As the driver would turn the moment into an object of its own, each engine is asked for what needs no interpretation.
PLAIN_AT = {"postgresql": '(extract(epoch from "at") * 1000000)::bigint', "sqlite": "\"at\" || ''"}
EVENTS, SUBJECTS = AuditEvent._meta.db_table, AuditSubject._meta.db_table
LEAST, MOST = -(2**63), 2**63 - 1


class Row(NamedTuple):
    """An entry's period and what it comes to. A subject without an entry has a leaf without a digest."""

    period: str
    leaf: Leaf


def read(after: int = LEAST, until: int = MOST, page: int = PAGE) -> Iterator[Row]:
    """Entries with `after` < id ≤ `until` in the order of id, with their subjects; at most a page of them in memory."""
    while True:
        events = _events(after, until, page)
        end = events[-1][0] if len(events) == page else until
        yield from _joined(events, _subjects(after, end))
        if len(events) < page:
            return
        after = end


def _events(after: int, until: int, page: int) -> list[tuple]:
    at = PLAIN_AT[connection.vendor]
    columns = ", ".join(at if name == "at" else f'"{name}"' for name in FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {EVENTS} WHERE id > %s AND id <= %s ORDER BY id LIMIT {int(page)}", [after, until]
        )
        found = cursor.fetchall()
    return found if connection.vendor == "postgresql" else [_with_moment(row) for row in found]


def _with_moment(row: tuple) -> tuple:
    return (*row[:AT], _microseconds(row[AT]), *row[AT + 1 :])


def _microseconds(text: Any) -> Any:
    """SQLite's text in UTC; what is no moment stays as it stands."""
    try:
        value = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return f"raw:{text!r}"
    return moment(value if value.tzinfo else value.replace(tzinfo=UTC))


def _subjects(after: int, until: int) -> dict[int, list[tuple[int, int]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT event_id, id, person_id FROM {SUBJECTS} WHERE event_id > %s AND event_id <= %s "
            "ORDER BY event_id, id",
            [after, until],
        )
        rows = cursor.fetchall()
    return {key: [row[1:] for row in group] for key, group in groupby(rows, itemgetter(0))}


def _joined(events: list[tuple], subjects: dict[int, list[tuple[int, int]]]) -> list[Row]:
    rows = [Row(fields[1], entry(fields, subjects.pop(fields[0], []))) for fields in events]
    if not subjects:
        return rows
    rows += [Row("", Leaf(key, len(group), b"")) for key, group in subjects.items()]
    return sorted(rows, key=lambda row: row.leaf.id)


def at_rest(after: int, patience: float = PATIENCE) -> int | None:
    """The highest id up to which no entry can appear any more; None where a writer keeps us waiting, or nothing is new.

    SQLite has one writer at a time, so ids are committed in their order. PostgreSQL hands out an id before its transaction
    commits, and a later one may commit first. Whoever inserts holds a lock on the table from before it gets its id until it
    has ended. So: look up the highest id, then who holds such a lock, and wait for those transactions (not for newer ones, whose
    ids are higher). Nobody waits for us.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {EVENTS} WHERE id > %s", [after])
        highest = cursor.fetchone()[0]
    if highest is None or connection.vendor != "postgresql":
        return highest
    writing, until = _writers(), time.monotonic() + patience
    while writing:
        if time.monotonic() > until:
            return None
        time.sleep(0.02)
        writing &= _writers()
    return highest


def _writers() -> set[tuple]:
    """Transactions of others that may have an id of an entry which nobody sees yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction, pid FROM pg_locks WHERE locktype = 'relation' AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND relation = %s::regclass AND pid IS DISTINCT FROM pg_backend_pid() AND mode IN "
            "('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')",
            [EVENTS],
        )
        return set(cursor.fetchall())


def waiting(after: int) -> tuple[int, datetime | None]:
    """How many entries are not sealed yet, and since when the oldest of them waits."""
    rows = AuditEvent.objects.filter(id__gt=after)
    return rows.count(), rows.order_by("id").values_list("at", flat=True).first()
