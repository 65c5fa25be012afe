"""Visits from plans: grouped, ordered, joint, followed; what is begun is never touched."""

from datetime import date, time, timedelta

import pytest

from samband.plans.models import OccurrenceState, Participant
from samband.resources.models import ActionTerms, Visit, VisitItem, VisitReport
from samband.resources.services.horizon import sync
from tests.resources.days import DAY, at

pytestmark = pytest.mark.usefixtures("standing")


def once(days, first=DAY, last=DAY):
    return sync(days.pool, first, last)


def shown(visit: Visit) -> tuple:
    parts = [(p.unit.name, p.competence, p.minutes) for p in visit.parts.all()]
    return visit.window_from, visit.window_to, visit.sync, parts


def test_what_one_can_do_in_one_go_is_one_visit(days):
    a = days.action(minutes=20, time_from=time(9), time_to=time(10))
    days.action(minutes=15, competence="none", time_from=time(9, 15), time_to=time(9, 45))
    days.action(minutes=30, time_from=time(9, 30), time_to=time(10))  # half an hour later is another visit
    made = once(days)
    assert made.created == 2
    first, second = Visit.objects.order_by("window_from")
    assert shown(first) == (at(9, 15), at(9, 45), "independent", [("Hemsjukvården", "nurse", 35)])
    assert first.key == f"{a.public_id}/20261124T0900"
    assert first.items.first().action_id == a.pk
    assert second.parts.get().minutes == 30


def test_a_doctor_and_a_nurse_come_at_the_same_time(days):
    action = days.action(minutes=30)
    Participant.objects.create(action=action, unit=days.unit("centre"))
    once(days)
    visit = Visit.objects.get()
    assert shown(visit)[2:] == (
        "simultaneous",
        [("Hemsjukvården", "nurse", 30), ("Vårdcentralen", "physician", 30)],
    )


def test_two_of_the_unit_come_where_the_terms_say_so(days):
    action = days.action(unit="help", competence="assistant")
    ActionTerms.objects.create(action=action, staff=2, strict=True, priority=5, movable=2)
    once(days)
    visit = Visit.objects.get()
    assert (visit.sync, visit.strict, visit.priority, visit.movable, visit.parts.count()) == (
        "simultaneous", True, 5, 2, 2,
    )  # fmt: skip


def test_insulin_before_breakfast_keeps_both_windows(days):
    insulin = days.action(minutes=10, time_from=time(7, 30), time_to=time(8))
    days.action(
        unit="help", competence="assistant", minutes=25, time_from=time(7, 30), time_to=time(8, 30), after=insulin
    )
    once(days)
    visit = Visit.objects.get()
    assert shown(visit)[:3] == (at(7, 30), at(8, 30), "ordered")
    # Half an hour between the starts: whoever starts breakfast by 8.30 has had the insulin by 8.00.
    assert visit.gaps == [[30, 60]]


def test_windows_that_keep_the_order_need_no_tie(days):
    insulin = days.action(minutes=10, time_from=time(7), time_to=time(7, 15))
    days.action(unit="help", competence="assistant", time_from=time(8), time_to=time(8, 30), after=insulin)
    assert once(days).created == 2
    assert set(Visit.objects.values_list("sync", flat=True)) == {"independent"}


def test_only_what_is_done_at_home(days):
    days.action(place="Vårdcentralen")
    days.action(unit="centre", place="")  # a care centre works at the care centre, unless it says home
    days.action(unit="elsewhere")  # not in the pool
    assert once(days).created == 0
    days.action(unit="centre", place="Hemma hos Märit", competence="physician", minutes=None)
    assert once(days).created == 1
    assert Visit.objects.get().parts.get().minutes == 40


def test_without_a_time_it_is_done_in_the_day_and_at_night_belongs_to_the_evening(days):
    days.action(time_from=None, time_to=None)
    days.action(time_from=time(2), time_to=time(3), next_on=DAY)
    once(days)
    whole, night = Visit.objects.order_by("window_from")
    assert (whole.window_from, whole.window_to) == (at(8), at(16))
    assert (night.day, night.window_from) == (DAY, at(2, day=DAY + timedelta(days=1)))


def test_said_twice_it_changes_nothing(days, django_assert_max_num_queries):
    for hour in (7, 9, 12):
        days.action(time_from=time(hour), time_to=time(hour + 1))
    made = once(days, DAY, DAY + timedelta(days=13))
    assert (made.created, made.changed, made.gone) == (42, 0, 0)
    with django_assert_max_num_queries(14):
        again = once(days, DAY, DAY + timedelta(days=13))
    assert (again.created, again.changed, again.gone, again.kept) == (0, 0, 0, 42)


def test_a_change_reaches_what_nobody_has_begun(days):
    action = days.action()
    once(days, DAY, DAY + timedelta(days=2))
    first = Visit.objects.order_by("day").first()
    Visit.objects.filter(pk=first.pk).update(status="started", started_at=at(9, 5))
    before = Visit.objects.filter(pk=first.pk).values().get()
    action.time_from, action.time_to, action.minutes = time(11), time(12), 45
    action.save()
    made = once(days, DAY, DAY + timedelta(days=2))
    assert (made.created, made.changed, made.gone) == (0, 2, 0)
    assert Visit.objects.filter(pk=first.pk).values().get() == before
    second = Visit.objects.order_by("day")[1]
    assert (second.parts.get().minutes, second.window_from) == (45, at(11, day=DAY + timedelta(days=1)))


def test_parts_keep_their_row_so_that_what_is_planned_stays(days):
    action = days.action()
    once(days)
    part = Visit.objects.get().parts.get()
    action.minutes = 50
    action.save()
    once(days)
    again = Visit.objects.get().parts.get()
    assert (again.pk, again.minutes) == (part.pk, 50)


def test_called_off_goes_and_comes_back_with_its_row(days):
    action = days.action()
    once(days)
    state = OccurrenceState.objects.create(action=action, original=at(9), status="cancelled", note="Borta")
    once(days)
    assert Visit.objects.get().status == "gone"
    state.delete()
    once(days)
    visit = Visit.objects.get()
    assert (visit.status, visit.items.count()) == ("planned", 1)


def test_done_in_the_plan_is_done_and_undone_is_planned_again(days):
    action = days.action()
    once(days)
    state = OccurrenceState.objects.create(action=action, original=at(9), status="done")
    once(days)
    assert Visit.objects.get().status == "done"
    state.delete()
    once(days)
    assert Visit.objects.get().status == "planned"


def test_moved_to_another_day_goes_with_its_visit(days):
    action = days.action(rrule="", starts_on=DAY)
    once(days, DAY, DAY + timedelta(days=3))
    OccurrenceState.objects.create(action=action, original=at(9), moved_to=at(13, day=DAY + timedelta(days=2)))
    once(days, DAY, DAY + timedelta(days=3))
    visit = Visit.objects.get()
    assert (visit.day, visit.status, visit.key) == (
        DAY + timedelta(days=2), "planned", f"{action.public_id}/20261124T0900",
    )  # fmt: skip


def test_something_new_beside_what_is_done_becomes_a_visit_of_its_own(days):
    days.action()
    once(days)
    Visit.objects.update(status="done", started_at=at(9), ended_at=at(9, 20))
    days.action(minutes=5, time_from=time(9, 5), time_to=time(9, 30))
    once(days)
    assert sorted(Visit.objects.values_list("status", flat=True)) == ["done", "planned"]


def test_a_visit_with_word_from_the_road_is_left(days):
    action = days.action()
    once(days)
    part = Visit.objects.get().parts.get()
    VisitReport.objects.create(part=part, assignment=days.worker("Nova", "nursing", "nurse").assignment, kind="late")
    action.delete()
    once(days)
    assert Visit.objects.get().status == "planned"


def test_summer_time_keeps_the_clock(days):
    day = date(2027, 3, 27)
    days.action(next_on=day)
    sync(days.pool, day, day + timedelta(days=1))
    one, two = Visit.objects.order_by("day")
    assert two.window_from - one.window_from == timedelta(hours=23)


def test_items_are_never_in_two_visits(days):
    days.action()
    once(days)
    assert VisitItem.objects.count() == Visit.objects.count() == 1
