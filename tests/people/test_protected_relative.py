"""A guardian whose own facts are protected, and the child's other guardian: no address and no number, anywhere (A13)."""

import pytest
from django.urls import reverse

from samband.access.models import CareRelation
from samband.core import extract
from samband.core.ids import parse_identity
from samband.people.models import Person, Relative
from samband.people.services import accounts, persons, relatives
from samband.people.services.lock import mark
from samband.plans.prints.content import secrets
from tests.people.test_views_persons import facts
from tests.web.test_confirm import later
from tests.worlds import make_person

pytestmark = pytest.mark.django_db
HERS = "070-174 06 38"
STREET = "Testgatan 1"


@pytest.fixture
def mother(world):
    """Lives with the child, and has said her number; the husband of the small world stands for the other guardian."""
    Relative.objects.filter(pk=world.things["husband"].pk).update(role="guardian")
    return Relative.objects.create(
        person=world.person, given_name="Mor", family_name="Testsson", relation="mor", role="guardian", phone=HERS,
        lives_with=True, reads=True, basis="lag",
    )  # fmt: skip


def protect(world, mother, **more):
    mother.refresh_from_db()
    return relatives.edit(world.actor("alice"), mother, mark(mother, relatives.FIELDS), {"protected": True, **more})


def pages(world, who: str) -> str:
    """All that the reader opens of the person, in one text."""
    client, person = world.client(who), world.person.public_id
    own = ["my", "my_plan", "my_help", "my_situations", "my_agreement", "my_access"]
    addresses = [reverse(f"web:{name}") for name in own] + [reverse("plans:person", args=[person])]
    addresses += [reverse(f"people:{name}", args=[person]) for name in ("person_edit", "relatives", "contacts")]
    addresses += [reverse("people:relative_edit", args=[row.public_id]) for row in world.person.relatives.all()]
    return " ".join(client.get(address).content.decode() for address in addresses)


@pytest.mark.parametrize("who", ["husband", "self", "alice"])
def test_neither_number_nor_address_is_on_any_page_of_the_child(world, mother, who):
    if who == "alice":
        assert HERS in pages(world, who)
        assert STREET in pages(world, who)
    protect(world, mother)
    body = pages(world, who)
    for secret in (HERS, HERS.replace("-", "").replace(" ", ""), STREET):
        assert secret not in body, secret


def test_the_childs_address_is_hidden_as_long_as_she_lives_there(world, mother):
    def shown():
        world.person.refresh_from_db()
        return bool(world.person.shown_address or world.person.shown_phone or world.person.shown_place)

    assert shown()
    protect(world, mother)
    assert not shown()
    assert not world.person.is_protected, "the child's own facts are as they were: nothing else follows"
    protect(world, mother, lives_with=False)
    assert shown()
    protect(world, mother, lives_with=True)
    assert not shown()
    relatives.end(world.actor("alice"), mother)
    assert shown()


def test_paper_and_extract_hold_neither(world, mother):
    assert secrets(world.person) == []
    protect(world, mother)
    world.person.refresh_from_db()
    hidden = " ".join(str(one) for one in secrets(world.person))
    assert "0701740638" in "".join(c for c in hidden if c.isdigit())
    part = extract.parts["people.Relative"]
    rows = list(part.rows(world.person))
    told = {row.pk: [field.name for field in part.told(row, world.person, part.fields())] for row in rows}
    assert "phone" not in told[mother.pk]
    assert "phone" in told[world.things["husband"].pk]
    own = make_person("Mor", "Testsson", 77, world.area)
    mother.refresh_from_db()
    assert "phone" in [field.name for field in part.told(mother, own, part.fields())], "her own extract has it"


def test_who_is_protected_as_a_person_is_so_wherever_she_stands_near_somebody(world, mother):
    herself = world.things["other_person"]
    Relative.objects.filter(pk=mother.pk).update(user=herself.user)
    actor = world.actor("alice")
    CareRelation.objects.create(person=herself, unit=world.units["nursing"], reason="inskriven")
    persons.edit(actor, herself, herself.version, {"protection": "sekretessmarkering"})
    mother.refresh_from_db()
    world.person.refresh_from_db()
    assert mother.protected
    assert world.person.hides_home


def test_a_tie_to_a_protected_persons_account_protects_the_relative(world, mother):
    held = make_person("Mor", "Testsson", 79, world.area, protection="skyddad_folkbokforing")
    Person.objects.filter(user=world.users["strange_person"]).update(user=None)
    Person.objects.filter(pk=held.pk).update(user=world.users["strange_person"])
    actor = world.actor("administrator")
    accounts.tie_relative(
        actor, parse_identity(world.person.shown_number), "Mor Testsson", parse_identity(held.shown_number), "Ny inloggning"
    )  # fmt: skip
    mother.refresh_from_db()
    assert mother.protected


def test_A16_to_show_it_again_asks_who_sits_there(world, mother):
    protect(world, mother)
    mother.refresh_from_db()
    client = later(world.client("alice"))
    sent = {
        "given_name": "Mor", "family_name": "Testsson", "relation": "mor", "role": "proxy", "reads": "on", "basis": "lag",
        "starts_on": mother.starts_on.isoformat(), "seen": mark(mother, relatives.FIELDS), "lives_with": "on",
    }  # fmt: skip
    address = reverse("people:relative_edit", args=[mother.public_id])
    assert client.post(address, sent).status_code == 403
    mother.refresh_from_db()
    assert mother.protected
    assert client.post(address, {**sent, "protected": "on", "relation": "mamma"}).status_code == 302
    mother.refresh_from_db()
    assert (mother.protected, mother.relation, mother.phone) == (True, "mamma", HERS), "what is not shown is kept"


def test_the_form_of_a_child_whose_home_is_hidden_neither_shows_nor_takes_the_address(world, mother):
    protect(world, mother)
    client = world.client("alice")
    page = reverse("people:person_edit", args=[world.person.public_id])
    assert STREET not in client.get(page).content.decode()
    assert client.post(page, facts(world, street="Annan gata 9", language="en")).status_code == 302
    world.person.refresh_from_db()
    assert (world.person.street, world.person.language) == (STREET, "en")
