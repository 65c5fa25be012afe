"""Occurrences in the database: exceptions, summer time, moves, the stable key, the next step."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from samband.core import clock
from samband.plans.models import Action, FollowUp, OccurrenceState
from samband.plans.services import next_step
from samband.plans.services.occurrences import candidates, one, parse_key, unfold

NOW = clock.at(date(2026, 11, 23), time(9, 12))
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def insulin(world) -> Action:
    action = world.things["action"]
    Action.objects.filter(pk=action.pk).update(starts_on=date(2020, 1, 1), time_from=time(7, 30), time_to=time(8, 0))
    action.refresh_from_db()
    return action


def local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d %H.%M}"


def test_half_past_seven_stays_half_past_seven_when_the_clocks_change(insulin):
    found = unfold([insulin], date(2026, 10, 24), date(2026, 10, 26))
    assert [local(o.starts) for o in found] == ["24 07.30", "25 07.30", "26 07.30"]
    assert (found[1].starts - found[0].starts) == timedelta(hours=25)


def test_a_time_that_does_not_exist_has_one_key_and_one_occurrence(insulin):
    Action.objects.filter(pk=insulin.pk).update(rrule="FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30")
    insulin.refresh_from_db()
    found = unfold([insulin], date(2026, 3, 29), date(2026, 3, 29))
    assert len(found) == len({o.key for o in found}) == 1
    OccurrenceState.objects.create(action=insulin, original=found[0].original, status="done")
    assert [o.status for o in unfold([insulin], date(2026, 3, 29), date(2026, 3, 29))] == ["done"]
    assert one(insulin, parse_key(found[0].key)[1]).key == found[0].key


def test_exceptions_come_in_one_query(insulin, django_assert_num_queries):
    with django_assert_num_queries(1):
        unfold([insulin] * 1, DAY, DAY + timedelta(days=27))


def test_moved_into_the_days_from_outside_and_out_of_them(insulin):
    original = clock.at(date(2026, 11, 22), time(7, 30))
    OccurrenceState.objects.create(action=insulin, original=original, moved_to=clock.at(DAY, time(11)))
    OccurrenceState.objects.create(
        action=insulin, original=clock.at(DAY, time(7, 30)), moved_to=clock.at(DAY + timedelta(days=1), time(6))
    )
    (found,) = unfold([insulin], DAY, DAY)
    assert (found.moved, local(found.starts), local(found.ends)) == (True, "23 11.00", "23 11.30")
    assert found.key == f"{insulin.public_id}/20261122T0730"
    tomorrow = unfold([insulin], DAY + timedelta(days=1), DAY + timedelta(days=1))
    assert [local(o.starts) for o in tomorrow] == ["24 06.00", "24 07.30"]


def test_exceptions_at_hand_say_the_same_as_those_asked_for(world, insulin, django_assert_num_queries):
    """The person's page has those of today and later; some of them are of other days than the ones shown."""
    visit = Action.objects.create(
        plan=world.plan, title="Prov", unit=insulin.unit, starts_on=DAY - timedelta(days=9), time_from=time(9)
    )
    moves = ((insulin, -1, 0), (insulin, 0, 1), (insulin, 3, 20), (insulin, 20, 3), (visit, -9, 2), (insulin, -2, -1))
    for action, day, to in moves:
        original = clock.at(DAY + timedelta(days=day), action.time_from)
        moved = clock.at(DAY + timedelta(days=to), time(11))
        OccurrenceState.objects.create(action=action, original=original, moved_to=moved)
    rows, last = [insulin, visit], DAY + timedelta(days=6)
    states = next_step.states_of([action.pk for action in rows])
    for end in (DAY, last):
        asked = unfold(rows, DAY, end)
        with django_assert_num_queries(0):
            assert unfold(rows, DAY, end, states) == asked
    assert len(asked) == 9


def test_what_was_done_stays_done_when_the_time_is_changed(insulin):
    OccurrenceState.objects.create(action=insulin, original=clock.at(DAY, time(7, 30)), status="done", done_by="Ida")
    Action.objects.filter(pk=insulin.pk).update(time_from=time(8, 15))
    insulin.refresh_from_db()
    (found,) = unfold([insulin], DAY, DAY)
    assert (found.status, found.key) == ("done", f"{insulin.public_id}/20261123T0730")


def test_a_stopped_action_keeps_its_history(insulin):
    OccurrenceState.objects.create(action=insulin, original=clock.at(DAY, time(7, 30)), status="done")
    Action.objects.filter(pk=insulin.pk).update(status="paused")
    insulin.refresh_from_db()
    assert [o.status for o in unfold([insulin], DAY - timedelta(days=1), DAY + timedelta(days=1))] == ["done"]


def test_next_step_overdue_first_then_milestone_then_routine(world, insulin):
    plan = world.plan
    found = next_step.compute(plan)
    assert (found.kind, found.title, found.overdue) == ("routine", "Insulin Zxqvwkj", False)
    assert local(found.at) == "24 07.30"
    visit = Action.objects.create(
        plan=plan, title="Läkarbesök", unit=world.units["centre"], milestone=True, starts_on=DAY, time_from=time(14, 10)
    )
    FollowUp.objects.create(plan=plan, due_on=DAY + timedelta(days=7))
    found = next_step.compute(plan)
    assert (found.kind, found.title, found.overdue) == ("action", "Läkarbesök", False)
    assert [w.name for w in found.who] == ["Vårdcentralen"]
    late = FollowUp.objects.create(plan=plan, due_on=DAY - timedelta(days=2))
    found = next_step.compute(plan)
    assert (found.kind, found.overdue, found.follow_up) == ("follow_up", True, late)
    assert "i" in found.why
    late.done_at = NOW
    late.save()
    OccurrenceState.objects.create(action=visit, original=clock.at(DAY, time(14, 10)), status="done")
    assert next_step.compute(plan).kind == "follow_up"


def test_refresh_stores_and_the_duty_moves_it_on(world, insulin):
    plan = world.plan
    next_step.refresh(plan)
    plan.refresh_from_db()
    insulin.refresh_from_db()
    assert (plan.next_kind, local(plan.next_at), insulin.next_on) == ("routine", "24 07.30", DAY)
    assert next_step.refresh_due() == 0
    with clock.frozen(NOW + timedelta(days=3)):
        assert next_step.refresh_due() == 1
        assert next_step.refresh_due() == 0
        plan.refresh_from_db()
        assert local(plan.next_at) == "27 07.30"


def test_the_late_step_is_found_in_a_query(world):
    plan = world.plan
    Action.objects.create(
        plan=plan, title="Prov", unit=world.units["centre"], milestone=True, starts_on=DAY - timedelta(days=3)
    )
    next_step.refresh(plan)
    assert list(type(plan).objects.filter(next_step.overdue_q())) == [plan]


def test_candidates_find_what_unfolds(world, insulin):
    next_step.refresh(world.plan)
    for first in (DAY - timedelta(days=3), DAY, DAY + timedelta(days=3)):
        rows = candidates(Action.objects.all(), first, first + timedelta(days=1))
        assert len(unfold(rows, first, first + timedelta(days=1))) == 2


def test_refresh_asks_the_same_number_of_questions_for_many(world, insulin, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        next_step.refresh_many([world.plan])
