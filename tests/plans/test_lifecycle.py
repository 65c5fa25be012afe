"""A plan rests, is closed, is opened again; one unit hands over to another; what was wrong is put right."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.access.models import CareRelation, Party
from samband.core import clock, events, notices, policy
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.plans import notices as kinds
from samband.plans.models import Action, CarePlan, Correction, FollowUp, Goal, Handover, PlanEvent, Proposal, Revision
from samband.plans.services import corrections, doing, editing, handovers, lifecycle, next_step, restore, versions
from samband.plans.services.changes import sentence
from samband.plans.services.occurrences import candidates, unfold
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


@pytest.fixture
def told():
    """What is told while the test runs, by kind."""
    found: list[notices.Telling] = []

    def hear(telling):
        found.append(telling)

    events.listen(notices.EVENT)(hear)
    yield found
    events._handlers[notices.EVENT].remove(hear)


class Everybody:
    def of(self, rows, way):
        return rows


def test_a_paused_plan_rests_and_says_until_when(world, alice, told):
    plan = lifecycle.pause(alice, world.plan, "Hon reser bort", DAY + timedelta(days=10))
    assert (plan.status, plan.paused_on, plan.status_why) == ("paused", DAY, "Hon reser bort")
    step = next_step.compute(plan)
    assert not step
    assert "3 december" in step.why
    assert "Hon reser bort" in step.why
    assert not candidates(Action.objects.all(), DAY, DAY).exists()
    assert candidates(Action.objects.all(), DAY - timedelta(days=2), DAY - timedelta(days=1)).count() <= 1
    assert list(lifecycle.resting(Everybody()).values_list("person_pk", flat=True)) == [world.person.pk]
    assert not lifecycle.past_resuming(Everybody()).exists()
    assert [t.kind.key for t in told] == [kinds.PAUSED]
    assert told[0].persons == {world.person.pk}
    assert AuditEvent.objects.filter(action="plan.pause", subjects__person_id=world.person.pk).exists()
    assert sentence(Revision.objects.latest("number")) == "Planen vilar"


def test_nothing_is_marked_while_the_plan_rests_but_what_was_before_can_be(world, alice):
    action = world.things["action"]
    Action.objects.filter(pk=action.pk).update(starts_on=DAY - timedelta(days=5))
    action.refresh_from_db()
    (before,) = unfold([action], DAY - timedelta(days=1), DAY - timedelta(days=1))
    (today,) = unfold([action], DAY, DAY)
    lifecycle.pause(alice, world.plan, "Reser", DAY + timedelta(days=3))
    with pytest.raises(ValidationError):
        doing.done(alice, action, today.original, 0)
    assert doing.done(alice, action, before.original, 0).status == "done"


@pytest.mark.parametrize(
    ("why", "day", "field"),
    [
        ("", DAY + timedelta(days=1), "why"),
        ("x", None, "resume_on"),
        ("x", DAY, "resume_on"),
        ("x" * 301, DAY + timedelta(days=1), "why"),
    ],
)
def test_a_pause_needs_a_reason_and_a_day_to_come(world, alice, why, day, field):
    with pytest.raises(ValidationError) as refused:
        lifecycle.pause(alice, world.plan, why, day)
    assert field in refused.value.message_dict
    assert CarePlan.objects.get().status == "active"


@pytest.mark.parametrize("name", ["stranger", "bob", "teacher", "husband", "self", "administrator"])
def test_only_a_party_that_plans_leads_the_plan(world, name):
    with pytest.raises(Denied):
        lifecycle.pause(world.actor(name), world.plan, "x", DAY + timedelta(days=1))
    with pytest.raises(Denied):
        lifecycle.close(world.actor(name), world.plan, "x")


def test_the_clock_takes_it_up_again_or_reminds(world, alice, told):
    lifecycle.pause(alice, world.plan, "Reser", DAY + timedelta(days=2), itself=True)
    with clock.frozen(NOW + timedelta(days=1)):
        assert lifecycle.due() == 0
    with clock.frozen(NOW + timedelta(days=2)):
        lifecycle.due()
        lifecycle.due()
        plan = CarePlan.objects.get()
        assert plan.status == "active"
        assert plan.resume_on is None
        lifecycle.pause(alice, plan, "Reser mer", DAY + timedelta(days=4))
    with clock.frozen(NOW + timedelta(days=5)):
        lifecycle.due()
        assert CarePlan.objects.get().status == "paused"
        assert lifecycle.past_resuming(Everybody()).count() == 1
    assert [t.kind.key for t in told] == [kinds.PAUSED, kinds.RESUMED, kinds.PAUSED, kinds.RESUME_DUE]
    assert told[-1].once


def test_a_closed_plan_ends_its_actions_and_opened_again_they_come_back(world, alice, gp):
    own, other = (
        world.things["action"],
        Action.objects.create(plan=world.plan, title="Prov", unit=world.units["centre"]),
    )
    resting = Action.objects.create(plan=world.plan, title="Gång", by="person", status="paused")
    plan = lifecycle.close(alice, world.plan, "Allt är bra", {str(own.public_id): "done", str(other.public_id): "done"})
    assert (plan.status, plan.closed_on) == ("closed", DAY)
    # P3: alice says of her own that it is done; the centre's stops with the plan.
    assert {a.title: a.status for a in plan.actions.all()} == {own.title: "done", "Prov": "stopped", "Gång": "stopped"}
    assert not candidates(Action.objects.all(), DAY, DAY).exists()
    for change in (
        lambda: editing.change(alice, world.things["goal"], {"words": "nytt"}, 1),
        lambda: editing.add(alice, Goal(plan=plan, words="nytt")),
        lambda: lifecycle.close(alice, plan, "igen"),
        lambda: lifecycle.pause(alice, plan, "x", DAY + timedelta(days=1)),
    ):
        with pytest.raises(ValidationError):
            change()
    plan, back = lifecycle.reopen(gp, plan, "Hon behöver oss igen")
    assert (plan.status, plan.closed_on, back) == ("active", None, 3)
    assert {a.title: a.status for a in plan.actions.all()} == {own.title: "active", "Prov": "active", "Gång": "paused"}
    assert resting.pk in {a.pk for a in plan.actions.all()}


def test_an_action_whose_unit_left_has_nobody_when_the_plan_opens_again(world, alice):
    other = Action.objects.create(plan=world.plan, title="Prov", unit=world.units["centre"])
    plan = lifecycle.close(alice, world.plan, "klart")
    Party.objects.filter(unit=world.units["centre"]).update(withdrawn_at=NOW)
    lifecycle.reopen(alice, plan, "igen")
    other.refresh_from_db()
    assert (other.by, other.unit, other.status) == ("nobody", None, "active")


def test_a_person_has_at_most_one_open_plan(world, alice):
    plan = lifecycle.close(alice, world.plan, "klart")
    CarePlan.objects.create(person=world.person)
    with pytest.raises(ValidationError):
        lifecycle.reopen(alice, plan, "igen")


def _ask(world, alice, things=None, **more):
    plan = world.plan
    given = {
        "reason": "municipality", "message": "Hon hör bäst på höger öra.", "on": DAY, "leaves": True,
        "said": handovers.Said("Ja, de får ta över.", "Hon", "spoken"), **more,
    }  # fmt: skip
    things = things if things is not None else [o.thing for o in handovers.offers(plan, world.units["nursing"])]
    return handovers.ask(
        alice, plan, world.units["nursing"], world.units["elsewhere"], given["reason"], given["message"], given["on"], things,
        given["leaves"], given["said"],
    )  # fmt: skip


def _yes(row, **no):
    return {i.thing: handovers.Answer(i.thing not in no.get("no", ()), None, "Vi hinner inte") for i in row.items.all()}


def test_P1_the_new_party_reads_only_when_the_person_has_said_yes(world, alice):
    stranger = world.actor("stranger")
    with pytest.raises(ValidationError) as refused:
        _ask(world, alice, said=handovers.Said())
    assert "said" in refused.value.message_dict
    assert not policy.decide(stranger, "plan.read", world.person)
    row = _ask(world, alice)
    assert policy.decide(stranger, "plan.read", world.person)
    party = Party.objects.get(unit=world.units["elsewhere"])
    assert (party.said, party.said_by, party.form) == ("Ja, de får ta över.", "Hon", "spoken")
    assert list(handovers.unanswered(Everybody()).values_list("person_pk", flat=True)) == [world.person.pk]
    # Until it is answered the first is responsible.
    assert world.plan.actions.get().unit == world.units["nursing"]
    assert row.open


def test_what_is_accepted_passes_and_the_first_unit_reads_no_more(world, alice, told):
    FollowUp.objects.create(plan=world.plan, due_on=DAY + timedelta(days=9), responsible=world.things["alice"])
    row = _ask(world, alice)
    assert [i.title for i in row.items.all()] == [
        "Insulin Zxqvwkj",
        "Svarar om: ”Om jag blir yr Zxqvwkj”",
        "Uppföljningen 2 december",
    ]
    stranger = world.actor("stranger")
    with pytest.raises(Denied):
        handovers.answer(alice, row, _yes(row))
    found = handovers.answer(stranger, row, _yes(row), "Välkommen")
    assert (found.status, found.done_at) == ("accepted", NOW)
    action, situation = world.plan.actions.get(), world.plan.situations.get()
    assert (action.unit, situation.call_unit) == (world.units["elsewhere"], world.units["elsewhere"])
    assert world.plan.follow_ups.get().responsible is None
    with clock.frozen(NOW + timedelta(days=1)):
        assert not policy.decide(world.actor("alice"), "plan.read", world.person)
        assert policy.decide(stranger, "action.edit", action)
    assert [t.kind.key for t in told] == [kinds.ASKED, kinds.ANSWERED]
    assert told[0].units == {world.units["elsewhere"].pk}
    with pytest.raises(ValidationError):
        handovers.answer(stranger, row, _yes(row))


def test_a_part_may_be_declined_with_a_reason_and_stays(world, alice):
    row = _ask(world, alice)
    declined = row.items.last().thing
    stranger = world.actor("stranger")
    with pytest.raises(ValidationError):
        handovers.answer(stranger, row, {})  # no, without a reason
    found = handovers.answer(stranger, row, _yes(row, no=[declined]))
    assert found.status == "partly"
    assert world.plan.situations.get().call_unit == world.units["nursing"]
    assert world.plan.actions.get().unit == world.units["elsewhere"]
    assert policy.decide(alice, "plan.read", world.person)  # who keeps something stays
    assert CareRelation.objects.get(unit=world.units["nursing"]).ends_on is None


def test_a_hand_over_for_a_later_day_passes_on_that_day(world, alice):
    row = _ask(world, alice, on=DAY + timedelta(days=3))
    handovers.answer(world.actor("stranger"), row, _yes(row))
    assert world.plan.actions.get().unit == world.units["nursing"]
    assert policy.decide(alice, "action.edit", world.plan.actions.get())
    with clock.frozen(NOW + timedelta(days=3)):
        assert handovers.carry_out_due() == 1
        assert handovers.carry_out_due() == 0
        assert world.plan.actions.get().unit == world.units["elsewhere"]
        assert not policy.decide(world.actor("alice"), "plan.read", world.person)


def test_a_contact_role_passes_to_somebody_named(world, alice):
    from samband.people.models import Assignment, ContactRole

    ContactRole.objects.create(
        person=world.person, kind="care_contact", assignment=world.things["alice"], starts_on=DAY - timedelta(days=30)
    )
    row = _ask(world, alice, on=DAY + timedelta(days=2))
    stranger = world.actor("stranger")
    contact = next(i.thing for i in row.items.all() if i.thing.startswith(handovers.CONTACT))
    with pytest.raises(ValidationError):
        handovers.answer(stranger, row, _yes(row))  # nobody named
    who = Assignment.objects.get(pk=stranger.assignment_id)
    handovers.answer(stranger, row, {**_yes(row), contact: handovers.Answer(True, who)})
    held = ContactRole.objects.filter(person=world.person).order_by("starts_on")
    assert [(c.assignment_id, c.starts_on, c.ends_on) for c in held] == [
        (world.things["alice"].pk, DAY - timedelta(days=30), DAY + timedelta(days=1)),
        (who.pk, DAY + timedelta(days=2), None),
    ]


def test_a_question_that_nobody_answers_is_told_again_and_can_be_taken_back(world, alice, told):
    row = _ask(world, alice)
    with clock.frozen(NOW + timedelta(days=4)):
        handovers.remind()
        assert told[-1].kind.key == kinds.UNANSWERED
        assert told[-1].once
        with pytest.raises(Denied):
            handovers.withdraw(world.actor("stranger"), row, "x")
        handovers.withdraw(world.actor("alice"), row, "Hon flyttar inte")
        assert handovers.remind() == 0
    assert not handovers.unanswered(Everybody()).exists()


BAD_ASKS = [
    ({"message": " "}, "message"), ({"on": DAY - timedelta(days=1)}, "on"), ({"reason": "x"}, "reason"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "field"), BAD_ASKS)
def test_a_bad_question_is_a_sentence_at_its_field(world, alice, more, field):
    with pytest.raises(ValidationError) as refused:
        _ask(world, alice, **more)
    assert field in refused.value.message_dict
    assert not Handover.objects.exists()
    assert not Party.objects.filter(unit=world.units["elsewhere"]).exists()


def test_one_hands_over_ones_own_and_not_to_a_party_outside_care(world, gp, alice):
    things = [o.thing for o in handovers.offers(world.plan, world.units["nursing"])]
    args = (world.plan, world.units["nursing"], world.units["help"], "unit", "x", DAY, things)
    with pytest.raises(ValidationError) as refused:
        handovers.ask(gp, *args)
    assert "from_unit" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        handovers.ask(alice, world.plan, world.units["nursing"], world.units["school"], "unit", "x", DAY, things)
    assert "to_unit" in refused.value.message_dict


def test_restoring_is_a_new_change_and_can_be_restored_back(world, alice):
    goal = world.things["goal"]
    first = versions.latest(world.plan)
    editing.change(alice, goal, {"words": "Fel väg", "know_how": "x"}, 1)
    seen = versions.latest(world.plan)
    (item,) = restore.preview(alice, world.plan, first)
    assert (item.how, item.values["words"]) == ("write", goal.words)
    wrote, asked = restore.restore(alice, world.plan, first, "Det blev fel", seen, [item.key])
    assert (wrote, asked) == (1, 0)
    goal.refresh_from_db()
    assert (goal.words, goal.know_how, goal.version) == (world.things["goal"].words, "", 3)
    row = Revision.objects.latest("number")
    assert (row.kind, row.why, row.number) == ("restore", "Det blev fel", seen + 1)
    assert restore.undo_restore(alice, world.plan, seen) == 1
    goal.refresh_from_db()
    assert (goal.words, goal.know_how) == ("Fel väg", "x")
    assert Revision.objects.filter(kind="restore").count() == 2


def test_one_field_alone_is_restored(world, alice):
    goal = world.things["goal"]
    editing.change(alice, goal, {"words": "Nytt", "know_how": "Nytt också"}, 1)
    key = f"plans.goal:{goal.public_id}"
    restore.restore(alice, world.plan, 0, "bara det ena", 1, [key], key, ["know_how"])
    goal.refresh_from_db()
    assert (goal.words, goal.know_how) == ("Nytt", "")


def test_P3_anothers_action_becomes_a_proposal_and_what_was_added_ends(world, alice, gp):
    first = versions.latest(world.plan)
    editing.change(alice, world.things["action"], {"time_from": time(8)}, 1)
    added = editing.add(gp, Goal(plan=world.plan, words="Nytt mål"))
    editing.add(gp, PlanEvent(plan=world.plan, title="Föll", at=NOW))
    items = {i.title: i for i in restore.preview(gp, world.plan, first)}
    assert {title: i.how for title, i in items.items()} == {
        "Insulin Zxqvwkj": "propose",
        "Nytt mål": "write",
        "Föll": "leave",
    }
    keys = [i.key for i in items.values()]
    assert restore.restore(gp, world.plan, first, "tillbaka", versions.latest(world.plan), keys) == (1, 1)
    added.refresh_from_db()
    assert added.status == "dropped"
    assert Proposal.objects.get().changes == {"time_from": ["08:00:00", None]}
    assert world.plan.actions.get().time_from == time(8)


def test_what_moved_after_the_preview_stops_the_restoring(world, alice, gp):
    goal = world.things["goal"]
    editing.change(alice, goal, {"words": "två"}, 1)
    seen = versions.latest(world.plan)
    (item,) = restore.preview(alice, world.plan, 0)
    editing.change(gp, goal, {"words": "tre"}, 2)
    with pytest.raises(restore.Moved):
        restore.restore(alice, world.plan, 0, "tillbaka", seen, [item.key])
    goal.refresh_from_db()
    assert goal.words == "tre"


def test_A17_a_struck_text_is_covered_everywhere_and_read_behind_a_reason(world, alice):
    secret = "Hör till någon annan"
    goal = editing.add(alice, Goal(plan=world.plan, words=secret))
    row = corrections.correct(alice, goal, "words", "struck", "person", "Fel person")
    goal.refresh_from_db()
    assert goal.words == "(struken uppgift)"
    client = world.client("alice")
    person = world.person.public_id
    for url in (
        reverse("plans:person", args=[person]), reverse("plans:history", args=[person]),
        reverse("plans:compare", args=[person]) + "?from=0", reverse("plans:restore", args=[person, 1]),
        reverse("plans:correction", args=[row.public_id]),
    ):  # fmt: skip
        assert secret not in client.get(url).content.decode(), url
    assert client.post(reverse("plans:correction", args=[row.public_id]), {"why": ""}).status_code == 422
    shown = client.post(reverse("plans:correction", args=[row.public_id]), {"why": "Anmälan"})
    assert secret in shown.content.decode()
    event = AuditEvent.objects.get(action="correction.unfold")
    assert event.detail["why"] == "Anmälan"
    for item in restore.preview(alice, world.plan, 1):
        assert secret not in str(item.values)


def test_a_corrected_text_is_marked_and_unfolds(world, alice, gp):
    goal = world.things["goal"]
    said = goal.words
    row = corrections.correct(alice, goal, "words", "corrected", "wrong", "Hörde fel", "Gå ut varannan dag")
    assert corrections.unfold(gp, row, "") == said
    assert Revision.objects.latest("number").kind == "strike"
    for name in ("self", "stranger"):
        with pytest.raises(Denied):
            corrections.unfold(world.actor(name), row, "x")
    with pytest.raises(Denied):
        corrections.correct(gp, world.things["action"], "title", "struck", "wrong", "x")
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "kind", "why", "new", "wrong"),
    [("status", "struck", "x", "", "field"), ("words", "x", "x", "", "kind"), ("words", "struck", " ", "", "why"),
     ("words", "corrected", "x", " ", "new")],
)  # fmt: skip
def test_a_correction_says_what_it_lacks(world, alice, field, kind, why, new, wrong):
    with pytest.raises(ValidationError) as refused:
        corrections.correct(alice, world.things["goal"], field, kind, "wrong", why, new)
    assert wrong in refused.value.message_dict


def test_a_clash_of_versions_is_read_back_over_every_kind_of_change(world, alice, gp):
    """The base of a merge counts restoring and correcting too: each raised the version by one."""
    goal = world.things["goal"]
    editing.change(alice, goal, {"words": "två"}, 1)
    corrections.correct(alice, goal, "words", "corrected", "wrong", "x", "tre")
    with pytest.raises(editing.Conflict) as caught:
        editing.change(gp, goal, {"words": "mitt"}, 1)
    assert (caught.value.fields[0].base, caught.value.fields[0].theirs) == (goal.words, "tre")


def test_two_units_that_are_parties_agree_without_new_consent(world, alice, gp):
    agree(world.person, world.units["help"])
    things = [o.thing for o in handovers.offers(world.plan, world.units["nursing"])]
    row = handovers.ask(
        alice, world.plan, world.units["nursing"], world.units["help"], "unit", "Ni tar det", DAY, things, False
    )
    handovers.answer(world.actor("bob"), row, _yes(row))
    assert policy.decide(alice, "plan.read", world.person)
