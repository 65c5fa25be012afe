"""A sealed audit for tests, and the hands of somebody who owns the database."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection

from samband.core import audit, clock
from samband.core.decision import Actor
from samband.core.models import AuditSeal
from samband.core.sealing.encoding import NOTHING, pack, seal_digest, sha256
from samband.core.sealing.rows import read
from samband.core.sealing.sealing import seal
from samband.core.sealing.verifying import Report, verify

IDA = Actor(
    kind="staff", user_id=1, name="Ida", label="Sjuksköterska, Hemsjukvården", assignment_id=2, unit_id=3,
    organization_id=4,
)  # fmt: skip


def enter(number: int = 1, at: datetime | None = None, persons: tuple[int, ...] = (7, 8), **detail) -> list[int]:
    """So many entries, a second apart. Returns their ids."""
    begun = at or clock.now() - timedelta(seconds=number)
    found = []
    for place in range(number):
        with clock.frozen(begun + timedelta(seconds=place)):
            event = audit.record(IDA, "plan.read", persons=persons, rule="P2", thing=f"no {place}", **detail)
            found.append(event.pk)
    return found


def sealed(batches: int = 3, entries: int = 4) -> list[int]:
    """A chain of so many batches, each with its checkpoint. Returns the ids of all entries."""
    ids: list[int] = []
    for _ in range(batches):
        ids += enter(entries)
        assert seal().entries == entries
    return ids


def old_month(entries: int = 5, at: datetime = datetime(2015, 3, 10, 9, tzinfo=UTC)) -> list[int]:
    """Entries of a month long gone, sealed then."""
    ids = enter(entries, at)
    with clock.frozen(at + timedelta(hours=1)):
        seal()
    return ids


def findings(**options) -> list[str]:
    """What verifying says."""
    said: list[str] = []
    verify(Report(tell=said.append), **options)
    return said


def notes(**options) -> list[str]:
    return verify(Report(tell=lambda sentence: None), **options).notes


@contextmanager
def owner():
    """Whoever owns the database: no trigger stands in the way. Gives a function that runs SQL."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            put_back = ["SET LOCAL session_replication_role = origin"]
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'core_audit%%'"
            )
            found = cursor.fetchall()
            for name, _sql in found:
                cursor.execute(f"DROP TRIGGER {name}")
            put_back = [sql for _name, sql in found]
        yield cursor.execute
        for sql in put_back:
            cursor.execute(sql, None)


def rebuild(run, ids):
    """An entry is changed and every seal is reckoned anew, as if it had always been so."""
    run("UPDATE core_auditevent SET actor_name = 'Eva' WHERE id = %s", [ids[1]])
    before, after = NOTHING, 0
    for one in AuditSeal.objects.order_by("number"):
        one.leaves = pack(row.leaf for row in read(after, one.last_id))
        one.root, one.before = sha256(one.leaves), before
        before, after = seal_digest(one), one.last_id
        run(
            'UPDATE core_auditseal SET leaves = %s, root = %s, "before" = %s, digest = %s WHERE number = %s',
            [one.leaves, one.root, one.before, before, one.number],
        )
