"""`CareRelation.agreed` says always, whoever wrote what and how, whether the unit is also a party (P2, P6)."""

import random

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef

from samband.access.models import CareRelation, Party
from samband.access.triggers import KEPT
from samband.core import clock
from samband.people.models import Person, Unit
from tests.board import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return worlds.build(seed=7, persons=12, trouble=0.5)


def _agrees() -> int:
    """Every row says what a look at the parties says; how many say yes."""
    party = Party.objects.filter(unit=OuterRef("unit"), person=OuterRef("person"), withdrawn_at=None)
    rows = list(CareRelation.objects.annotate(truth=Exists(party)))
    assert [row.agreed for row in rows] == [row.truth for row in rows]
    return sum(row.agreed for row in rows)


def _party(rng, person, unit) -> None:
    Party.objects.filter(person=person, unit=unit, withdrawn_at=None).update(withdrawn_at=clock.now())
    Party.objects.bulk_create([Party(person=person, unit=unit, said="ja", said_by="hon", form="spoken")])


def _withdraw(rng, person, unit) -> None:
    Party.objects.filter(person=person).update(withdrawn_at=clock.now())


def _erase(rng, person, unit) -> None:
    Party.objects.filter(person=person, unit=unit).delete()


def _moved(rng, person, unit) -> None:
    row = Party.objects.filter(withdrawn_at=None).exclude(person=person).order_by("?").first()
    if row and not Party.objects.filter(person=person, unit=row.unit, withdrawn_at=None).exists():
        Party.objects.filter(pk=row.pk).update(person=person)


def _relation(rng, person, unit) -> None:
    CareRelation.objects.filter(person=person, unit=unit, ends_on=None).update(ends_on=clock.today())
    CareRelation.objects.bulk_create([CareRelation(person=person, unit=unit, reason="vård", agreed=rng.random() < 0.5)])


def _stale(rng, person, unit) -> None:
    """A row that was read before the person said something, and is saved after it."""
    row = CareRelation.objects.filter(person=person).first()
    _party(rng, person, row.unit if row else unit)
    if row:
        row.reason = "en annan"
        row.save()


def _by_hand(rng, person, unit) -> None:
    CareRelation.objects.update(agreed=rng.random() < 0.5)


WRITES = (_party, _withdraw, _erase, _moved, _relation, _stale, _by_hand)


@pytest.mark.parametrize("seed", range(4))
def test_P2_it_is_right_whoever_wrote(place, seed):
    rng = random.Random(seed)
    persons, units = list(Person.objects.all()), list(Unit.objects.all())
    seen = set()
    for write in rng.choices(WRITES, k=25) + list(WRITES):
        write(rng, rng.choice(persons), rng.choice(units))
        seen.add(_agrees())
    assert len(seen) > 2, "the writes should change something"


def test_migrations_work_it_out_again(place):
    KEPT.remove(connection)
    Party.objects.update(withdrawn_at=clock.now())
    assert CareRelation.objects.filter(agreed=True).exists(), "nobody kept it: that is what the triggers are for"
    KEPT.after(using="default", apps=apps, plan=[("a migration", False)])
    assert _agrees() == 0
