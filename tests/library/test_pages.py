"""The pages of templates: written without code, used in a plan, and shown only to those who may see."""

import pytest
from django.urls import reverse

from samband.library.models import CheckItem, Definition, DefinitionVersion, InfoText
from samband.library.services import shipped, using
from samband.plans.models import Action
from tests.library.worlds import PARTS, definition, publish

pytestmark = pytest.mark.django_db


def post(client, name, *args, **data):
    return client.post(reverse(f"library:{name}", args=args), data)


def test_an_administrator_writes_a_template_without_code(world):
    client = world.client("administrator")
    made = post(client, "definition_new", title="Sår hemma", kind="plan", summary="Vid sår.")
    found = Definition.objects.get()
    assert made["Location"] == reverse("library:draft", args=[found.public_id])
    draft = found.versions.get()
    args = (found.public_id, "action")
    wrong = post(client, "part_new", *args, lock=draft.lock, title="", time_to="09:00", by="unit", competence="none")
    assert wrong.status_code == 422
    assert "Skriv också när" in wrong.content.decode()
    done = post(
        client, "part_new", *args, lock=draft.lock, title="Lägg om såret", by="unit", unit_kind="home_nursing",
        competence="nurse", rrule="FREQ=WEEKLY;BYDAY=MO,WE,FR", minutes="30", time_from="09:00", time_to="11:00",
    )  # fmt: skip
    assert done.status_code == 302
    draft.refresh_from_db()
    (part,) = draft.parts
    assert (part["fields"]["minutes"], part["fields"]["time_from"]) == (30, "09:00")
    page = client.get(reverse("library:draft", args=[found.public_id])).content.decode()
    assert "Lägg om såret" in page
    assert "måndag" in page.lower()
    assert post(client, "draft_do", found.public_id, act="publish", lock=draft.lock).status_code == 302
    assert "exempel, inte kliniskt godkänt" in client.get(reverse("library:definitions")).content.decode()


def test_a_field_that_is_gone_is_shown_with_its_text(world):
    broken = {"key": "x", "type": "check", "fields": {"text": "Foto", "colour": "röd"}}
    found = definition("trasig", [broken])
    client = world.client("administrator")
    page = client.get(reverse("library:part", args=[found.public_id, "x"])).content.decode()
    assert "colour" in page
    assert "röd" in page
    use = world.client("alice").get(reverse("library:use", args=[world.person.public_id, found.public_id]))
    assert "finns inte längre" in use.content.decode()


def test_a_physician_approves_and_the_name_stands_by_it(world):
    found = definition()
    client = world.client("gp")
    assert (
        "Jag har läst och godkänner"
        in client.get(reverse("library:definition", args=[found.public_id])).content.decode()
    )
    post(client, "definition_approve", found.public_id, version=1)
    page = world.client("administrator").get(reverse("library:definition", args=[found.public_id])).content.decode()
    assert "godkänd av Gp Test" in page
    assert post(world.client("administrator"), "definition_approve", found.public_id, version=1).status_code == 404


def test_a_nurse_uses_a_template_and_the_person_reads_the_text(world):
    found = definition()
    client = world.client("alice")
    args = (world.person.public_id, found.public_id)
    assert "Provmall" in client.get(reverse("library:choose", args=args[:1])).content.decode()
    page = client.get(reverse("library:use", args=args)).content.decode()
    assert page.count("checked") >= 5
    missing = post(client, "use", *args, take=["s", "i"])
    assert missing.status_code == 422
    assert "Inget är sparat än" in missing.content.decode()
    unit = world.units["nursing"].public_id
    assert post(client, "use", *args, take=["a", "s", "i", "c"], **{"unit-a": unit, "unit-s": unit}).status_code == 302
    assert Action.objects.filter(title="Väga sig", unit=world.units["nursing"]).exists()
    assert "Våg finns hemma" in client.get(reverse("plans:person", args=args[:1])).content.decode()
    assert "Smaka först." in world.client("self").get("/my/plan/").content.decode()


def test_a_unit_that_is_no_party_is_no_choice(world):
    found = definition()
    args = (world.person.public_id, found.public_id)
    post(world.client("alice"), "use", *args, take=["a"], **{"unit-a": world.units["elsewhere"].public_id})
    assert Action.objects.get(title="Väga sig").by == "nobody"


def test_a_newer_version_shows_beside_the_plan_and_is_answered(world):
    found = definition()
    client = world.client("alice")
    args = (world.person.public_id, found.public_id)
    post(client, "use", *args, take=["c"])
    publish(found, PARTS[:2], "Mindre")
    assert "Ny version av mallen Provmall" in client.get(reverse("plans:person", args=args[:1])).content.decode()
    assert post(client, "newer", *args).status_code == 422
    assert (
        post(client, "newer", *args, **{"answer-a": "skip", "answer-s": "skip", "answer-c": "skip"}).status_code == 302
    )
    assert "Ny version" not in client.get(reverse("plans:person", args=args[:1])).content.decode()
    assert CheckItem.objects.filter(text="Våg finns hemma").exists()


def test_the_list_is_ticked_and_taken_back(world):
    client = world.client("alice")
    args = [world.person.public_id]
    assert post(client, "checklist", *args, text="").status_code == 422
    assert post(client, "checklist", *args, text="Ring dottern", due_on="2020-01-01").status_code == 422
    post(client, "checklist", *args, text="Ring dottern")
    item = CheckItem.objects.get()
    done = client.post(reverse("library:check_do", args=[item.public_id]), {"act": "tick"}, follow=True)
    assert "?act=untick" in done.content.decode()
    client.post(reverse("library:check_do", args=[item.public_id]) + "?act=untick")
    item.refresh_from_db()
    assert item.done_at is None
    text = InfoText.objects.create(plan=world.plan, title="Salt", body="Smaka", added_by="x")
    post(client, "text_strike", text.public_id)
    assert "Smaka" not in world.client("self").get("/my/plan/").content.decode()


def test_the_export_is_json_that_holds_every_version(world):
    found = definition()
    publish(found, PARTS[:1], "Mindre")
    body = world.client("alice").get(reverse("library:definition_export", args=[found.public_id])).json()
    assert [version["number"] for version in body["versions"]] == [2, 1]


def test_the_list_of_templates_asks_a_bounded_number_of_queries(world, django_assert_max_num_queries):
    shipped.load()
    client = world.client("administrator")
    client.get(reverse("library:definitions"))
    with django_assert_max_num_queries(12):
        client.get(reverse("library:definitions"))
    assert DefinitionVersion.objects.count() == 13
    found = Definition.objects.get(slug="kol")
    nurse = world.client("alice")
    with django_assert_max_num_queries(40):
        nurse.get(reverse("library:use", args=[world.person.public_id, found.public_id]))
    assert using.current(found).number == 1
