"""Closed by default: what nobody opened is closed, for everybody."""

import pytest

from samband.core import policy
from samband.people.models import Person

EVERYBODY = [
    "alice", "gp", "coordinator", "bob", "stranger", "teacher", "administrator", "reviewer", "self", "husband", "silent_son",
]  # fmt: skip


def test_an_unknown_question_is_answered_no(world):
    for name in EVERYBODY:
        assert not policy.decide(world.actor(name), "nobody.registered.this", world.person)
        assert not policy.scoped(world.actor(name), "nobody.registered.this", Person.objects.all()).exists()


def test_anonymous_gets_no_at_every_registered_question(world):
    for action in policy.registry.rules:
        thing = world.things["action"] if action.startswith(("action.", "proposal.")) else world.person
        assert not policy.decide(policy.ANONYMOUS, action, thing), action
    for action in policy.registry.scopes:
        assert not policy.scoped(policy.ANONYMOUS, action, Person.objects.all()).exists(), action


def test_a_rule_cannot_be_registered_twice():
    with pytest.raises(ValueError):
        policy.rule("person.read")(lambda actor, thing: policy.CLOSED)


def test_every_answer_has_a_rule_and_two_sentences(world):
    for name in EVERYBODY:
        actor = world.actor(name)
        for action in policy.registry.rules:
            thing = world.things["action"] if action.startswith(("action.", "proposal.")) else world.person
            decision = policy.decide(actor, action, thing)
            assert decision.rule, action
            assert decision.sv != decision.en
