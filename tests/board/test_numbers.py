"""The numbers of the board are what a plain loop counts, in every world, with persons out of scope."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samband.board.services import gaps, marks, rows, today
from samband.board.services.figures import board, later
from samband.board.services.kinds import BY_SLUG
from samband.board.services.scope import EVERYBODY, Scope
from samband.core import clock
from samband.people.models import Person
from samband.people.services.actors import choices
from samband.plans.models import CarePlan
from samband.plans.services.next_step import refresh_many
from tests.board import worlds
from tests.board.oracle import Oracle

pytestmark = pytest.mark.django_db


def _pks(rows) -> list[int]:
    return sorted(rows.values_list("person_pk", flat=True))


def _compare(world, area=None, unit=None) -> dict[str, int]:
    actor = choices(world.user)[0]
    inside = () if area is None else (area.pk, *(a.pk for a in world.areas if a.parent_id == area.pk))
    scope = Scope(actor, area_ids=inside, unit_id=unit.pk if unit else None)
    oracle = Oracle(actor.unit_ids, area, unit)
    assert _pks(gaps.next_step_late(scope)) == sorted(oracle.next_step())
    assert _pks(gaps.not_followed_up(scope)) == sorted(oracle.follow_up())
    assert _pks(gaps.without_plan(scope)) == sorted(oracle.no_plan())
    assert _pks(gaps.without_contact(scope)) == sorted(oracle.no_contact())
    for kind in marks.CONTACTS:
        assert _pks(gaps.without_contact(scope, kind)) == sorted(oracle.no_contact(kind))
    assert _pks(gaps.without_consent(scope)) == sorted(oracle.no_consent())
    assert _pks(gaps.not_approved(scope)) == sorted(oracle.not_approved())
    assert _pks(gaps.not_taken(scope)) == oracle.asks()
    assert sorted((w.person, w.starts) for w in today.unassigned(scope)) == oracle.unassigned()
    found = board(scope)
    assert found.persons == len(oracle.people)
    numbers = {f.kind.slug: f.number for f in [*found.figures, *later(scope)] if f.kind.slug != "meeting-due"}
    assert numbers == {
        "next-step": len(oracle.next_step()),
        "unassigned": len(oracle.unassigned()),
        "no-plan": len(oracle.no_plan()),
        "no-contact": len(oracle.no_contact()),
        "follow-up": len(oracle.follow_up()),
        "asks": len(oracle.asks()),
        "no-consent": len(oracle.no_consent()),
        "not-approved": len(oracle.not_approved()),
    }
    return numbers


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), covered=st.integers(1, 8), where=st.integers(0, 3), at=st.integers(0, 8))
def test_the_numbers_are_those_of_a_plain_loop(seed, covered, where, at):
    with clock.frozen(worlds.MONDAY), transaction.atomic():
        world = worlds.build(seed, persons=30, covered=covered)
        _compare(world, area=([*world.areas, None])[where], unit=world.units[at] if at < covered else None)
        transaction.set_rollback(True)  # hypothesis runs many examples in one test: every world starts empty


def test_the_numbers_of_a_larger_world_with_computed_next_steps():
    with clock.frozen(worlds.MONDAY):
        world = worlds.build(seed=7, persons=250, trouble=0.5)
        refresh_many(CarePlan.objects.all())
        numbers = _compare(world)
        assert all(numbers.values()), numbers
        assert Person.objects.count() > Scope(choices(world.user)[0]).persons().count() > 100


def test_nobody_is_shown_to_a_coordinator_of_other_units():
    world = worlds.build(seed=3, persons=60, units=4, covered=1)
    actor = choices(world.user)[0]
    mine = set(Oracle(actor.unit_ids).people)
    for kind, definition in gaps.ROWS.items():
        assert set(_pks(definition(Scope(actor)))) <= {p.pk for p in mine}, kind
    assert 0 < len(mine) < Person.objects.count()


def test_the_oldest_comes_first_and_no_date_last():
    world = worlds.build(seed=11, persons=150)
    scope = Scope(choices(world.user)[0])
    for kind, definition in gaps.ROWS.items():
        found = list(
            rows.ordered(rows.named(BY_SLUG[kind], definition(scope)), "since").values_list("since", flat=True)
        )
        dated = [s for s in found if s is not None]
        assert dated == sorted(dated), kind
        assert found[: len(dated)] == dated, kind


@pytest.mark.parametrize("near", [1, 4, 40])
def test_a_tile_has_the_number_and_the_oldest_of_its_list(near, monkeypatch):
    """Also where the persons found by index are too few to tell who is oldest, and all are compared."""
    monkeypatch.setattr(rows, "NEAR", near)
    with clock.frozen(worlds.MONDAY):
        world = worlds.build(seed=5, persons=150, covered=3, trouble=0.5)
        refresh_many(CarePlan.objects.all())
        scope = Scope(choices(world.user)[0])
        for figure in [*board(scope).figures, *later(scope)]:
            if figure.kind.slug in gaps.ROWS:
                listed = gaps.ROWS[figure.kind.slug](scope)
                assert figure.number == listed.count() > 0, figure.kind.slug
                ages = sorted((r for r in listed.values_list("since", flat=True)), key=lambda s: (s is None, s))
                assert [row.since for row in figure.rows] == ages[:3], figure.kind.slug


def test_the_snapshot_counts_everybody():
    worlds.build(seed=2, persons=40)
    assert gaps.without_plan(EVERYBODY).count() >= 1
