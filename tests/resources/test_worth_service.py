"""A report from asking to its end: what it counts, who may, stopped, killed, taken up again, two at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samband.core import clock
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.resources.models import DayPlan, Loan, PoolUnit, Visit, WorthReport
from samband.resources.rules.coalitions import Effort
from samband.resources.rules.worth_day import outcome
from samband.resources.services import worth, worth_days, worth_work
from tests.resources.days import DAY
from tests.resources.worth_world import a_visit, a_wish, asked, busy, done, organization, parties

pytestmark = pytest.mark.usefixtures("standing")
State = WorthReport.State


@pytest.fixture
def full(days):
    return busy(days)


def test_the_report_counts_needs_staff_and_what_only_both_can_do(full):
    report = done(full)
    assert report.state == State.DONE
    said = report.result
    assert (said["visits"], said["staff"], said["alone"]) == (8, 3, 1)
    assert 1 < said["common"] <= 8
    assert said["gain"]["low"] > 0
    found = {row["key"]: row for row in said["figures"]}
    assert found["unplaced"]["joint"]["mean"] < found["unplaced"]["apart"]["mean"]
    assert found["evening"]["joint"]["mean"] == 1
    assert {p["name"] for p in said["parties"]} == {"Kommunen", "Regionen"}


def test_without_terms_nobody_does_others_visits(full):
    Loan.objects.all().delete()
    said = done(full).result
    crossing = next(row for row in said["figures"] if row["key"] == "crossing")
    assert crossing["joint"]["mean"] == 0
    # What is left to win is the visit that needs both.
    assert said["alone"] == 1
    assert said["common"] == 1


def test_what_is_kept_has_no_person_in_it(full):
    report = done(full)
    persons = set(Visit.objects.values_list("person_id", flat=True))
    kept = str(report.result)
    assert "fares" not in kept
    assert not any(f"'{pk}'" in kept for pk in persons - set(parties(full)))


def test_the_day_is_read_in_a_bounded_number_of_queries(full):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert worth_days.day_of(full.pool, DAY, parties(full)) is not None
        return len(found)

    few = queries()
    for number in range(20, 40):
        a_visit(full, number, "nursing", 10)
    assert queries() <= few


def test_what_is_done_by_a_published_plan_is_still_a_need(full):
    from samband.resources.models import Placement, VisitPart, WorkShift

    visit = Visit.objects.get(key="k0")
    plan = DayPlan.objects.create(pool=full.pool, day=DAY, number=1, status="published")
    part = VisitPart.objects.get(visit=visit)
    shift = WorkShift.objects.first()
    Placement.objects.create(
        plan=plan,
        part=part,
        shift=shift,
        order=0,
        starts_at=visit.window_from,
        ends_at=visit.window_from + timedelta(minutes=20),
    )
    Visit.objects.filter(pk=visit.pk).update(status=Visit.Status.DONE)
    day = worth_days.day_of(full.pool, DAY, parties(full))
    need = day.needs.problem.visit(f"v{visit.pk}")
    assert not need.started
    assert not need.locked_workers


def test_visits_of_others_are_no_need_of_these(full):
    a_visit(full, 50, "help", 10)
    PoolUnit.objects.filter(unit=full.unit("help")).delete()
    day = worth_days.day_of(full.pool, DAY, parties(full))
    assert {day.needs.party[v.id] for v in day.needs.problem.visits} <= set(map(str, parties(full)))


def test_only_who_plans_there_may_ask(full):
    for name in ("alice", "stranger", "strange_coordinator", "reviewer", "bob"):
        with pytest.raises(Denied):
            worth.ask(full.world.actor(name), a_wish(full))
    assert not WorthReport.objects.exists()


def test_asking_is_entered_in_the_audit(full):
    report = asked(full)
    worth.stop(full.world.actor("coordinator"), report)
    worth.again(full.world.actor("coordinator"), report)
    assert list(AuditEvent.objects.values_list("action", flat=True).order_by("pk")) == [
        "worth.asked",
        "worth.stopped",
        "worth.again",
    ]


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("parties", {"parties": []}),
        ("parties", {"parties": [1, 999_999]}),
        ("last", {"last": DAY - timedelta(1)}),
        ("last", {"last": DAY + timedelta(40)}),
        ("seconds", {"seconds": 0}),
        ("seconds", {"seconds": 1000}),
        ("seeds", {"seeds": ()}),
        ("seeds", {"seeds": tuple(range(9))}),
    ],
)
def test_bad_wishes_are_refused_at_their_field(full, field, more):
    with pytest.raises(ValidationError) as refused:
        asked(full, **more)
    assert list(refused.value.message_dict) == [field]
    assert not WorthReport.objects.exists()


def test_a_single_organisation_cannot_be_compared(full):
    with pytest.raises(ValidationError):
        replace(a_wish(full), parties=[organization(full, "centre").pk]).check()


def test_a_slice_is_kept_and_the_rest_goes_on(full):
    report = asked(full)
    assert worth.work(report, processes=1, iterations=50)
    report.refresh_from_db()
    assert report.state == State.QUEUED
    assert list(report.result["done"]) == [f"{DAY}/1"]
    assert report.progress == {"plans": 5, "of": 10}
    assert not worth.work(report, processes=1, iterations=50)
    report.refresh_from_db()
    assert report.state == State.DONE
    assert "done" not in report.result


def test_a_report_that_was_killed_is_marked_and_goes_on_where_it_was(full):
    report = asked(full)
    worth.work(report, processes=1, iterations=50)
    WorthReport.objects.update(state=State.RUNNING, beat_at=clock.now() - timedelta(minutes=11))
    assert worth.mark_cut() == 1
    report.refresh_from_db()
    assert report.state == State.CUT
    assert worth.again(full.world.actor("coordinator"), report)
    assert not worth.again(full.world.actor("coordinator"), report)
    assert worth.left(report) == [(DAY, 2)]
    assert not worth.work(report, processes=1, iterations=50)
    report.refresh_from_db()
    assert report.state == State.DONE


def test_one_that_works_is_not_taken_for_dead(full):
    asked(full)
    WorthReport.objects.update(state=State.RUNNING, beat_at=clock.now() - timedelta(minutes=1))
    assert worth.mark_cut() == 0


def test_of_two_workers_one_wins(full):
    report = asked(full)
    WorthReport.objects.update(state=State.RUNNING)
    assert not worth.work(report, processes=1, iterations=50)
    report.refresh_from_db()
    assert report.result == {}


def test_it_stops_when_asked_and_says_so(full):
    report = asked(full)
    WorthReport.objects.update(stop_asked=True)
    assert not worth.work(report, processes=1, iterations=50)
    report.refresh_from_db()
    assert report.state == State.STOPPED
    assert report.finished_at


def test_one_that_nobody_has_begun_stops_at_once(full):
    report = asked(full)
    worth.stop(full.world.actor("coordinator"), report)
    report.refresh_from_db()
    assert report.state == State.STOPPED


def test_what_goes_wrong_is_said_and_raised(full, monkeypatch):
    report = asked(full)
    monkeypatch.setattr(worth_days, "day_of", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        worth.work(report, processes=1)
    report.refresh_from_db()
    assert report.state == State.FAILED
    assert "ZeroDivisionError" in report.error


def test_days_without_visits_are_left_out_and_counted(full):
    report = done(full, last=DAY + timedelta(1), seeds=(1,))
    assert report.result["empty_days"] == 1
    assert report.result["days"] == [str(DAY)]


def test_a_period_without_any_visits_says_so(full):
    report = done(full, first=DAY + timedelta(7), last=DAY + timedelta(7), seeds=(1,))
    assert report.state == State.FAILED
    assert "inga besök" in report.error


def test_processes_of_their_own_give_the_same(full):
    day = worth_days.day_of(full.pool, DAY, parties(full))
    tasks = [worth_work.Task(("d", seed), day) for seed in (1, 2)]
    counted = []
    found = dict(worth_work.outcomes(tasks, Effort(iterations=50), lambda n: counted.append(n) or True, processes=2))
    for name, given in found.items():
        here = outcome(day, Effort(iterations=50), name[1])
        assert {**given, "seconds": 0} == {**here, "seconds": 0}
    assert counted


def test_processes_of_their_own_stop_too(full):
    day = worth_days.day_of(full.pool, DAY, parties(full))
    tasks = [worth_work.Task(("d", seed), day) for seed in (1, 2)]
    with pytest.raises(worth_work.Stopped):
        list(worth_work.outcomes(tasks, Effort(seconds=1), lambda n: False, processes=2))
