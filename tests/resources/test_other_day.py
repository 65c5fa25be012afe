"""A visit on another day than the plan says: which days, in the draft, published, taken back; the hourly duty leaves it there."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.core.policy import Denied
from samband.notices.models import Recipient
from samband.plans.models import OccurrenceState
from samband.resources.models import ActionTerms, DayPlan, Move, Placement, Unplaced, Visit
from samband.resources.rules import other_day as rules
from samband.resources.rules.other_day import Facts, Why
from samband.resources.services import desk_lists, horizon, moves, other_day, pricing, publishing, sheet
from samband.resources.services.drafts import new_draft
from samband.resources.services.problem import build
from tests.resources.days import DAY, NOW, at
from tests.resources.desks import Desk

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("more", "opens"),
    [
        ({}, {}),
        ({"movable": 1}, {23: None, 25: None}),
        ({"movable": 2}, {22: Why.PAST, 23: None, 25: None, 26: None}),
        ({"movable": 1, "late_today": True}, {23: Why.PAST, 25: None}),
        ({"movable": 1, "taken": {date(2026, 11, 25)}}, {23: None, 25: Why.TAKEN}),
        ({"movable": 1, "first": DAY}, {23: Why.NOT_BEGUN, 25: None}),
        ({"movable": 1, "last": DAY}, {23: None, 25: Why.ENDED}),
        ({"movable": 1, "outside": {date(2026, 11, 23)}}, {23: Why.OUTSIDE, 25: None}),
        # Moved once, it is counted from the plan's own day, which it may go back to.
        ({"movable": 1, "here": date(2026, 11, 25)}, {23: None, 24: None}),
    ],
)
def test_which_days_may_be_chosen(more, opens):
    values = {"planned": DAY, "here": DAY, "movable": 0, "today": TODAY} | more
    assert {c.day.day: c.why for c in rules.choices(Facts(**values))} == opens


@pytest.fixture
def visit(desk: Desk) -> Visit:
    """A shower once a week, on the day, which may be moved two days."""
    return weekly(desk)


def weekly(desk: Desk, movable: int = 2, **more) -> Visit:
    plan = desk.days.person()
    values = {"title": "Dusch", "rrule": "FREQ=WEEKLY", "starts_on": on(17), "time_from": time(9), "time_to": time(10)}
    action = desk.days.action(plan, **(values | more))
    ActionTerms.objects.create(action=action, movable=movable)
    horizon.sync(desk.days.pool, TODAY, TODAY + timedelta(days=13), person=plan.person_id)
    pricing._kept.clear()
    return Visit.objects.get(items__action=action, day=DAY)


def choose(desk: Desk, visit: Visit, to: date, who: str = "anna", version: int | None = None):
    return other_day.choose(desk.actor(who), desk.plan, visit, to, version or desk.fresh().version)


def on(day: int) -> date:
    return date(2026, 11, day)


def row_of(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def test_the_days_are_offered_with_the_rule(desk, visit):
    found = other_day.offered(desk.actor("anna"), desk.plan, visit)
    assert [d.day.day for d in found.days] == [23, 25, 26]
    assert [(d.day.day, d.why) for d in found.closed] == [(22, "tiden har varit")]
    assert "högst 2 dagar" in found.said


def test_who_does_not_have_the_visit_is_told_who_decides(desk, visit):
    found = other_day.offered(desk.actor("bertil"), desk.plan, visit)
    assert (found.days, "bestämmer" in found.said) == ([], True)
    with pytest.raises(Denied):
        choose(desk, visit, on(25), "bertil")


def test_in_the_draft_nobody_is_told_and_it_is_undone(desk, visit):
    desk.place(visit, "Nova", at(9, 40))
    done = choose(desk, visit, on(26))
    assert "26 november" in done.text
    assert row_of(visit).day == DAY
    assert not Placement.objects.filter(plan=desk.plan, part__visit=visit).exists()
    found = sheet.sheet(desk.actor("anna"), desk.fresh())
    assert desk_lists.figures(found)[0].figure == "0"
    assert "Flyttas till 26 november" in next(line.right for line in desk_lists.lines(found, "unplaced"))
    moves.undo(desk.actor("anna"), desk.plan, desk.fresh().version)
    assert Placement.objects.get(plan=desk.plan, part__visit=visit).starts_at == at(9, 40)
    assert not Unplaced.objects.filter(moved_to__isnull=False).exists()
    assert not Recipient.objects.filter(notice__kind="resources.visit_changed").exists()


def test_chosen_again_and_kept_after_all(desk, visit):
    choose(desk, visit, on(26))
    choose(desk, visit, on(25))
    moves.undo(desk.actor("anna"), desk.plan, desk.fresh().version)
    assert Unplaced.objects.get(plan=desk.plan, visit=visit).moved_to == on(26)
    choose(desk, visit, DAY)
    assert Unplaced.objects.get(plan=desk.plan, visit=visit).moved_to is None
    with pytest.raises(ValidationError, match="kvar"):
        choose(desk, visit, DAY)
    assert Move.objects.filter(kind="day").count() == 3


def test_placed_by_hand_it_stays(desk, visit):
    choose(desk, visit, on(26))
    moves.place(desk.actor("anna"), desk.plan, visit.parts.get(), desk.shifts["Nils"], at(9, 30), desk.fresh().version)
    assert Unplaced.objects.get(plan=desk.plan, visit=visit).moved_to is None


@pytest.mark.parametrize(("movable", "to", "says"), [(2, 27, "högst 2"), (2, 22, "har varit"), (1, 26, "högst 1")])
def test_a_day_outside_the_rule_is_refused_and_nothing_is_written(desk, movable, to, says):
    visit = weekly(desk, movable)
    with pytest.raises(ValidationError, match=says):
        choose(desk, visit, on(to))
    assert (Unplaced.objects.exists(), Move.objects.exists(), desk.fresh().version) == (False, False, 1)


def test_the_same_action_twice_in_a_day_is_refused(desk):
    visit = weekly(desk, 2, rrule="FREQ=DAILY")
    with pytest.raises(ValidationError, match="samma insats"):
        choose(desk, visit, on(25))


def test_a_search_leaves_it_alone_and_another_draft_does_not(desk, visit):
    choose(desk, visit, on(26))
    name = f"v{visit.pk}"
    ids = lambda plan: {v.id for v in build(desk.days.pool, DAY, plan).problem.visits}  # noqa: E731
    assert name not in ids(desk.fresh())
    assert name in ids(new_draft(desk.days.pool, DAY, None))


def published(desk, visit, to: date, placed: bool = True):
    if placed:
        desk.place(visit, "Nova", at(9, 40))
    publishing.publish(desk.fresh(), desk.actor("anna"))
    draft = new_draft(desk.days.pool, DAY, desk.actor("anna"))
    other_day.choose(desk.actor("anna"), draft, visit, to, draft.version)
    return publishing.publish(DayPlan.objects.get(pk=draft.pk), desk.actor("anna"))


@pytest.mark.parametrize("placed", [True, False])
def test_published_it_is_moved_in_the_plan_and_the_person_hears(desk, visit, placed):
    done = published(desk, visit, on(26), placed)
    mine = next(c for c in done.changes if c.visit == visit.pk)
    assert (mine.to, mine.now, mine.was is not None) == (on(26), None, placed)
    row = row_of(visit)
    assert (row.day, row.window_from, row.status) == (on(26), at(9, day=on(26)), "planned")
    assert OccurrenceState.objects.get().moved_to == at(9, day=on(26))
    told = Recipient.objects.filter(notice__kind="resources.visit_changed")
    assert visit.person_id in {r.person_id for r in told}
    staff = Recipient.objects.filter(notice__kind="resources.day_changed")
    names = {r.assignment.staff.given_name for r in staff.select_related("assignment__staff")}
    assert "Nova" in names


def test_the_hourly_duty_leaves_it_where_it_is(desk, visit):
    published(desk, visit, on(26))
    for _n in range(2):
        horizon.sync(desk.days.pool, TODAY, TODAY + timedelta(days=13), person=visit.person_id)
    assert row_of(visit).day == on(26)
    days = set(Visit.objects.filter(person=visit.person_id, status="planned").values_list("day", flat=True))
    assert days == {on(26), date(2026, 12, 1)}


def test_what_has_no_time_of_its_own_keeps_the_whole_day(desk):
    visit = weekly(desk, 2, time_from=None, time_to=None)
    published(desk, visit, on(25))
    row = row_of(visit)
    assert (row.window_from, row.window_to) == (at(8, day=on(25)), at(16, day=on(25)))


def test_publishing_taken_back_it_is_here_again(desk, visit):
    published(desk, visit, on(26))
    done = publishing.undo(desk.days.pool, DAY, desk.actor("anna"))
    row = row_of(visit)
    assert (row.day, row.status) == (DAY, "planned")
    assert OccurrenceState.objects.get().moved_to is None
    assert visit.person_id in done.persons
    assert Unplaced.objects.get(moved_to__isnull=False).carried == []  # in the draft it is a thought again


def test_once_promised_the_other_day_it_is_not_taken_back(desk, visit):
    published(desk, visit, on(26))
    there = DayPlan.objects.create(pool=desk.days.pool, day=on(26), number=1, status="published")
    Placement.objects.create(
        plan=there, part=visit.parts.get(), shift=desk.shifts["Nova"], order=0, starts_at=at(9, day=on(26)),
        ends_at=at(9, 30, day=on(26)),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="lovat"):
        publishing.undo(desk.days.pool, DAY, desk.actor("anna"))
    assert row_of(visit).day == on(26)


def test_a_rule_that_closed_meanwhile_stops_the_publishing_whole(desk, visit):
    choose(desk, visit, on(26))
    Visit.objects.filter(pk=visit.pk).update(movable=1)
    with pytest.raises(ValidationError, match="högst 1"):
        publishing.publish(desk.fresh(), desk.actor("anna"))
    assert (desk.fresh().status, OccurrenceState.objects.exists(), row_of(visit).day) == ("draft", False, DAY)


def test_the_panel_and_the_answer(desk, visit):
    client, plan = desk.client("anna"), desk.plan
    page = client.get(reverse("resources:desk_visit", args=[plan.public_id, visit.public_id])).content.decode()
    assert "En annan dag" in page
    assert 'value="2026-11-26"' in page
    url = reverse("resources:desk_other_day", args=[plan.public_id])
    wanted = {"visit": visit.public_id, "to": "2026-11-26", "version": 1}
    answer = client.post(url, wanted, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    for wrong in ({"to": "snart"}, {"to": "2027-01-01"}):
        bad = client.post(url, wanted | {"version": 2} | wrong, headers={"accept": "application/json"})
        assert bad.status_code == 422
    other = desk.client("bertil").post(url, wanted | {"version": 2}, headers={"accept": "application/json"})
    assert (other.status_code, "bestämmer" in other.json()["text"]) == (422, True)
    assert NOW.date() == TODAY
