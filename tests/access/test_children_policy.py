"""Children, trustees, and staff who are patients or relatives, asked of the policy and opened in the product (A1, A5, A13, P4, P7)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samband.access.models import Capacity, Maturity
from samband.access.services import maturity
from samband.core import clock, policy
from samband.core.models import AuditEvent, User
from samband.people.models import Person, Relative
from samband.people.rules import birthday
from samband.people.services.actors import choices, relative
from samband.plans.models import Action
from samband.records.models import Entry
from tests.records.worlds import put

QUESTIONS = ("plan.read", "plan.edit", "plan.approve", "record.own", "record.read", "record.block", "own.log")


def child(world, years: int, **more):
    """Märit as a child of so many years, with a mother who has custody and an account."""
    born = birthday(clock.today(), -years)
    Person.objects.filter(pk=world.person.pk).update(birth_date=born, **more)
    world.person.refresh_from_db()
    world.users["mother"] = User.objects.create_user("mother")
    world.things["mother"] = Relative.objects.create(
        person=world.person, given_name="Mor", family_name="Testsson", relation="mamma", role="guardian", reads=True,
        writes=True, basis="förälder", user=world.users["mother"],
    )  # fmt: skip
    world.things["entry"] = put(world.person, world.units["nursing"])
    return world


def assess(world, **more) -> Maturity:
    values = {"assessed_by": "Ida", "basis": "Samtal i dag", "wishes": "Vill själv", "guardians": "reads", **more}
    row = Maturity(person=world.person, review_on=clock.today() + timedelta(days=90), **values)
    return maturity.assess(world.actor("alice"), row)


def answers(world, who: str) -> dict[str, bool]:
    actor = relative(world.things["mother"]) if who == "mother" else world.actor(who)
    return {
        q: bool(policy.decide(actor, q, world.things["entry"] if q == "record.read" else world.person))
        for q in QUESTIONS
    }


BY_AGE = [
    # years, who, what is open
    (5, "mother", {"plan.read", "plan.edit", "plan.approve", "record.own", "record.read"}),
    (5, "self", {"plan.read", "record.block", "own.log"}),
    (14, "mother", {"plan.read"}),
    (14, "self", {"plan.read", "plan.edit", "plan.approve", "record.block", "own.log"}),
    (16, "mother", set()),
    (16, "self", set(QUESTIONS)),
    (18, "mother", set()),
    (18, "self", set(QUESTIONS)),
]


@pytest.mark.parametrize(("years", "who", "opened"), BY_AGE)
def test_P4_A5_A13_a_guardian_and_a_child_by_age(world, years, who, opened):
    child(world, years)
    assert {q for q, yes in answers(world, who).items() if yes} == opened


def test_P4_what_was_assessed_takes_the_place_of_the_ages(world):
    child(world, 14)
    assess(world, own=True, guardians="nothing")
    assert not any(answers(world, "mother").values())
    assert all(answers(world, "self").values())
    assess(world, own=False, guardians="writes", entries=True)
    assert {q for q, yes in answers(world, "mother").items() if yes} == {
        "plan.read",
        "plan.edit",
        "plan.approve",
        "record.own",
        "record.read",
    }
    maturity.end(world.actor("alice"), world.person, "Prövat igen")
    assert {q for q, yes in answers(world, "mother").items() if yes} == {"plan.read"}
    assert Maturity.objects.count() == 2, "an assessment stays as a row"


def test_P4_a_late_review_opens_nothing_by_itself(world):
    child(world, 14)
    row = assess(world, own=True, guardians="nothing")
    Maturity.objects.filter(pk=row.pk).update(
        starts_on=clock.today() - timedelta(days=200), review_on=clock.today() - timedelta(days=1)
    )
    assert not any(answers(world, "mother").values())


def test_A13_a_protected_childs_guardian_sees_nothing_until_it_was_assessed(world):
    child(world, 5, protection=Person.Protection.PROTECTED)
    assert not any(answers(world, "mother").values())
    assert choices(world.users["mother"]) == []
    assess(world, guardians="writes", entries=True)
    assert answers(world, "mother")["plan.read"]


@pytest.mark.parametrize("how", ["ended", "shut_out", "grown", "assessed"])
def test_A13_a_guardian_who_lost_sight_does_not_even_learn_that_there_is_a_plan(world, how):
    child(world, 16 if how == "grown" else 5)
    mother, day = world.things["mother"], clock.today() - timedelta(days=1)
    client = world.client("mother") if how != "grown" else world.client("anonymous")
    if how == "grown":
        client.force_login(world.users["mother"], backend="django.contrib.auth.backends.ModelBackend")
    if how == "ended":
        Relative.objects.filter(pk=mother.pk).update(starts_on=day, ends_on=day)
    if how == "shut_out":
        Relative.objects.filter(pk=mother.pk).update(reads=False, writes=False)
    if how == "assessed":
        assess(world, guardians="nothing")
    assert choices(world.users["mother"]) == []
    for name in ("web:my", "web:my_plan", "web:my_log", "records:my", "web:choose"):
        body = client.get(reverse(name), follow=True).content.decode()
        assert "Zxqvwkj" not in body, name
        assert world.person.given_name not in body, name


def test_A5_a_guardian_reads_entries_and_is_offered_no_block(world):
    child(world, 5)
    client = world.client("mother")
    page = client.get(reverse("records:my")).content.decode()
    assert world.things["entry"].title in page
    assert "Barnets journal" in page
    assert reverse("records:my_reading") not in page
    body = client.get(reverse("records:my_entry", args=[world.things["entry"].public_id])).content.decode()
    assert "Stämmer det inte" not in body
    for address in (reverse("records:my_reading"), reverse("records:my_block")):
        assert client.post(address, {"whose": "x"}).status_code in (403, 405)
    assert client.get(reverse("records:my_reading")).status_code == 403
    assert AuditEvent.objects.filter(action="record.read", actor_kind="relative", rule="A13").exists()


def test_A13_the_rows_and_the_rule_agree_for_guardians_and_children(world):
    child(world, 5)
    put(world.person, world.units["centre"], signed=False)
    for years, said in ((5, None), (14, None), (14, "reads"), (14, "nothing"), (16, None), (16, "writes")):
        Person.objects.filter(pk=world.person.pk).update(birth_date=birthday(clock.today(), -years))
        Maturity.objects.update(ends_on=clock.today() - timedelta(days=1))
        if said:
            assess(world, guardians=said, entries=said == "reads")
        mother = relative(world.things["mother"])
        for who in (mother, world.actor("self")):
            seen = set(policy.scoped(who, "record.read", Entry.objects.all()))
            assert {e for e in Entry.objects.all() if policy.decide(who, "record.read", e)} <= seen
        for question, rows in (("plan.read", Person.objects.all()), ("action.read", Action.objects.all())):
            seen = set(policy.scoped(mother, question, rows))
            assert seen == {thing for thing in rows if policy.decide(mother, question, thing)}, (years, said, question)


@pytest.mark.parametrize(
    ("represents", "writes", "yes"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_P4_P7_a_trustee_represents_only_where_the_mandate_includes_the_care_of_the_person(
    world, represents, writes, yes
):
    Capacity.objects.create(
        person=world.person, ground="lasting", assessed_by="x", basis="x", represented_by="x", attitude="x",
        review_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    near = Relative.objects.create(
        person=world.person, given_name="God", family_name="Man", relation="god man", role="trustee", reads=True,
        writes=writes, represents=represents, user=User.objects.create_user("trustee"),
    )  # fmt: skip
    for question in ("plan.approve", "consent.give", "words.edit"):
        assert bool(policy.decide(relative(near), question, world.person)) is yes, question
    assert policy.decide(relative(near), "plan.read", world.person)
    Relative.objects.filter(pk=near.pk).update(
        starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=1)
    )
    assert not policy.decide(relative(near), "plan.read", world.person), "for as long as it lasts"


@pytest.mark.parametrize(("years", "yes"), [(4, True), (12, True), (13, False), (40, False)])
def test_P7_a_trustee_answers_for_a_small_child_without_anybody_having_assessed_it(world, years, yes):
    """A child cannot consent; from the age at which it answers for itself, and for the grown up, somebody assesses."""
    Person.objects.filter(pk=world.person.pk).update(birth_date=birthday(clock.today(), -years))
    near = Relative.objects.create(
        person=world.person, given_name="God", family_name="Man", relation="god man", role="trustee", reads=True, writes=True,
        represents=True, user=User.objects.create_user("trustee"),
    )  # fmt: skip
    for question in ("plan.approve", "plan.disagree", "consent.give", "consent.withdraw"):
        assert bool(policy.decide(relative(near), question, world.person)) is yes, question


TIED = ("person.read", "plan.read", "plan.edit", "record.list", "record.read", "record.write", "record.others")


def asked(world, who: str = "alice") -> dict[str, policy.Decision]:
    entry = Entry.objects.filter(person=world.person).first() or put(world.person, world.units["nursing"])
    return {q: policy.decide(world.actor(who), q, entry if q == "record.read" else world.person) for q in TIED}


def test_A1_staff_open_nothing_of_their_own_through_the_assignment(world):
    assert all(asked(world).values())
    Person.objects.filter(pk=world.person.pk).update(user=world.users["alice"])
    found = asked(world)
    assert not any(found.values())
    assert {d.rule for d in found.values()} == {"A1"}
    assert "dina egna uppgifter" in found["plan.read"].sv
    me = next(a for a in choices(world.users["alice"]) if a.kind == "person")
    assert policy.decide(me, "plan.read", world.person), "as herself she reads it"


def test_A1_nor_of_somebody_near_until_the_unit_has_decided(world):
    near = world.things["husband"]
    Relative.objects.filter(pk=near.pk).update(user=world.users["alice"])
    found = asked(world)
    assert not any(found.values())
    assert "närstående" in found["plan.read"].sv
    day = clock.today()
    Relative.objects.filter(pk=near.pk).update(starts_on=day - timedelta(days=9), ends_on=day - timedelta(days=1))
    assert not any(asked(world).values()), "that the role has ended makes her no stranger"
    Relative.objects.filter(pk=near.pk).update(works_why="Enda distriktssköterskan; Eva, chef", ends_on=None)
    assert all(asked(world).values())
    assert asked(world, "gp")["plan.read"], "nobody else is touched"


def test_A1_the_page_list_and_search_leave_out_who_is_near(world):
    client = world.client("alice")
    assert "Zxqvwkj" in client.get(reverse("people:persons")).content.decode()
    Relative.objects.filter(pk=world.things["husband"].pk).update(user=world.users["alice"])
    client = world.client("alice")
    assert client.get(reverse("plans:person", args=[world.person.public_id])).status_code == 404
    assert "Zxqvwkj" not in client.get(reverse("people:persons")).content.decode()
    assert "Zxqvwkj" not in client.post(reverse("people:search"), {"q": "Märit"}).content.decode()
    assert not policy.scoped(world.actor("alice"), "action.do", Action.objects.all()).exists()


def test_A1_being_near_costs_no_question_where_the_account_is_nobody_elses(world, django_assert_num_queries):
    from samband.access.services.facts import near_to
    from samband.people.services.actors import actor_of

    client = world.client("alice")
    request = client.get("/choose/").wsgi_request
    actor = actor_of(request)
    assert actor.tied is False
    with django_assert_num_queries(0):
        assert near_to(actor) == {}


def test_P4_maturity_is_assessed_on_its_page_and_by_those_who_may(world):
    child(world, 14)
    address = reverse("plans:maturity", args=[world.person.public_id])
    client = world.client("alice")
    assert "Barnet är 14 år" in client.get(address).content.decode()
    assert client.post(address, {"assessed_by": "Ida"}).status_code == 422
    sent = {"assessed_by": "Ida, sjuksköterska", "basis": "Samtal", "wishes": "Jag vill själv", "own": "on", "guardians": "nothing",
            "review_on": (clock.today() + timedelta(days=30)).isoformat()}  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert not any(answers(world, "mother").values())
    assert AuditEvent.objects.filter(action="maturity.edit", subjects__person_id=world.person.pk, rule="P4").exists()
    assert "Jag vill själv" in client.get(address).content.decode()
    assert client.post(address, {"end": "1", "why": ""}).status_code == 422
    assert client.post(address, {"end": "1", "why": "Prövat igen"}).status_code == 302
    assert answers(world, "mother")["plan.read"]
    assert world.client("coordinator").get(address).status_code == 404, "not licensed"
    Person.objects.filter(pk=world.person.pk).update(birth_date=birthday(clock.today(), -30))
    assert client.get(address).status_code == 404


def test_A1_a_case_about_somebody_near_is_a_colleagues(world):
    from samband.contact.models import Case
    from tests.contact.worlds import things

    case = things(world)["case"]
    Case.objects.filter(pk=case.pk).update(person=world.person, unit=world.units["nursing"])
    case.refresh_from_db()
    questions = ("case.read", "case.work")
    assert all(policy.decide(world.actor("alice"), q, case) for q in questions)
    Relative.objects.filter(pk=world.things["husband"].pk).update(user=world.users["alice"])
    actor = world.actor("alice")
    assert not any(policy.decide(actor, q, case) for q in questions)
    assert not any(case in policy.scoped(actor, q, Case.objects.all()) for q in (*questions, "case.list"))
    Case.objects.filter(pk=case.pk).update(person=None)
    assert policy.scoped(actor, "case.list", Case.objects.all()).exists(), "a case about nobody stays"
