"""The marks: right at once whoever wrote and whatever day it is, worked out in one place."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from samband.access.models import CareRelation, Consent
from samband.board import triggers
from samband.board.models import Mark, MarkDue
from samband.board.services import gaps, marks
from samband.board.services.scope import EVERYBODY, Scope
from samband.core import clock, jobs
from samband.people.models import ContactRole, Person, Unit
from samband.people.services.actors import choices
from samband.plans.models import Approval, CarePlan, Revision
from tests.board import worlds
from tests.board.oracle import Oracle

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return worlds.build(seed=5, persons=60, trouble=0.5)


def _agrees(place) -> None:
    """The board and a plain loop over every row say the same."""
    actor = choices(place.user)[0]
    scope, oracle = Scope(actor), Oracle(actor.unit_ids)
    assert set(gaps.without_plan(scope).values_list("person_pk", flat=True)) == oracle.no_plan()
    assert set(gaps.without_contact(scope).values_list("person_pk", flat=True)) == oracle.no_contact()
    assert set(gaps.without_consent(scope).values_list("person_pk", flat=True)) == oracle.no_consent()
    assert set(gaps.not_approved(scope).values_list("person_pk", flat=True)) == oracle.not_approved()
    for kind in marks.CONTACTS:
        assert set(gaps.without_contact(scope, kind).values_list("person_pk", flat=True)) == oracle.no_contact(kind)


def _numbers() -> tuple[int, ...]:
    rows = (gaps.without_contact, gaps.without_plan, gaps.without_consent, gaps.not_approved)
    return tuple(definition(EVERYBODY).count() for definition in rows)


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


# What is written, from a single service's save to a hand that types SQL; each must be seen by the next who counts.
WRITES = {
    "one contact ends": lambda w: ContactRole.objects.filter(ends_on=None).first().delete(),
    "contacts end in bulk": lambda w: ContactRole.objects.filter(starts_on__lt=clock.today()).update(
        ends_on=clock.today() - timedelta(days=1)
    ),
    "contacts change kind": lambda w: ContactRole.objects.filter(kind="care_contact").update(
        kind="social_contact", ends_on=F("starts_on")
    ),
    "contacts are deleted in bulk": lambda w: ContactRole.objects.filter(kind="care_contact").delete(),
    "contacts change person": lambda w: _raw(
        "UPDATE people_contactrole SET person_id = (SELECT MAX(id) FROM people_person), ends_on = starts_on"
    ),
    "raw SQL": lambda w: _raw("DELETE FROM people_contactrole"),
    "help ended": lambda w: CareRelation.objects.filter(unit__kind="home_help").update(
        starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2)
    ),
    "help is taken away": lambda w: CareRelation.objects.filter(unit__kind="home_help").delete(),
    "units become home help": lambda w: Unit.objects.update(kind="home_help"),
    "a unit is saved as home help": lambda w: _save(w.units[1], kind="home_help"),
    "plans close in bulk": lambda w: CarePlan.objects.filter(status="active").update(status="closed"),
    "a plan closes": lambda w: _save(CarePlan.objects.filter(status="active").first(), status="closed"),
    "plans are made in bulk": lambda w: CarePlan.objects.bulk_create(
        [CarePlan(person=p) for p in Person.objects.exclude(plans__status__in=["active", "draft", "paused"])]
    ),
    "consents are taken back in bulk": lambda w: Consent.objects.filter(withdrawn_at=None).update(
        withdrawn_at=clock.now()
    ),
    "a consent is written": lambda w: Consent.objects.create(
        person_id=min(Oracle(choices(w.user)[0].unit_ids).no_consent()), said="Ja", said_by="jag", form="spoken"
    ),
    "consents are deleted in bulk": lambda w: Consent.objects.all().delete(),
    "a plan is approved": lambda w: Approval.objects.create(
        plan=CarePlan.objects.filter(approvals=None, status="active", revisions=None).first(), answer="approved",
        said_by="jag", by_name="jag", by_kind="person",
    ),
    "plans are disagreed with in bulk": lambda w: Approval.objects.bulk_create(
        Approval(plan=p, answer="disagreed", said_by="jag", by_name="jag", by_kind="person", number=9)
        for p in CarePlan.objects.filter(status="active", approvals__answer="approved").distinct()
    ),
    "an approved plan is changed": lambda w: Revision.objects.bulk_create(
        Revision(plan=p, number=99, kind="change", thing="plans.action:7", title="Tid", changes={"time_from": [1, 2]}, by_name="jag")
        for p in CarePlan.objects.filter(status="active")
    ),
    "somebody dies": lambda w: _save(Mark.objects.exclude(contacts=0).first().person, deceased_on=clock.today()),
    "nobody died after all": lambda w: Person.objects.update(deceased_on=None),
}  # fmt: skip


def _save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("what", WRITES)
def test_whoever_writes_the_next_count_is_right(place, what):
    _agrees(place)
    before = _numbers()
    WRITES[what](place)
    _agrees(place)
    if what not in ("a plan closes", "one contact ends", "contacts change person"):
        assert _numbers() != before, "the writing changes nothing: this test could not fail"


def test_a_new_person_lacks_everything_at_once(place):
    before = _numbers()
    person = Person.objects.create(identity_kind="reserve", identity_number="2000B0000001", given_name="Ny")
    assert _numbers() == (before[0] + 1, before[1] + 1, *before[2:])
    assert marks.missing_contacts([person.pk]) == {person.pk: ["care_contact", "physician_contact"]}


def test_what_is_undone_leaves_no_trace(place):
    _numbers()
    before = _numbers()
    try:
        with transaction.atomic():
            ContactRole.objects.all().delete()
            raise RuntimeError
    except RuntimeError:
        pass
    assert MarkDue.objects.count() == 0
    assert _numbers() == before


@pytest.mark.parametrize("away", [-400, -30, -1, 1, 2, 30, 400])
def test_a_day_passes_without_a_worker_and_a_moved_clock_comes_back(place, away):
    moment = worlds.MONDAY
    with clock.frozen(moment):
        _agrees(place)
    with clock.frozen(moment + timedelta(days=away)):
        _agrees(place)
    with clock.frozen(moment):
        _agrees(place)


def test_the_workers_turn_spares_the_reader(place):
    assert MarkDue.objects.exists()
    assert "board.marks" in jobs.beat()
    assert not MarkDue.objects.exists()
    assert marks.settle() == 0


def test_when_nothing_happened_it_is_one_question(place, django_assert_num_queries):
    marks.settle()
    with django_assert_num_queries(1):
        assert marks.settle() == 0


def test_a_county_is_worked_out_in_few_questions(place, django_assert_max_num_queries):
    with django_assert_max_num_queries(19):
        assert marks.settle() == len(place.persons)


def test_since_is_the_last_day_of_the_role_that_is_missing(place):
    """Stored for each kind and for the latest; a role that is held again is not missing."""
    marks.settle()
    today, seen = clock.today(), 0
    for mark in Mark.objects.exclude(contacts=0):
        last: dict[str, date] = {}
        for kind in marks.missing_contacts([mark.pk])[mark.pk]:
            ends = [c.ends_on for c in ContactRole.objects.filter(person=mark.pk, kind=kind) if c.ends_on]
            past = [day for day in ends if day < today]
            assert getattr(mark, f"ended_{kind}") == max(past, default=None)
            last |= {kind: max(past)} if past else {}
        assert mark.ended == max(last.values(), default=None)
        seen += mark.ended is not None
    assert seen > 3


def test_migrations_take_the_triggers_away_and_put_them_back(place):
    """SQLite loses them with the table that is made anew; whoever was written about meanwhile is worked out again."""
    marks.settle()
    triggers.KEPT.remove(connection)
    ContactRole.objects.all().delete()
    assert not MarkDue.objects.exists(), "nobody noted it: that is what the triggers are for"
    from django.apps import apps

    triggers.KEPT.after(using="default", apps=apps, plan=[("a migration", False)])
    assert MarkDue.objects.count() == Person.objects.count()
    _agrees(place)
    ContactRole.objects.bulk_create(
        [ContactRole(person=p, kind="care_contact", assignment=place.coordinator) for p in place.persons]
    )
    assert MarkDue.objects.count() == len(place.persons)
    _agrees(place)


def test_a_migrate_that_does_nothing_leaves_the_marks_alone(place):
    marks.settle()
    call_command("migrate", verbosity=0)
    assert not MarkDue.objects.exists()
