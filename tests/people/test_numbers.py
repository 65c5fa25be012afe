"""Another number for a person who is known: guarded, kept, and nothing told about anybody else."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.core.ids import parse_identity
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.people import rules
from samband.people.models import EarlierNumber, Person
from samband.people.services import numbers, persons, starts
from samband.people.services.lock import Conflict
from samband.people.services.search import search
from tests.worlds import make_person

pytestmark = pytest.mark.django_db
NEW, WHY = "19470312K077", "Skatteverkets besked i dag"
TABLE = [
    ("reserve", "personnummer", "new", True), ("reserve", "samordningsnummer", "new", True), ("reserve", "reserve", "new", True),
    ("samordningsnummer", "personnummer", "new", True), ("samordningsnummer", "reserve", "new", False),
    ("personnummer", "reserve", "new", False), ("personnummer", "personnummer", "new", False),
    ("personnummer", "personnummer", "wrong", True), ("personnummer", "reserve", "wrong", True),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "cause", "may"), TABLE)
def test_how_a_number_may_change(before, after, cause, may):
    assert (rules.renumber_fault(before, after, cause) is None) == may


def change(world, who="alice", number=NEW, cause="new", why=WHY, **more):
    person = Person.objects.get(pk=world.person.pk)
    return numbers.change(
        world.actor(who), person, more.pop("seen", person.identity_number), parse_identity(number), cause, why, **more
    )


def test_the_earlier_number_is_kept_and_finds_her_whole(world):
    old = world.person.identity_number
    row = change(world)
    world.person.refresh_from_db()
    assert (world.person.identity_number, world.person.identity_kind, world.person.version) == (NEW, "reserve", 2)
    assert (row.identity_number, row.why, row.by_name) == (old, WHY, world.actor("alice").name)
    alice = world.actor("alice")
    for text in (old, f"{old[:8]}-{old[8:]}", old[2:], NEW):
        assert search(alice, text).persons == [world.person], text
    assert search(alice, old[:-1]).persons == []  # no guessing at what no longer holds
    assert search(world.actor("stranger"), old).persons == []
    entry = AuditEvent.objects.get(action="person.renumber")
    assert (entry.subjects.get().person_id, entry.detail["reason"]) == (world.person.pk, WHY)
    assert old not in str(entry.detail)
    assert NEW not in str(entry.detail)


def test_the_earlier_number_still_leads_to_her_at_the_door(world):
    old = parse_identity(world.person.identity_number)
    change(world)
    stranger = world.actor("stranger")
    assert starts.begin(stranger, old, "Kom in akut i natt") == world.person
    with pytest.raises(persons.AlreadyKnown):
        persons.create(stranger, old, {"given_name": "A", "family_name": "B"}, "Kom in akut i natt")


def test_a_number_that_was_wrong_leads_to_nobody(world):
    old = parse_identity(world.person.identity_number)
    change(world, cause="wrong")
    assert numbers.holder(old) is None
    assert search(world.actor("alice"), old.number).persons == [world.person]


def test_a_number_of_somebody_else_tells_nothing(world):
    other = make_person("Annan", "Hemlig", 9, world.area)
    with pytest.raises(ValidationError) as caught:
        change(world, number=other.identity_number)
    said = str(caught.value.message_dict)
    assert "administrerar" in said
    assert "Hemlig" not in said
    world.person.refresh_from_db()
    assert world.person.identity_number != other.identity_number
    assert not EarlierNumber.objects.exists()
    entry = AuditEvent.objects.get(action=numbers.TAKEN)
    assert {s.person_id for s in entry.subjects.all()} == {world.person.pk, other.pk}
    for _try in range(numbers.LIMIT - 1):
        with pytest.raises(ValidationError, match="kan inte sättas"):
            change(world, number=other.identity_number)
    with pytest.raises(ValidationError, match="administrerar Samband innan"):
        change(world)


def test_two_at_once(world):
    with pytest.raises(Conflict):
        change(world, seen="19470312K999")


@pytest.mark.parametrize("who", ["stranger", "bob", "administrator", "self", "husband", "teacher", "reviewer"])
def test_nobody_else(world, who):
    with pytest.raises(Denied):
        change(world, who)


def test_a_sentence_for_each_fault(world):
    cases = [
        ({"number": world.person.identity_number}, "redan har"),
        ({"why": "  x "}, "minst fem tecken"),
        ({"number": "19480101K077"}, "Födelsedagen blir"),
    ]
    for more, said in cases:
        with pytest.raises(ValidationError, match=said):
            change(world, **more)
    change(world, number="19480101K077", confirmed=True)
    world.person.refresh_from_db()
    assert world.person.birth_date == date(1948, 1, 1)


def test_the_page_and_undo(world):
    client, url = world.client("alice"), reverse("people:number", args=[world.person.public_id])
    seen = client.get(url).context["form"].initial["seen"]
    old = world.person.identity_number
    sent = {"seen": seen, "identity": NEW, "cause": "new", "why": WHY}
    assert client.post(url, sent | {"identity": "19470312-0000"}).status_code == 422
    assert client.post(url, sent | {"seen": "gammalt"}).status_code == 422
    asked = client.post(url, sent | {"identity": "19480101K077"})
    assert (asked.status_code, "confirmed" in asked.content.decode()) == (422, True)
    page = client.post(url, sent, follow=True).content.decode()
    assert "Numret är bytt" in page
    assert WHY in page
    undo = reverse("people:number_undo", args=[world.person.public_id, EarlierNumber.objects.get().public_id])
    assert undo in page
    assert "inget att ångra" in world.client("gp").post(undo, follow=True).content.decode()
    client.post(undo)
    world.person.refresh_from_db()
    assert world.person.identity_number == old
    assert "inget att ångra" in client.post(undo, follow=True).content.decode()
    assert client.get(url, headers={"accept-language": "en"}).status_code == 200
