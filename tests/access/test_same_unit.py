"""P2, P6: staff read through a party unit that takes part itself; one unit's agreement does not go with another's care."""

import pytest

from samband.access.models import CareRelation, Party
from samband.core import clock, policy
from samband.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("party_of", "care_of", "reads"),
    [
        (("centre", "nursing"), ("centre", "nursing"), True),
        (("nursing",), ("nursing",), True),
        (("nursing",), ("centre",), False),
        (("centre",), ("nursing",), False),
        ((), ("centre", "nursing"), False),
        (("centre", "nursing"), (), False),
    ],
)
def test_P2_P6_the_party_unit_itself_takes_part_in_the_care(world, party_of, care_of, reads):
    """The coordinator works at the centre and covers the nursing unit."""
    for name in ("centre", "nursing"):
        if name not in party_of:
            Party.objects.filter(unit=world.units[name]).update(withdrawn_at=clock.now())
        if name not in care_of:
            CareRelation.objects.filter(unit=world.units[name]).delete()
    actor = world.actor("coordinator")
    assert bool(policy.decide(actor, "plan.read", world.person)) is reads
    assert policy.scoped(actor, "plan.read", Person.objects.all()).filter(pk=world.person.pk).exists() is reads
    assert bool(policy.decide(actor, "person.read", world.person)) is bool(care_of)
