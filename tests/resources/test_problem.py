"""From a day to a problem and back: who may, when, with which locks; written placements are read as they were."""

from datetime import date, time, timedelta

import pytest

from samband.contact.models import Absence
from samband.plans.models import Participant
from samband.resources.models import (
    ActionTerms,
    Competence,
    DayPlan,
    Delegation,
    Loan,
    Placement,
    Tie,
    Unplaced,
    Visit,
    WorkProfile,
)
from samband.resources.services.drafts import new_draft, published
from samband.resources.services.horizon import sync
from samband.resources.services.problem import build
from samband.resources.services.workers import workers
from samband.resources.services.writing import write
from tests.resources.days import DAY, at
from visit_planner.plain import judge
from visit_planner.solve import solve
from visit_planner.stops import Iterations

pytestmark = pytest.mark.usefixtures("standing")


def may(built, action, worker) -> bool:
    """Whether somebody's shift may do the (first part of the) visit of an action."""
    visit = next(v for k, v in built.visits.items() if v.items.filter(action=action).exists())
    stop = built.problem.visit(f"v{visit.pk}")
    crew = next(w for w in built.problem.workers if w.id == f"s{worker.pk}")
    return built.problem.may(crew, stop, 0) is None


def planned(days, **more):
    sync(days.pool, DAY, DAY)
    return build(days.pool, DAY, **more)


def solved(days, count=300):
    built = planned(days)
    result = solve(built.problem, Iterations(count), seed=1)
    plan = new_draft(days.pool, DAY, None)
    write(plan, built, result.plan)
    return built, result, plan


def publish(plan):
    plan.status = DayPlan.Status.PUBLISHED
    plan.save()
    return plan


def test_an_absence_cuts_the_shift(days):
    shift = days.worker("Nova", "nursing", "nurse", (7, 16))
    Absence.objects.create(assignment=shift.assignment, starts_at=at(10), ends_at=at(12))
    (found,) = workers(days.pool, DAY)
    assert found.spans == [(at(7), at(10)), (at(12), at(16))]
    Absence.objects.create(assignment=shift.assignment, starts_at=at(0), ends_at=at(23))
    assert workers(days.pool, DAY) == []


def test_a_night_shift_belongs_to_the_evening_before(days):
    days.worker("Natt", "nursing", "nurse", (21, 23))
    night = days.worker("Natta", "nursing", "nurse", (21, 23))
    night.ends_at = at(7, day=DAY + timedelta(days=1))
    night.save()
    assert len(workers(days.pool, DAY)) == 2
    assert workers(days.pool, DAY + timedelta(days=1)) == []


def test_competence_of_role_and_of_proof(days):
    action = days.action(unit="help", competence="therapist")
    shift = days.worker("Tove", "help", "assistant")
    assert not may(planned(days), action, shift)
    Competence.objects.create(
        assignment=shift.assignment, kind="therapist", starts_on=date(2026, 1, 1), ends_on=DAY - timedelta(days=1)
    )
    assert not may(planned(days), action, shift)
    Competence.objects.update(ends_on=DAY)
    assert may(planned(days), action, shift)


def test_a_delegation_holds_for_its_act_its_days_and_its_person(days):
    plan = days.person()
    action = days.action(unit="help", competence="delegated")
    other = days.action(plan, unit="help", competence="delegated")
    for row in (action, other):
        ActionTerms.objects.create(action=row, act="insulin")
    shift, nurse = days.worker("Tove", "help", "assistant"), days.worker("Nova", "nursing", "nurse")
    assert may(planned(days), action, nurse)
    assert not may(planned(days), action, shift)
    given = Delegation.objects.create(
        assignment=shift.assignment, act="wound", given_by=nurse.assignment, starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )  # fmt: skip
    assert not may(planned(days), action, shift)
    Delegation.objects.update(act="insulin")
    assert may(planned(days), action, shift)
    assert may(planned(days), other, shift)
    given.refresh_from_db()
    given.person = plan.person
    given.save()
    assert (may(planned(days), action, shift), may(planned(days), other, shift)) == (False, True)
    given.ends_on = DAY - timedelta(days=1)
    given.save()
    assert not may(planned(days), other, shift)


def test_another_organisation_comes_only_on_the_terms_of_a_loan(days):
    action = days.action(competence="nurse")  # the municipality's
    shift = days.worker("Gun", "centre", "nurse")  # the region's
    assert not may(planned(days), action, shift)
    loan = Loan.objects.create(pool=days.pool, unit=days.unit("centre"), starts_on=date(2026, 1, 1))
    assert may(planned(days), action, shift)
    for wrong in (
        {"competences": ["physician"]},
        {"weekdays": "0"},  # DAY is a Tuesday
        {"time_from": time(10)},
        {"time_to": time(9, 30)},
        {"ends_on": DAY - timedelta(days=1)},
        {"hours": 0},
    ):
        Loan.objects.filter(pk=loan.pk).update(**wrong)
        assert not may(planned(days), action, shift), wrong
        Loan.objects.filter(pk=loan.pk).update(
            competences=[], weekdays="0123456", time_from=None, time_to=None, ends_on=None, hours=None
        )
    assert may(planned(days), action, shift)


def test_hours_a_week_let_through_what_needs_it_most(days):
    Loan.objects.create(pool=days.pool, unit=days.unit("centre"), hours=1, starts_on=date(2026, 1, 1))
    actions = [days.action(days.person(), minutes=40) for _ in range(3)]
    ActionTerms.objects.create(action=actions[1], priority=5)
    shift = days.worker("Gun", "centre", "nurse")
    built = planned(days)
    assert [may(built, a, shift) for a in actions] == [False, True, False]


def test_what_a_person_wants_and_never_wants(days):
    days.action()
    one, two, three = (days.worker(n, "nursing", "nurse") for n in ("Ett", "Två", "Tre"))
    for shift, kind in ((one, "preferred"), (two, "unwanted"), (three, "forbidden")):
        Tie.objects.create(
            person=days.world.person, staff=shift.assignment.staff, kind=kind, unit=days.unit("nursing"),
            starts_on=date(2026, 1, 1),
        )  # fmt: skip
    (stop,) = planned(days).problem.visits
    assert (stop.preferred, stop.unwanted, stop.forbidden) == tuple(frozenset({f"s{s.pk}"}) for s in (one, two, three))


def test_language_counts_and_swedish_needs_none(days):
    days.action()
    shift = days.worker("Aino", "nursing", "nurse")
    assert planned(days).problem.visits[0].languages == frozenset()
    days.world.person.language = "fi"
    days.world.person.save()
    WorkProfile.objects.create(assignment=shift.assignment, languages=["fi"], means="bike")
    built = planned(days)
    assert built.problem.visits[0].languages == {"fi"}
    assert built.problem.workers[0].languages == {"sv", "fi"}
    assert set(built.problem.travel) == {"bike"}


def test_known_are_those_of_fourteen_days_and_over_the_target_the_rest_is_unwanted(days):
    action = days.action(next_on=DAY - timedelta(days=1))
    old, new = days.worker("Känd", "nursing", "nurse"), days.worker("Ny", "nursing", "nurse")
    yesterday = DAY - timedelta(days=1)
    sync(days.pool, yesterday, DAY)
    part = Visit.objects.get(day=yesterday).parts.get()
    plan = DayPlan.objects.create(pool=days.pool, day=yesterday, number=1, status="published")
    Placement.objects.create(plan=plan, part=part, shift=old, order=0, starts_at=at(9), ends_at=at(10))
    (stop,) = build(days.pool, DAY).problem.visits
    assert (stop.known, stop.unwanted) == ({f"s{old.pk}"}, frozenset())
    ActionTerms.objects.create(action=action, target=1)
    (stop,) = build(days.pool, DAY).problem.visits
    assert stop.unwanted == {f"s{new.pk}"}


def test_written_and_read_again_it_is_the_same_plan(days):
    for n in range(6):
        days.action(days.person(latitude=59.9 + n / 100, longitude=16.8), time_from=time(8 + n), time_to=time(9 + n))
    joint = days.action(days.person(), minutes=30)
    Participant.objects.create(action=joint, unit=days.unit("centre"))
    days.worker("Nova", "nursing", "nurse", break_from=time(11), break_to=time(13), break_minutes=30)
    days.worker("Nils", "nursing", "nurse")
    days.worker("Doktor", "centre", "physician")
    _built, result, plan = solved(days)
    assert result.feasible
    assert not result.plan.unserved
    assert plan.placements.count() == 8
    assert plan.figures["cost"] == pytest.approx(result.cost, abs=0.1)
    again = build(days.pool, DAY, plan)
    assert again.start is not None
    was, now = result.plan.starts(), again.start.starts()
    assert {k: w for k, (w, _t) in now.items()} == {k: w for k, (w, _t) in was.items()}
    assert {k: t for k, (_w, t) in now.items()} == pytest.approx({k: t for k, (_w, t) in was.items()})
    assert again.start.violations == []
    assert judge(again.problem, again.start).cost == pytest.approx(result.cost, abs=0.2)


def test_locks_hold(days):
    days.action(time_from=time(9), time_to=time(11))
    days.worker("Nova", "nursing", "nurse")
    other = days.worker("Nils", "nursing", "nurse")
    _built, _result, plan = solved(days)
    plan.placements.update(shift=other, locked=True, locked_time=True, starts_at=at(10), ends_at=at(10, 20))
    built = build(days.pool, DAY, plan)
    (stop,) = built.problem.visits
    assert (stop.locked_workers, stop.locked_start) == ((f"s{other.pk}",), 600.0)
    write(plan, built, solve(built.problem, Iterations(100), seed=1).plan)
    placement = plan.placements.get()
    assert (placement.shift, placement.locked, placement.locked_time, placement.starts_at) == (
        other, True, True, at(10),
    )  # fmt: skip


def test_the_rest_of_the_day_begins_where_people_are(days):
    days.action(time_from=time(8), time_to=time(8, 30))
    days.action(days.person(), time_from=time(13), time_to=time(14))
    days.worker("Nova", "nursing", "nurse")
    call = days.worker("Jour", "nursing", "nurse", on_call=True)
    _built, _result, plan = solved(days)
    publish(plan)
    first = Visit.objects.order_by("window_from").first()
    Visit.objects.filter(pk=first.pk).update(status="started", started_at=at(8, 40))
    now = build(days.pool, DAY, plan, now=at(8, 45))
    assert [v.id for v in now.problem.visits] == [f"v{Visit.objects.order_by('window_from').last().pk}"]
    nova = next(w for w in now.problem.workers if w.id != f"s{call.pk}")
    assert (nova.shifts[0].start, now.problem.places[nova.shifts[0].leave]) == (540.0, f"p{days.world.person.pk}")
    assert len(now.problem.workers) == 2  # and whoever is on call
    assert now.problem.visits[0].earliest == 525.0
    assert list(now.problem.promised.values()) == [nova.id]
    draft = new_draft(days.pool, DAY, None)
    write(draft, now, solve(now.problem, Iterations(50), seed=1).plan)
    assert draft.placements.count() == 2  # what is begun stays in the plan


def test_a_coalition_plans_its_own_parts_with_its_own_staff(days):
    action = days.action(minutes=30)
    Participant.objects.create(action=action, unit=days.unit("centre"))
    days.worker("Nova", "nursing", "nurse")
    days.worker("Doktor", "centre", "physician")
    sync(days.pool, DAY, DAY)
    both = build(days.pool, DAY)
    assert (len(both.problem.workers), len(both.problem.visits[0].parts)) == (2, 2)
    one = build(days.pool, DAY, units={days.unit("centre").pk})
    assert (len(one.problem.workers), len(one.problem.visits[0].parts)) == (1, 1)


def test_what_has_no_place_says_why(days):
    action = days.action(competence="physician")
    late = days.action(days.person(), time_from=time(19), time_to=time(20))
    days.worker("Nova", "nursing", "nurse")
    _built, _result, plan = solved(days)
    said = {
        u.visit.items.get().action_id: [(r["rule"], r["count"]) for r in u.reasons]
        for u in Unplaced.objects.filter(plan=plan)
    }
    assert said == {action.pk: [("competence", 1)], late.pk: [("shift", 1)]}


def test_a_draft_begins_from_what_is_published(days):
    days.action()
    days.worker("Nova", "nursing", "nurse")
    _built, _result, plan = solved(days)
    assert published(days.pool, DAY) is None
    publish(plan)
    draft = new_draft(days.pool, DAY, days.staff["Nova"], "Prövar")
    assert (draft.number, draft.based_on, draft.placements.count()) == (2, plan, 1)
    assert (published(days.pool, DAY), draft.made_by) == (plan, days.staff["Nova"])


def test_questions_do_not_grow_with_the_day(days, django_assert_max_num_queries):
    for n in range(5):
        days.worker(f"Nova{n}", "nursing", "nurse")
        days.action(days.person())
    sync(days.pool, DAY, DAY)
    with django_assert_max_num_queries(18):
        build(days.pool, DAY)
