"""A1, P2: the scope says the same with and without the database's statistics.

SQLite 3.40 answers `a = ? AND b IN (…) AND c <= ?` over an index (a, b, c) wrongly once ANALYZE has run: with such an
index a care relation of tomorrow opened the person today. The indexes keep the IN last; this test keeps them so.
"""

import pytest
from django.db import connection

from samband.access.models import CareRelation, Party
from samband.core import clock, policy
from samband.people.models import Person
from samband.people.services.actors import choices
from tests.board import worlds

pytestmark = pytest.mark.django_db


def _by_hand(actor, with_party: bool) -> set[int]:
    """P2: the same unit is a party and takes part."""
    today = clock.today()
    found = {
        (r.person_id, r.unit_id)
        for r in CareRelation.objects.all()
        if r.unit_id in actor.unit_ids and r.starts_on <= today and (r.ends_on is None or r.ends_on >= today)
    }
    if with_party:
        found &= {(p.person_id, p.unit_id) for p in Party.objects.filter(withdrawn_at=None)}
    return {person for person, _unit in found}


@pytest.mark.parametrize("action", ["person.list", "plan.read"])
def test_A1_P2_the_scope_is_the_same_after_analyze(action):
    world = worlds.build(seed=5, persons=400, units=20)
    actor = choices(world.user)[0]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = policy.scoped(actor, action, Person.objects.all())
    assert set(rows.values_list("pk", flat=True)) == _by_hand(actor, action == "plan.read")
