"""Start a care relation: the same answer for every number, a reason in the log, and a limit."""

import re

import pytest
from django.urls import reverse

from samband.access.models import CareRelation
from samband.core.models import AuditEvent
from samband.people.models import Person
from samband.people.services import starts
from tests.people.files import number

pytestmark = pytest.mark.django_db
START, CONFIRM, NEW = (reverse(f"people:{name}") for name in ("start", "start_confirm", "person_new"))
REASON = "Inskriven i hemsjukvården i dag"


def ask(client, text: str, reason: str = REASON):
    return client.post(START, {"identity": text, "reason": reason})


def neutral(client, text: str) -> str:
    """The page after the question, without the number itself and the token."""
    assert ask(client, text)["Location"] == CONFIRM
    page = client.get(CONFIRM).content.decode()
    page = re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content)="[^"]*"', "", page)
    return re.sub(r"\d{8}-\w{4}|datetime=\"[^\"]*\"", "…", page)


def test_the_page_says_the_same_whether_the_number_is_known_or_not(world):
    client = world.client("stranger")
    assert neutral(client, world.person.identity_number) == neutral(client, number(77))
    assert not CareRelation.objects.filter(person=world.person, unit=world.units["elsewhere"]).exists()


def test_starting_opens_the_person_and_stands_in_the_log(world):
    client = world.client("stranger")
    ask(client, world.person.shown_number)
    response = client.post(CONFIRM)
    assert str(world.person.public_id) in response["Location"]
    assert CareRelation.objects.get(person=world.person, unit=world.units["elsewhere"]).reason == REASON
    asked = AuditEvent.objects.get(action="relation.ask")
    assert asked.detail["reason"] == REASON
    assert asked.subjects.get().person_id == world.person.pk
    assert AuditEvent.objects.filter(action="relation.start").exists()


def test_an_unknown_number_is_entered_with_its_relation(world):
    client = world.client("stranger")
    ask(client, number(5))
    assert client.post(CONFIRM)["Location"] == NEW
    sent = {"given_name": "Ny", "family_name": "Öhman", "language": "sv", "information": "plain", "protection": "none"}
    assert client.post(NEW, sent).status_code == 302
    person = Person.objects.get(identity_number=number(5))
    assert person.birth_date is not None
    assert person.relations.get().unit == world.units["elsewhere"]
    assert AuditEvent.objects.filter(action="person.create").exists()


def test_a_number_that_came_in_between_leads_to_the_neutral_page(world):
    client = world.client("stranger")
    ask(client, number(6))
    client.post(CONFIRM)
    Person.objects.create(
        identity_kind="reserve", identity_number=number(6), given_name="Var", family_name="Tidigare-Där"
    )
    sent = {"given_name": "Ny", "family_name": "Person", "language": "sv", "information": "plain", "protection": "none"}
    response = client.post(NEW, sent)
    assert response["Location"] == CONFIRM
    assert "Tidigare-Där" not in client.get(CONFIRM).content.decode()


def test_the_form_for_a_new_person_takes_no_number(world):
    client = world.client("stranger")
    sent = {"given_name": "Ny", "family_name": "Person", "language": "sv", "identity_number": number(7)}
    assert client.post(NEW, sent)["Location"] == START
    assert not Person.objects.filter(identity_number=number(7)).exists()


@pytest.mark.parametrize(
    ("text", "reason", "field"),
    [
        ("", REASON, "identity"),
        ("123", REASON, "identity"),
        ("19470312-2381", REASON, "identity"),
        (number(1), "", "reason"),
        (number(1), "x", "reason"),
    ],
)
def test_a_number_or_reason_that_will_not_do(world, text, reason, field):
    response = ask(world.client("stranger"), text, reason)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not AuditEvent.objects.filter(action="relation.ask").exists()


def test_more_than_ten_questions_in_ten_minutes_are_refused_also_after_a_new_log_in(world):
    for serial in range(starts.LIMIT):
        assert ask(world.client("stranger"), number(serial)).status_code == 302
    response = ask(world.client("stranger"), number(99))
    assert response.status_code == 429
    assert "tio minuter" in response.content.decode()
    assert ask(world.client("alice"), number(99)).status_code == 302


def test_the_confirmation_cannot_be_reached_without_a_question(world):
    assert world.client("stranger").get(CONFIRM)["Location"] == START
    assert world.client("stranger").post(CONFIRM)["Location"] == START


@pytest.mark.parametrize("who", ["teacher", "self", "husband", "administrator", "reviewer"])
def test_only_care_staff_may_start(world, who):
    assert world.client(who).get(START).status_code == 403
    assert ask(world.client(who), number(1)).status_code == 403
