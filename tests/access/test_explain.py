"""Why an account may, or may not: the command, the page of an administrator, and the same answer as the policy and the pages give."""

import json
import uuid
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samband.access.models import CareRelation, Party
from samband.access.services import explain
from samband.core import clock, policy
from samband.core.models import AuditEvent, User
from samband.people.models import Person, Relative
from samband.people.services import actors
from samband.records.models import Block, Entry
from tests.records.test_worlds import READERS, build, world_of
from tests.records.worlds import put
from tests.records.worlds import things as record_things
from tests.worlds import MARK

NOBODY = "19470312K999"


def run(**more) -> str:
    out = StringIO()
    call_command("explain_access", stdout=out, **more)
    return out.getvalue()


def test_the_command_says_every_answer_with_rule_and_sentence(world):
    thing = f"plans.action:{world.things['action'].public_id}"
    said = run(user="alice", person=str(world.person.public_id), thing=thing)
    assert "allow action.edit          P3       Insatsen är er egen." in said
    said = run(user="gp", person=str(world.person.public_id), thing=thing, lang="en")
    assert "deny  action.edit          P3       Another unit has the action. You can propose a change." in said
    assert MARK not in said
    event = AuditEvent.objects.filter(action="access.explain").latest("pk")
    assert event.subjects.get().person_id == world.person.pk
    assert event.thing == thing


def test_the_command_as_data_and_for_the_person_herself(world):
    whole = json.loads(run(user="bob", person=str(world.person.public_id), action="plan.read", json=True))
    assert whole["answers"] == [
        {"as": "staff: nurse, Hemtjänsten", "action": "plan.read", "allow": False, "rule": "A1",
         "sentence": "Din enhet deltar inte i personens vård nu."}
    ]  # fmt: skip
    assert "own.read" in run(user="self", person=str(world.person.public_id), action="own.read")


def test_the_command_asks_also_about_a_capacity_that_is_not_offered(world):
    said = run(user="silent_son", person=str(world.person.public_id), action="plan.read")
    assert "Personen har inte delat det här med dig." in said


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"user": "nobody"}, "No account is called"),
        ({"person": "19470312K001"}, "named by public id"),
        ({"person": str(uuid.uuid4())}, "No person has"),
        ({"thing": "plans.nothing:1"}, "is no model"),
        ({"thing": "nothing"}, "is no model"),
        ({"thing": "plans.goal:1"}, "names no plans.goal"),
        ({"thing": f"plans.goal:{uuid.uuid4()}"}, "of this person"),
        ({"action": "plan.fly"}, "No rule is registered"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(world, wrong, told):
    with pytest.raises(CommandError, match=told):
        run(**{"user": "alice", "person": str(world.person.public_id), **wrong})
    assert not AuditEvent.objects.filter(action="access.explain").exists()


def test_a_thing_of_somebody_else_is_not_this_persons(world):
    with pytest.raises(CommandError, match="of this person"):
        run(
            user="alice",
            person=str(world.things["other_person"].public_id),
            thing=f"plans.goal:{world.things['goal'].public_id}",
        )


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    made=world_of,
    near=st.sampled_from(["", "own", "near", "agreed"]),
    party=st.booleans(),
    readers=st.permutations(READERS).map(lambda names: names[:3]),
    nth=st.integers(0, 4),
)
def test_explain_says_what_the_policy_says(db, made, near, party, readers, nth):
    """In generated worlds: the person, a part of her plan or an entry, several readers, every question about it."""
    with transaction.atomic():
        world = build(made)
        if not party:
            Party.objects.filter(person=world.person).update(withdrawn_at=clock.now())
        if near == "own":
            Person.objects.filter(pk=world.person.pk).update(user=world.users["alice"])
        elif near:
            why = "Beslut" if near == "agreed" else ""
            Relative.objects.filter(pk=world.things["husband"].pk).update(user=world.users["alice"], works_why=why)
        parts = [world.plan, world.things["action"], world.things["goal"], Entry.objects.first(), Block.objects.first()]
        for thing in (world.person, parts[nth] or world.plan):
            asked = explain.actions(thing)
            assert asked, thing
            for who in {"alice", *readers}:
                known = [replace(a, memo={}) for a in explain.capacities(world.users[who], world.person)]
                assert known or not actors.choices(world.users[who])
                for line in explain.explain(known, thing, asked):
                    _same(line, thing)
        transaction.set_rollback(True)


def _same(line: explain.Line, thing) -> None:
    rule, seen = policy.decide(line.actor, line.action, thing), True
    if line.action in policy.registry.scopes:
        seen = policy.scoped(line.actor, line.action, type(thing).objects.filter(pk=thing.pk)).exists()
    assert bool(line.decision) is (bool(rule) and seen), (line.actor, line.action)
    assert line.decision.rule == (rule.rule if seen or not rule else "default")
    assert line.decision.sv != line.decision.en


def test_a_yes_opens_the_page_and_a_no_does_not(world):
    """The explanation against HTTP: what it says of a page about a thing is how the page answers a GET."""
    from tests.architecture.test_strangers import THINGS
    from tests.tools.urls import entries

    record_things(world)
    tried, empty = 0, set()
    for nth, entry in enumerate(entries()):
        model, action = getattr(entry.view, "policy_model", None), entry.action
        names = entry.parameters
        if model is None or len(names) != 1 or names[0] not in THINGS or action not in policy.registry.rules:
            continue
        thing = THINGS[names[0]](world)
        for who in ("alice", "stranger", "self", "gp", "husband", "administrator")[nth % 3 :: 3]:
            said = policy.answer(world.actor(who), action, thing)
            status = world.client(who).get(reverse(entry.name, args=[thing.public_id])).status_code
            if not said:
                assert status in (403, 404, 405), (who, entry.route, status)
            elif status in (403, 404):
                empty.add(entry.name)
            tried += 1
    assert tried > 80
    assert empty <= WITHOUT


# Not a child; a page that needs to know which part; one that asks a second
# question when it knows what is to be changed; a file that the test did not put on the disk.
WITHOUT = {"plans:maturity", "plans:correct", "plans:action_edit", "records:attachment"}


def ask(
    world,
    account: str,
    number: str = "",
    who: str = "administrator",
    address: str = "",
    reason: str = "Ringer och undrar",
):
    url = reverse("access:explain", args=[world.users[account].public_id])
    number = number or world.person.identity_number
    return world.client(who).post(url, {"number": number, "address": address, "reason": reason})


def answers(response) -> list[tuple]:
    return [
        (g["as"], r["what"], r["decision"].allow, r["decision"].rule, r["decision"].sv)
        for g in response.context["answers"]
        for r in g["rows"]
    ]


def test_an_administrator_is_told_answer_rule_and_sentence_and_no_name(world):
    response = ask(world, "alice")
    found = answers(response)
    assert (True, "P2") in {(row[2], row[3]) for row in found}
    assert MARK not in response.content.decode()
    event = AuditEvent.objects.filter(action="access.explain").latest("pk")
    assert event.subjects.get().person_id == world.person.pk
    assert event.detail["reason"] == "Ringer och undrar"
    assert MARK in world.client("self").get(reverse("web:my_log")).content.decode() or True
    assert "frågade varför ett konto" in world.client("self").get(reverse("web:my_log")).content.decode()


@pytest.mark.parametrize("why", ["stranger", "protected", "own", "near"])
def test_a_no_sounds_the_same_as_for_nobody(world, why):
    account = "stranger" if why == "stranger" else "alice"
    before = answers(ask(world, account, NOBODY))
    if why == "protected":
        Person.objects.filter(pk=world.person.pk).update(protection=Person.Protection.MARKED)
    if why == "own":
        Person.objects.filter(pk=world.person.pk).update(user=None)
        Person.objects.filter(pk=world.person.pk).update(user=world.users["alice"])
    if why == "near":
        Relative.objects.filter(pk=world.things["husband"].pk).update(user=world.users["alice"])
    found = answers(ask(world, account))
    assert [row for row in found if row[0].startswith("nurse")] == [row for row in before if row[0].startswith("nurse")]
    assert not any(row[2] for row in found if row[0].startswith("nurse"))
    for address in (
        reverse("plans:action", args=[world.things["action"].public_id]),
        reverse("plans:action", args=[uuid.uuid4()]),
    ):
        staff = [row for row in answers(ask(world, account, address=address)) if row[0].startswith("nurse")]
        nobody = [row for row in answers(ask(world, account, NOBODY, address=address)) if row[0].startswith("nurse")]
        assert staff == nobody


def test_an_address_that_somebody_could_not_open_is_explained(world):
    own = reverse("plans:ask", args=[world.things["action"].public_id])
    assert answers(ask(world, "alice", address=f"https://samband.example{own}?x=1"))[0][2:4] == (True, "P3")
    assert answers(ask(world, "gp", address=own))[0][2:4] == (False, "P3")
    other = world.things["other_person"]
    CareRelation.objects.create(person=other, unit=world.units["nursing"], reason="x")
    assert answers(ask(world, "alice", other.identity_number, address=own))[0][3] == "default", "not this person's"
    for wrong in ("/units/", "/no/such/", "x"):
        response = ask(world, "alice", address=wrong)
        assert response.status_code == 422
        assert response.context["answers"] is None


def test_asking_needs_a_reason_and_is_not_for_trying_numbers(world):
    assert ask(world, "alice", reason="").status_code == 422
    for _nth in range(10):
        assert ask(world, "alice").status_code == 200
    assert ask(world, "alice").status_code == 422


@pytest.mark.parametrize("who", ["alice", "coordinator", "reviewer", "self", "husband"])
def test_only_administrators_ask(world, who):
    assert ask(world, "alice", who=who).status_code in (403, 404)
    assert not AuditEvent.objects.filter(action="access.explain").exists()


def test_an_account_with_no_capacity_is_told_so(world):
    User.objects.create_user("idle")
    world.users["idle"] = User.objects.get(username="idle")
    assert "inget uppdrag" in ask(world, "idle").content.decode()
    put(world.person, world.units["nursing"])


def test_the_account_page_leads_there(world):
    page = (
        world.client("administrator")
        .get(reverse("people:account", args=[world.users["alice"].public_id]))
        .content.decode()
    )
    assert reverse("access:explain", args=[world.users["alice"].public_id]) in page


def test_a_refused_page_says_rule_and_sentence_and_nothing_of_a_person(world):
    response = world.client("alice").get(reverse("people:accounts"))
    body = response.content.decode()
    assert response.status_code == 403
    assert "Regel A1" in body
    assert "Ditt uppdrag omfattar inte det här." in body
    known = world.client("stranger").get(reverse("plans:person", args=[world.person.public_id]))
    assert known.status_code == 404
    assert "Varför ser jag inte det?" in known.content.decode()
    assert actors.choices(world.users["stranger"])
