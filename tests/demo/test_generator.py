"""Generated persons: the same for the same seed, realistic, with gaps, and never a number that may be somebody's."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from samband.access.models import CareRelation, Consent, Party
from samband.core import clock
from samband.core.ids import IdentityKind, parse_identity
from samband.demo import county, source
from samband.demo.generator import generate
from samband.demo.generator.persons import _suffix, make
from samband.people.models import ContactRole, Person
from samband.plans.models import Action, Approval, CarePlan, OccurrenceState, Proposal
from samband.plans.rules import check_rrule
from samband.plans.services import asks
from samband.plans.services.agreement import standing_of
from samband.plans.services.next_step import overdue_q
from tests.demo.test_data import fictional

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
MADE = [make(1, index, TODAY) for index in range(3000)]


def content() -> list:
    persons = Person.objects.filter(identity_kind=IdentityKind.RESERVE).order_by("identity_number")
    actions = Action.objects.order_by("plan__person__identity_number", "title", "time_from")
    return [
        list(persons.values_list("identity_number", "given_name", "family_name", "street", "area__name", "protection")),
        list(
            actions.values_list("plan__person__identity_number", "title", "rrule", "starts_on", "unit__name", "next_on")
        ),
        list(CarePlan.objects.order_by("person__identity_number").values_list("words", "next_kind", "next_at")),
        list(
            Approval.objects.order_by("plan__person__identity_number").values_list("answer", "words", "said_by", "at")
        ),
        list(Consent.objects.order_by("person__identity_number").values_list("said_by", "form", "given_at")),
        list(
            Proposal.objects.order_by("action__plan__person__identity_number").values_list(
                "text", "status", "answer_by"
            )
        ),
    ]


@pytest.fixture
def generated(db):
    with clock.frozen(NOW):
        generate(250, 1, county.load())
        yield


def test_the_same_seed_gives_the_same_persons_however_many_are_made():
    assert [make(7, index, TODAY) for index in (0, 999, 5)] == [make(7, index, TODAY) for index in (0, 999, 5)]
    assert make(1, 3, TODAY) != make(2, 3, TODAY)


@pytest.mark.django_db
def test_a_run_in_two_steps_equals_one_run():
    with clock.frozen(NOW):
        again = county.load()
        with transaction.atomic():  # taken back again: what was answered to a plan is never deleted
            generate(250, 1, again)
            once = content()
            transaction.set_rollback(True)
        assert generate(100, 1, again) == 100
        assert generate(250, 1, again) == 150
        assert generate(250, 1, again) == 0
        assert content() == once


def test_numbers_are_reserve_numbers_used_once():
    numbers = [made.number for made in MADE]
    assert len(set(numbers)) == len(numbers)
    for made in MADE[:200]:
        identity = parse_identity(made.number)
        assert identity.kind == IdentityKind.RESERVE
        assert identity.born == made.born
    suffixes = {_suffix(index) for index in range(0, 400_000, 7)}
    assert len(suffixes) == len(range(0, 400_000, 7))
    assert all(len(suffix) == 4 for suffix in suffixes)


def test_ages_follow_the_profiles_and_most_are_old():
    ages = [(TODAY - made.born).days // 365 for made in MADE]
    assert 0.5 < sum(age >= 70 for age in ages) / len(ages) < 0.9
    assert any(age < 18 for age in ages)
    assert max(ages) < 105
    for made, age in zip(MADE, ages, strict=True):
        low, high = made.profile["ages"]
        assert low - 1 <= age <= high + 2, made


def test_households_share_address_and_name():
    for first, second in zip(MADE[0::12], MADE[1::12], strict=True):
        assert first.home == second.home
        assert (first.partner, second.partner) == (second.given, first.given)


def test_they_live_around_the_places_of_the_county():
    centres = {row["key"]: row for row in source.county()["areas"]}
    for made in MADE:
        centre = centres[made.home.district]
        assert abs(made.home.latitude - centre["lat"]) < 0.4
        assert abs(made.home.longitude - centre["lon"]) < 0.6
    assert len({made.home.municipality for made in MADE}) == 8


def test_protected_persons_are_few_but_there():
    protected = Counter(made.home.protection for made in MADE)
    assert 0 < protected["sekretessmarkering"] + protected["skyddad_folkbokforing"] < 60


def test_every_phone_is_reserved_for_fiction(generated):
    assert all(fictional(phone) for phone in Person.objects.values_list("phone", flat=True))


def test_every_recurrence_occurs_and_every_unit_is_a_party(generated):
    for action in Action.objects.select_related("plan"):
        check_rrule(action.rrule, action.starts_on, action.stops_on)
        if action.unit_id:
            assert Party.objects.filter(person_id=action.plan.person_id, unit_id=action.unit_id).exists()
    assert CareRelation.objects.count() == Party.objects.count()


def test_gaps_at_the_rates_of_a_county(generated):
    persons = Person.objects.count()
    plans = CarePlan.objects.filter(status="active").count()
    assert 0.85 < plans / persons < 0.99
    assert 0 < CarePlan.objects.filter(overdue_q()).count() / persons < 0.3
    assert 0.02 < 1 - ContactRole.objects.filter(kind="care_contact").count() / persons < 0.2
    assert OccurrenceState.objects.filter(status="done").exists()
    assert OccurrenceState.objects.filter(status="unassigned").exists()
    assert CarePlan.objects.filter(next_kind="none", status="active").count() == 0
    standing = standing_of(CarePlan.objects.filter(status="active"))
    assert 0.05 < standing.filter(ag_consent_at__isnull=True).count() / persons < 0.3
    assert 0.3 < standing.filter(ag_answer="approved", ag_since=0).count() / persons < 0.8
    assert 0 < standing.filter(ag_answer="approved", ag_since__gt=0).count() / persons < 0.3
    assert asks.unanswered(Proposal.objects.all()).exists()
    assert asks.declined(Proposal.objects.all()).exists()


@pytest.mark.django_db
def test_home_care_opens_a_new_group_when_the_last_is_full():
    from samband.demo.generator.places import Places

    places = Places(county.load(), 1)
    base, grown = places.unit("home_help", "heby", 0), places.unit("home_help", "heby", 2)
    assert base != grown
    assert grown.organization == base.organization
    assert grown.assignments.count() == 5
    assert grown.covered_by.filter(role="coordinator").exists()
    assert Places(places.county, 1).unit("home_help", "heby", 2) == grown
