"""Answers by version, consent given and taken back, the one who represents, notes of those near (P1, P4, P6, P7)."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from samband.access.models import Capacity, Consent, Party
from samband.core import clock, events, notices, policy
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.people.models import ContactRole, Relative
from samband.plans.models import Action, Approval, CarePlan, Goal, Proposal, Revision
from samband.plans.services import agreement, approvals, asks, consent, editing, notes, parties, reviews
from samband.plans.services.approvals import Said

NOW = clock.at(date(2026, 11, 23), time(9, 12))
SPOKEN = Said("Märit", "spoken")


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def told(monkeypatch):
    """What was told, by kind."""
    found: list[notices.Telling] = []

    def hear(telling):
        found.append(telling)

    monkeypatch.setitem(events._handlers, notices.EVENT, [hear])
    return found


def change_goal(world, words="Ett annat mål", who="alice"):
    goal = Goal.objects.get(pk=world.things["goal"].pk)
    return editing.change(world.actor(who), goal, {"words": words}, goal.version)


# Answers


def test_P4_the_person_approves_a_version_and_it_shows_when_it_changed_since(world, told):
    change_goal(world)
    number = agreement.version_of(world.plan)
    found = approvals.approve(world.actor("self"), world.plan, number)
    assert (found.number, found.answer, found.said_by, found.by_kind) == (
        number,
        "approved",
        world.person.full_name,
        "person",
    )
    assert Revision.objects.filter(plan=world.plan, kind="approve").count() == 1
    assert AuditEvent.objects.filter(action="plan.approve", subjects__person_id=world.person.pk).count() == 1
    assert [t.kind.key for t in told] == ["plan.approved"]
    assert agreement.standing(world.plan).approved
    change_goal(world, "Ett tredje")
    change_goal(world, "Ett fjärde")
    editing.add(world.actor("alice"), Action(plan=world.plan, title="Ny", unit=world.units["nursing"]))
    now = agreement.standing(world.plan)
    assert (now.answer, now.since, now.approved) == ("approved", 2, False), "two places: a goal and an action"
    assert [r.title for r in agreement.changed_since(world.plan, now.number)] == ["Ny", "Ett fjärde"]


@pytest.mark.parametrize("who", ["mark", "event", "self", "party"])
def test_what_is_no_change_of_the_agreement(world, who):
    approvals.approve(world.actor("self"), world.plan, agreement.version_of(world.plan))
    if who == "mark":
        situation = world.things["situation"]
        editing.situation_goes_on(world.actor("alice"), situation, True, situation.version)
    elif who == "event":
        from samband.plans.models import PlanEvent

        editing.add(world.actor("alice"), PlanEvent(plan=world.plan, at=NOW, title="Kom hem"))
    elif who == "self":
        editing.write_words(world.actor("self"), world.plan, "Mina nya ord", world.plan.version)
    else:
        parties.add_party(world.actor("alice"), world.person, world.units["help"], "Ja", "Märit", "spoken")
    assert agreement.standing(world.plan).approved


def test_the_version_that_was_read_is_the_one_approved(world):
    number = agreement.version_of(world.plan)
    change_goal(world)
    with pytest.raises(ValidationError, match="ändrades nyss"):
        approvals.approve(world.actor("self"), world.plan, number)
    assert not Approval.objects.exists()
    approvals.disagree(world.actor("self"), world.plan, number, "Jag vill inte det.")
    assert agreement.standing(world.plan).answer == "disagreed"


def test_disagreement_needs_words_and_is_heard(world, told):
    ContactRole.objects.create(person=world.person, kind="care_contact", assignment=world.things["alice"])
    with pytest.raises(ValidationError):
        approvals.disagree(world.actor("self"), world.plan, 0, "  ")
    approvals.disagree(world.actor("self"), world.plan, 0, "Jag vill inte flytta.")
    assert [(t.kind.key, t.assignments) for t in told] == [("plan.disagreed", {world.things["alice"].pk})]
    assert "Jag vill inte flytta" not in str(told), "a notice says nothing of the care"


def test_staff_write_down_who_said_it_and_in_which_form(world):
    with pytest.raises(ValidationError) as caught:
        approvals.approve(world.actor("alice"), world.plan, 0)
    assert set(caught.value.message_dict) == {"said_by", "form"}
    found = approvals.approve(world.actor("alice"), world.plan, 0, SPOKEN, "Så ska det vara.")
    assert (found.said_by, found.form, found.by_name, found.words) == (
        "Märit",
        "spoken",
        "Alice Test",
        "Så ska det vara.",
    )
    with pytest.raises(Denied):
        approvals.approve(world.actor("husband"), world.plan, 0)


def test_an_answer_is_never_changed(world):
    found = approvals.approve(world.actor("self"), world.plan, 0)
    for touch in (lambda: Approval.objects.update(words="x"), lambda: Approval.objects.filter(pk=found.pk).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            touch()


# P7


def represent(world, relative=None, review=30):
    return parties.assess_capacity(world.actor("alice"), Capacity(
        person=world.person, ground="lasting", assessed_by="Läkare", basis="Två samtal", represented_by="Vera Vård, god man",
        representative=relative, attitude="Har sagt ja förr", review_on=clock.today() + timedelta(days=review),
    ))  # fmt: skip


def trustee(world, **more):
    from samband.core.models import User

    world.users["trustee"] = User.objects.create_user("trustee")
    return Relative.objects.create(
        person=world.person, given_name="Vera", family_name="Vård", relation="god man", role="trustee", reads=True,
        writes=True, represents=True, user=world.users["trustee"], **more,
    )  # fmt: skip


def test_P7_the_trustee_approves_with_the_basis_written_down(world):
    near = trustee(world, basis="Tingsrättens beslut om god man")
    represent(world, near)
    with pytest.raises(Denied):
        approvals.approve(world.actor("self"), world.plan, 0)
    found = approvals.approve(world.actor("trustee"), world.plan, 0)
    assert (found.representative, found.basis, found.form) == (
        near,
        "Tingsrättens beslut om god man",
        "via_representative",
    )
    said = approvals.disagree(world.actor("self"), world.plan, 0, "Jag vill hem.")
    assert said.words == "Jag vill hem.", "the person's own no is heard all the same"
    now = agreement.standing(world.plan)
    assert (now.marked, now.represented_by, now.answer) == (True, "Vera Vård, god man", "disagreed")


def test_one_plan_and_many_are_read_alike(world):
    """One plan is asked about in small queries, the rows of a list in one: they must never say different things."""

    def of_many() -> agreement.Standing:
        names = {f"ag_{name}": name for name in agreement.Standing.__dataclass_fields__}
        row = agreement.standing_of(CarePlan.objects.filter(pk=world.plan.pk)).values(*names).get()
        given = {names[name]: value for name, value in row.items() if value is not None}
        return agreement.Standing(**given if given.get("answer") else {**given, "since": 0})

    me, number = world.actor("self"), agreement.version_of(world.plan)
    steps = (
        lambda: None,
        lambda: consent.give(me, world.person, "Ja, gärna."),
        lambda: approvals.approve(me, world.plan, number),
        lambda: change_goal(world),
        lambda: represent(world, trustee(world, basis="Tingsrättens beslut")),
        lambda: approvals.disagree(me, world.plan, number, "Jag vill hem."),
        lambda: consent.withdraw(me, world.person, "Det räcker."),
    )
    found = []
    for step in steps:
        step()
        found.append(agreement.standing(world.plan))
        assert found[-1] == of_many()
    assert [row.answer for row in found] == ["", "", "approved", "approved", "approved", "disagreed", "disagreed"]
    assert [row.since for row in found][2:4] == [0, 1]
    assert len(set(found)) >= 6, "every step shows"


def test_P7_staff_need_the_basis_when_somebody_represents(world):
    represent(world)
    with pytest.raises(ValidationError) as caught:
        approvals.approve(world.actor("alice"), world.plan, 0, Said("Vera", "via_representative"))
    assert set(caught.value.message_dict) == {"basis"}
    found = approvals.approve(world.actor("alice"), world.plan, 0, Said("Vera", "via_representative", "God man"))
    assert found.basis == "God man"


@pytest.mark.parametrize("wrong", ["stranger", "husband", "ended"])
def test_P7_only_somebody_with_the_laws_mandate_today_represents(world, wrong):
    near = world.things["husband"]
    if wrong == "stranger":
        near = Relative.objects.create(
            person=world.things["other_person"], given_name="V", family_name="V", relation="god man", role="trustee"
        )
    elif wrong == "ended":
        near = trustee(world, starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(ValidationError) as caught:
        represent(world, near)
    assert set(caught.value.message_dict) == {"representative"}
    assert not Capacity.objects.exists()


def test_P7_the_clock_tells_once_that_it_is_time_to_look_again(world, told):
    held = represent(world, review=3)
    assert reviews.remind_due() == 0
    with clock.frozen(NOW + timedelta(days=3)):
        assert reviews.remind_due() == 1
        assert reviews.remind_due() == 0
    assert [t.kind.key for t in told] == ["capacity.review"]
    held.refresh_from_db()
    held.review_on = clock.today() + timedelta(days=9)
    held.save()
    with clock.frozen(NOW + timedelta(days=10)):
        assert reviews.remind_due() == 1, "a new day is told of anew"


# Consent


def test_P6_taking_the_whole_consent_back_stops_every_reading_at_once_and_erases_nothing(world, told):
    consent.give(world.actor("self"), world.person, "Ja, gärna.")
    before = list(world.plan.actions.values_list("title", flat=True))
    row = consent.withdraw(world.actor("self"), world.person, "Det räcker.")
    for who in ("alice", "gp", "coordinator"):
        decision = policy.decide(world.actor(who), "plan.read", world.person)
        assert (bool(decision), decision.rule) == (False, "P6")
    assert not Party.objects.filter(person=world.person, withdrawn_at__isnull=True).exists()
    assert list(world.plan.actions.values_list("title", flat=True)) == before
    assert policy.decide(world.actor("self"), "plan.read", world.person), "her own reading goes on"
    assert (row.said, row.withdrawn_said, row.withdrawn_by) == ("Ja, gärna.", "Det räcker.", world.person.full_name)
    assert [(t.kind.key, t.units) for t in told] == [
        ("consent.withdrawn", {world.units["centre"].pk, world.units["nursing"].pk})
    ]
    assert AuditEvent.objects.filter(action="consent.withdraw", subjects__person_id=world.person.pk).exists()


def test_P1_the_person_gives_it_again_with_those_she_wants_back(world):
    consent.give(world.actor("self"), world.person, "Ja.")
    with pytest.raises(ValidationError, match="redan"):
        consent.give(world.actor("self"), world.person, "Ja igen.")
    consent.withdraw(world.actor("self"), world.person)
    assert {u.name for u in consent.may_return(world.person)} == {"Vårdcentralen", "Hemsjukvården"}
    with pytest.raises(ValidationError, match="nytt samtycke"):
        parties.add_party(world.actor("alice"), world.person, world.units["help"], "Ja", "Märit", "spoken")
    consent.give(world.actor("alice"), world.person, "Ja, men inte läkaren.", SPOKEN, [world.units["nursing"]])
    assert policy.decide(world.actor("alice"), "plan.read", world.person)
    assert not policy.decide(world.actor("gp"), "plan.read", world.person)
    assert Consent.objects.filter(person=world.person).count() == 2, "what was said before stays"
    assert consent.may_return(world.person) == []


def test_P6_a_plan_from_before_consents_can_be_taken_back_too(world):
    row = consent.withdraw(world.actor("self"), world.person)
    assert row.said == "Ja, de får vara med."
    with pytest.raises(ValidationError, match="inget samtycke"):
        consent.withdraw(world.actor("self"), world.person)


def test_staff_write_what_was_said_when_it_is_taken_back(world):
    with pytest.raises(ValidationError) as caught:
        consent.withdraw(world.actor("alice"), world.person)
    assert set(caught.value.message_dict) == {"said", "said_by", "form"}
    assert Party.objects.filter(withdrawn_at__isnull=True).count() == 2, "a refusal stops nothing halfway"
    consent.withdraw(world.actor("alice"), world.person, "Jag vill inte mer.", SPOKEN)
    assert Consent.objects.get().withdrawn_form == "spoken"


def test_P6_questions_to_a_unit_that_left_are_taken_back(world):
    action = Action.objects.create(plan=world.plan, title="Ny", by="nobody")
    ask = asks.ask(world.actor("alice"), action, world.units["centre"], "Kan ni?")
    parties.withdraw_party(world.actor("alice"), Party.objects.get(unit=world.units["centre"]), "Inte de.")
    ask.refresh_from_db()
    assert ask.status == Proposal.Status.WITHDRAWN


def test_a_new_plan_begins_with_the_consent(world):
    person = world.things["other_person"]
    from samband.access.models import CareRelation

    CareRelation.objects.create(person=person, unit=world.units["nursing"], reason="inskriven")
    parties.start_plan(world.actor("alice"), person, [world.units["nursing"]], "Ja tack.", "Annan", "spoken")
    row = Consent.objects.get(person=person)
    assert (row.said, row.said_by, row.form) == ("Ja tack.", "Annan", "spoken")


# Principal


def test_the_principal_is_among_the_parties_and_stands_in_the_history(world):
    plan, region = world.plan, world.units["centre"].organization
    editing.change(world.actor("alice"), plan, {"principal": region}, plan.version)
    plan.refresh_from_db()
    assert plan.principal == region
    assert Revision.objects.get(kind="change").changes["principal"][1]["text"] == "Regionen"
    with pytest.raises(ValidationError) as caught:
        editing.change(world.actor("alice"), plan, {"principal": world.units["elsewhere"].organization}, plan.version)
    assert set(caught.value.message_dict) == {"principal"}
    with pytest.raises(Denied):
        editing.change(world.actor("self"), plan, {"principal": None}, plan.version)


# Notes of those near


def test_P4_a_relative_writes_and_the_person_decides_who_sees_it(world):
    husband, mine = world.actor("husband"), world.actor("self")
    note = notes.write(husband, world.plan, "Jag sover dåligt.", 0)
    assert [n.words for n in notes.read(world.actor("alice"), world.plan)] == ["Jag sover dåligt."]
    notes.share(mine, note, False)
    assert notes.read(world.actor("alice"), world.plan) == []
    assert len(notes.read(mine, world.plan)) == 1
    assert len(notes.read(husband, world.plan)) == 1
    with pytest.raises(Denied):
        notes.write(husband, world.plan, "Mer", 2)
    note = notes.share(mine, note, True)
    notes.write(husband, world.plan, "Jag sover bättre.", note.version)
    assert [n.words for n in notes.read(world.actor("alice"), world.plan)] == ["Jag sover bättre."]
    assert Revision.objects.filter(thing__startswith="plans.relativenote").count() == 4


def test_two_windows_of_one_relative_lose_nothing(world):
    husband = world.actor("husband")
    note = notes.write(husband, world.plan, "Första", 0)
    notes.write(husband, world.plan, "Andra", note.version)
    with pytest.raises(editing.Conflict):
        notes.write(husband, world.plan, "Tredje", note.version)
    assert notes.own(husband, world.plan).words == "Andra"


def test_P4_nobody_else_writes_in_a_relatives_part(world):
    for who in ("alice", "self", "silent_son", "strange_person"):
        with pytest.raises(Denied):
            notes.own(world.actor(who), world.plan)
