"""The worker's turn: what it closes, what it leaves for the next, and what it does after a stop in the middle."""

import threading
import time
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from samband.core import jobs
from samband.core.models import AuditEvent, AuditSeal
from samband.core.sealing import checkpoints, lines, rows, sealing, verifying
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import seal
from tests.core.sealed import enter, findings, notes, sealed

pytestmark = pytest.mark.django_db


def test_the_workers_turn_seals():
    enter(3)
    assert "audit.seal" in jobs.beat()
    assert [(s.number, s.entries) for s in AuditSeal.objects.all()] == [(1, 3)]
    assert findings() == []


def test_a_turn_that_cannot_seal_says_so_in_the_log_and_lets_the_others_run(caplog):
    sealed(1)
    checkpoints.path().unlink()
    assert "audit.seal" in jobs.beat()
    assert "the audit was not sealed" in caplog.text


def test_nothing_new_makes_no_batch():
    sealed(1)
    length = len(checkpoints.path().read_bytes())
    assert seal().batches == 0
    assert len(checkpoints.path().read_bytes()) == length


def test_a_batch_holds_one_period_and_not_more_than_its_size(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    enter(7, datetime(2026, 1, 31, 22, 59, 58, tzinfo=UTC))
    seal()
    assert [(s.period, s.entries) for s in AuditSeal.objects.order_by("number")] == [
        ("2026-01", 2),
        ("2026-02", 3),
        ("2026-02", 2),
    ]
    assert findings() == []


def test_pages_of_any_size_read_the_same():
    ids = enter(7)
    AuditEvent.objects.create(period="2026-11", at="2026-11-01T10:00:00Z", action="nobody")
    whole = list(rows.read())
    assert [row.leaf.id for row in whole][:7] == ids
    for size in (1, 2, 3, 7, 8, 9):
        assert list(rows.read(page=size)) == whole


def test_many_batches_are_signed_on_the_way(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 1)
    monkeypatch.setattr(sealing, "SIGNED_EVERY", 2)
    enter(5)
    seal()
    assert [line.seal for line in checkpoints.read(checkpoints.path())] == [0, 2, 4, 5]
    assert findings() == []


def test_what_is_not_sealed_is_told_with_number_and_age():
    sealed(1)
    enter(2, datetime(2026, 3, 5, 9, 7, tzinfo=UTC))
    assert notes() == ["Ännu inte förseglade poster: 2, den äldsta från 2026-03-05 10:07."]
    assert findings() == []


def test_before_anything_is_sealed_nothing_is_wrong():
    assert findings() == []
    assert "Inget har förseglats än." in notes()


def test_a_stop_between_batch_and_checkpoint_is_mended_at_the_next_turn(monkeypatch):
    sealed(1)
    enter(2)
    with monkeypatch.context() as patch:
        patch.setattr(checkpoints, "append", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            seal()
    assert AuditSeal.objects.count() == 2
    assert findings() == []
    assert "Omgångar ännu utan kontrollpunkt: 1. De får en vid nästa varv." in notes()
    enter(1)
    seal()
    assert [line.seal for line in checkpoints.read(checkpoints.path())] == [0, 1, 2, 3]
    assert findings() == []


def test_batches_that_nobody_signed_for_long_are_a_finding(monkeypatch):
    sealed(2)
    lines = checkpoints.path().read_bytes().splitlines(keepends=True)
    checkpoints.path().write_bytes(b"".join(lines[:-1]))
    assert findings() == []
    monkeypatch.setattr("samband.core.sealing.verifying.UNSIGNED_AT_MOST", -1 * rows.datetime.resolution)
    assert "Från omgång 2" in findings()[0]


def test_a_line_that_is_half_written_is_told_and_taken_away():
    sealed(2)
    with checkpoints.path().open("ab") as file:
        file.write(b'{"kind":"seal","at":"2026')
    assert findings() == []
    assert any("halvskriven" in note for note in notes())
    enter(1)
    seal()
    assert notes() == findings() == []


@pytest.mark.parametrize("size", [1, 40, 300, 1000])
def test_the_last_line_is_found_however_long_the_file(monkeypatch, size):
    monkeypatch.setattr(lines, "TAIL", size)
    sealed(3, 1)
    assert findings() == []
    assert [line.seal for line in checkpoints.read(checkpoints.path())][-1] == checkpoints.last().seal == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditseal SET digest = 'x'",
        "UPDATE core_auditseal SET leaves = NULL",
        "DELETE FROM core_auditseal",
        "DELETE FROM core_auditsubject",
        "DELETE FROM core_auditevent",
    ],
)
def test_the_database_refuses_to_change_a_seal_or_what_it_holds(sql):
    sealed(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", ["core_auditevent", "core_auditsubject", "core_auditseal"])
def test_postgresql_refuses_to_empty_the_tables(table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


INSERT = """INSERT INTO core_auditevent (period, "at", action, outcome, rule, actor_kind, actor_name, actor_label, view, thing,
    session, detail) VALUES ('2026-11', now(), 'slow', 'allow', '', '', '', '', '', '', '', '{}') RETURNING id"""


@pytest.fixture
def slow():
    """Somebody else's transaction on PostgreSQL, who has entered something and not committed. What it commits goes afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: ids are committed in their order")
    facts = connection.get_connection_params()
    where = {name: facts[name] for name in ("dbname", "user", "password", "host", "port") if facts.get(name)}
    with psycopg.connect(**where) as other:
        yield other
        other.rollback()
        other.execute("SET session_replication_role = replica")
        other.execute("DELETE FROM core_auditevent WHERE action = 'slow'")
        other.commit()


def test_a_later_id_is_not_sealed_before_an_earlier_one_has_come_to_rest(slow):
    early = slow.execute(INSERT).fetchone()[0]
    (late,) = enter(1)
    assert early < late
    done = seal(patience=0.1)
    assert (done.entries, done.held_up) == (0, True)
    slow.commit()
    assert seal().entries == 2
    assert [row.leaf.id for row in rows.read(early - 1)] == [early, late]
    assert findings() == []


def test_an_id_that_was_rolled_back_leaves_a_gap_and_holds_nothing_up(slow):
    slow.execute(INSERT)
    enter(1)
    slow.rollback()
    assert seal(patience=0.1).entries == 1
    assert findings() == []


def test_a_turn_waits_for_a_writer_who_is_soon_done_and_not_for_newer_ones(slow):
    early = slow.execute(INSERT).fetchone()[0]
    enter(1)

    def end() -> None:
        time.sleep(0.3)
        slow.commit()
        slow.execute(INSERT)  # a newer transaction, which nobody has to wait for

    thread = threading.Thread(target=end)
    thread.start()
    done = seal(patience=60)
    thread.join()
    assert done.entries == 2
    assert AuditSeal.objects.get().first_id == early


def test_a_chain_is_not_sealed_inside_somebody_elses_transaction():
    enter(1)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        seal()


def test_production_makes_no_key_by_itself(settings):
    settings.PRODUCTION = True
    enter(1)
    with pytest.raises(SealError, match="samband audit key"):
        seal()


@pytest.mark.parametrize("place", ["_book", "_chain", "_tell_end"])
def test_the_worker_may_go_on_while_somebody_verifies(monkeypatch, place):
    """New seals, lines and entries at any moment of a verification are no findings."""
    sealed(2)
    real = getattr(verifying, place)

    def meanwhile(*args):
        sealed(2)
        enter(1)
        return real(*args)

    monkeypatch.setattr(verifying, place, meanwhile)
    assert findings() == []
