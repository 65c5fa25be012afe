"""Whole sealed months go when they are old enough, and only by this way; the chain holds afterwards."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from samband.core import clock
from samband.core.models import AuditEvent, AuditSeal, AuditSubject
from samband.core.sealing import checkpoints, thinning
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import seal
from tests.core.sealed import enter, findings, old_month, owner, sealed

pytestmark = pytest.mark.django_db


def thin():
    return [(one.period, one.entries) for one in thinning.thin()]


def test_an_old_month_goes_whole_and_the_chain_holds():
    old = old_month()
    new = sealed(2)
    assert thin() == [("2015-03", 5)]
    assert not AuditEvent.objects.filter(pk__in=old).exists()
    assert not AuditSubject.objects.filter(event_id__in=old).exists()
    assert AuditEvent.objects.filter(pk__in=new).count() == len(new)
    assert AuditSeal.objects.get(number=1).leaves is None
    assert findings() == []
    seal()
    assert findings() == []
    assert thin() == []


def test_what_was_dropped_is_entered_and_signed():
    old_month()
    thin()
    entry = AuditEvent.objects.get(action="audit.thin")
    assert entry.detail == {"period": "2015-03", "batches": [[1, 1]], "entries": 5}
    line = checkpoints.last()
    assert (line.body["kind"], line.body["period"], line.body["batches"]) == ("thinned", "2015-03", [[1, 1]])


def test_months_that_lie_in_each_other_go_each_by_itself():
    """Around midnight an entry of the old month may come after one of the new."""
    enter(2, datetime(2015, 1, 31, 22, 59, tzinfo=UTC))
    enter(1, datetime(2026, 2, 1, 10, tzinfo=UTC))
    enter(2, datetime(2015, 1, 31, 22, 59, 30, tzinfo=UTC))
    seal()
    assert thin() == [("2015-01", 4)]
    assert AuditEvent.objects.filter(period="2026-02").count() == 1
    assert checkpoints.last().body["batches"] == [[1, 1], [3, 3]]
    assert findings() == []


def test_the_county_may_keep_longer(settings):
    old_month()
    settings.AUDIT_YEARS = 12
    assert thin() == []


@pytest.mark.parametrize(
    ("now", "first"),
    [(datetime(2026, 1, 1, 0, 30, tzinfo=UTC), "2021-01"), (datetime(2024, 2, 29, 12, tzinfo=UTC), "2019-02")],
)
def test_a_month_goes_only_when_all_of_it_is_old(now, first):
    with clock.frozen(now):
        assert thinning.first_kept() == first


def test_a_clock_in_the_future_drops_nothing_for_it():
    sealed(1)
    with clock.frozen(datetime(2100, 1, 1, tzinfo=UTC)):
        assert list(thinning.due()) == []


def test_a_month_with_entries_that_are_not_sealed_stays():
    old_month()
    enter(1, datetime(2015, 3, 11, tzinfo=UTC))
    assert thin() == []
    seal()
    assert thin() == [("2015-03", 6)]
    assert findings() == []


def test_a_month_that_was_touched_stays():
    ids = old_month()
    with owner() as run:
        run("UPDATE core_auditevent SET thing = 'x' WHERE id = %s", [ids[2]])
    with pytest.raises(SealError, match=f"Post {ids[2]} är ändrad"):
        thin()
    assert AuditEvent.objects.filter(pk__in=ids).count() == 5


def test_a_stop_in_the_middle_is_finished_the_next_time(monkeypatch):
    monkeypatch.setattr(thinning, "AT_ONCE", 1)
    old_month(2)
    old_month(2)
    release = thinning._release
    done = []

    def stopped(numbers):
        if done:
            raise KeyboardInterrupt
        done.append(numbers)
        release(numbers)

    with monkeypatch.context() as patch:
        patch.setattr(thinning, "_release", stopped)
        with pytest.raises(KeyboardInterrupt):
            thin()
    assert AuditEvent.objects.filter(period="2015-03").count() == 2
    assert findings() == []
    assert thin() == [("2015-03", 2)]
    seal()
    assert findings() == []


def refused(sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_lets_nothing_else_go_that_way():
    ids = old_month()
    sealed(1)
    enter(1)
    refused(f"DELETE FROM core_auditsubject WHERE event_id = {ids[0]}")  # old, but its seal has not let go of it
    refused("UPDATE core_auditseal SET leaves = NULL, root = '' WHERE number = 1")
    refused("UPDATE core_auditseal SET leaves = NULL WHERE number = 2")  # not old
    thin()
    refused("UPDATE core_auditseal SET leaves = '' WHERE number = 1")
    refused("DELETE FROM core_auditseal WHERE number = 1")
    for table in ("core_auditsubject", "core_auditevent"):
        refused(f"DELETE FROM {table}")


def test_what_is_put_back_after_thinning_is_found():
    ids = old_month()
    sealed(1)
    thin()
    AuditEvent.objects.create(pk=ids[1], period="2015-03", at="2015-03-10T10:00:00Z", action="x")
    assert f"Post {ids[1]} är inskjuten i efterhand" in findings()[0]
