"""Moves by hand: what they cost, what they break, what they refuse, and the way back."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.contact.models import Absence
from samband.core.models import AuditEvent
from samband.resources.models import DayPlan, Move, Placement, PlanJob, Visit
from samband.resources.services import moves, pricing
from samband.resources.services.problem import build
from samband.resources.services.writing import write
from tests.resources.days import DAY, at
from tests.resources.desks import visit_for
from visit_planner.solve import solve
from visit_planner.stops import Iterations


def where(desk, visit):
    row = Placement.objects.filter(plan=desk.plan, part__visit=visit).select_related("shift__assignment__staff").first()
    return row and (row.shift.assignment.staff.given_name, row.starts_at)


def place(desk, visit, name, start, version=None, number=1, who="anna"):
    part = visit.parts.get(number=number)
    return moves.place(desk.actor(who), desk.plan, part, desk.shifts[name], start, version or desk.fresh().version)


def test_another_member_of_staff_and_another_time(desk):
    done = place(desk, desk.mine, "Nils", at(9, 30))
    assert where(desk, desk.mine) == ("Nils", at(9, 30))
    assert done.plan.version == 2
    assert done.text
    assert AuditEvent.objects.filter(action="visitday.place", subjects__person_id=desk.mine.person_id).exists()


def test_travel_and_order_follow(desk):
    other = visit_for(desk.days, desk.theirs.person, "nursing", "Annan", 11, "nurse")
    desk.place(other, "Nova", at(11))
    place(desk, desk.mine, "Nova", at(12))
    rows = list(Placement.objects.filter(plan=desk.plan, shift=desk.shifts["Nova"]).order_by("order"))
    assert [r.part.visit_id for r in rows] == [other.pk, desk.mine.pk]
    assert [r.order for r in rows] == [0, 1]
    assert all(r.travel > 0 for r in rows)


@pytest.mark.parametrize(
    ("name", "start", "words"),
    [
        ("Hedda", at(9), "kompetens"),
        ("Nova", at(5), "utanför arbetspasset"),
        ("Nova", at(17), "utanför arbetspasset"),
    ],
)
def test_what_nobody_may_is_refused_and_nothing_is_written(desk, name, start, words):
    with pytest.raises(ValidationError, match=words):
        place(desk, desk.mine, name, start)
    assert where(desk, desk.mine) == ("Nova", at(9))
    assert desk.fresh().version == 1
    assert not Move.objects.exists()


def test_a_delegation_is_needed(desk):
    part = desk.theirs.parts.get()
    part.acts, part.competence = ["insulin"], "delegated"
    part.save()
    with pytest.raises(ValidationError, match="delegering"):
        place(desk, desk.theirs, "Hugo", at(10), who="bertil")


def test_who_is_not_lent_does_not_come(desk):
    desk.days.pool.loans.all().delete()
    visit = visit_for(desk.days, desk.mine.person, "centre", "Läkarens", 9, "nurse")
    with pytest.raises(ValidationError, match="inte utlånad"):
        place(desk, visit, "Nova", at(10))


def test_who_is_away_does_not_come(desk):
    Absence.objects.create(assignment=desk.shifts["Nils"].assignment, starts_at=at(0), ends_at=at(23))
    with pytest.raises(ValidationError, match="arbetar inte då"):
        place(desk, desk.mine, "Nils", at(9))


def test_time_is_told_and_allowed(desk):
    assert "20 minuter efter fönstret." in place(desk, desk.mine, "Nova", at(10, 20)).breaks
    assert "30 minuter före fönstret." in place(desk, desk.mine, "Nova", at(8, 30)).breaks


def test_two_at_once_is_told(desk):
    other = visit_for(desk.days, desk.theirs.person, "nursing", "Annan", 9, "nurse")
    assert "Krockar med besöket 09.00." in place(desk, other, "Nova", at(9, 10)).breaks


def test_those_who_come_together_stay_together(desk):
    pair = visit_for(desk.days, desk.mine.person, "nursing", "Två", 12, "nurse", parts=2)
    desk.place(pair, "Nova", at(12), 1)
    desk.place(pair, "Nils", at(12), 2)
    place(desk, pair, "Nova", at(12, 25))
    assert set(Placement.objects.filter(part__visit=pair).values_list("starts_at", flat=True)) == {at(12, 25)}
    with pytest.raises(ValidationError, match="andra delen"):
        place(desk, pair, "Nova", at(12), number=2)


def test_out_and_back(desk):
    moves.unplace(desk.actor("anna"), desk.plan, desk.mine, 1)
    assert where(desk, desk.mine) is None
    done = moves.undo(desk.actor("anna"), desk.plan, 2)
    assert where(desk, desk.mine) == ("Nova", at(9))
    assert "får plats" in done.text


def test_undo_goes_back_step_by_step_and_then_says_so(desk):
    place(desk, desk.mine, "Nils", at(9, 30))
    moves.lock(desk.actor("anna"), desk.plan, desk.mine, True, 2)
    place(desk, desk.mine, "Nova", at(9, 45))
    actor = desk.actor("anna")
    moves.undo(actor, desk.plan, 4)
    assert where(desk, desk.mine) == ("Nils", at(9, 30))
    assert Placement.objects.get(plan=desk.plan, part__visit=desk.mine).locked
    moves.undo(actor, desk.plan, 5)
    assert not Placement.objects.get(plan=desk.plan, part__visit=desk.mine).locked
    moves.undo(actor, desk.plan, 6)
    assert where(desk, desk.mine) == ("Nova", at(9))
    with pytest.raises(ValidationError, match="inget att ångra"):
        moves.undo(actor, desk.plan, 7)


def test_two_planners_at_once(desk):
    place(desk, desk.mine, "Nils", at(9, 30), version=1)
    with pytest.raises(ValidationError, match="Någon annan har ändrat utkastet"):
        place(desk, desk.mine, "Nova", at(9, 10), version=1)
    assert where(desk, desk.mine) == ("Nils", at(9, 30))


def test_what_has_begun_is_not_moved(desk):
    Visit.objects.filter(pk=desk.mine.pk).update(status="started")
    desk.mine.refresh_from_db()
    with pytest.raises(ValidationError, match="har börjat"):
        place(desk, desk.mine, "Nils", at(9, 30))


def test_a_search_has_the_draft_to_itself(desk):
    PlanJob.objects.create(plan=desk.plan, state="running")
    with pytest.raises(ValidationError, match="sökning"):
        place(desk, desk.mine, "Nils", at(9, 30))


def test_what_is_published_is_not_moved(desk):
    DayPlan.objects.filter(pk=desk.plan.pk).update(status="published")
    with pytest.raises(ValidationError, match="inget utkast"):
        place(desk, desk.mine, "Nils", at(9, 30))


def test_the_cost_is_that_of_the_plan_before_and_after(desk):
    day = pricing.built(desk.plan)
    before = pricing.price(day, pricing.rows(desk.plan))
    place(desk, desk.mine, "Nova", at(10, 20))
    after = pricing.price(day, pricing.rows(desk.plan))
    assert after["tardiness"] - before["tardiness"] == 20


@pytest.mark.parametrize(
    "bad",
    [
        {"visit": "x"}, {"shift": "x"}, {"at": "25:99"}, {"minute": "-5"}, {"minute": "99999"}, {"part": "9"},
        {"part": "²"}, {"version": "²"},
    ],
)  # fmt: skip
def test_bad_input_is_told_and_nothing_is_written(desk, bad):
    fields = {
        "visit": desk.mine.public_id,
        "part": 1,
        "shift": desk.shifts["Nils"].public_id,
        "at": "09:30",
        "version": 1,
    }
    answer = desk.client("anna").post(
        reverse("resources:desk_move", args=[desk.plan.public_id]),
        {**fields, **bad},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code in (409, 422)
    assert answer.json()["text"]
    assert where(desk, desk.mine) == ("Nova", at(9))
    assert desk.fresh().version == 1


def test_without_a_script_the_form_answers_with_the_page(desk):
    fields = {
        "visit": desk.mine.public_id,
        "part": 1,
        "shift": desk.shifts["Nils"].public_id,
        "at": "09:30",
        "version": 1,
    }
    answer = desk.client("anna").post(reverse("resources:desk_move", args=[desk.plan.public_id]), fields, follow=True)
    assert answer.status_code == 200
    assert where(desk, desk.mine) == ("Nils", at(9, 30))


def test_after_midnight_is_a_minute_past_1440(desk):
    night = desk.days.worker("Natt", "nursing", "nurse")
    night.starts_at, night.ends_at = at(21), at(21) + timedelta(hours=10)
    night.save()
    desk.shifts["Natt"] = night
    pricing._kept.clear()
    desk.client("anna").post(
        reverse("resources:desk_move", args=[desk.plan.public_id]),
        {"visit": desk.mine.public_id, "part": 1, "shift": night.public_id, "minute": 1450, "version": 1},
    )
    assert where(desk, desk.mine) == ("Natt", at(0, 10) + timedelta(days=1))


def test_a_search_and_a_hand_count_the_road_alike(desk):
    """Also where a break is taken at the next home: the road to it belongs to the visit there."""
    shift = desk.shifts["Nova"]
    shift.break_from, shift.break_to, shift.break_minutes = time(9), time(12), 30
    shift.save()
    far = visit_for(desk.days, desk.theirs.person, "nursing", "Långt", 11, "nurse")
    built = build(desk.days.pool, DAY, desk.plan)
    write(desk.plan, built, solve(built.problem, Iterations(200), seed=1).plan)
    day, rows = pricing.built(desk.plan, fresh=True), pricing.rows(desk.plan)
    assert any(r.part.visit_id == far.pk for r in rows)
    assert {r.pk: round(r.travel, 3) for r in rows} == {
        pk: round(n, 3) for pk, n in pricing.travel_before(day, rows).items()
    }
