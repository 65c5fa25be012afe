"""Somebody owns the database, or the file of checkpoints, and changes what was sealed: every kind is found and named."""

import shutil

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samband.core.models import AuditEvent
from samband.core.sealing import checkpoints
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import seal
from tests.core.sealed import enter, findings, notes, owner, rebuild, sealed

pytestmark = pytest.mark.django_db


def test_what_nobody_touched_holds():
    sealed()
    assert findings() == []
    assert notes() == []


def swap(run, ids):
    """Two entries change places."""
    run("UPDATE core_auditevent SET thing = 'other' WHERE id = %s", [ids[5]])
    run("UPDATE core_auditevent SET thing = 'no 1' WHERE id = %s", [ids[6]])


def move(run, ids):
    """An entry is moved to the end, so that the order is another."""
    run("UPDATE core_auditsubject SET event_id = %s WHERE event_id = %s", [ids[-1] + 50, ids[1]])
    run("UPDATE core_auditevent SET id = %s WHERE id = %s", [ids[-1] + 50, ids[1]])


def remove(run, ids):
    run("DELETE FROM core_auditsubject WHERE event_id = %s", [ids[5]])
    run("DELETE FROM core_auditevent WHERE id = %s", [ids[5]])


def insert(run, ids):
    """In the place of one that was rolled back: between two batches."""
    columns = ", ".join(f'"{f.column}"' for f in AuditEvent._meta.fields if f.column != "id")
    run(f"INSERT INTO core_auditevent (id, {columns}) SELECT 0, {columns} FROM core_auditevent WHERE id = %s", [ids[0]])


def add_subject(run, ids):
    run("INSERT INTO core_auditsubject (event_id, person_id) VALUES (%s, 99)", [ids[5]])


def remove_subject(run, ids):
    run("DELETE FROM core_auditsubject WHERE event_id = %s AND person_id = 7", [ids[5]])


def cut_tail(run, ids):
    run("DELETE FROM core_auditsubject WHERE event_id > %s", [ids[7]])
    run("DELETE FROM core_auditevent WHERE id > %s", [ids[7]])
    run("DELETE FROM core_auditseal WHERE number = 3")


def swap_batches(run, ids):
    run("UPDATE core_auditseal SET number = 9 WHERE number = 1")
    run("UPDATE core_auditseal SET number = 1 WHERE number = 2")
    run("UPDATE core_auditseal SET number = 2 WHERE number = 9")


def release(run, ids):
    """As thinning does, but nobody signed it."""
    run("UPDATE core_auditseal SET leaves = NULL WHERE number = 2")
    run("DELETE FROM core_auditsubject WHERE event_id BETWEEN %s AND %s", [ids[4], ids[7]])
    run("DELETE FROM core_auditevent WHERE id BETWEEN %s AND %s", [ids[4], ids[7]])


def update(column, value, table="core_auditseal", where="number = 2"):
    def change(run, ids):
        run(f'UPDATE {table} SET "{column}" = %s WHERE {where}', [value])

    return change


TAMPERING = {
    "two entries swapped": (swap, "Post {5} är ändrad", 2),
    "an entry moved": (move, "Post {1} är borttagen: omgång 1", 1),
    "an entry removed": (remove, "Post {5} är borttagen: omgång 2", 1),
    "an entry inserted": (insert, "Post 0 är inskjuten i efterhand: omgång 1", 1),
    "a person added": (add_subject, "Post {5} rör nu 3 (personer), väntade 2", 1),
    "a person removed": (remove_subject, "Post {5} rör nu 1 (personer), väntade 2", 1),
    "a person exchanged": (
        update("person_id", 99, "core_auditsubject", "id = (SELECT min(id) FROM core_auditsubject)"),
        "Post {0} är ändrad, eller en person",
        1,
    ),
    "the tail cut": (cut_tail, "Svansen är avhuggen", 1),
    "a seal removed": (lambda run, ids: run("DELETE FROM core_auditseal WHERE number = 2"), "Omgång 2 saknas", 1),
    "the first seal removed": (
        lambda run, ids: run("DELETE FROM core_auditseal WHERE number = 1"),
        "Omgång 1 saknas",
        1,
    ),
    "two seals swapped": (swap_batches, "Omgång 1 är ändrad", 1),
    "entries released without a signature": (release, "är tömd utan någon signerad gallring", 1),
    "the chain rebuilt": (rebuild, "är inte den som kontrollpunkten", 1),
    "a seal's period": (update("period", "2020-01"), "Omgång 2 är ändrad", 1),
    "a seal's count": (update("entries", 3), "Omgång 2 är ändrad", 1),
    "a seal's digest": (update("digest", "0" * 64), "Omgång 2 är ändrad", 1),
    "a seal's hold on the one before": (update("before", "0" * 64), "Omgång 2 följer inte på den förra", 1),
    "a seal's hold on the file": (update("anchor", "0" * 64), "Omgång 2 förseglades efter en annan rad", 1),
    "a seal's leaves": (update("leaves", b"x" * 44), "förteckningen över dess poster", 1),
    "a seal's moment": (update("sealed_at", "2020-01-01 00:00:00+00:00"), "Omgång 2 är ändrad", 1),
}


@pytest.mark.parametrize(("tamper", "says", "least"), TAMPERING.values(), ids=TAMPERING.keys())
def test_tampering_in_the_database_is_found(tamper, says, least):
    ids = sealed()
    with owner() as run:
        tamper(run, ids)
        found = findings()
    expected = says.format(*ids)
    assert any(expected in sentence for sentence in found), found
    assert len(found) >= least


CHANGED = {
    "period": "2020-01", "at": "2020-01-01 00:00:00+00:00", "action": "x", "outcome": "deny", "rule": "A7",
    "user_id": 99, "actor_kind": "person", "actor_name": "Eva", "actor_label": "", "assignment_id": None,
    "unit_id": 0, "organization_id": 5, "view": "v", "thing": "t", "session": "s", "detail": '{"a": 1}',
}  # fmt: skip


def test_every_field_has_its_tampering():
    assert set(CHANGED) == {field.column for field in AuditEvent._meta.fields} - {"id"}


@pytest.mark.parametrize("column", CHANGED)
def test_a_change_of_any_field_is_found_and_the_entry_named(column):
    ids = sealed(2)
    with owner() as run:
        run(f'UPDATE core_auditevent SET "{column}" = %s WHERE id = %s', [CHANGED[column], ids[5]])
        assert [s.split(",")[0] for s in findings()] == [f"Post {ids[5]} är ändrad"]


texts = st.text(st.characters(blacklist_characters="\x00", blacklist_categories=("Cs",)), max_size=12)


@given(column=st.sampled_from(["actor_name", "actor_label", "view", "thing"]), old=texts, new=texts)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_text_is_found_and_the_same_text_is_not(column, old, new):
    here = transaction.savepoint()
    shutil.rmtree(checkpoints.path().parent, ignore_errors=True)
    event = AuditEvent.objects.create(period="2026-11", at="2026-11-01T10:00:00Z", action="x", **{column: old})
    seal()
    with owner() as run:
        run(f'UPDATE core_auditevent SET "{column}" = %s WHERE id = %s', [new, event.pk])
        assert bool(findings()) == (old != new)
    transaction.savepoint_rollback(here)


@pytest.mark.parametrize("name", ["the tail cut", "the chain rebuilt"])
def test_nothing_is_signed_over_a_chain_that_was_touched(name):
    ids = sealed()
    with owner() as run:
        TAMPERING[name][0](run, ids)
    enter(2)
    with pytest.raises(SealError):
        seal()


def test_what_cannot_be_read_is_a_finding_and_not_a_crash():
    ids = sealed()
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps what is no text out of a column of text")
    with owner() as run:
        run("UPDATE core_auditevent SET thing = CAST(x'ff' AS TEXT) WHERE id = %s", [ids[1]])
        run("UPDATE core_auditevent SET \"at\" = 'soon', user_id = x'01' WHERE id = %s", [ids[5]])
        found = findings()
        assert "Posterna i omgång 1" in found[0]
        assert f"Post {ids[5]} är ändrad" in found[1]
        run("UPDATE core_auditevent SET \"at\" = '2026-01-01 10:00:00', user_id = 1, thing = 't' WHERE id >= 0")
