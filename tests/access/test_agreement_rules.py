"""Who may answer for a plan, consent, answer a question, write and share a note: P1, P3–P7 as a table."""

from datetime import timedelta

import pytest

from samband.access.models import Capacity, Party
from samband.core import clock, policy
from samband.people.models import Person, Relative
from samband.people.models.staff import current
from samband.plans.models import Action, Proposal, RelativeNote
from tests.worlds import World

TABLE = [
    # who, question, can the person consent, yes, rule
    ("self", "plan.approve", True, True, "P4"),
    ("self", "plan.approve", False, False, "P7"),
    ("self", "plan.disagree", False, True, "P4"),
    ("husband", "plan.approve", True, False, "P4"),
    ("husband", "plan.approve", False, False, "P4"),
    ("guardian", "plan.approve", True, False, "P7"),
    ("guardian", "plan.approve", False, True, "P7"),
    ("silent_guardian", "plan.approve", False, False, "P4"),
    ("alice", "plan.approve", True, True, "P3"),
    ("alice", "plan.approve", False, True, "P3"),
    ("bob", "plan.approve", True, False, "A1"),
    ("teacher", "plan.approve", True, False, "P5"),
    ("strange_person", "plan.approve", True, False, "A13"),
    ("self", "consent.give", True, True, "P4"),
    ("self", "consent.give", False, False, "P7"),
    ("self", "consent.withdraw", False, True, "P6"),
    ("guardian", "consent.give", False, True, "P7"),
    ("guardian", "consent.withdraw", False, True, "P7"),
    ("husband", "consent.withdraw", False, False, "P4"),
    ("alice", "consent.give", True, True, "P1"),
    ("alice", "consent.withdraw", True, True, "P1"),
    ("stranger", "consent.give", True, False, "A1"),
    ("administrator", "consent.give", True, False, "A1"),
    ("self", "plan.principal", True, False, "P3"),
    ("alice", "plan.principal", True, True, "P3"),
    ("self", "agreement.read", True, False, "P5"),
    ("gp", "agreement.read", True, True, "P2"),
    ("bob", "agreement.read", True, False, "A1"),
]


def guardian(world: World, name: str, writes: bool) -> None:
    from samband.core.models import User

    world.users[name] = User.objects.create_user(name)
    Relative.objects.create(
        person=world.person, given_name="Vera", family_name="Vård", relation="förälder", role="trustee", reads=True, represents=True,
        writes=writes, user=world.users[name],
    )  # fmt: skip


def mark(world: World) -> Capacity:
    return Capacity.objects.create(
        person=world.person, ground="lasting", assessed_by="Läkare", basis="Bedömd", represented_by="Vera Vård",
        attitude="Har sagt ja förr", review_on=clock.today() + timedelta(days=30),
    )  # fmt: skip


@pytest.fixture
def answering(world):
    guardian(world, "guardian", True)
    guardian(world, "silent_guardian", False)
    return world


@pytest.mark.parametrize(("who", "question", "capable", "yes", "rule"), TABLE)
def test_who_may_answer(answering, who, question, capable, yes, rule):
    if not capable:
        mark(answering)
    decision = policy.decide(answering.actor(who), question, answering.person)
    assert (bool(decision), decision.rule) == (yes, rule), decision.sv
    assert decision.sv != decision.en


@pytest.mark.parametrize("who", ["alice", "gp", "bob", "teacher", "stranger", "self", "husband", "silent_son"])
@pytest.mark.parametrize("question", ["agreement.read", "consent.withdraw"])
def test_the_query_and_the_rule_agree(answering, who, question):
    actor = answering.actor(who)
    seen = set(policy.scoped(actor, question, Person.objects.all()))
    said = {p for p in Person.objects.all() if policy.decide(actor, question, p)}
    assert said <= seen, "nobody is refused by the query what the rule allows"


NOTES = [
    # who, question, shared, yes
    ("husband", "note.read", True, True),
    ("husband", "note.read", False, True),
    ("husband", "note.write", True, True),
    ("husband", "note.write", False, False),
    ("self", "note.read", False, True),
    ("self", "note.share", True, True),
    ("self", "note.write", True, False),
    ("husband", "note.share", True, False),
    ("alice", "note.read", True, True),
    ("alice", "note.read", False, False),
    ("alice", "note.write", True, False),
    ("alice", "note.share", True, False),
    ("bob", "note.read", True, False),
    ("teacher", "note.read", True, False),
    ("guardian", "note.read", True, False),
    ("silent_son", "note.read", True, False),
]


@pytest.mark.parametrize(("who", "question", "shared", "yes"), NOTES)
def test_P4_a_relatives_note(answering, who, question, shared, yes):
    note = RelativeNote.objects.create(
        plan=answering.plan, relative=answering.things["husband"], words="Jag orkar.", shared=shared
    )
    assert bool(policy.decide(answering.actor(who), question, note)) is yes
    if yes:
        assert note in policy.scoped(answering.actor(who), question, RelativeNote.objects.all())


@pytest.mark.parametrize("capable", [True, False])
@pytest.mark.parametrize("shared", [True, False])
def test_P7_who_reads_a_note_is_the_same_in_the_query_and_in_the_rule(answering, shared, capable):
    """Whoever represents her reads what she decides about; while the person can decide herself, only the writer does."""
    note = RelativeNote.objects.create(
        plan=answering.plan, relative=answering.things["husband"], words="Jag orkar.", shared=shared
    )
    if not capable:
        mark(answering)
    for who in ("alice", "gp", "bob", "teacher", "self", "husband", "guardian", "silent_guardian", "silent_son"):
        actor = answering.actor(who)
        seen = policy.scoped(actor, "note.read", RelativeNote.objects.all()).exists()
        assert seen is bool(policy.decide(actor, "note.read", note)), who
        if who == "guardian":
            assert seen is not capable


def test_P4_a_note_is_closed_when_the_role_has_run_out(world):
    husband = world.things["husband"]
    note = RelativeNote.objects.create(plan=world.plan, relative=husband, words="Jag orkar.")
    actor = world.actor("husband")
    Relative.objects.filter(pk=husband.pk).update(
        starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=1)
    )
    assert not policy.decide(actor, "note.write", note)
    assert not policy.scoped(actor, "note.read", RelativeNote.objects.all()).exists()


ASKS = [
    # who, which unit is asked, the person agreed that a party outside sees it, yes
    ("alice", "nursing", False, True),
    ("gp", "nursing", False, False),
    ("coordinator", "nursing", False, False),  # covers the unit, of another organisation
    ("gp", "centre", False, True),
    ("bob", "help", False, False),  # no party
    ("teacher", "school", True, True),
    ("teacher", "school", False, False),
    ("teacher", "nursing", True, False),
    ("self", "nursing", False, False),
    ("husband", "nursing", False, False),
]


@pytest.mark.parametrize(("who", "unit", "shared", "yes"), ASKS)
def test_P3_P5_the_asked_unit_answers(world, who, unit, shared, yes):
    Party.objects.create(person=world.person, unit=world.units["school"], said="Ja", said_by="Märit", form="spoken")
    action = Action.objects.create(plan=world.plan, title="Ny", by="nobody", shared_outside=shared)
    ask = Proposal.objects.create(action=action, asked_unit=world.units[unit], text="Kan ni?", by_name="Någon")
    assert bool(policy.decide(world.actor(who), "proposal.answer", ask)) is yes
    if yes:
        assert ask in policy.scoped(world.actor(who), "proposal.answer", Proposal.objects.all())


def test_P7_an_assessment_that_has_ended_marks_nobody(world):
    held = mark(world)
    assert policy.decide(world.actor("self"), "plan.approve", world.person).rule == "P7"
    held.starts_on, held.ends_on = clock.today() - timedelta(days=3), clock.today() - timedelta(days=1)
    held.save()
    assert not world.person.capacities.filter(current()).exists()
    assert policy.decide(world.actor("self"), "plan.approve", world.person)
