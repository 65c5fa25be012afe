"""Editing: who may, what is kept, and what happens when two write at once."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from samband.access.models import Capacity, CareRelation, Party
from samband.core import clock
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.plans.models import (
    Action,
    CarePlan,
    FollowUp,
    Goal,
    OccurrenceState,
    PlanEvent,
    Proposal,
    Revision,
    Situation,
)
from samband.plans.services import doing, editing, parties, proposals
from samband.plans.services.occurrences import unfold
from tests.worlds import agree

NOW = clock.at(date(2026, 11, 23), time(9, 12))
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def alice(world):
    return world.actor("alice")


@pytest.fixture
def gp(world):
    return world.actor("gp")


def test_a_change_is_kept_with_who_when_why_and_audit(world, alice):
    goal = world.things["goal"]
    found = editing.change(alice, goal, {"words": "Gå ut två gånger.", "know_how": ""}, 1, "Hon orkar mer")
    assert (found.words, found.version) == ("Gå ut två gånger.", 2)
    row = Revision.objects.get()
    assert row.changes == {"words": [goal.words, "Gå ut två gånger."]}
    assert (row.number, row.by_name, row.why, row.assignment_id) == (
        1,
        alice.name,
        "Hon orkar mer",
        alice.assignment_id,
    )
    assert AuditEvent.objects.filter(action="goal.edit", detail__fields=["words"]).count() == 1


def test_different_fields_at_once_are_put_together(world, alice, gp):
    goal = world.things["goal"]
    form = {"words": goal.words, "know_how": goal.know_how}
    editing.change(alice, goal, {**form, "words": "Alices"}, 1)
    found = editing.change(gp, goal, {**form, "know_how": "Läkarens"}, 1)
    assert (found.words, found.know_how, found.version) == ("Alices", "Läkarens", 3)


def test_the_same_field_at_once_is_a_conflict_with_both_texts(world, alice, gp):
    goal = world.things["goal"]
    before = goal.words
    editing.change(alice, goal, {"words": "Alices", "know_how": ""}, 1)
    with pytest.raises(editing.Conflict) as caught:
        editing.change(gp, goal, {"words": "Läkarens", "know_how": "Nytt"}, 1)
    (clash,) = caught.value.fields
    assert (clash.name, clash.base, clash.mine, clash.theirs) == ("words", before, "Läkarens", "Alices")
    assert caught.value.mine == {"words": "Läkarens", "know_how": "Nytt"}
    assert (caught.value.who, caught.value.version) == (alice.name, 2)
    goal.refresh_from_db()
    assert (goal.words, goal.know_how) == ("Alices", "")
    assert editing.change(gp, goal, {"words": "Alices och läkarens", "know_how": "Nytt"}, 2).version == 3


def test_a_conflict_two_versions_back_knows_what_it_was(world, alice, gp):
    goal = world.things["goal"]
    editing.change(alice, goal, {"words": "två"}, 1)
    editing.change(alice, goal, {"words": "tre"}, 2)
    with pytest.raises(editing.Conflict) as caught:
        editing.change(gp, goal, {"words": "fyra"}, 1)
    assert (caught.value.fields[0].base, caught.value.fields[0].theirs) == (goal.words, "tre")


def test_nobody_else_may_change_it(world):
    for name in ("stranger", "bob", "teacher", "husband", "administrator"):
        with pytest.raises(Denied):
            editing.change(world.actor(name), world.things["goal"], {"words": "x"}, 1)
    assert not Revision.objects.exists()


def test_another_partys_action_is_proposed_not_changed(world, gp, alice):
    action = world.things["action"]
    with pytest.raises(Denied):
        editing.change(gp, action, {"title": "Annat"}, 1)
    proposal = proposals.propose(gp, action, "Flytta till kvällen", {"time_from": time(20, 30)})
    assert proposals.may_answer(alice, proposal)
    assert not proposals.may_answer(gp, proposal)
    with pytest.raises(Denied):
        proposals.answer(gp, proposal, True)
    proposals.answer(alice, proposal, True, "Ja")
    action.refresh_from_db()
    assert (action.time_from, action.version) == (time(20, 30), 2)
    with pytest.raises(ValidationError):
        proposals.answer(alice, proposal, False)
    assert list(Revision.objects.values_list("kind", flat=True)) == ["accept", "change", "propose"]


def test_an_action_for_another_party_waits_for_its_yes(world, gp, alice):
    new = Action(plan=world.plan, title="Blodtryck", unit=world.units["nursing"], starts_on=DAY)
    with pytest.raises(Denied):
        editing.add(gp, new)
    offer = proposals.offer(
        gp, Action(plan=world.plan, title="Blodtryck", starts_on=DAY), world.units["nursing"], "Kan ni?"
    )
    assert offer.action.by == "nobody"
    with pytest.raises(Denied):
        proposals.answer(gp, offer, True)
    proposals.answer(alice, offer, True)
    assert Action.objects.get(pk=offer.action_id).unit == world.units["nursing"]
    assert Proposal.objects.get().status == "accepted"


def test_words_need_a_note_of_who_wrote_them_down(world, alice):
    with pytest.raises(ValidationError):
        editing.write_words(alice, world.plan, "Jag vill hem.", 1)
    plan = editing.write_words(alice, world.plan, "Jag vill hem.", 1, "Alice skrev ner")
    assert (plan.words, plan.words_note, plan.words_at) == ("Jag vill hem.", "Alice skrev ner", NOW)
    own = editing.write_words(world.actor("self"), plan, "Hem, sade jag.", plan.version)
    assert (own.words, own.words_note) == ("Hem, sade jag.", "")


BAD_ACTIONS = [
    ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rrule"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO", "starts_on": date(2026, 11, 24), "stops_on": date(2026, 11, 26)}, "rrule"),
    ({"stops_on": date(2020, 1, 1)}, "stops_on"),
    ({"unit": None}, "unit"),
    ({"by": "relative"}, "relative"),
    ({"time_to": time(8)}, "time_from"),
    ({"title": "  "}, "title"),
    ({"title": "x" * 121}, "title"),
    ({"detail": "a\x00b"}, "detail"),
    ({"minutes": 0}, "minutes"),
]


@pytest.mark.parametrize(("changes", "field"), BAD_ACTIONS)
def test_bad_input_is_a_sentence_at_its_field_and_nothing_is_written(world, alice, changes, field):
    with pytest.raises(ValidationError) as refused:
        editing.change(alice, world.things["action"], changes, 1)
    assert field in refused.value.message_dict
    assert Action.objects.get().version == 1
    assert not Revision.objects.exists()


def test_a_unit_that_is_no_party_cannot_be_responsible(world, alice):
    with pytest.raises(ValidationError) as refused:
        editing.change(alice, world.things["action"], {"unit": world.units["help"]}, 1)
    assert "unit" in refused.value.message_dict


def test_an_order_that_goes_round_is_refused_with_its_names(world, alice):
    first = world.things["action"]
    second = editing.add(alice, Action(plan=world.plan, title="Prov", unit=world.units["nursing"], after=first))
    third = editing.add(alice, Action(plan=world.plan, title="Besök", unit=world.units["nursing"], after=second))
    with pytest.raises(ValidationError) as refused:
        editing.change(alice, first, {"after": third}, 1)
    assert f"{first} → Besök → Prov → {first}" in refused.value.message_dict["after"][0]


def test_a_chain_of_calls_that_goes_round_is_refused(world, alice):
    with pytest.raises(ValidationError) as refused:
        editing.change(alice, world.things["situation"], {"then_unit": world.units["nursing"]}, 1)
    assert "then_unit" in refused.value.message_dict


def test_done_twice_is_done_once_and_can_be_undone(world, alice):
    action = world.things["action"]
    (occurrence,) = unfold([action], DAY, DAY)
    doing.done(alice, action, occurrence.original, 0)
    again = doing.done(alice, action, occurrence.original, 0)
    assert (again.version, OccurrenceState.objects.count()) == (1, 1)
    assert unfold([action], DAY, DAY)[0].status == "done"
    doing.undo(alice, action, occurrence.original, 1)
    assert unfold([action], DAY, DAY)[0].pending
    assert not Revision.objects.exists()


def test_marked_by_two_at_once_says_so(world, alice):
    action = world.things["action"]
    (occurrence,) = unfold([action], DAY, DAY)
    doing.done(alice, action, occurrence.original, 0)
    with pytest.raises(editing.Conflict):
        doing.not_done(world.actor("coordinator"), action, occurrence.original, 0, "sov")


def test_moved_handed_over_and_not_done_are_written_down_with_why(world, alice):
    action = world.things["action"]
    (occurrence,) = unfold([action], DAY, DAY)
    to = clock.at(DAY, time(15))
    doing.move(alice, action, occurrence.original, 0, to, "Hon är hos tandläkaren")
    doing.hand_over(alice, action, occurrence.original, 1, None, "Alice sjuk")
    (found,) = unfold([action], DAY, DAY)
    assert (found.starts, found.moved, found.nobody, found.key) == (to, True, True, occurrence.key)
    doing.hand_over(alice, action, occurrence.original, 2, world.things["alice"])
    with pytest.raises(ValidationError):
        doing.not_done(alice, action, occurrence.original, 3, "")
    doing.not_done(alice, action, occurrence.original, 3, "Hon sov")
    assert Revision.objects.filter(kind="occurrence").count() == 4
    assert Revision.objects.filter(why="Alice sjuk").exists()


def test_an_occurrence_that_is_not_in_the_plan_is_refused(world, alice):
    with pytest.raises(ValidationError):
        doing.done(alice, world.things["action"], clock.at(DAY, time(3, 33)), 0)
    with pytest.raises(Denied):
        doing.done(world.actor("stranger"), world.things["action"], clock.at(DAY, time()), 0)


def test_a_follow_up_is_closed_and_the_next_is_set(world, alice):
    item = editing.add(alice, FollowUp(plan=world.plan, due_on=DAY))
    editing.follow_up_done(alice, item, 1, "Det går bra", DAY + timedelta(days=30))
    plan = CarePlan.objects.get()
    assert plan.follow_up_on == DAY + timedelta(days=30)
    with pytest.raises(ValidationError):
        editing.add(alice, FollowUp(plan=world.plan, due_on=DAY - timedelta(days=1)))


def test_a_situation_goes_on_and_is_over(world, alice):
    situation = editing.situation_goes_on(alice, world.things["situation"], True, 1, "Yr i morse")
    assert situation.ongoing_since == NOW
    assert editing.situation_goes_on(world.actor("gp"), situation, True, 1).version == 2
    assert editing.situation_goes_on(alice, situation, False, 2).ongoing_since is None


def test_an_event_cannot_lie_ahead(world, alice):
    editing.add(alice, PlanEvent(plan=world.plan, at=NOW - timedelta(days=1), title="Kom hem"))
    with pytest.raises(ValidationError):
        editing.add(alice, PlanEvent(plan=world.plan, at=NOW + timedelta(days=1), title="Kommer hem"))
    editing.add(alice, Goal(plan=world.plan, words="Baka"))
    editing.add(alice, Situation(plan=world.plan, trigger="Om jag faller", steps_person="Ligg kvar.", emergency=True))
    assert Revision.objects.filter(kind="add").count() == 3


def test_a_party_is_added_and_withdrawn_at_once(world, alice):
    bob = world.actor("bob")
    person = world.person
    CareRelation.objects.create(person=person, unit=world.units["help"], reason="hemtjänst")
    with pytest.raises(Denied):
        editing.change(bob, world.things["goal"], {"words": "x"}, 1)
    with pytest.raises(ValidationError):
        parties.add_party(alice, person, world.units["help"], "", "", "spoken")
    party = parties.add_party(alice, person, world.units["help"], "Ja, de också", "Märit", "spoken")
    editing.change(bob, world.things["goal"], {"words": "Bobs"}, 1)
    parties.withdraw_party(alice, party, "Inte längre")
    with pytest.raises(Denied):
        editing.change(bob, world.things["goal"], {"words": "Bobs igen"}, 2)
    with pytest.raises(ValidationError):
        parties.withdraw_party(alice, party, "En gång till")
    assert Goal.objects.get().words == "Bobs"


def test_the_person_withdraws_a_party_herself(world):
    party = Party.objects.get(unit=world.units["centre"])
    with pytest.raises(Denied):
        parties.withdraw_party(world.actor("husband"), party, "Nej")
    parties.withdraw_party(world.actor("self"), party, "Jag vill inte")
    with pytest.raises(Denied):
        editing.change(world.actor("gp"), world.things["goal"], {"words": "x"}, 1)


def test_a_plan_is_started_with_what_the_person_said(world, alice):
    other = world.things["other_person"]
    with pytest.raises(Denied):
        parties.start_plan(alice, other, [world.units["nursing"]], "Ja", "Annan", "spoken")
    CareRelation.objects.create(person=other, unit=world.units["nursing"], reason="inskriven")
    with pytest.raises(ValidationError):
        parties.start_plan(alice, other, [world.units["nursing"]], "", "Annan", "spoken")
    with pytest.raises(ValidationError):
        parties.start_plan(alice, other, [world.units["centre"]], "Ja", "Annan", "spoken")
    assert not other.plans.exists()
    plan = parties.start_plan(
        alice, other, [world.units["nursing"], world.units["centre"]], "Ja, ni två", "Annan", "spoken", follow_up_on=DAY
    )
    plan.refresh_from_db()
    assert (plan.next_kind, other.parties.count()) == ("follow_up", 2)
    with pytest.raises(ValidationError):
        parties.start_plan(alice, other, [world.units["nursing"]], "Ja", "Annan", "spoken")


def test_capacity_is_kept_with_all_that_p7_asks(world, alice):
    with pytest.raises(ValidationError):
        parties.assess_capacity(alice, Capacity(person=world.person, ground="lasting", review_on=DAY))
    full = {
        "assessed_by": "Dr X",
        "basis": "Samtal",
        "represented_by": "Make",
        "attitude": "Vill ha hjälp",
        "review_on": DAY,
    }
    parties.assess_capacity(alice, Capacity(person=world.person, ground="lasting", **full))
    parties.assess_capacity(alice, Capacity(person=world.person, ground="unconscious", **full))
    from samband.plans.services.summary import summary

    assert "Medvetslös" in summary(world.person, alice).marked
    parties.end_capacity(alice, world.person, "Vaken igen")
    assert summary(world.person, alice).marked == ""
    assert Capacity.objects.count() == 2


def test_the_header_asks_a_bounded_number_of_questions(world, alice, django_assert_max_num_queries):
    from samband.plans.services.summary import summary

    agree(world.things["other_person"], world.units["nursing"])
    with django_assert_max_num_queries(7):
        found = summary(world.person, alice)
    assert (found.voice, len(found.contacts)) == (world.plan.words, 3)
