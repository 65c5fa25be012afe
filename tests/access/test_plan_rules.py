"""P1–P7, A1, A13, A14 as a table: who, what, answer, rule."""

from datetime import timedelta

import pytest

from samband.access.models import CareRelation, Party
from samband.access.services import relations
from samband.core import clock, policy
from samband.core.models import AuditEvent
from samband.people.models import Person

TABLE = [
    # who, question, thing, yes, rule
    ("alice", "person.read", "person", True, "A1"),
    ("bob", "person.read", "person", False, "A1"),
    ("stranger", "person.read", "person", False, "A1"),
    ("administrator", "person.read", "person", False, "A1"),
    ("reviewer", "person.read", "person", False, "A1"),
    ("teacher", "person.read", "person", False, "P5"),
    ("self", "person.read", "person", True, "A13"),
    ("strange_person", "person.read", "person", False, "A13"),
    ("husband", "person.read", "person", True, "A13"),
    ("silent_son", "person.read", "person", False, "A13"),
    ("alice", "plan.read", "person", True, "P2"),
    ("gp", "plan.read", "person", True, "P2"),
    ("bob", "plan.read", "person", False, "A1"),
    ("self", "words.edit", "person", True, "P4"),
    ("alice", "words.edit", "person", True, "P3"),
    ("husband", "words.edit", "person", False, "P4"),
    ("alice", "action.edit", "action", True, "P3"),
    ("gp", "action.edit", "action", False, "P3"),
    ("self", "action.edit", "action", False, "P3"),
    ("gp", "action.propose", "action", True, "P2"),
    ("self", "action.propose", "action", True, "A13"),
    ("alice", "action.do", "action", True, "P3"),
    ("gp", "action.do", "action", False, "P3"),
    ("husband", "own.read", "person", True, "A13"),
    ("silent_son", "own.read", "person", False, "A13"),
    ("alice", "own.read", "person", False, "A13"),
    ("self", "own.log", "person", True, "A2"),
    ("husband", "own.log", "person", False, "A13"),
    ("alice", "plan.lifecycle", "person", True, "P1"),
    ("gp", "handover.ask", "person", True, "P1"),
    ("bob", "plan.lifecycle", "person", False, "A1"),
    ("teacher", "plan.lifecycle", "person", False, "P5"),
    ("self", "plan.lifecycle", "person", False, "P1"),
    ("husband", "handover.ask", "person", False, "P4"),
    ("self", "handover.read", "person", True, "A13"),
    ("alice", "correction.read", "person", True, "P3"),
    ("self", "correction.read", "person", False, "A17"),
    ("husband", "correction.read", "person", False, "P4"),
    ("coordinator", "board.read", "person", True, "P2"),
    ("alice", "board.read", "person", False, "P2"),
]


@pytest.mark.parametrize(("who", "question", "thing", "yes", "rule"), TABLE)
def test_who_may_what(world, who, question, thing, yes, rule):
    decision = policy.decide(world.actor(who), question, world.person if thing == "person" else world.things[thing])
    assert (bool(decision), decision.rule) == (yes, rule), decision.sv


@pytest.mark.parametrize(
    "who", ["alice", "gp", "coordinator", "bob", "stranger", "teacher", "self", "husband", "silent_son"]
)
@pytest.mark.parametrize("question", ["person.read", "plan.read"])
def test_the_query_and_the_rule_agree(world, who, question):
    actor = world.actor(who)
    seen = set(policy.scoped(actor, question, Person.objects.all()))
    assert seen == {p for p in Person.objects.all() if policy.decide(actor, question, p)}


def test_P6_withdrawal_stops_reading_at_once(world):
    party = Party.objects.get(person=world.person, unit=world.units["nursing"])
    relations.withdraw_party(world.actor("self"), party, "Jag vill inte längre.")
    decision = policy.decide(world.actor("alice"), "plan.read", world.person)
    assert (bool(decision), decision.rule) == (False, "P6")
    assert not policy.scoped(world.actor("alice"), "plan.read", Person.objects.all()).exists()
    assert Party.objects.filter(pk=party.pk, withdrawn_at__isnull=False).exists()
    assert AuditEvent.objects.filter(action="party.withdraw", subjects__person_id=world.person.pk).exists()


def test_P2_a_party_whose_care_has_ended_reads_no_more(world):
    CareRelation.objects.filter(unit=world.units["nursing"]).update(
        starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=1)
    )
    assert not policy.decide(world.actor("alice"), "plan.read", world.person)


def test_P1_a_party_needs_what_was_said(world):
    with pytest.raises(ValueError):
        relations.agree_party(
            world.actor("alice"), world.person, world.units["help"], said=" ", said_by="", form="spoken"
        )
    relations.agree_party(
        world.actor("alice"),
        world.person,
        world.units["help"],
        said="De kommer varje dag.",
        said_by="Märit",
        form="spoken",
    )
    assert Party.objects.filter(unit=world.units["help"], withdrawn_at__isnull=True).count() == 1


def test_P5_the_school_sees_only_the_actions_that_concern_it(world):
    from samband.plans.models import Action

    teacher = world.actor("teacher")
    Party.objects.create(person=world.person, unit=world.units["school"], said="Ja", said_by="Mamma", form="spoken")
    assert not policy.scoped(teacher, "action.read", Action.objects.all()).exists()
    agreed = Action.objects.create(plan=world.plan, title="Lugnt rum", unit=world.units["school"], shared_outside=True)
    assert list(policy.scoped(teacher, "action.read", Action.objects.all())) == [agreed]
    assert not policy.decide(teacher, "plan.edit", world.person)


def test_P4_a_role_that_has_run_out_opens_nothing(world):
    relative = world.things["husband"]
    relative.starts_on = clock.today() - timedelta(days=9)
    relative.ends_on = clock.today() - timedelta(days=1)
    actor = world.actor("husband")
    relative.save()
    assert not policy.decide(actor, "plan.read", world.person)
    assert not policy.scoped(actor, "plan.read", Person.objects.all()).exists()
