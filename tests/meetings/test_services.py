"""The use cases: happy, refused, two at once, consent taken back in the middle of a meeting."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from samband.access.models import Party
from samband.core import clock, events, jobs
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.meetings.models import AgendaItem, Attendee, Decision, Meeting, NoteVersion
from samband.meetings.services import (
    agenda,
    calls,
    decisions,
    due,
    invitation,
    invites,
    lists,
    minutes,
    page,
    reminders,
)
from samband.meetings.services.invites import Agreed, Guests
from samband.people.models import ContactRole
from samband.plans.models import Action, CarePlan, FollowUp, Goal, Proposal
from samband.plans.services import parties, proposals
from tests.meetings.worlds import DAY, HOUR, MONDAY, assignment, call, guests, row_of, wanted, with_school
from tests.worlds import MARK, agree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def told(monkeypatch):
    """Every notice that is told, whoever delivers it."""
    found = []
    handlers = events._handlers
    monkeypatch.setitem(handlers, "notice", [*handlers["notice"], lambda telling: found.append(telling)])
    return found


def begin(world, meeting):
    with clock.frozen(meeting.starts_at):
        return minutes.start(world.actor("coordinator"), meeting)


# Calling


def test_a_call_has_agenda_attendees_story_audit_and_notices(world, told):
    meeting = call(world)
    kinds = [(row.kind, row.answer) for row in meeting.attendees.all()]
    assert kinds == [
        ("person", "waiting"),
        ("relative", "waiting"),
        ("unit", "waiting"),
        ("staff", "waiting"),
        ("staff", "comes"),
    ]
    items = list(meeting.items.values_list("kind", "title", "voice"))
    assert items[0][0] == "words"
    assert items[0][2] is True
    assert [k for k, _t, _v in items][-1] == "own"
    assert {"missing", "contact", "goal"} <= {k for k, _t, _v in items}
    assert meeting.events.filter(kind="called").count() == 1
    assert AuditEvent.objects.filter(action="meeting.call", subjects__person_id=world.person.pk).count() == 1
    assert {t.kind.key for t in told} == {"meeting.called"}
    staff, own = told
    assert staff.units == {world.units["nursing"].pk}
    assert staff.assignments == {assignment(world, "gp").pk}
    assert (own.persons, own.relatives) == ({world.person.pk}, {world.things["husband"].pk})
    assert staff.url == f"/meetings/{meeting.public_id}/"
    assert own.url == f"/my/meetings/{meeting.public_id}/"
    assert MARK not in f"{staff.kind.title} {own.kind.title}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts": MONDAY - HOUR, "ends": MONDAY}, "at"),
        ({"starts": MONDAY + DAY, "ends": MONDAY + DAY}, "minutes"),
        ({"starts": MONDAY + 1000 * DAY, "ends": MONDAY + 1000 * DAY + HOUR}, "day"),
        ({"place": "", "link": ""}, "place"),
        ({"link": "http://video.test/x"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"guests": Guests()}, "guests"),
        ({"place": "x" * 50_000}, "place"),
        ({"items": ("x" * 50_000,)}, "title"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_what_cannot_be_called_is_said_at_its_field_and_nothing_is_written(world, told, change, field):
    with pytest.raises(ValidationError) as refused:
        call(world, **change)
    assert field in refused.value.message_dict
    assert not Meeting.objects.exists()
    assert told == [] or field == "title"


def test_the_person_is_left_out_only_with_a_reason(world):
    alone = guests(world, person=False)
    with pytest.raises(ValidationError) as refused:
        call(world, guests=alone)
    assert "without_person" in refused.value.message_dict
    assert call(world, guests=alone, without_person="Hon vill inte vara med den här gången.").pk


def test_two_who_call_at_the_same_time_call_once(world):
    first = call(world)
    with pytest.raises(ValidationError) as refused:
        call(world, "alice", starts=first.starts_at + timedelta(minutes=30))
    assert "redan kallad" in refused.value.message_dict["at"][0]
    assert Meeting.objects.count() == 1
    assert call(world, "alice", starts=first.ends_at).pk


def test_P3_who_may_not_call(world):
    for who in ("stranger", "teacher", "bob", "administrator", "self", "husband"):
        with pytest.raises(Denied):
            calls.call(world.actor(who), world.person, wanted(world))


def test_a_person_without_plan_is_led_to_the_plan_first(world):
    CarePlan.objects.update(status="closed")
    with pytest.raises(ValidationError, match="Börja planen först"):
        call(world)


def test_P1_a_unit_that_is_no_party_comes_only_when_the_person_agreed(world):
    home_help = world.units["help"]
    with pytest.raises(ValidationError) as refused:
        call(world, guests=guests(world, units=(home_help,)))
    assert "inte part" in refused.value.message_dict["units"][0]
    meeting = call(world, guests=guests(world, units=(), agreed=(Agreed(home_help, "Ja, gärna.", "Märit", "spoken"),)))
    assert row_of(meeting, "unit").unit == home_help
    party = Party.objects.get(unit=home_help)
    assert (party.said, party.said_by) == ("Ja, gärna.", "Märit")


def test_P4_only_relatives_she_shares_with(world):
    son = world.person.relatives.get(given_name="Son")
    with pytest.raises(ValidationError) as refused:
        call(world, guests=guests(world, relatives=(son,)))
    assert "relatives" in refused.value.message_dict
    assert "Son" in refused.value.message_dict["relatives"][0]


# Answers


def test_a_unit_answers_with_who_comes_and_undoes(world):
    meeting, alice = call(world), world.things["alice"]
    row = invites.answer(world.actor("alice"), row_of(meeting, "unit"), "comes", "", alice)
    assert (row.answer, row.assignment, row.answered_by) == ("comes", alice, "Alice Test")
    row = invites.undo_answer(world.actor("alice"), row)
    assert (row.answer, row.assignment_id) == ("waiting", None)
    with pytest.raises(ValidationError):
        invites.answer(world.actor("alice"), row, "comes", "", assignment(world, "gp"))


def test_each_answers_for_herself_and_the_caller_hears_a_no(world, told):
    meeting = call(world)
    told.clear()
    invites.answer(world.actor("self"), row_of(meeting, "person"), "comes")
    assert told == []
    invites.answer(world.actor("husband"), row_of(meeting, "relative"), "cannot", "Jag är hos doktorn.")
    assert [(t.kind.key, t.assignments) for t in told] == [("meeting.answer", {assignment(world, "coordinator").pk})]
    for who, kind in (("husband", "person"), ("self", "relative"), ("gp", "unit"), ("alice", "person")):
        with pytest.raises(Denied):
            invites.answer(world.actor(who), row_of(meeting, kind), "comes")
    with pytest.raises(ValidationError) as refused:
        invites.answer(world.actor("self"), row_of(meeting, "person"), "other")
    assert "note" in refused.value.message_dict


# Moving and cancelling


def test_moving_asks_anew_keeps_the_uid_and_raises_the_sequence(world, told):
    meeting = call(world)
    uid = meeting.uid
    invites.answer(world.actor("self"), row_of(meeting, "person"), "comes")
    told.clear()
    start = meeting.starts_at + DAY
    moved = calls.move(
        world.actor("coordinator"), meeting, start, start + HOUR, meeting.place, meeting.link, "Läkaren är sjuk.", 1
    )
    assert (moved.uid, moved.sequence, moved.version) == (uid, 1, 2)
    assert {row.answer for row in moved.attendees.all()} == {"waiting", "comes"}
    assert row_of(moved, "person").answer == "waiting"
    assert row_of(moved, "staff", assignment=assignment(world, "coordinator")).answer == "comes"
    assert {t.kind.key for t in told} == {"meeting.changed"}
    assert page.story(moved)[0]["meta"].startswith("Coordinator Test, Läkaren är sjuk., var ")


def test_a_new_place_only_tells(world):
    meeting = call(world)
    invites.answer(world.actor("self"), row_of(meeting, "person"), "comes")
    calls.move(world.actor("coordinator"), meeting, meeting.starts_at, meeting.ends_at, "Rum 3", "", "Större rum.", 1)
    assert row_of(meeting, "person").answer == "comes"


def test_two_who_move_at_once_the_second_is_told(world):
    meeting = call(world)
    start = meeting.starts_at + DAY
    calls.move(world.actor("coordinator"), meeting, start, start + HOUR, "Rum 1", "", "A", 1)
    with pytest.raises(ValidationError, match="Någon annan ändrade"):
        calls.move(world.actor("coordinator"), meeting, start + DAY, start + DAY + HOUR, "Rum 2", "", "B", 1)
    with pytest.raises(ValidationError, match="Någon annan ändrade"):
        calls.cancel(world.actor("coordinator"), meeting, "C", 1)


def test_only_the_unit_that_called_moves_and_cancels(world):
    meeting = call(world)
    with pytest.raises(Denied):
        calls.cancel(world.actor("alice"), meeting, "Nej", 1)
    with pytest.raises(ValidationError) as refused:
        calls.cancel(world.actor("coordinator"), meeting, "  ", 1)
    assert "why" in refused.value.message_dict


def test_cancelled_by_mistake_is_called_again(world, told):
    meeting = call(world)
    calls.cancel(world.actor("coordinator"), meeting, "Fel dag.", 1)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence) == ("cancelled", 1)
    with pytest.raises(Denied):
        invites.answer(world.actor("self"), row_of(meeting, "person"), "comes")
    told.clear()
    again = calls.call_again(world.actor("coordinator"), meeting)
    assert (again.status, again.sequence) == ("called", 2)
    assert {t.kind.key for t in told} == {"meeting.called"}


# Agenda


def test_the_person_adds_what_she_wants_to_talk_about_right_after_her_words(world):
    meeting = call(world)
    agenda.add(world.actor("self"), meeting, "Jag vill prata om katten.")
    agenda.add(world.actor("husband"), meeting, "Vem tar nätterna?")
    rows = list(meeting.items.values_list("kind", "title", "voice"))
    assert [row[0] for row in rows[:3]] == ["words", "own", "own"]
    assert rows[1][1:] == ("Jag vill prata om katten.", True)
    assert rows[2][1:] == ("Vem tar nätterna?", True)


def test_the_agenda_takes_in_what_is_new_and_leaves_what_was_taken_away(world):
    meeting, actor = call(world), world.actor("coordinator")
    goal = meeting.items.get(kind="goal")
    agenda.take_away(actor, goal)
    assert agenda.refresh(actor, meeting) == 0
    proposal = proposals.offer(actor, Action(plan=world.plan, title="Dosett"), world.units["nursing"], "Kan ni ta den?")
    assert agenda.refresh(actor, meeting) == 1
    assert "Väntar på svar: Dosett" in meeting.items.get(kind="proposal").title
    proposals.answer(world.actor("alice"), proposal, False, "Vi hinner inte.")
    assert agenda.refresh(actor, meeting) == 1
    assert meeting.items.get(kind="declined").detail == "Vi hinner inte."


def test_order_wording_and_whose_words_they_are(world):
    meeting, actor = call(world), world.actor("coordinator")
    first, second = list(meeting.items.all())[:2]
    agenda.move(actor, second, -1)
    assert meeting.items.first() == second
    hers = agenda.add(world.actor("self"), meeting, "Katten")
    for act in (lambda: agenda.edit(actor, hers, "Hunden", 1), lambda: agenda.take_away(actor, hers)):
        with pytest.raises(ValidationError):
            act()
    own = meeting.items.get(kind="own", voice=False)
    assert agenda.edit(actor, own, "Färdtjänst", 1).title == "Färdtjänst"
    for bad in ("", "x" * 50_000, "a\x00b"):
        with pytest.raises(ValidationError):
            agenda.add(actor, meeting, bad)
    assert first.pk


# Minutes


def test_two_who_write_at_once_lose_nothing(world):
    meeting = begin(world, call(world))
    item = meeting.items.first()
    one = minutes.save_notes(world.actor("coordinator"), item, "Vi pratade om natten.", 1)
    assert (one.version, one.merged) == (2, False)
    two = minutes.save_notes(world.actor("alice"), item, "Såret läker.", 1)
    assert set(two.text.splitlines()) == {"Vi pratade om natten.", "Såret läker."}
    assert (two.merged, two.who, two.version) == (True, "Coordinator Test", 3)
    three = minutes.save_notes(world.actor("coordinator"), item, "Vi pratade om natten. Sune sover dåligt.", 2)
    assert "Sune sover dåligt." in three.text
    assert "Såret läker." in three.text
    assert NoteVersion.objects.filter(item=item).count() == 3


def test_the_same_line_changed_by_both_stays_twice_and_says_so(world):
    meeting = begin(world, call(world))
    item = meeting.items.first()
    minutes.save_notes(world.actor("coordinator"), item, "Hjälp på morgonen.", 1)
    minutes.save_notes(world.actor("alice"), item, "Hjälp på morgonen kl 8.", 2)
    found = minutes.save_notes(world.actor("coordinator"), item, "Hjälp på morgonen och kvällen.", 2)
    assert found.clash
    assert found.text.splitlines() == ["Hjälp på morgonen kl 8.", "Hjälp på morgonen och kvällen."]


def test_50000_characters_are_refused_in_words_and_what_stood_there_stays(world):
    meeting = begin(world, call(world))
    item = meeting.items.first()
    minutes.save_notes(world.actor("coordinator"), item, "Kvar", 1)
    with pytest.raises(ValidationError, match="50000 tecken"):
        minutes.save_notes(world.actor("coordinator"), item, "x" * 50_000, 2)
    item.refresh_from_db()
    assert item.notes == "Kvar"


def test_P6_consent_taken_back_in_the_middle_stops_reading_and_writing_at_once(world, told):
    meeting = begin(world, call(world))
    item = meeting.items.first()
    alice = world.actor("alice")
    minutes.save_notes(alice, item, "Skrivet av hemsjukvården.", 1)
    told.clear()
    party = Party.objects.get(person=world.person, unit=world.units["nursing"])
    parties.withdraw_party(world.actor("self"), party, "Jag vill inte att de är med.")
    with pytest.raises(Denied):
        minutes.save_notes(alice, item, "Skrivet efteråt.", 2)
    assert not lists.ours(alice).exists()
    item.refresh_from_db()
    assert item.notes == "Skrivet av hemsjukvården."
    assert row_of(meeting, "unit").withdrawn_at is not None
    assert list(page.marked_units(meeting).values()) == ["Hemsjukvården"]
    [row] = page.items(world.actor("gp"), meeting, history=True)[:1]
    assert page.writers(row, page.marked_units(meeting))[0]["gone"] is True
    ours = [t for t in told if t.kind.key.startswith("meeting.")]
    assert [(t.kind.key, t.assignments) for t in ours] == [("meeting.answer", {meeting.called_by_id})]


def test_P6_another_party_takes_over_when_the_caller_left(world):
    meeting = call(world, "alice")
    with pytest.raises(Denied):
        calls.cancel(world.actor("gp"), meeting, "Nej", 1)
    party = Party.objects.get(person=world.person, unit=world.units["nursing"])
    parties.withdraw_party(world.actor("self"), party, "Nej tack.")
    assert calls.cancel(world.actor("gp"), meeting, "Den som kallade är inte med.", 1).cancelled


# Decisions


def test_a_decision_of_ours_is_an_action_at_once_and_another_units_is_asked(world):
    meeting = begin(world, call(world))
    actor, item = world.actor("gp"), meeting.items.first()
    ours = decisions.action(
        actor, meeting, decisions.Task("Nya prover", world.units["centre"], on=date(2026, 12, 4)), item
    )
    act = Action.objects.get(title="Nya prover")
    assert (ours.kind, act.unit, act.milestone, ours.thing) == (
        "action",
        world.units["centre"],
        True,
        f"plans.action:{act.public_id}",
    )
    asked = decisions.action(actor, meeting, decisions.Task("Dosett", world.units["nursing"]), item)
    assert (asked.kind, Action.objects.get(title="Dosett").by) == ("offer", "nobody")
    assert decisions.state_of(asked) == ("warn", "väntar på enhetens svar")
    proposals.answer(world.actor("alice"), Proposal.objects.get(), True)
    asked.refresh_from_db()
    assert decisions.state_of(asked)[0] == "ok"
    world.plan.refresh_from_db()
    assert world.plan.next_action == act
    assert act.why.startswith("Beslutat på möte")


def test_a_decision_sent_twice_is_decided_once(world):
    meeting, once = begin(world, call(world)), uuid4()
    for _time in range(2):
        decisions.action(world.actor("gp"), meeting, decisions.Task("Prover", world.units["centre"]), None, once)
    assert Action.objects.filter(title="Prover").count() == Decision.objects.count() == 1


def test_what_the_plan_refuses_is_refused_and_nothing_is_half_written(world):
    meeting = begin(world, call(world))
    actor = world.actor("gp")
    for task in (
        decisions.Task("", world.units["centre"]),
        decisions.Task("Utan någon"),
        decisions.Task("x" * 500, person=True),
    ):
        with pytest.raises(ValidationError):
            decisions.action(actor, meeting, task)
    with pytest.raises(ValidationError):
        decisions.follow_up(actor, meeting, date(2026, 1, 1), None)
    assert not Decision.objects.exists()
    assert not FollowUp.objects.exists()


def test_goal_follow_up_and_contact(world):
    meeting = begin(world, call(world))
    actor, gp = world.actor("gp"), assignment(world, "gp")
    decisions.goal(actor, meeting, "Gå till kiosken själv.", "Tre gånger i veckan.")
    decisions.follow_up(actor, meeting, date(2026, 12, 20), gp)
    decisions.contact(actor, meeting, "physician_contact", gp)
    assert Goal.objects.filter(words="Gå till kiosken själv.").exists()
    assert FollowUp.objects.get().responsible == gp
    assert ContactRole.objects.get().assignment == gp
    with pytest.raises(ValidationError):
        decisions.contact(actor, meeting, "physician_contact", world.things["alice"])
    assert [row["title"] for row in page.decided(actor, meeting)] == [
        "Gå till kiosken själv.",
        "Uppföljning 20 december",
        "Fast läkarkontakt",
    ]


def test_undo_takes_it_back_in_the_plan_too(world):
    meeting = begin(world, call(world))
    row = decisions.action(world.actor("gp"), meeting, decisions.Task("Prover", world.units["centre"]))
    decisions.undo(world.actor("gp"), row)
    assert Action.objects.get(title="Prover").status == "stopped"
    with pytest.raises(ValidationError):
        decisions.undo(world.actor("gp"), row)


def test_undo_of_what_was_offered_withdraws_the_question(world):
    meeting = begin(world, call(world))
    row = decisions.action(world.actor("gp"), meeting, decisions.Task("Dosett", world.units["nursing"]))
    asked = world.actor("alice")
    assert [p.text for p in proposals.waiting_for(asked, world.units["nursing"])] == [row.proposal.text]
    decisions.undo(world.actor("gp"), row)
    assert Action.objects.get(title="Dosett").status == "stopped"
    assert Proposal.objects.get().status == "withdrawn"
    assert not proposals.waiting_for(asked, world.units["nursing"]).exists()
    with pytest.raises(ValidationError, match="redan besvarat"):
        proposals.answer(asked, row.proposal, True)
    row.refresh_from_db()
    assert decisions.state_of(row) == ("unknown", "ångrat")


def test_what_the_unit_has_answered_is_not_undone_in_the_meeting(world):
    meeting = begin(world, call(world))
    row = decisions.action(world.actor("gp"), meeting, decisions.Task("Dosett", world.units["nursing"]))
    proposals.answer(world.actor("alice"), row.proposal, True)
    with pytest.raises(ValidationError, match="Ändra det i planen"):
        decisions.undo(world.actor("gp"), row)
    assert Action.objects.get(title="Dosett").unit == world.units["nursing"]


def test_begun_by_mistake_is_called_again_until_something_is_written(world):
    meeting, actor = begin(world, call(world)), world.actor("coordinator")
    with pytest.raises(Denied):
        calls.cancel(world.actor("alice"), meeting, "x", 1)
    assert minutes.not_begun(actor, meeting).status == "called"
    invites.answer(world.actor("self"), row_of(meeting, "person"), "comes")
    meeting = begin(world, meeting)
    minutes.save_notes(actor, meeting.items.first(), "Skrivet", 1)
    with pytest.raises(ValidationError, match="har börjat"):
        minutes.not_begun(actor, meeting)


# The end


def finished(world, meeting, **more):
    with clock.frozen(meeting.ends_at):
        meeting = begin(world, meeting)
        return minutes.finish(
            world.actor("coordinator"),
            meeting,
            "Vi bestämde mycket.",
            "Det blir bra.",
            "Skrivet av Co.",
            meeting.version,
        )


def test_finished_minutes_are_only_corrected_beside_themselves(world, told):
    meeting = finished(world, call(world))
    assert {t.kind.key for t in told} == {"meeting.called", "meeting.summary"}
    with pytest.raises(Denied):
        minutes.save_notes(world.actor("coordinator"), meeting.items.first(), "Efteråt", 1)
    with pytest.raises(Denied):
        decisions.goal(world.actor("coordinator"), meeting, "Nytt", "")
    row = minutes.correct(world.actor("alice"), meeting, "Klockan var 9, inte 8.")
    assert (row.name, Meeting.objects.get().summary) == ("Alice Test", "Vi bestämde mycket.")
    with pytest.raises(ValidationError):
        minutes.correct(world.actor("alice"), meeting, " ")


def test_the_end_needs_a_summary_and_whose_words_they_are(world):
    meeting = begin(world, call(world))
    actor = world.actor("coordinator")
    with pytest.raises(ValidationError) as refused:
        minutes.finish(actor, meeting, "", "", "", meeting.version)
    assert "summary" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        minutes.finish(actor, meeting, "Klart", "Bra", "", meeting.version)
    assert "said_note" in refused.value.message_dict
    minutes.draft(actor, meeting, "Utkast av en", "", "", meeting.version)
    with pytest.raises(ValidationError, match="Utkast av en"):
        minutes.finish(actor, meeting, "Utkast av en annan", "", "", meeting.version)


def test_a_meeting_that_has_not_been_is_not_finished(world):
    with pytest.raises(ValidationError, match="inte varit"):
        minutes.finish(world.actor("coordinator"), call(world), "Klart", "", "", 1)


def test_savings_while_somebody_typed_are_thinned_to_who_wrote_what(world):
    meeting = begin(world, call(world))
    item = meeting.items.first()
    for n in range(1, 6):
        minutes.save_notes(world.actor("coordinator"), item, "x" * n, n)
    minutes.save_notes(world.actor("alice"), item, "xxxxx\nså här", 6)
    with clock.frozen(meeting.ends_at):
        minutes.finish(world.actor("coordinator"), meeting, "Klart", "", "", meeting.version)
    assert [row.name for row in item.versions.all()] == ["Alice Test", "Coordinator Test"]


def test_P5_the_school_reads_its_own_items_and_nothing_else(world):
    with_school(world)
    meeting = call(world, guests=guests(world, units=(world.units["nursing"], world.units["school"])))
    teacher = world.actor("teacher")
    own = meeting.items.get(kind="own")
    assert page.items(teacher, meeting) == []
    agenda.show_outside(world.actor("coordinator"), own, [world.units["school"], world.units["help"]])
    assert page.items(teacher, meeting) == [own]
    assert [row["name"] for row in page.attendees(teacher, meeting)] == ["Elevhälsan"]
    assert page.decided(teacher, meeting) == []
    invites.answer(teacher, row_of(meeting, "unit", unit=world.units["school"]), "remote")
    with pytest.raises(Denied):
        minutes.save_notes(teacher, own, "Nej", 1)


def test_P5_a_school_that_is_not_called_does_not_see_the_meeting(world):
    with_school(world)
    meeting = call(world)
    assert not lists.ours(world.actor("teacher")).exists()
    assert page.items(world.actor("teacher"), meeting) == []


# Lists, times, due


def test_lists_hold_what_is_ours(world):
    meeting = call(world)
    shown = lambda who, show: list(lists.shown(world.actor(who), show))  # noqa: E731
    assert shown("coordinator", "coming") == [meeting]
    assert shown("alice", "waiting") == [meeting]
    assert shown("gp", "waiting") == [meeting]
    assert lists.waiting_for_us(world.actor("alice")).count() == 1
    invites.answer(world.actor("alice"), row_of(meeting, "unit"), "comes")
    assert shown("alice", "waiting") == []
    assert shown("stranger", "coming") == []
    assert shown("bob", "coming") == []
    with clock.frozen(meeting.ends_at + DAY):
        assert shown("coordinator", "coming") == []
        assert shown("coordinator", "write") == [meeting]
    finished(world, meeting)
    assert shown("coordinator", "past") == [meeting]


def test_list_queries_do_not_grow_with_the_list(world, django_assert_max_num_queries):
    actor = world.actor("coordinator")
    for n in range(8):
        call(world, starts=MONDAY + (n + 1) * DAY)
    with django_assert_max_num_queries(5):
        assert len([page.line(actor, m) for m in lists.page(actor, "coming", 1).rows]) == 8


def test_a_time_that_clashes_is_told_without_saying_which_meeting(world):
    from samband.meetings.services import times

    other = world.things["other_person"]
    meeting = call(world)
    found = times.fit(other, [assignment(world, "gp")], [], [], meeting.starts_at, HOUR)
    assert len(found.notes) == 1
    assert found.notes[0].startswith("Gp Test är upptagen")
    assert MARK not in found.notes[0]
    assert all(start != meeting.starts_at for start in found.others)
    assert times.fit(other, [], [], [], meeting.starts_at, HOUR).notes == ()


class Everybody:
    """The board's scope without a reader."""

    def of(self, rows, way):
        return rows


def test_what_is_due(world):
    scope = Everybody()
    assert not due.not_called(scope).exists()
    FollowUp.objects.create(plan=world.plan, due_on=(MONDAY + 10 * DAY).date())
    CarePlan.objects.update(follow_up_on=(MONDAY + 10 * DAY).date())
    assert [row.person_pk for row in due.not_called(scope)] == [world.person.pk]
    meeting = call(world)
    assert not due.not_called(scope).exists()
    assert not due.unanswered(scope).exists()
    with clock.frozen(MONDAY + 2 * DAY):
        assert [row.person_pk for row in due.unanswered(scope)] == [world.person.pk]
    with clock.frozen(meeting.ends_at + DAY):
        assert not due.unanswered(scope).exists()
        assert [row.since for row in due.unwritten(scope)] == [meeting.ends_at]
    finished(world, meeting)
    with clock.frozen(meeting.ends_at + DAY):
        assert not due.unwritten(scope).exists()


# The clock


def test_reminders_are_given_once(world, told):
    meeting = call(world)
    told.clear()
    with clock.frozen(MONDAY + 2 * DAY + HOUR):
        assert reminders.run() == {"meetings": 0, "answers": 4, "minutes": 0}
        assert reminders.run() == {"meetings": 0, "answers": 0, "minutes": 0}
    with clock.frozen(meeting.starts_at - 20 * HOUR):
        assert reminders.run()["meetings"] == 1
        assert reminders.run()["meetings"] == 0
    with clock.frozen(meeting.ends_at + DAY):
        assert reminders.run() == {"meetings": 0, "answers": 0, "minutes": 1}
        assert reminders.run() == {"meetings": 0, "answers": 0, "minutes": 0}
    assert {t.kind.key for t in told} == {"meeting.unanswered", "meeting.reminder", "meeting.minutes"}
    assert len({t.once for t in told}) == len(told)


def test_a_moved_meeting_reminds_anew(world, told):
    meeting = call(world)
    with clock.frozen(meeting.starts_at - 20 * HOUR):
        reminders.run()
        start = meeting.starts_at + 7 * DAY
        calls.move(world.actor("coordinator"), meeting, start, start + HOUR, "Rum", "", "Sjuk", 1)
    with clock.frozen(start - 20 * HOUR):
        assert reminders.run()["meetings"] == 1


def test_the_duties_are_the_workers():
    assert {"meetings.remind", "meetings.invite"} <= set(jobs.duties)


# The letter and the file


def test_the_letter_names_neither_person_nor_care_and_goes_once_for_each_change(world, settings):
    meeting = call(world)
    row = row_of(meeting, "relative")
    invites.give_role(world.actor("coordinator"), row, "support", "make@exempel.test")
    assert (invitation.send_due(), invitation.send_due()) == (1, 0)
    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("Möte i Samband", ["make@exempel.test"])
    [(name, content, kind)] = [(a.filename, a.content, a.mimetype) for a in letter.attachments]
    assert name == "samband-meeting.ics"
    assert kind.startswith("text/calendar; method=PUBLISH")
    everything = f"{letter.subject} {letter.body} {content}"
    for secret in (MARK, "Märit", "Testsson", "SIP", "plan", "vård", "Köket", "video.test", "make@"):
        assert secret not in everything
    assert f"/my/meetings/{meeting.public_id}/" in letter.body
    assert "You are called to a meeting" in letter.body
    calls.cancel(world.actor("coordinator"), meeting, "Inte nu", 1)
    assert (invitation.send_due(), invitation.send_due()) == (1, 0)
    assert "METHOD:CANCEL" in mail.outbox[1].attachments[0].content
    assert "SEQUENCE:1" in mail.outbox[1].attachments[0].content
    assert f"UID:{meeting.uid}@samband" in mail.outbox[1].attachments[0].content


def test_one_taken_off_gets_a_cancellation(world):
    meeting = call(world)
    row = row_of(meeting, "relative")
    invites.give_role(world.actor("coordinator"), row, "support", "make@exempel.test")
    invitation.send_due()
    invites.take_off(world.actor("coordinator"), row)
    assert (invitation.send_due(), invitation.send_due()) == (1, 0)
    assert "METHOD:CANCEL" in mail.outbox[1].attachments[0].content


def test_a_server_that_refuses_is_tried_five_times_and_stops_nobody(world, monkeypatch):
    meeting = call(world)
    invites.give_role(world.actor("coordinator"), row_of(meeting, "relative"), "part", "make@exempel.test")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError("away")))
    for _turn in range(7):
        assert invitation.send_due() == 0
    row = row_of(meeting, "relative")
    assert (row.mail_tries, row.mail_failed_at is not None, row.mailed) == (5, True, -1)
    assert page.attendee(row)["mail_failed"]


def test_a_mail_address_cannot_carry_a_header():
    from samband.meetings.forms import RoleForm

    assert not RoleForm({"role": "part", "email": "a@b.se\nBcc: c@d.se"}).is_valid()
    assert RoleForm({"role": "part", "email": ""}).is_valid()


def test_the_last_one_called_is_not_taken_off(world):
    meeting = call(world, guests=Guests(units=(world.units["nursing"],)), without_person="Vill inte.", myself=False)
    with pytest.raises(ValidationError, match="utan deltagare"):
        invites.take_off(world.actor("coordinator"), row_of(meeting, "unit"))


def test_inviting_more_calls_only_the_new(world, told):
    meeting = call(world)
    agree(world.person, world.units["help"])
    told.clear()
    made = invites.add(
        world.actor("coordinator"), meeting, Guests(person=True, units=(world.units["help"], world.units["nursing"]))
    )
    assert [row.unit for row in made] == [world.units["help"]]
    assert [t.units for t in told] == [{world.units["help"].pk}]
    assert Attendee.objects.filter(meeting=meeting, kind="unit").count() == 2
    assert AgendaItem.objects.filter(meeting=meeting).exists()
