"""My day and what is told from the road: twice sent is once told, what is taken back is back, strangers see nothing."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samband.core import clock, policy
from samband.core.policy import Denied
from samband.plans.models import OccurrenceState
from samband.resources.models import Visit, VisitReport
from samband.resources.services import my_day, reports
from tests.resources.worlds_today import Day, assignment, at, make_day, visit
from tests.worlds import MARK, World, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(world: World):
    with clock.frozen(clock.day_bounds(clock.today())[0] + timedelta(hours=8)):
        yield make_day(world)


def tell(day: Day, found: Visit, kind: str, who: str = "alice", key: uuid.UUID | None = None, **more):
    return reports.tell(day.world.actor(who), found, kind, key or uuid.uuid4(), **more)


def test_arrived_and_done_mark_the_visit_and_the_plan(day: Day):
    found = visit(day, 490, day.alice, items=True)
    tell(day, found, "arrived")
    found.refresh_from_db()
    assert (found.status, bool(found.started_at)) == ("started", True)
    row = tell(day, found, "done")
    found.refresh_from_db()
    state = OccurrenceState.objects.get(action=day.world.things["action"])
    assert (found.status, state.status, state.done_by) == ("done", "done", "Alice Test")
    reports.undo(day.world.actor("alice"), found, row.pk)
    found.refresh_from_db()
    state.refresh_from_db()
    assert (found.status, found.ended_at, state.status) == ("started", None, "planned")


def test_a_colleague_of_another_unit_who_does_the_visit_marks_the_plan_that_she_cannot_read(day: Day):
    found = visit(day, 490, day.bob, items=True)
    bob = day.world.actor("bob")
    assert not policy.decide(bob, "action.do", day.world.things["action"])
    tell(day, found, "not_done", "bob", reason="Ingen öppnade")
    assert OccurrenceState.objects.get(action=day.world.things["action"]).note == "Ingen öppnade"


def test_the_same_id_twice_is_told_once_and_another_body_is_refused(day: Day):
    found, key = visit(day, 490, day.alice), uuid.uuid4()
    assert tell(day, found, "late", key=key, minutes=15) == tell(day, found, "late", key=key, minutes=15)
    assert VisitReport.objects.count() == 1
    with pytest.raises(ValidationError, match="redan skickat"):
        tell(day, found, "late", key=key, minutes=30)
    row = tell(day, found, "done")
    for _n in range(2):
        reports.undo(day.world.actor("alice"), found, row.pk)
    assert [r.kind for r in VisitReport.objects.order_by("at")] == ["late", "done", "undone"]


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("not_done", {}, "varför"),
        ("late", {}, "minuter"),
        ("late", {"minutes": 999}, "minuter"),
        ("done", {"reason": "x" * 301}, "lång"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(day: Day, kind, more, says):
    found = visit(day, 490, day.alice)
    with pytest.raises(ValidationError, match=says):
        tell(day, found, kind, **more)
    assert not VisitReport.objects.exists()
    assert Visit.objects.get(pk=found.pk).version == 1


def test_what_is_over_is_over_until_it_is_taken_back(day: Day):
    found = visit(day, 490, day.alice)
    first = tell(day, found, "arrived")
    tell(day, found, "done")
    with pytest.raises(ValidationError, match="Ångra"):
        tell(day, found, "arrived")
    with pytest.raises(ValidationError, match="senast"):
        reports.undo(day.world.actor("alice"), found, first.pk)


def test_two_do_it_and_it_is_done_when_both_are(day: Day):
    found = visit(day, 490, day.alice, day.bob)
    tell(day, found, "done")
    assert Visit.objects.get(pk=found.pk).status == "started"
    tell(day, found, "not_done", "bob", reason="Hann inte")
    assert Visit.objects.get(pk=found.pk).status == "done"


def test_reports_are_append_only(day: Day):
    row = tell(day, visit(day, 490, day.alice), "arrived")
    for sql in ("UPDATE resources_visitreport SET reason = 'x'", "DELETE FROM resources_visitreport"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert VisitReport.objects.get(pk=row.pk).reason == ""


@pytest.mark.parametrize("who", ["bob", "stranger", "planner", "coordinator", "self", "husband"])
def test_only_whoever_does_it_tells(day: Day, who):
    found = visit(day, 490, day.alice)
    with pytest.raises(Denied):
        tell(day, found, "done", who)
    response = day.world.client(who).post(
        reverse("resources:report", args=[found.public_id]), {"kind": "done", "key": uuid.uuid4()}
    )
    assert response.status_code == 404
    assert not VisitReport.objects.exists()


def test_my_day_in_order_with_what_is_at_hand_first(day: Day):
    first, second = visit(day, 490, day.alice, items=True), visit(day, 540, day.alice, day.bob)
    found = my_day.my_day(day.world.actor("alice"))
    assert [found.now.visit, *(m.visit for m in found.later)] == [first, second]
    assert found.now.leave == at(482)
    assert [o.shift for o in found.later[0].others] == [day.bob]
    assert found.now.new
    tell(day, first, "done")
    found = my_day.my_day(day.world.actor("alice"))
    assert (found.now.visit, [m.visit for m in found.done]) == (second, [first])


def test_lateness_is_carried_to_the_next(day: Day):
    first, second = visit(day, 490, day.alice), visit(day, 520, day.alice, window=(500, 530))
    tell(day, first, "late", minutes=40)
    later = my_day.my_day(day.world.actor("alice")).later[0]
    assert (later.visit, later.foreseen.behind, later.foreseen.late) == (second, 38, 28)
    assert later.mark == ("warn", "28 min för sen")


def test_the_page_says_what_she_may_know_and_no_more(day: Day):
    """Bob's unit is no party to the plan: he sees whom he visits and what he does there, not her words."""
    visit(day, 490, day.bob, items=True)
    page = day.world.client("bob").get(reverse("resources:mine")).content.decode()
    assert f"Märit-{MARK}" in page
    assert "Insulin" in page
    assert "bo kvar hemma" not in page
    assert "bo kvar hemma" in _page_of(day, "alice")


def _page_of(day: Day, who: str) -> str:
    visit(day, 500, day.alice, items=False)
    return day.world.client(who).get(reverse("resources:mine")).content.decode()


def test_a_protected_address_is_for_her_who_goes_there_and_for_no_map(day: Day):
    day.world.person.protection = "skyddad_folkbokforing"
    day.world.person.latitude, day.world.person.longitude = 59.9, 16.8
    day.world.person.save()
    visit(day, 490, day.alice)
    page = day.world.client("alice").get(reverse("resources:mine")).content.decode()
    assert "Testgatan 1" in page
    assert "geo:" not in page
    assert "karttjänst" in page
    day.world.person.protection = "none"
    day.world.person.save()
    assert "geo:59.90000,16.80000" in day.world.client("alice").get(reverse("resources:mine")).content.decode()


def test_a_draft_is_nobodys_day(day: Day):
    visit(day, 490, day.alice)
    day.plan.status = "draft"
    day.plan.save()
    assert my_day.my_day(day.world.actor("alice")).visits == []
    assert MARK not in day.world.client("alice").get(reverse("resources:mine")).content.decode()


def test_her_other_assignment_opens_nothing(day: Day):
    """The same Alice in another assignment has another day."""
    visit(day, 490, day.alice)
    other = assignment(day.world, "stranger")
    other.staff = assignment(day.world, "alice").staff
    other.save()
    from dataclasses import replace

    actor = replace(day.world.actor("alice"), assignment_id=other.pk, unit_id=other.unit_id, unit_ids=(other.unit_id,))
    assert my_day.my_day(actor).visits == []


def test_who_may_not_have_a_day_gets_no_page(day: Day):
    for who in ("planner", "administrator", "self", "husband", "teacher", "reviewer"):
        assert day.world.client(who).get(reverse("resources:mine")).status_code == 403, who
    empty = day.world.client("stranger").get(reverse("resources:mine")).content.decode()
    assert "Inga besök är planerade för dig i dag" in empty


def test_the_number_of_questions_does_not_grow_with_the_visits(day: Day):
    actor = day.world.actor("alice")
    visit(day, 480, day.alice, day.bob, items=True)
    with CaptureQueriesContext(
        connection,
    ) as few:
        my_day.my_day(actor)
    for n in range(8):
        person = make_person(f"P{n}", "Person", 100 + n, day.world.area)
        visit(day, 500 + 30 * n, day.alice, day.bob, person=person)
    with CaptureQueriesContext(connection) as many:
        my_day.my_day(actor)
    assert len(many) <= len(few) + 1
    assert len(many) <= 16


def test_the_phone_tells_and_takes_back(day: Day):
    found, client = visit(day, 490, day.alice), day.world.client("alice")
    data = {"kind": "arrived", "key": uuid.uuid4()}
    for _n in range(2):
        page = client.post(reverse("resources:report", args=[found.public_id]), data, follow=True).content.decode()
    assert "Du är framme" in page
    row = VisitReport.objects.get()
    client.post(reverse("resources:report_undo", args=[found.public_id, row.pk]))
    assert Visit.objects.get(pk=found.pk).status == "planned"
    page = client.post(
        reverse("resources:report", args=[found.public_id]), {"kind": "not_done", "key": uuid.uuid4()}, follow=True
    ).content.decode()
    assert "Skriv varför" in page
