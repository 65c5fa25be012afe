"""List, search, export and facts: who sees whom, what is written down, how many questions the database gets."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samband.access.models import CareRelation
from samband.core.models import AuditEvent, AuditSubject
from samband.people.models import Flag, Person
from samband.people.services import export, lists
from samband.people.services import persons as services
from samband.people.services.search import search
from tests.worlds import MARK, make_person

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def related(world, given: str, family: str, serial: int, unit: str = "nursing", **more) -> Person:
    person = make_person(given, family, serial, world.area, **more)
    CareRelation.objects.create(person=person, unit=world.units[unit], reason="test")
    return person


def page(world, who: str, **query) -> str:
    response = world.client(who).get(reverse("people:persons"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_holds_those_in_scope_and_nobody_else(world):
    related(world, "Egen", "Person", 11)
    related(world, "Främmande", "Person", 12, unit="elsewhere")
    assert "Person, Egen" in page(world, "alice")
    assert "Främmande" not in page(world, "alice")
    assert MARK not in page(world, "stranger")
    assert "Person, Främmande" in page(world, "stranger")


@pytest.mark.parametrize("who", ["husband", "self", "administrator", "reviewer"])
def test_others_have_no_list(world, who):
    assert world.client(who).get(reverse("people:persons")).status_code == 403


def test_the_anonymous_are_sent_to_log_in(world):
    response = world.client("anonymous").get(reverse("people:persons"))
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


def test_swedish_order(world):
    for serial, family in enumerate(["Öberg", "Zetterman", "Åberg", "Ärlig", "Andersson"], 20):
        related(world, "P", family, serial)
    names = [p.family_name for p in lists.persons(world.actor("alice"), lists.Wish())]
    assert [n for n in names if n != "Testsson"] == ["Andersson", "Zetterman", "Åberg", "Ärlig", "Öberg"]


def test_filters_narrow_and_never_widen(world):
    related(world, "Skyddad", "Person", 31, protection="sekretessmarkering")
    related(world, "Vid", "Vårdcentralen", 32, unit="centre")
    both = world.actor("coordinator")
    shown = [p.given_name for p in lists.persons(both, lists.Wish(unit=world.units["centre"]))]
    assert "Vid" in shown
    assert "Skyddad" not in shown
    assert [p.given_name for p in lists.persons(both, lists.Wish(mark="protected"))] == ["Skyddad"]
    foreign = lists.wish(world.actor("alice"), {"unit": str(world.units["elsewhere"].public_id), "sort": "drop table"})
    assert foreign == lists.Wish()


@pytest.mark.parametrize("query", [{"area": "x"}, {"sort": "-nothing"}, {"page": "99"}, {"mark": "'"}, {"unit": "0"}])
def test_strange_choices_are_no_choices(world, query):
    assert MARK in page(world, "alice", **query)


def test_one_entry_for_a_page_and_none_for_the_same_again(world):
    client = world.client("alice")
    related(world, "En", "Till", 41)
    for _ in range(3):
        client.get(reverse("people:persons"))
    event = AuditEvent.objects.get(action="person.list")
    assert AuditSubject.objects.filter(event=event).count() == 2


def test_a_page_costs_the_same_whatever_is_on_it(world):
    client = world.client("alice")
    client.get(reverse("people:persons"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("people:persons"))
    for serial in range(100, 150):
        related(world, "P", f"Person{serial}", serial)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("people:persons"))
    # The second page has new persons, so that one audit entry with its subjects is written.
    assert len(few) <= 16
    assert len(many) <= len(few) + 5


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("åberg", True), ("ÅBERG", True), ("abe", False), ("åb", True), ("berit å", True), ("å berit", True), ("erit", False),
        ("1950", True), ("19500102", True), ("500102", True), ("19500102-K055", True), ("19500102K055", True), ("195", False),
        ("1951", False), ("b", False), ("", False), ("%", False), ("Storgatan", False),
    ],
)  # fmt: skip
def test_search_by_name_and_number(world, text, hit):
    Person.objects.create(
        identity_kind="reserve",
        identity_number="19500102K055",
        given_name="Berit",
        family_name="Åberg",
        street="Storgatan 1",
    )
    CareRelation.objects.create(person=Person.objects.get(family_name="Åberg"), unit=world.units["nursing"], reason="t")
    found = [p.family_name for p in search(world.actor("alice"), text).persons]
    assert found == (["Åberg"] if hit else [])
    assert search(world.actor("stranger"), text).persons == []


def test_search_takes_one_question_and_at_most_eight_hits(world, django_assert_num_queries):
    for serial in range(200, 220):
        related(world, "Sven", f"Svensson{serial}", serial)
    actor = world.actor("alice")
    with django_assert_num_queries(1):
        found = search(actor, "sven")
        assert len(found.persons) == 8
    assert found.more


def test_the_box_answers_with_rows_and_writes_who_was_seen(world):
    client = world.client("alice")
    with CaptureQueriesContext(connection) as asked:
        response = client.post(reverse("people:search"), {"q": "märit"}, **HTMX)
    assert MARK in response.content.decode()
    assert "<html" not in response.content.decode()
    # Session, account, assignment and its units; the search; the audit's look and its entry.
    assert len(asked) <= 14
    event = AuditEvent.objects.get(action="person.search")
    assert event.subjects.get().person_id == world.person.pk
    assert "märit" not in json.dumps(event.detail).lower()


@pytest.mark.parametrize("who", ["stranger", "bob", "teacher"])
def test_a_search_out_of_scope_finds_nobody(world, who):
    for text in ("märit", "19470312", world.person.shown_number):
        assert MARK not in world.client(who).post(reverse("people:search"), {"q": text}, **HTMX).content.decode()


def test_no_search_text_comes_back_in_an_address(world):
    assert "märit" not in world.client("alice").get(reverse("people:search"), {"q": "märit"}).content.decode()


def test_the_export_has_the_scope_and_hides_what_is_protected(world):
    related(world, "=Formel", "+Person", 51, protection="skyddad_folkbokforing")
    response = world.client("alice").post(reverse("people:export"))
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeffPersonnummer;")
    assert "'=Formel" in text
    assert "'+Person" in text
    rows = {line.split(";")[1]: line for line in text.splitlines()}
    assert "Testgatan" in rows["Testsson"]
    assert "Testgatan" not in rows["'+Person"]
    assert "070-174" not in rows["'+Person"]
    assert "Annan" not in text
    event = AuditEvent.objects.get(action="person.export")
    assert event.subjects.count() == 2


@pytest.mark.parametrize("value", ["=1+1", "+46", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_becomes_a_formula(value):
    assert export.safe(value) == f"'{value}"


def facts(world, **changes) -> dict:
    person = world.person
    person.refresh_from_db()
    sent = {
        "given_name": person.given_name, "family_name": person.family_name, "language": "sv", "information": "plain",
        "protection": person.protection, "street": person.street, "postal_code": "", "city": person.city,
        "phone": person.phone, "area": person.area_id, "seen": str(person.version),
    }  # fmt: skip
    return sent | changes


def edit(world, who: str = "alice", **sent):
    return world.client(who).post(reverse("people:person_edit", kwargs={"person": world.person.public_id}), sent)


def test_facts_are_saved_with_their_entry(world):
    assert edit(world, **facts(world, city="Enköping")).status_code == 302
    world.person.refresh_from_db()
    assert (world.person.city, world.person.version) == ("Enköping", 2)
    event = AuditEvent.objects.filter(action="person.edit", detail__has_key="fields").get()
    assert event.detail["fields"] == ["city"]
    assert "Enköping" not in json.dumps(event.detail)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("given_name", "", "måste"),
        ("phone", "ring mig", "siffror"),
        ("postal_code", "12", "fem siffror"),
        ("language", "svenska", "två eller tre"),
        ("latitude", "95", "grader"),
        ("deceased_on", "2099-01-01", "framtiden"),
        ("deceased_on", "2026-02-30", "finns inte"),
    ],
)
def test_wrong_facts_are_answered_at_their_field(world, field, value, says):
    response = edit(world, **facts(world, **{field: value}))
    assert response.status_code == 422
    errors = response.context["form"].errors[field][0]
    assert says in errors or field == "given_name"
    world.person.refresh_from_db()
    assert world.person.version == 1


def test_two_edits_of_different_fields_go_together(world):
    first = world.client("alice").get(reverse("people:person_edit", kwargs={"person": world.person.public_id}))
    base, seen = first.context["outcome"].base, first.context["outcome"].seen
    services.edit(world.actor("gp"), world.person, 1, {"city": "Tierp"})
    response = edit(world, **(facts(world) | {"city": "Heby", "phone": "070-174 06 06", "seen": seen, "base": base}))
    assert response.status_code == 302
    world.person.refresh_from_db()
    assert (world.person.city, world.person.phone) == ("Tierp", "070-174 06 06")


def test_two_edits_of_one_field_show_both_texts_and_lose_nothing(world):
    first = world.client("alice").get(reverse("people:person_edit", kwargs={"person": world.person.public_id}))
    base, seen = first.context["outcome"].base, first.context["outcome"].seen
    services.edit(world.actor("gp"), world.person, 1, {"city": "Tierp"})
    response = edit(world, **(facts(world) | {"city": "Sala", "seen": seen, "base": base}))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Tierp" in text
    assert "Sala" in text
    assert "Gp Test" in text
    outcome = response.context["outcome"]
    chosen = facts(world) | {"city": "Sala", "merge-city": "mine", "seen": outcome.seen, "base": outcome.base}
    assert edit(world, **chosen).status_code == 302
    world.person.refresh_from_db()
    assert (world.person.city, world.person.version) == ("Sala", 3)


def test_theirs_can_be_chosen_too(world):
    services.edit(world.actor("gp"), world.person, 1, {"city": "Tierp"})
    response = edit(world, **(facts(world) | {"city": "Sala", "seen": "1", "base": ""}))
    outcome = response.context["outcome"]
    edit(world, **(facts(world) | {"city": "Sala", "merge-city": "theirs", "seen": outcome.seen, "base": outcome.base}))
    world.person.refresh_from_db()
    assert world.person.city == "Tierp"


def test_protection_hides_at_once_and_is_lifted_only_with_a_word(world):
    url = reverse("people:person_edit", kwargs={"person": world.person.public_id})
    edit(world, **facts(world, protection="sekretessmarkering"))
    text = world.client("alice").get(url).content.decode()
    assert "Testgatan" not in text
    assert "070-174" not in text
    world.person.refresh_from_db()
    assert world.person.street == "Testgatan 1"
    refused = edit(world, **facts(world, protection="none"))
    assert refused.status_code == 422
    assert "lifted" in refused.context["form"].errors
    assert edit(world, **facts(world, protection="none", lifted="on")).status_code == 302
    world.person.refresh_from_db()
    assert (world.person.protection, world.person.street) == ("none", "Testgatan 1")


@pytest.mark.parametrize("who", ["stranger", "bob", "teacher", "self", "husband", "administrator"])
def test_others_change_nothing(world, who):
    assert edit(world, who, **facts(world, city="X")).status_code in (403, 404)
    world.person.refresh_from_db()
    assert world.person.city == "Heby"


def test_flags_are_added_ended_and_brought_back(world):
    client = world.client("alice")
    client.post(
        reverse("people:flag_add", kwargs={"person": world.person.public_id}), {"kind": "warning", "text": "Fallrisk"}
    )
    flag = Flag.objects.get()
    client.post(reverse("people:flag_end", kwargs={"flag": flag.public_id}))
    flag.refresh_from_db()
    assert flag.ended_on
    client.post(reverse("people:flag_revive", kwargs={"flag": flag.public_id}))
    flag.refresh_from_db()
    assert flag.ended_on is None
    assert AuditEvent.objects.filter(action__startswith="flag.").count() == 3
    empty = client.post(reverse("people:flag_add", kwargs={"person": world.person.public_id}), {"text": ""})
    assert empty.status_code == 422
