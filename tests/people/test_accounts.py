"""Log-ins (A16): tied and untied with a reason; an administrator learns no name of a person or relative (A1)."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from samband.core import audit
from samband.core.ids import parse_identity
from samband.core.models import AuditEvent, User
from samband.core.policy import Denied
from samband.people.models import Assignment, Person, Relative, Staff
from samband.people.services import accounts
from samband.web.oidc import account_of
from tests.worlds import MARK, make_person

pytestmark = pytest.mark.django_db
WHY = "Visade legitimation i receptionen"


@pytest.fixture
def boss(world):
    return world.actor("administrator")


def new_staff(world, serial: int = 1, role: str = "nurse") -> Staff:
    staff = Staff.objects.create(given_name="Östen", family_name="Åkerlund", hsa_id=f"SE5560000002-NY{serial}")
    Assignment.objects.create(staff=staff, unit=world.units["nursing"], role=role, title="sjuksköterska")
    return staff


def test_A16_staff_who_were_entered_get_their_account_at_the_first_login(world):
    staff = new_staff(world)
    user = account_of({"employeeHsaId": staff.hsa_id})
    staff.refresh_from_db()
    assert user is not None
    assert (staff.user, user.subject) == (user, f"hsa:{staff.hsa_id}")
    assert account_of({"employeeHsaId": staff.hsa_id}) == user
    assert AuditEvent.objects.filter(action="account.tie", detail__kind="staff").count() == 1
    idle = Staff.objects.create(given_name="Utan", family_name="Uppdrag", hsa_id="SE5560000002-NY2")
    assert account_of({"employeeHsaId": idle.hsa_id}) is None
    assert account_of({"employeeHsaId": "SE5560000002-INGEN"}) is None


def test_who_was_untied_is_not_tied_again_by_itself(world, boss):
    staff = new_staff(world)
    user = account_of({"employeeHsaId": staff.hsa_id})
    accounts.untie(boss, user, accounts.ties(user)[0], "Slutade i fredags")
    assert account_of({"employeeHsaId": staff.hsa_id}) is None
    assert accounts.tie_staff(boss, staff.hsa_id, "Kom tillbaka").pk == user.pk
    assert account_of({"employeeHsaId": staff.hsa_id}) == user
    with pytest.raises(ValidationError, match="redan ett konto"):
        accounts.tie_staff(boss, staff.hsa_id, "En gång till")
    with pytest.raises(ValidationError, match="HSA-id"):
        accounts.tie_staff(boss, "SE5560000002-INGEN", WHY)


def test_A13_a_person_is_tied_by_the_exact_number(world, boss):
    person = make_person("Ny", "Person", 7, world.area)
    identity = parse_identity(person.identity_number)
    user = accounts.tie_person(boss, identity, WHY)
    assert account_of({"personalIdentityNumber": person.shown_number}) == user
    with pytest.raises(ValidationError, match="redan ett konto"):
        accounts.tie_person(boss, identity, WHY)
    entry = AuditEvent.objects.get(action="account.tie")
    assert (entry.subjects.get().person_id, entry.detail["reason"], entry.rule) == (person.pk, WHY, "A1")


def test_a_protected_person_and_nobody_get_the_same_answer(world, boss):
    hidden = make_person("Dold", "Person", 8, world.area, protection="sekretessmarkering")
    said = []
    for number in (hidden.identity_number, "19470312K099"):
        with pytest.raises(ValidationError) as caught:
            accounts.tie_person(boss, parse_identity(number), WHY)
        said.append(caught.value.message_dict)
    assert said[0] == said[1]
    call_command("account", person=hidden.identity_number, reason=WHY)
    hidden.refresh_from_db()
    assert hidden.user is not None


def test_a_relative_is_tied_by_name_and_own_number(world, boss):
    husband = world.things["husband"]
    Relative.objects.filter(pk=husband.pk).update(user=None)
    number, own = parse_identity(world.person.identity_number), parse_identity("19490101K005")
    with pytest.raises(ValidationError, match="uppgifterna"):
        accounts.tie_relative(boss, number, "Någon Annan", own, WHY)
    with pytest.raises(ValidationError, match="eget nummer"):
        accounts.tie_relative(boss, number, "make testsson", None, WHY)
    user = accounts.tie_relative(boss, number, "make testsson", own, WHY)
    assert account_of({"personalIdentityNumber": own.number}) == user
    accounts.untie(boss, user, accounts.ties(user)[0], "Har flyttat isär")
    assert account_of({"personalIdentityNumber": own.number}) is None


def test_a_relative_who_is_a_person_here_keeps_one_account(world, boss):
    Relative.objects.filter(pk=world.things["husband"].pk).update(user=None)
    own = world.things["other_person"]
    user = accounts.tie_relative(
        boss, parse_identity(world.person.identity_number), "Make Testsson", parse_identity(own.identity_number), WHY
    )
    assert user == own.user
    assert {tie.kind for tie in accounts.ties(user)} == {"person", "relative"}


def test_by_what_the_login_service_calls_it(world, boss):
    staff = new_staff(world)
    user = accounts.tie_staff(boss, staff.hsa_id, WHY, sub="abc-1")
    assert account_of({"sub": "abc-1"}) == user
    with pytest.raises(ValidationError, match="annan medarbetare"):
        accounts.tie_staff(boss, new_staff(world, 3).hsa_id, WHY, sub="abc-1")
    accounts.close(boss, user, True, "Misstänkt intrång")
    assert account_of({"sub": "abc-1"}) is None
    assert account_of({"employeeHsaId": staff.hsa_id}) is None
    accounts.close(boss, user, False, "Utrett, inget fel")
    assert account_of({"sub": "abc-1"}) == user


def test_not_ones_own_and_not_without_a_reason(world, boss):
    own = world.users["administrator"]
    with pytest.raises(ValidationError, match="eget konto"):
        accounts.untie(boss, own, accounts.ties(own)[0], "Vill inte mer")
    with pytest.raises(ValidationError, match="eget konto"):
        accounts.close(boss, own, True, "Vill inte mer")
    with pytest.raises(ValidationError, match="varför"):
        accounts.close(boss, world.users["bob"], True, " x ")
    with pytest.raises(CommandError, match="varför"):
        call_command("account", staff="SE5560000002-INGEN", reason="-")


def test_not_many_numbers_in_a_while(world, boss):
    for _try in range(accounts.LIMIT):
        with pytest.raises(ValidationError, match="uppgifterna"):
            accounts.tie_person(boss, parse_identity("19470312K099"), WHY)
    with pytest.raises(ValidationError, match="tio minuter"):
        accounts.tie_person(boss, parse_identity("19470312K099"), WHY)
    assert AuditEvent.objects.filter(action=accounts.TRIED).count() == accounts.LIMIT


@pytest.mark.parametrize("who", ["alice", "coordinator", "reviewer", "self", "husband", "teacher"])
def test_nobody_but_an_administrator(world, who):
    with pytest.raises(Denied):
        accounts.tie_staff(world.actor(who), "SE5560000002-NY1", WHY)
    with pytest.raises(Denied):
        accounts.tie_person(world.actor(who), parse_identity(world.person.identity_number), WHY)
    assert not accounts.accounts(world.actor(who)).exists()
    assert world.client(who).get(reverse("people:accounts")).status_code == 403


def test_the_pages_name_no_person(world, django_assert_max_num_queries):
    client = world.client("administrator")
    number = world.person.identity_number
    urls = [reverse("people:accounts"), *(f"{reverse('people:accounts')}?show={kind}" for kind in accounts.KINDS)]
    urls += [reverse("people:account", args=[world.users[name].public_id]) for name in ("self", "husband", "alice")]
    for url in urls:
        with django_assert_max_num_queries(20):
            body = client.get(url).content.decode()
        assert MARK not in body, url
        assert "Make Testsson" not in body, url
        assert number not in body, url
    assert "Alice Test" in client.get(urls[0]).content.decode()
    found = client.post(urls[0], {"q": f"{number[:8]}-{number[8:]}"}).content.decode()
    assert str(world.users["self"].public_id) in found
    assert MARK not in found
    assert AuditEvent.objects.get(action="account.search").subjects.get().person_id == world.person.pk
    new_staff(world)
    account_of({"employeeHsaId": "SE5560000002-NY1"})
    assert "Åkerlund" in client.post(urls[0], {"q": "åkerl"}).content.decode()
    assert "Inget konto passar" in client.post(urls[0], {"q": "finnsinte"}).content.decode()


def test_the_forms(world):
    client = world.client("administrator")
    url = reverse("people:account_new")
    reply = client.post(url, {"kind": "person", "number": "12", "reason": ""})
    assert reply.status_code == 422
    person = make_person("Ny", "Person", 7, world.area)
    sent = {"kind": "person", "number": person.identity_number, "reason": WHY}
    reply = client.post(url, sent)
    person.refresh_from_db()
    assert reply["Location"] == reverse("people:account", args=[person.user.public_id])
    page = client.get(reply["Location"]).content.decode()
    assert WHY in page
    act = f"person:{person.public_id}"
    assert client.post(reply["Location"], {"act": act, "reason": ""}).status_code == 422
    assert client.post(reply["Location"], {"act": act, "reason": "Fel person"}).status_code == 302
    assert client.post(reply["Location"], {"act": act, "reason": "Fel person"}).status_code == 422
    person.refresh_from_db()
    assert person.user is None
    assert "Hör inte till någon" in client.get(reply["Location"]).content.decode()
    assert Person.objects.filter(user=User.objects.get(subject=f"number:{person.identity_number}")).count() == 0
    assert client.get(url, headers={"accept-language": "en"}).status_code == 200


def test_A1_a_colleague_who_is_a_person_here_shows_as_a_colleague_alone(world):
    """Neither the list, nor its choices, nor her account and its log tell an administrator that she is a patient."""
    alice = world.users["alice"]
    Person.objects.filter(pk=world.things["other_person"].pk).update(user=alice)
    boss = world.actor("administrator")
    audit.record(boss, "account.tie", thing=alice, rule="A16", reason="Hennes egen", kind="person")
    audit.record(boss, "account.close", thing=alice, rule="A16", reason="Slutade hos oss")
    client, page = world.client("administrator"), reverse("people:account", args=[alice.public_id])
    for address in (reverse("people:accounts"), page):
        shown = client.get(address).content.decode()
        assert "Alice Test" in shown
        assert "Alice Test, en person" not in shown
    assert "Hennes egen" not in shown
    assert "Slutade hos oss" in shown
    assert "knytningen till en person" not in shown
    assert "Alice Test" not in client.get(reverse("people:accounts"), {"show": "person"}).content.decode()
