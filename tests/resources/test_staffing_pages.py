"""Staffing through its pages: kept, refused with a sentence, never half-written."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samband.contact.models import Absence
from samband.core import clock
from samband.core.models import AuditEvent
from samband.resources.models import ActionTerms, Competence, Delegation, Loan, PoolUnit, Tie, WorkShift
from tests.resources.worlds import a_shift, somebody, things
from tests.worlds import _staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world):
    found = things(world)
    _staff(world.users, "planner", world.units["nursing"], "planner")
    found["client"] = world.client("planner")
    found["unit"] = world.units["nursing"]
    found["day"] = clock.today() + timedelta(days=3)
    return found


def shift(made, opens="07:00", closes="15:00", day=None, **more):
    day = day or made["day"]
    values = {
        "assignment": made["helper"].pk,
        "starts_at": f"{day}T{opens}",
        "ends_at": f"{day}T{closes}",
        "break_minutes": 0,
    }
    return values | more


def post(made, name, args, values):
    return made["client"].post(reverse(f"resources:{name}", args=args), values)


def test_a_shift_is_put_in_changed_taken_away_and_put_back(made):
    unit = made["unit"]
    answer = post(made, "shift_new", [unit.public_id], shift(made))
    row = WorkShift.objects.get(assignment=made["helper"])
    assert answer.status_code == 302
    assert (
        f"week={clock.local(row.starts_at).date() - timedelta(days=clock.local(row.starts_at).weekday())}" in answer.url
    )
    assert post(made, "shift", [row.public_id], shift(made, closes="16:00", version=1)).status_code == 302
    row.refresh_from_db()
    assert (clock.local(row.ends_at).hour, row.version) == (16, 2)
    post(made, "shift_remove", [row.public_id], {})
    assert WorkShift.objects.get(pk=row.pk).removed_at is not None
    post(made, "shift_restore", [row.public_id], {})
    assert WorkShift.objects.get(pk=row.pk).removed_at is None
    actions = AuditEvent.objects.filter(action__startswith="shift.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["shift.edit", "shift.edit", "shift.remove", "shift.restore"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"closes": "06:00"}, "Sluttiden är inte efter starttiden"),
        ({"break_from": "11:00"}, "En rast behöver"),
        ({"assignment": 0}, "finns inte bland de giltiga alternativen"),
    ],
)
def test_a_bad_shift_is_refused_with_a_sentence(made, values, said):
    answer = post(made, "shift_new", [made["unit"].public_id], shift(made, **values))
    assert answer.status_code == 422
    if "assignment" not in values:
        assert said in answer.content.decode()
    assert not WorkShift.objects.filter(assignment=made["helper"]).exists()


def test_a_shift_does_not_lie_over_another_or_an_absence(made):
    taken = a_shift(made["helper"], made["day"])
    answer = post(made, "shift_new", [made["unit"].public_id], shift(made, "14:00", "20:00"))
    assert "har redan ett pass då" in answer.content.decode()
    taken.delete()
    start, end = clock.day_bounds(made["day"])
    Absence.objects.create(assignment=made["helper"], starts_at=start, ends_at=end)
    answer = post(made, "shift_new", [made["unit"].public_id], shift(made))
    assert "är borta då" in answer.content.decode()
    assert not WorkShift.objects.filter(assignment=made["helper"]).exists()


def test_staff_without_competence_get_no_shift_until_one_is_written(made, world):
    who = somebody(world, "nursing", "social", "Okunnig")
    answer = post(made, "shift_new", [made["unit"].public_id], shift(made, assignment=who.pk))
    assert "har ingen kompetens som besök kräver" in answer.content.decode()
    post(made, "competence_new", [who.public_id], {"kind": "assistant", "starts_on": str(clock.today())})
    assert post(made, "shift_new", [made["unit"].public_id], shift(made, assignment=who.pk)).status_code == 302


def test_two_who_change_a_shift_at_once_do_not_write_over_each_other(made):
    row = a_shift(made["helper"], made["day"])
    post(made, "shift", [row.public_id], shift(made, closes="16:00", version=1))
    answer = post(made, "shift", [row.public_id], shift(made, closes="18:00", version=1))
    assert answer.status_code == 409
    row.refresh_from_db()
    assert clock.local(row.ends_at).hour == 16


def test_another_units_planner_reads_and_does_not_write(made, world):
    _staff(world.users, "other_planner", world.units["elsewhere"], "planner")
    client = world.client("other_planner")
    assert client.get(reverse("resources:unit", args=[made["unit"].public_id])).status_code == 200
    assert client.post(reverse("resources:shift_new", args=[made["unit"].public_id]), shift(made)).status_code == 404
    assert client.get(reverse("resources:action_terms", args=[world.things["action"].public_id])).status_code == 404


def test_an_absence_is_contacts_own(made):
    start, end = f"{made['day']}T07:00", f"{made['day']}T15:00"
    answer = post(
        made, "away", [made["unit"].public_id], {"assignment": made["helper"].pk, "starts_at": start, "ends_at": end}
    )
    assert answer.status_code == 302
    absence = Absence.objects.get(assignment=made["helper"])
    post(made, "away_end", [absence.public_id], {})
    absence.refresh_from_db()
    assert absence.removed_at is not None


def test_the_week_is_read_with_a_bounded_number_of_queries(made, world, django_assert_max_num_queries):
    for n in range(12):
        who = somebody(world, "nursing", "assistant", f"Nr{n}")
        a_shift(who, clock.today())
        Delegation.objects.create(assignment=who, act="insulin", given_by=world.things["alice"], ends_on=clock.today())
    with django_assert_max_num_queries(40):
        page = made["client"].get(reverse("resources:staffing")).content.decode()
    assert "Nr11 Personal" in page
    assert "gäller till och med i dag" in page


def delegation(made, **more):
    today = clock.today()
    return {
        "assignment": made["helper"].pk, "act": "wound", "starts_on": str(today), "ends_on": str(today + timedelta(days=90)),
    } | more  # fmt: skip


def test_whoever_is_licensed_delegates_in_her_own_name_and_withdraws(made, world):
    nurse = world.client("alice")
    assert nurse.post(reverse("resources:delegation_new"), delegation(made)).status_code == 302
    row = Delegation.objects.get(act="wound")
    assert row.given_by == world.things["alice"]
    nurse.post(reverse("resources:delegation_withdraw", args=[row.public_id]))
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert made["client"].post(reverse("resources:delegation_new"), delegation(made)).status_code == 403


def test_a_nurse_delegates_to_the_home_help_beside_her_and_no_further(made, world):
    beside, strange = (
        somebody(world, "help", "assistant", "Granne"),
        somebody(world, "elsewhere", "assistant", "Fjärran"),
    )
    nurse = world.client("alice")
    url = reverse("resources:delegation_new")
    assert nurse.post(url, delegation(made, assignment=beside.pk)).status_code == 302
    assert nurse.post(url, delegation(made, assignment=strange.pk)).status_code == 422


def test_a_delegation_to_a_nurse_is_refused(made, world):
    other = somebody(world, "nursing", "nurse", "Kollega")
    answer = world.client("alice").post(reverse("resources:delegation_new"), delegation(made, assignment=other.pk))
    assert "behöver ingen delegering" in answer.content.decode()
    assert not Delegation.objects.filter(assignment=other).exists()


def test_A1_a_person_bound_delegation_is_shown_only_to_those_who_may_read_her_plan(made, world):
    Delegation.objects.filter(pk=made["delegation"].pk).update(person=world.person)
    page = made["client"].get(reverse("resources:delegations") + f"?unit={made['unit'].public_id}").content.decode()
    assert "bara hos" not in page
    assert world.person.given_name not in page
    page = (
        world.client("alice").get(reverse("resources:delegations") + f"?unit={made['unit'].public_id}").content.decode()
    )
    assert world.person.given_name in page


def test_what_planning_must_know_of_an_action_is_written_once_and_not_over_anothers(made, world):
    action = world.things["action"]
    values = {"act": "insulin", "staff": 2, "sync": "simultaneous", "gap_from": 0, "gap_to": 60, "strict": "on",
              "priority": 5, "movable": 0, "version": 0}  # fmt: skip
    assert post(made, "action_terms", [action.public_id], values).status_code == 302
    row = ActionTerms.objects.get(action=action)
    assert (row.act, row.staff, row.strict, row.version) == ("insulin", 2, True, 1)
    assert post(made, "action_terms", [action.public_id], values).status_code == 409
    answer = post(made, "action_terms", [action.public_id], values | {"staff": 9, "version": 1})
    assert answer.status_code == 422
    assert "Skriv ett tal mellan 1 och 3" in answer.content.decode()
    assert AuditEvent.objects.filter(action="terms.edit", subjects__person_id=world.person.pk).count() == 1


def test_why_somebody_should_not_come_is_read_by_the_unit_that_wrote_it_alone(made, world):
    Tie.objects.filter(pk=made["tie"].pk).update(unit=world.units["help"], reason="Hemligt skäl")
    page = made["client"].get(reverse("resources:ties", args=[world.person.public_id])).content.decode()
    assert "Hemligt skäl" not in page
    values = {"staff": made["helper"].staff.pk, "kind": "forbidden", "reason": "Nej"}
    answer = post(made, "ties", [world.person.public_id], values)
    assert answer.status_code == 422
    assert "Det står redan något om de två" in answer.content.decode()


def test_a_unit_enters_and_leaves_a_pool_by_its_own_planner_only(made, world):
    pool, unit = made["pool"], made["unit"]
    post(made, "pool_units", [pool.public_id], {"unit": unit.pk, "do": "leave"})
    assert PoolUnit.objects.get(pool=pool, unit=unit).ends_on == clock.today() - timedelta(days=1)
    assert (
        post(made, "pool_units", [pool.public_id], {"unit": world.units["help"].pk, "do": "leave"}).status_code == 422
    )
    assert PoolUnit.objects.filter(pool=pool, unit=world.units["help"], ends_on__isnull=True).exists()
    assert post(made, "pool_units", [pool.public_id], {"unit": unit.pk}).status_code == 302
    assert PoolUnit.objects.filter(pool=pool, unit=unit, ends_on__isnull=True).count() == 1


def test_a_loan_says_its_terms_and_ends(made):
    loan = made["loan"]
    values = {"unit": made["unit"].pk, "hours": 6, "days": ["0", "1"], "competences": ["nurse"], "starts_on": str(clock.today()),
              "note": "Efter klockan tretton", "version": 1, "time_from": "13:00", "time_to": "12:00"}  # fmt: skip
    assert post(made, "loan", [loan.public_id], values).status_code == 422
    assert post(made, "loan", [loan.public_id], values | {"time_to": "17:00"}).status_code == 302
    loan = Loan.objects.get(pk=loan.pk)
    assert (loan.hours, loan.weekdays, loan.competences, loan.version) == (6, "01", ["nurse"], 2)
    page = made["client"].get(reverse("resources:pool", args=[made["pool"].public_id])).content.decode()
    assert "högst 6 timmar i veckan" in page
    post(made, "loan_end", [loan.public_id], {})
    assert Loan.objects.get(pk=loan.pk).ends_on == clock.today() - timedelta(days=1)


def test_a_competence_ends_and_is_not_erased(made):
    post(made, "competence_end", [made["competence"].public_id], {})
    row = Competence.objects.get(pk=made["competence"].pk)
    assert row.ends_on == clock.today() - timedelta(days=1)
