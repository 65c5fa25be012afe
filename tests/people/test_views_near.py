"""Contacts and relatives: roles kept apart, overlap refused, handed over in one act."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from samband.core import clock
from samband.core.models import AuditEvent
from samband.people.models import Assignment, ContactRole, Relative
from samband.people.services import contacts, relatives
from samband.people.services.lock import Conflict, mark

pytestmark = pytest.mark.django_db


def today() -> date:
    return clock.today()


def appoint_url(world, kind="care_contact") -> str:
    return reverse("people:contact_appoint", kwargs={"person": world.person.public_id, "contact_kind": kind})


def assignment(world, name: str) -> Assignment:
    return Assignment.objects.get(staff__user=world.users[name])


def hold(world, name="alice", kind="care_contact", starts=None, ends=None) -> ContactRole:
    starts = starts or today() - timedelta(days=30)
    return ContactRole.objects.create(
        person=world.person, kind=kind, assignment=assignment(world, name), starts_on=starts, ends_on=ends
    )


def send(world, name: str, starts: date, kind="care_contact", who="alice", **more):
    sent = {"assignment": str(assignment(world, name).public_id), "starts_on": starts.isoformat()} | more
    return world.client(who).post(appoint_url(world, kind), sent)


def test_an_empty_role_is_filled(world):
    assert send(world, "alice", today()).status_code == 302
    assert world.person.contacts.get().assignment == assignment(world, "alice")
    assert AuditEvent.objects.get(action="contact.appoint").subjects.get().person_id == world.person.pk


def test_an_overlap_is_refused_and_says_who_and_when(world):
    hold(world)
    response = send(world, "coordinator", today())
    assert response.status_code == 422
    error = response.context["form"].errors["starts_on"][0]
    assert "Alice Test är fast vårdkontakt" in error
    assert "tills vidare" in error
    assert world.person.contacts.count() == 1


def test_handing_over_ends_the_one_and_begins_the_other(world):
    old = hold(world)
    assert send(world, "coordinator", today(), end_previous="on").status_code == 302
    old.refresh_from_db()
    assert old.ends_on == today() - timedelta(days=1)
    assert contacts.overlapping(world.person, "care_contact", today(), None).get().assignment == assignment(
        world, "coordinator"
    )


def test_one_who_began_today_cannot_be_ended_yesterday(world):
    hold(world, starts=today())
    response = send(world, "coordinator", today(), end_previous="on")
    assert response.status_code == 422
    assert "Välj dagar" in response.context["form"].errors["starts_on"][0]


def test_two_later_roles_in_the_way_are_not_both_ended(world):
    hold(world, ends=today() + timedelta(days=5))
    hold(world, "coordinator", starts=today() + timedelta(days=6))
    assert send(world, "gp", today(), end_previous="on").status_code == 422
    assert world.person.contacts.count() == 2


def test_other_kinds_do_not_overlap(world):
    hold(world)
    assert send(world, "gp", today(), kind="physician_contact").status_code == 302


@pytest.mark.parametrize(
    ("kind", "name"), [("physician_contact", "alice"), ("social_contact", "gp"), ("care_contact", "teacher")]
)
def test_A13_the_wrong_profession_cannot_be_chosen(world, kind, name):
    response = send(world, name, today(), kind=kind)
    assert response.status_code == 422
    assert "assignment" in response.context["form"].errors


def test_the_service_refuses_what_the_form_does_not_offer(world):
    with pytest.raises(contacts.NotSuitable):
        contacts.appoint(world.actor("alice"), world.person, "physician_contact", assignment(world, "alice"), today())


@pytest.mark.parametrize(
    "sent", [{"starts_on": "2026-02-30"}, {"ends_on": "2020-01-01"}, {"assignment": "x"}, {"assignment": ""}]
)
def test_wrong_choices_are_answered_at_their_field(world, sent):
    response = send(world, "alice", today(), **sent)
    assert response.status_code == 422
    assert set(sent) <= set(response.context["form"].errors)


def test_an_unknown_kind_does_not_exist(world):
    assert world.client("alice").get(appoint_url(world, "all_contacts")).status_code == 404


def test_a_role_ends_and_one_that_has_not_begun_is_taken_away(world):
    client = world.client("alice")
    now = hold(world)
    later = hold(world, "gp", "physician_contact", starts=today() + timedelta(days=3))
    for contact in (now, later):
        client.post(reverse("people:contact_end", kwargs={"contact": contact.public_id}))
    now.refresh_from_db()
    assert now.ends_on == today()
    assert not ContactRole.objects.filter(pk=later.pk).exists()


@pytest.mark.parametrize("name", ["people:contacts", "people:relatives", "people:relative_new", "people:person_edit"])
def test_the_pages_open_for_those_who_take_part_and_nobody_else(world, name):
    hold(world)
    url = reverse(name, kwargs={"person": world.person.public_id})
    assert world.client("alice").get(url).status_code == 200
    for who in ("bob", "stranger", "teacher", "self", "husband", "administrator"):
        assert world.client(who).get(url).status_code in (403, 404), who


def relative(**more) -> dict:
    sent = {
        "given_name": "Karin", "family_name": "Testsson", "relation": "dotter", "role": "proxy", "basis": "Märit sade ja",
        "reads": "on", "starts_on": "2026-01-01",
    }  # fmt: skip
    return sent | more


def new_url(world) -> str:
    return reverse("people:relative_new", kwargs={"person": world.person.public_id})


def test_P4_an_ombud_is_entered_with_its_basis(world):
    assert world.client("alice").post(new_url(world), relative()).status_code == 302
    made = Relative.objects.get(given_name="Karin")
    assert (made.role, made.reads, made.writes) == ("proxy", True, False)
    assert AuditEvent.objects.get(action="relative.add").detail["role"] == "proxy"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"basis": ""}, "basis"),
        ({"writes": "on", "reads": ""}, "reads"),
        ({"role": "guardian"}, "role"),
        ({"ends_on": "2025-01-01"}, "ends_on"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"phone": "ring"}, "phone"),
        ({"given_name": ""}, "given_name"),
    ],
)
def test_P4_what_is_missing_is_said_at_its_field(world, sent, field):
    response = world.client("alice").post(new_url(world), relative(**sent))
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_an_ended_role_reads_no_more(world):
    husband = world.things["husband"]
    own = world.client("husband")
    world.client("alice").post(reverse("people:relative_end", kwargs={"relative": husband.public_id}))
    husband.refresh_from_db()
    assert not husband.active()
    assert not husband.reads
    assert own.get(reverse("people:persons")).status_code in (302, 403)


def test_two_edits_of_a_relative_lose_nothing(world):
    husband = world.things["husband"]
    url = reverse("people:relative_edit", kwargs={"relative": husband.public_id})
    client = world.client("alice")
    first = client.get(url).context["outcome"]
    seen = mark(husband, relatives.FIELDS)
    Relative.objects.filter(pk=husband.pk).update(basis="Märit sade ja i maj")
    with pytest.raises(Conflict):
        relatives.edit(world.actor("alice"), husband, seen, {"basis": "Nej"})
    sent = relative(
        given_name="Make", relation="make", role="relative", writes="on", basis="Märit sade ja i juni",
        starts_on=husband.starts_on.isoformat(), seen=first.seen, base=first.base,
    )  # fmt: skip
    response = client.post(url, sent)
    assert response.status_code == 409
    text = response.content.decode()
    assert "i maj" in text
    assert "i juni" in text
