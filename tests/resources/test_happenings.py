"""The day changes: what has happened is written at once, the proposal waits, and who is touched hears of it."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.contact.models import Absence
from samband.core import clock, events
from samband.core.policy import Denied
from samband.notices.models import Recipient
from samband.plans.models import OccurrenceState
from samband.resources.listeners_today import noticed
from samband.resources.models import DayPlan, Happening, Placement, Visit, VisitRequest
from samband.resources.services import happenings, own_visits, proposals, reports, requests
from samband.resources.services.happenings import Told
from tests.resources.worlds_today import Day, assignment, at, make_day, visit
from tests.worlds import MARK, World, make_person
from visit_planner.stops import Iterations

pytestmark = pytest.mark.django_db
QUICK = Iterations(300)


@pytest.fixture
def day(world: World):
    with clock.frozen(clock.day_bounds(clock.today())[0] + timedelta(hours=10, minutes=5)):
        made = make_day(world)
        yield made


def tell(day: Day, kind: str, who: str = "planner", **more) -> Happening:
    return happenings.tell(day.world.actor(who), day.pool, Told(kind, clock.now(), **more))


def propose(day: Day, row: Happening) -> DayPlan:
    return proposals.propose(row, day.world.actor("planner"), stop=QUICK)


def who_does(plan: DayPlan, found: Visit) -> list[str]:
    rows = Placement.objects.filter(plan=plan, part__visit=found).order_by("part__number")
    return [row.shift.assignment.staff.given_name for row in rows.select_related("shift__assignment__staff")]


def test_somebody_is_sick_and_a_colleague_takes_what_is_left(day: Day):
    before, later = visit(day, 480, day.alice), visit(day, 660, day.alice)
    bobs = visit(day, 720, day.bob, unit=day.world.units["help"])
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    absence = Absence.objects.get()
    assert (absence.starts_at, absence.ends_at) == (clock.now(), day.alice.ends_at)
    draft = propose(day, row)
    assert [who_does(draft, v) for v in (before, later, bobs)] == [["Alice"], ["Bob"], ["Bob"]]
    assert who_does(day.plan, later) == ["Alice"]
    done = proposals.accept(day.world.actor("planner"), row)
    assert {c.visit for c in done.changes} == {later.pk}
    row.refresh_from_db()
    assert (row.state, row.proposal.status) == ("accepted", "published")


def test_what_she_has_begun_stays_hers(day: Day):
    begun = visit(day, 600, day.alice)
    reports.tell(day.world.actor("alice"), begun, "arrived", uuid.uuid4())
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    assert who_does(propose(day, row), begun) == ["Alice"]


def test_refused_the_plan_stays_and_it_is_decided_once(day: Day):
    found = visit(day, 660, day.alice)
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    draft = propose(day, row)
    planner = day.world.actor("planner")
    proposals.refuse(planner, row)
    draft.refresh_from_db()
    assert (draft.status, who_does(day.plan, found)) == ("dropped", ["Alice"])
    for again in (proposals.accept, proposals.refuse):
        with pytest.raises(ValidationError, match="redan avgjort"):
            again(planner, row)


def test_a_proposal_is_made_anew_and_the_old_one_dropped(day: Day):
    visit(day, 660, day.alice)
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    first, second = propose(day, row), propose(day, row)
    first.refresh_from_db()
    row.refresh_from_db()
    assert (first.status, row.proposal) == ("dropped", second)


def test_another_plan_was_published_meanwhile(day: Day):
    visit(day, 660, day.alice)
    rows = [tell(day, "sick", assignment=assignment(day.world, name)) for name in ("alice", "bob")]
    for row in rows:
        propose(day, row)
    planner = day.world.actor("planner")
    proposals.accept(planner, rows[0])
    with pytest.raises(ValidationError, match="publicerat"):
        proposals.accept(planner, rows[1])
    rows[1].refresh_from_db()
    assert rows[1].state == "open"


def test_a_cancelled_visit_leaves_the_day_and_the_plan_says_so(day: Day):
    found = visit(day, 660, day.alice, items=True)
    row = tell(day, "cancelled", visit=found)
    found.refresh_from_db()
    assert found.status == "cancelled"
    assert OccurrenceState.objects.get().status == "cancelled"
    assert who_does(propose(day, row), found) == []


def test_admitted_and_home_again(day: Day):
    past, next_one, other = visit(day, 420, day.alice), visit(day, 660, day.alice), visit(day, 720, day.bob)
    elsewhere = visit(day, 780, day.bob, person=make_person("Någon", "Annan", 77, day.world.area))
    tell(day, "admitted", visit=next_one)
    statuses = lambda: [Visit.objects.get(pk=v.pk).status for v in (past, next_one, other, elsewhere)]  # noqa: E731
    assert statuses() == ["planned", "cancelled", "cancelled", "planned"]
    row = tell(day, "home", visit=next_one)
    assert statuses() == ["planned", "planned", "planned", "planned"]
    assert set(who_does(propose(day, row), next_one)) <= {"Alice", "Bob"}


def test_a_visit_that_takes_longer_moves_what_comes_after(day: Day):
    now, after = visit(day, 600, day.alice), visit(day, 660, day.alice, window=(650, 670))
    reports.tell(day.world.actor("alice"), now, "arrived", uuid.uuid4())
    row = tell(day, "longer", visit=now, minutes=90)
    assert who_does(propose(day, row), after) == ["Bob"]


def test_help_is_sent_by_somebody_else(day: Day):
    found = visit(day, 600, day.alice)
    reports.tell(day.world.actor("alice"), found, "arrived", uuid.uuid4())
    reports.tell(day.world.actor("alice"), found, "help", uuid.uuid4(), reason="Tungt lyft")
    row = Happening.objects.get()
    assert (row.kind, row.request.why) == ("help", "Tungt lyft")
    assert who_does(propose(day, row), row.request.visit) == ["Bob"]


def test_help_taken_back_asks_for_nothing(day: Day):
    found, alice = visit(day, 600, day.alice), day.world.actor("alice")
    report = reports.tell(alice, found, "help", uuid.uuid4())
    reports.undo(alice, found, report.pk)
    row = Happening.objects.get()
    assert (row.state, row.request.visit.status) == ("refused", "cancelled")


def test_longer_from_the_road_and_taken_back(day: Day):
    found, alice = visit(day, 600, day.alice), day.world.actor("alice")
    reports.tell(alice, found, "arrived", uuid.uuid4())
    report = reports.tell(alice, found, "late", uuid.uuid4(), minutes=40)
    assert Happening.objects.get().kind == "longer"
    assert found.parts.get().minutes == 60
    reports.undo(alice, found, report.pk)
    assert found.parts.get().minutes == 20


def test_an_urgent_request_by_hand_gets_a_place_in_time(day: Day):
    day.pool.areas.add(day.world.area)
    row = VisitRequest(
        unit=day.world.units["nursing"], competence="nurse", minutes=30, needed_by=at(660), why="Katetern läcker"
    )
    happening = requests.ask(day.world.actor("alice"), day.world.person, row)
    draft = propose(day, happening)
    placed = Placement.objects.get(plan=draft, part__visit=row.visit)
    assert clock.now() <= placed.starts_at <= at(660)


def test_an_urgent_request_by_event_is_told_once(day: Day):
    for _n in range(2):
        events.publish(
            "resources.visit_needed", person=day.world.person, unit=day.world.units["nursing"], competence="nurse",
            needed_by=at(700), why="Larm", source="monitoring:1",
        )  # fmt: skip
    assert (VisitRequest.objects.count(), Happening.objects.get().kind) == (1, "urgent")


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("sick", {}, "vem"),
        ("longer", {"minutes": 10}, "besök"),
        ("urgent", {}, "personens sida"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(day: Day, kind, more, says):
    with pytest.raises(ValidationError, match=says):
        tell(day, kind, **more)
    assert not Happening.objects.exists()


def test_said_twice_it_happened_once(day: Day):
    key, alice = uuid.uuid4(), assignment(day.world, "alice")
    assert tell(day, "sick", assignment=alice, key=key) == tell(day, "sick", assignment=alice, key=key)
    assert Absence.objects.count() == 1
    with pytest.raises(ValidationError, match="redan skickat"):
        tell(day, "sick", assignment=assignment(day.world, "bob"), key=key)


def test_who_may_tell_and_decide(day: Day):
    found = visit(day, 660, day.alice)
    for who in ("bob", "stranger", "coordinator", "administrator", "self", "husband"):
        with pytest.raises(Denied):
            tell(day, "sick", who, assignment=assignment(day.world, "alice"))
        with pytest.raises(Denied):
            tell(day, "cancelled", who, visit=found)
    row = tell(day, "sick", "alice", assignment=assignment(day.world, "alice"))
    for who in ("alice", "bob", "stranger", "coordinator", "administrator"):
        client = day.world.client(who)
        for name in ("accept", "refuse", "again"):
            assert client.post(reverse(f"resources:happening_{name}", args=[row.public_id])).status_code == 404, (
                who,
                name,
            )
    with pytest.raises(Denied):
        tell(day, "cancelled", visit=visit(day, 700, day.bob, unit=day.world.units["help"]))


def test_the_page_names_those_of_the_own_unit_and_no_others(day: Day):
    others = make_person("Hemlig", "Annanenhet", 78, day.world.area)
    visit(day, 660, day.alice)
    visit(day, 700, day.bob, person=others, unit=day.world.units["help"])
    client = day.world.client("planner")
    url = reverse("resources:happening_new", args=[day.pool.public_id])
    page = client.get(url).content.decode()
    assert MARK in page
    assert "Hemlig" not in page
    row = tell(day, "sick", assignment=assignment(day.world, "bob"))
    propose(day, row)
    page = client.get(reverse("resources:happening", args=[row.public_id])).content.decode()
    assert "Alice Test" in page


def test_the_planner_tells_in_one_action_and_sees_a_proposal(day: Day):
    visit(day, 660, day.alice)
    client = day.world.client("planner")
    data = {
        "kind": "sick",
        "assignment": assignment(day.world, "alice").pk,
        "at": f"{clock.local_now():%Y-%m-%dT%H:%M}",
        "key": uuid.uuid4(),
    }
    page = client.post(
        reverse("resources:happening_new", args=[day.pool.public_id]), data, follow=True
    ).content.decode()
    assert "Godta och publicera" in page
    assert "Bob Test" in page
    wrong = client.post(reverse("resources:happening_new", args=[day.pool.public_id]), {"kind": "sick"})
    assert wrong.status_code == 422


def test_who_is_touched_hears_of_it_and_nobody_else(day: Day):
    visit(day, 660, day.alice)
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    propose(day, row)
    proposals.accept(day.world.actor("planner"), row)
    told = Recipient.objects.filter(notice__kind="resources.day_changed")
    names = {r.assignment.staff.given_name for r in told.select_related("assignment__staff")}
    assert names == {"Alice", "Bob"}
    persons = Recipient.objects.filter(notice__kind="resources.visit_changed")
    assert {r.person_id for r in persons if r.person_id} == {day.world.person.pk}
    assert {r.relative.given_name for r in persons if r.relative_id} == {"Make"}


def test_what_a_person_would_notice():
    start = at(600)
    later = lambda minutes: start + timedelta(minutes=minutes)  # noqa: E731
    assert [noticed((1, start), (1, later(n))) for n in (0, 15, 16)] == [False, False, True]
    assert noticed((1, start), (2, start))
    assert noticed((1, start), None)
    assert noticed(None, (1, start))


def test_the_person_sees_who_comes_and_a_son_without_sharing_does_not(day: Day):
    visit(day, 660, day.alice, items=True)
    person = day.world.person
    found = own_visits.coming(day.world.actor("self"), person)
    assert [(one.clock, one.names, one.what) for one in found] == [("11.00", "Alice Test, nurse", f"Insulin {MARK}")]
    assert own_visits.coming(day.world.actor("husband"), person)
    for who in ("silent_son", "strange_person", "alice", "planner"):
        assert own_visits.coming(day.world.actor(who), person) == []
    page = day.world.client("self").get(reverse("web:my")).content.decode()
    assert "11.00" in page
    assert "ungefärliga" in page
    assert "Alice Test" in page


def test_the_person_is_told_what_changed(day: Day):
    found = visit(day, 660, day.alice)
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    propose(day, row)
    proposals.accept(day.world.actor("planner"), row)
    one = own_visits.coming(day.world.actor("self"), day.world.person)[0]
    assert one.visit == found
    assert one.names.startswith("Bob")
    assert one.changed
