"""Who may see and do what (A1, A13, P4): every action, every actor, and what the scope lets through."""

import pytest

from samband.contact.models import Case, Rota, RotaShift, SwapRequest
from samband.core import policy
from tests.contact import worlds

pytestmark = pytest.mark.django_db
EVERYBODY = [
    "alice", "gp", "coordinator", "bob", "stranger", "strange_coordinator", "teacher", "administrator", "reviewer", "self",
    "husband", "strange_person",
]  # fmt: skip
CASES = {
    "case.read": {"alice", "coordinator", "self", "husband"},
    "case.work": {"alice", "coordinator"},
    "case.own": {"self", "husband"},
}
ROLES = {
    "case.list": {"alice", "gp", "coordinator", "bob", "stranger", "strange_coordinator"},
    "rota.list": set(EVERYBODY) - {"self", "husband", "strange_person"},
    "coverage.read": {"alice", "gp", "coordinator", "bob", "stranger", "strange_coordinator", "administrator"},
}


def actor(world, name):
    return policy.ANONYMOUS if name == "anonymous" else world.actor(name)


@pytest.mark.parametrize("action", sorted(CASES))
def test_A1_A13_P4_a_case_is_for_the_unit_that_has_it_and_who_sent_it(world, action):
    case = worlds.things(world)["case"]
    for name in [*EVERYBODY, "anonymous"]:
        allowed = name in CASES[action]
        assert bool(policy.decide(actor(world, name), action, case)) == allowed, name
        if action != "case.work":
            seen = policy.scoped(actor(world, name), action, Case.objects.all()).exists()
            assert seen == (name in CASES["case.read"]), name


@pytest.mark.parametrize("action", sorted(ROLES))
def test_A1_questions_about_the_role(world, action):
    for name in [*EVERYBODY, "anonymous"]:
        assert bool(policy.decide(actor(world, name), action)) == (name in ROLES[action]), name


def test_A13_what_stays_between_a_relative_and_the_unit_is_not_shown_to_the_person(world):
    case = worlds.case(world, only_sender=True)
    me = world.actor("self")
    assert not policy.decide(me, "case.own", case)
    assert not policy.scoped(me, "case.own", Case.objects.filter(pk=case.pk)).exists()
    assert policy.decide(world.actor("husband"), "case.own", case)


def test_A1_a_unit_keeps_its_own_rotas_and_an_administrator_all(world):
    made = worlds.things(world)
    allowed = {"alice", "coordinator", "administrator"}
    for name in EVERYBODY:
        assert bool(policy.decide(actor(world, name), "rota.edit", made["rota"])) == (name in allowed), name
        assert policy.scoped(actor(world, name), "rota.edit", Rota.objects.all()).exists() == (name in allowed), name
        assert policy.scoped(actor(world, name), "rota.edit", RotaShift.objects.all()).exists() == (name in allowed), (
            name
        )


def test_A1_a_swap_is_between_the_two_who_have_the_shifts(world):
    swap = worlds.things(world)["swap"]
    for name in EVERYBODY:
        assert bool(policy.decide(actor(world, name), "swap.answer", swap)) == (name == "gp"), name
        assert bool(policy.decide(actor(world, name), "swap.withdraw", swap)) == (name == "alice"), name
        seen = policy.scoped(actor(world, name), "swap.answer", SwapRequest.objects.all()).exists()
        assert seen == (name in {"gp", "alice"}), name


def test_A1_handing_over_lets_the_receiver_in_and_nobody_else(world):
    case = worlds.things(world)["case"]
    assert not policy.decide(world.actor("bob"), "case.read", case)
    case.handed_unit = world.units["help"]
    case.save()
    assert policy.decide(world.actor("bob"), "case.work", case)
    assert not policy.decide(world.actor("stranger"), "case.read", case)
