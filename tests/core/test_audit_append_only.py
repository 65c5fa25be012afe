"""The audit cannot be changed or thinned row by row, not even with SQL (A2)."""

import pytest
from django.db import DatabaseError, connection, transaction

from samband.core import audit
from samband.core.models import AuditEvent
from samband.core.policy import Actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "sql", ["UPDATE core_auditevent SET action = 'x'", "DELETE FROM core_auditsubject", "DELETE FROM core_auditevent"]
)
def test_update_and_delete_are_refused_by_the_database(sql):
    audit.record(Actor(kind="staff", name="Test"), "plan.read", person=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEvent.objects.count() == 1


def test_an_entry_says_what_a15_asks_for():
    actor = Actor(
        kind="staff",
        user_id=1,
        name="Ida",
        label="Sjuksköterska, Hemsjukvården",
        assignment_id=2,
        unit_id=3,
        organization_id=4,
    )
    event = audit.record(actor, "plan.read", person=7, rule="P2")
    assert (event.action, event.user_id, event.unit_id, event.organization_id, event.rule) == (
        "plan.read",
        1,
        3,
        4,
        "P2",
    )
    assert event.period == f"{event.at:%Y-%m}"
    assert [s.person_id for s in event.subjects.all()] == [7]
