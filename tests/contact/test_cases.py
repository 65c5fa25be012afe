"""A case from the question to the answer: owned until closed, nothing lost, the clock carries on what waits."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from samband.contact.models import Case, CaseEvent
from samband.contact.services import answers, cases
from samband.contact.services.cases import Refused, Request
from samband.contact.services.story import story
from samband.core import clock
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.people.models import Assignment
from tests.contact import worlds
from tests.contact.worlds import SUNDAY

pytestmark = pytest.mark.django_db


def asked(**more) -> Request:
    return Request(
        **{"subject": "Vi behöver hjälp", "urgency": "now", "need": "visit", "phone": "070-174 06 06", **more}
    )


def kinds(case: Case) -> list[str]:
    return list(case.events.values_list("kind", flat=True))


@pytest.fixture
def staffed(world):
    """The nurse is on for visits, the doctor at the centre for decisions, every hour."""
    gp = Assignment.objects.get(staff__user=world.users["gp"])
    with clock.frozen(SUNDAY):
        worlds.every_day(worlds.rota(world, "nursing", "visit"), world.things["alice"])
        worlds.every_day(worlds.rota(world, "centre", "doctor"), gp)
    return world


def test_sunday_half_past_nine_the_husband_asks_and_is_answered(staffed):
    with clock.frozen(SUNDAY):
        case = cases.open_case(staffed.actor("husband"), asked(), person=staffed.person)
        assert (case.unit, case.to_assignment) == (staffed.units["nursing"], staffed.things["alice"])
        alice, gp = staffed.actor("alice"), staffed.actor("gp")
        cases.take(alice, case)
        doctor = answers.speak(answers.resolve_person(staffed.person, "doctor"))
        assert doctor.assignment_id == gp.assignment_id
        case = cases.hand_over(alice, case, staffed.units["centre"], text="Kan du komma?")
        assert case.owner_id == alice.assignment_id, "owned until it is received"
    with clock.frozen(SUNDAY + timedelta(minutes=10)):
        case = cases.receive(gp, case)
        assert (case.unit, case.owner_id) == (staffed.units["centre"], gp.assignment_id)
        cases.reply(gp, case, "Jag kommer hem till er före midnatt.")
        told = story(Case.objects.get(pk=case.pk), own=True)
        inside = story(Case.objects.get(pk=case.pk))
    assert "Kan du komma?" in [row["said"] for row in inside.timeline]
    assert "Kan du komma?" not in [row["said"] for row in told.timeline], "what staff write to each other is theirs"
    assert kinds(case) == ["opened", "taken", "handed", "received", "replied"]
    assert "Jag kommer hem" in told.timeline[0]["said"]
    assert AuditEvent.objects.filter(action__startswith="case.").count() == 5
    with clock.frozen(SUNDAY + timedelta(hours=11)):
        from samband.contact.services import queue

        assert [c.pk for c in queue.page(staffed.actor("coordinator")).rows] == [case.pk], "it is there on Monday"


def test_two_who_take_it_at_once_cannot_both_have_it(staffed):
    case = worlds.case(staffed)
    cases.take(staffed.actor("alice"), case)
    with pytest.raises(Refused):
        cases.take(staffed.actor("coordinator"), case)


def test_what_cannot_be_done_is_said_and_changes_nothing(staffed):
    alice, case = staffed.actor("alice"), worlds.case(staffed)
    centre = staffed.units["centre"]
    centre.closed_from = date(2020, 1, 1)
    centre.save()
    tries = [
        lambda: cases.hand_over(alice, case, centre),
        lambda: cases.hand_over(alice, case, staffed.units["nursing"]),
        lambda: cases.promise(alice, case, clock.now() - timedelta(minutes=1)),
        lambda: cases.reply(alice, case, "   "),
        lambda: cases.close(alice, case, ""),
        lambda: cases.receive(alice, case),
    ]
    for attempt in tries:
        with pytest.raises(Refused):
            attempt()
    assert kinds(case) == ["opened"]


def test_a_case_on_its_way_is_not_closed_and_comes_back_with_the_reason(staffed):
    alice, gp, case = staffed.actor("alice"), staffed.actor("gp"), worlds.case(staffed)
    case = cases.hand_over(alice, case, staffed.units["centre"])
    with pytest.raises(Refused):
        cases.close(alice, case, "klart")
    case = cases.give_back(gp, case, "Hon är inte listad hos oss.")
    assert case.handed_at is None
    assert case.unit == staffed.units["nursing"]
    with pytest.raises(Denied):
        cases.reply(gp, case, "hej")


def test_the_clock_reminds_then_gives_it_to_who_answers_now_then_to_the_coordinators(staffed):
    with clock.frozen(SUNDAY):
        case = cases.open_case(staffed.actor("husband"), asked(need="doctor"), person=staffed.person)
        assert case.unit == staffed.units["centre"]
    Case.objects.filter(pk=case.pk).update(unit=staffed.units["nursing"], to_assignment=None)
    for minutes, level in ((14, 0), (15, 1), (15, 1), (30, 2), (46, 3), (300, 3)):
        with clock.frozen(SUNDAY + timedelta(minutes=minutes)):
            cases.escalate_due()
        case.refresh_from_db()
        assert case.level == level, minutes
    assert (case.handed_unit, case.handed_to_id) == (staffed.units["centre"], staffed.actor("gp").assignment_id)
    assert kinds(case) == ["opened", "escalated", "escalated", "escalated"]


def test_a_broken_promise_is_carried_further(staffed):
    with clock.frozen(SUNDAY):
        case = cases.take(staffed.actor("alice"), worlds.case(staffed))
        case = cases.promise(staffed.actor("alice"), case, SUNDAY + timedelta(hours=1))
    with clock.frozen(SUNDAY + timedelta(hours=1)):
        assert cases.escalate_due() == 1
        assert cases.escalate_due() == 0


def test_the_sender_writes_more_and_a_closed_case_opens_again(staffed):
    alice, husband, case = staffed.actor("alice"), staffed.actor("husband"), worlds.case(staffed)
    cases.close(alice, case, "Vi ringde.")
    case = cases.add(husband, Case.objects.get(pk=case.pk), "Ingen ringde.")
    assert case.open
    assert kinds(case)[-2:] == ["closed", "reopened"]


def test_nobody_answers_and_the_case_still_has_a_home(world):
    unit, on_call, answered = cases.home_for(world.actor("self"), "visit", world.person, None)
    assert unit in (world.units["centre"], world.units["nursing"])
    assert (on_call, answered) == (None, None)


def test_somebody_without_a_plan_is_led_the_same_way(staffed):
    request = asked(about="Flicka, 4 år", circumstance="child", sender_name="Mamma")
    case = cases.open_case(staffed.actor("bob"), request, area=staffed.area)
    assert (case.unit, case.person) == (staffed.units["nursing"], None)


def test_a_stranger_opens_no_case_about_somebody(staffed):
    for who in ("stranger", "administrator", "teacher"):
        with pytest.raises(Denied):
            cases.open_case(staffed.actor(who), asked(), person=staffed.person)
    with pytest.raises(Denied):
        cases.open_case(staffed.actor("strange_person"), asked(), person=staffed.person)


def test_what_happened_to_a_case_cannot_be_changed(staffed):
    event = worlds.case(staffed).events.get()
    for attempt in (lambda: CaseEvent.objects.filter(pk=event.pk).update(text="x"), event.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
