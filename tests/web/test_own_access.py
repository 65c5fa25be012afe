"""Who may see what about me, why somebody could, and how I change it (A2, A5, A13, P4, P6)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samband.access.models import CareRelation, Party
from samband.access.rules_told import RULES
from samband.core import audit, clock, policy
from samband.core.models import AuditEvent
from samband.people.models import Assignment, Relative
from samband.records.models import Block, Information, ReadingConsent
from samband.web.services import own_access
from tests.records.worlds import put
from tests.records.worlds import things as record_things


def seen(world, name: str) -> own_access.Seer:
    rows = own_access.units(world.person) + own_access.relatives(world.actor("self"), world.person)
    return next(row for row in rows if row.name.startswith(name))


def test_A13_units_and_those_near_as_the_policy_answers_them(world, django_assert_max_num_queries):
    put(world.person, world.units["nursing"])
    put(world.person, world.units["elsewhere"])
    CareRelation.objects.create(person=world.person, unit=world.units["help"], reason="x")
    with django_assert_max_num_queries(10):
        rows = own_access.units(world.person)
    found = {row.name: (row.plan.allow, row.entries.allow, row.others.rule) for row in rows}
    assert found == {
        "Hemsjukvården": (True, True, "A4"),
        "Vårdcentralen": (True, True, "A4"),
        "Hemtjänsten": (False, True, "A4"),
        "Annan hemsjukvård": (False, False, "A1"),
    }
    assert seen(world, "Make").plan
    assert not seen(world, "Son").plan
    for name, who in (("Hemsjukvården", "alice"), ("Vårdcentralen", "gp"), ("Annan hemsjukvård", "stranger")):
        actor = world.actor(who)
        assert seen(world, name).plan == policy.decide(actor, "plan.read", world.person)
        assert seen(world, name).entries == policy.decide(actor, "record.list", world.person)


@pytest.mark.parametrize("case", ["nothing", "informed", "consent", "blocked", "one_blocked"])
def test_what_a_unit_may_of_others_is_the_policys_own_answer(world, case):
    """The facts are looked up for all units at once here; each answer must be that of somebody who really works there."""
    theirs = [put(world.person, world.units["elsewhere"]), put(world.person, world.units["centre"])]
    if case != "nothing":
        Information.objects.create(person=world.person, form="spoken", told_by=world.things["alice"], told_by_name="x")
    if case == "consent":
        ReadingConsent.objects.create(
            person=world.person,
            organization=world.units["nursing"].organization,
            social=False,
            said="ja",
            form="spoken",
        )
    for entry in theirs[: {"blocked": 2, "one_blocked": 1}.get(case, 0)]:
        Block.objects.create(person=world.person, organization=entry.organization, social=False, by_name="x")
    answers = [policy.decide(world.actor("alice"), "record.read", entry) for entry in theirs]
    said = seen(world, "Hemsjukvården").others
    assert said in answers
    assert (said.rule == "A5") is (case == "blocked")


def test_the_page_stays_the_same_number_of_questions_when_more_have_written(world, django_assert_max_num_queries):
    for name in world.units:
        CareRelation.objects.get_or_create(person=world.person, unit=world.units[name], defaults={"reason": "x"})
        for _nth in range(3):
            put(world.person, world.units["nursing"])
    with django_assert_max_num_queries(10):
        own_access.units(world.person)


def test_P4_the_person_shares_the_plan_with_somebody_near_and_ends_it(world):
    client, near = world.client("self"), world.things["husband"]
    page = client.get(reverse("web:my_access")).content.decode()
    assert "Vem kan se vad om mig?" in page
    address = reverse("web:my_access_share", args=[near.public_id])
    assert address in page
    assert client.post(address, {"on": "0"}).status_code == 302
    near.refresh_from_db()
    assert (near.reads, near.writes) == (False, False)
    assert not policy.decide(world.actor("husband"), "plan.read", world.person)
    assert client.post(address, {"on": "1"}).status_code == 302
    assert policy.decide(world.actor("husband"), "plan.read", world.person)
    assert not policy.decide(world.actor("husband"), "own.write"), "sharing is to read"
    assert (
        AuditEvent.objects.filter(action="relative.share", rule="P4", subjects__person_id=world.person.pk).count() == 2
    )


@pytest.mark.parametrize("role", ["guardian", "trustee"])
def test_P4_what_the_law_gives_is_not_the_persons_to_take(world, role):
    near = world.things["husband"]
    Relative.objects.filter(pk=near.pk).update(role=role)
    client = world.client("self")
    assert client.post(reverse("web:my_access_share", args=[near.public_id]), {"on": "0"}).status_code in (403, 404)
    assert Relative.objects.get(pk=near.pk).reads
    assert "Den rätten kommer av lagen" in client.get(reverse("web:my_access")).content.decode()


@pytest.mark.parametrize("who", ["husband", "alice", "administrator", "strange_person"])
def test_A13_nobody_else_changes_or_reads_it(world, who):
    near = world.things["husband"]
    assert world.client(who).post(reverse("web:my_access_share", args=[near.public_id]), {"on": "0"}).status_code in (
        403,
        404,
    )
    body = world.client(who).get(reverse("web:my_access")).content.decode()
    assert world.person.given_name not in body or who == "husband"
    assert "Make Testsson" not in body or who == "husband"
    if who == "husband":
        assert world.client(who).get(reverse("web:my_access")).status_code == 403


def line(world, who: str = "alice", action: str = "plan.read", **more) -> AuditEvent:
    return audit.record(
        world.actor(who), action, person=world.person, thing=more.pop("thing", world.plan), rule="P2", **more
    )


def page_of(world, event: AuditEvent, who: str = "self"):
    return world.client(who).get(reverse("web:my_log_why", args=[event.pk]))


def test_A2_each_line_says_the_rule_that_held_and_what_holds_now(world):
    event = line(world)
    listed = world.client("self").get(reverse("web:my_log")).content.decode()
    assert reverse("web:my_log_why", args=[event.pk]) in listed
    body = page_of(world, event).content.decode()
    assert RULES["P2"][0] in body
    assert "kan fortfarande" in body
    Party.objects.filter(unit=world.units["nursing"]).update(withdrawn_at=clock.now())
    body = page_of(world, event).content.decode()
    assert RULES["P2"][0] in body, "what held then stays"
    assert "kan inte längre" in body
    assert "Regel P6" in body
    Assignment.objects.filter(staff__user=world.users["alice"]).update(
        starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=1)
    )
    assert "Uppdraget eller rollen är slut" in page_of(world, event).content.decode()


def test_A2_a_line_of_somebody_near_and_one_that_names_no_rule(world):
    event = line(world, "husband", "own.read")
    assert "kan fortfarande" in page_of(world, event).content.decode()
    clock_line = audit.record(policy.Actor(name="Klockan"), "plan.read", person=world.person)
    assert "Samband gjorde det själv" in page_of(world, clock_line).content.decode()
    bare = audit.record(world.actor("alice"), "person.list", person=world.person)
    assert "Regeln skrevs inte upp" in page_of(world, bare).content.decode()


def test_A2_what_is_now_is_the_decision_points_answer_for_every_kind_of_line(world):
    things = record_things(world)
    for who in ("alice", "gp", "bob", "administrator", "husband"):
        for action, thing in (
            ("plan.read", world.plan),
            ("record.read", things["entry"]),
            ("person.read", world.person),
            ("action.read", world.things["action"]),
        ):
            found = own_access.why(world.person, line(world, who, action, thing=thing).pk)
            assert found.now == policy.answer(world.actor(who), action, thing), (who, action)


def test_A13_lines_about_others_do_not_exist(world):
    event = audit.record(world.actor("alice"), "plan.read", person=world.things["other_person"], rule="P2")
    assert page_of(world, event).status_code == 404
    assert page_of(world, line(world), "strange_person").status_code == 404
    assert page_of(world, line(world), "husband").status_code == 403


def test_every_rule_of_the_product_is_told_in_plain_words():
    """The ids that rules give, read out of the code, have a sentence for the person."""
    import re
    from pathlib import Path

    src = Path(__file__).resolve().parents[2] / "src" / "samband"
    used = set()
    for path in src.rglob("*.py"):
        used |= set(re.findall(r"""(?:allow|deny|by_role)\((?:[^()"]*,)?\s*["']([AP]\d+)["']""", path.read_text()))
    assert {"A1", "A13", "P4"} <= used
    assert used <= RULES.keys()
    assert all(sv != en and sv and en for sv, en in RULES.values())
