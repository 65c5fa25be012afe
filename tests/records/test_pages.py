"""The pages of entries, as those who use them and as those who have no business there."""

import pytest
from django.urls import reverse

from samband.access.models import CareRelation
from samband.core.models import AuditEvent
from samband.notices.models import Notice
from samband.records.models import Block, Entry, LiftRequest, Reading, ReadingConsent
from samband.records.services import lifting, sharing
from samband.records.services.sharing import Said
from tests.records.worlds import put, takes_part, write
from tests.worlds import MARK

pytestmark = pytest.mark.django_db
FORM = {"kind": "note", "title": "Besök", "text": "Såret läker.", "day": "2026-11-20", "at": "10:30"}


def url(name, thing):
    return reverse(f"records:{name}", args=[thing.public_id])


def read(client, address):
    return client.get(address).content.decode()


def test_A17_written_signed_and_read_by_ones_own(world):
    client = world.client("alice")
    answer = client.post(url("write", world.person), FORM)
    entry = Entry.objects.get()
    assert answer["Location"] == url("entry", entry)
    assert (entry.signed_at, entry.unit, entry.social, entry.number) == (None, world.units["nursing"], False, 1)
    assert "inte signerad" in read(client, url("person", world.person))
    client.post(url("sign", entry))
    entry.refresh_from_db()
    assert entry.signed_by.startswith("Alice")
    assert client.post(url("sign", entry)).status_code == 302
    assert AuditEvent.objects.filter(action="record.sign").count() == 1


def test_signed_at_once_by_the_first_button(world):
    world.client("alice").post(url("write", world.person), {**FORM, "sign": "1"})
    assert Entry.objects.get().signed_at


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "Fyll i"),
        ("text", "", "Fyll i"),
        ("day", "2999-01-01", "Det har inte hänt än"),
        ("day", "1799-01-01", "Det har inte hänt än"),
        ("day", "x", "datum"),
        ("kind", "poem", "poem"),
        ("title", "x" * 121, "120"),
    ],
)
def test_bad_input_is_told_and_what_was_written_stays(world, field, value, said):
    answer = world.client("alice").post(url("write", world.person), {**FORM, field: value})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert said in body
    assert "Såret läker." in body or field == "text"
    assert not Entry.objects.exists()


def test_A17_a_correction_keeps_what_stood_before(world):
    entry = write(world, "alice")
    client = world.client("alice")
    new = {**FORM, "title": "Rättat", "text": "Vänster ben.", "number": 1, "why": "Fel ben."}
    assert client.post(url("correct", entry), {**new, "why": ""}).status_code == 422
    assert client.post(url("correct", entry), new).status_code == 302
    body = read(client, url("entry", entry))
    assert "Vänster ben." in body
    assert "Blodtrycket är bra." in body
    assert "Fel ben." in body
    again = client.post(url("correct", entry), {**new, "text": "Båda benen."})
    assert again.status_code == 422
    assert "Någon annan rättade" in again.content.decode()
    assert "Vänster ben." in again.content.decode()
    assert "Båda benen." in again.content.decode(), "nothing that was written is lost"
    assert list(entry.versions.values_list("number", flat=True)) == [2, 1]


def test_only_the_writer_signs_and_only_her_unit_corrects(world):
    entry = put(world.person, world.units["nursing"], signed=False)
    takes_part(world, "help")
    assert world.client("bob").post(url("sign", entry)).status_code == 404
    assert world.client("coordinator").post(url("sign", entry)).status_code == 404
    assert world.client("gp").post(url("correct", entry), FORM).status_code == 404
    assert world.client("alice").post(url("sign", entry)).status_code == 302


def test_A6_another_provider_sees_that_there_is_something(world):
    put(world.person, world.units["nursing"], title="Hemligt")
    body = read(world.client("gp"), url("person", world.person))
    assert "Andra vårdgivare har skrivit om personen." in body
    assert "Hemligt" not in body
    assert "Hemsjukvården" not in body.split("<main")[1].split("Det finns mer")[1]


def test_A7_told_then_yes_then_why_and_only_today(world):
    entry = put(world.person, world.units["nursing"], title="Omläggning")
    client, others = world.client("gp"), url("others", world.person)
    wanted = {"ground": "consent", "why": "Ordinerar om.", "said": "Ja, läs du.", "form": "spoken"}
    assert client.post(others, wanted).status_code == 422, "told first (A4)"
    client.post(url("inform", world.person), {"form": "spoken"})
    assert client.post(others, {**wanted, "why": ""}).status_code == 422
    assert client.post(others, {**wanted, "said": ""}).status_code == 422
    assert not Reading.objects.exists()
    assert not ReadingConsent.objects.exists()
    assert client.post(others, wanted).status_code == 302
    assert "Omläggning" in read(client, url("person", world.person))
    assert client.get(url("entry", entry)).status_code == 200
    event = AuditEvent.objects.get(action="record.open")
    assert (event.rule, event.detail["why"]) == ("A7", "Ordinerar om.")
    assert AuditEvent.objects.filter(action="record.others").exists()
    Reading.objects.update(day="2020-01-01")
    assert client.get(url("entry", entry)).status_code == 404
    assert client.post(others, {"ground": "consent", "why": "Återbesök."}).status_code == 302, "the yes still stands"


def test_A11_an_emergency_opens_what_is_not_blocked_and_not_for_social_services(world):
    put(world.person, world.units["centre"], title="Medicinlista")
    takes_part(world, "help")
    client = world.client("alice")
    assert client.post(url("others", world.person), {"ground": "emergency", "why": "Medvetslös."}).status_code in (
        302,
        422,
    )
    bob = world.client("bob")
    assert bob.post(url("others", world.person), {"ground": "emergency", "why": "Medvetslös."}).status_code == 422
    assert not Reading.objects.filter(assignment__staff__user=world.users["bob"]).exists()


def test_A5_A10_the_person_blocks_a_nurse_asks_the_provider_lifts(world):
    """Show 3 in short; the browser plays it whole."""
    put(world.person, world.units["centre"], title="Psykiatri")
    own, nurse, gp = world.client("self"), world.client("alice"), world.client("gp")
    sharing.inform(world.actor("alice"), world.person, "spoken")
    key = f"{world.units['centre'].organization.public_id}:0"
    assert own.post(reverse("records:my_block"), {"whose": key}).status_code == 302
    sharing.consent(world.actor("alice"), world.person, Said("Ja.", "spoken"))
    sharing.open_others(world.actor("alice"), world.person, "consent", "Såret.")
    body = read(nurse, url("person", world.person))
    assert "Personen har spärrat uppgifter hos en annan vårdgivare." in body
    assert "Psykiatri" not in body
    assert "Regionen" not in body.split("Det finns mer")[1]
    assert nurse.post(url("lift_ask", world.person), {"why": "Hittad medvetslös."}).status_code == 302
    asked = LiftRequest.objects.get()
    assert Notice.objects.filter(kind="records.lift_asked").count() == 1
    assert "Psykiatri" not in read(nurse, url("person", world.person)), "asking opens nothing"
    assert "Hittad medvetslös." in read(gp, reverse("records:lifts"))
    assert gp.post(url("lift", asked), {"answer": "keep", "words": ""}).status_code == 422
    assert gp.post(url("lift", asked), {"answer": "lift", "words": "Behövs nu."}).status_code == 302
    assert Block.objects.get().lifted_at
    assert "Psykiatri" in read(nurse, url("person", world.person))
    seen = read(own, reverse("records:my_reading"))
    assert "Hittad medvetslös." in seen
    assert "Såret." in seen


def test_A5_A10_the_person_hears_that_her_block_was_lifted_and_blocks_again(world):
    put(world.person, world.units["centre"])
    centre = world.units["centre"].organization
    sharing.block(world.actor("self"), world.person, centre, False)
    (asked,) = lifting.ask(world.actor("alice"), world.person, "Medvetslös.")
    lifting.answer(world.actor("gp"), asked, True, "Behövs nu.")
    notice = Notice.objects.get(kind="records.block_lifted")
    own = world.client("self")
    assert "En vårdgivare har tagit bort en av dina spärrar" in read(own, reverse("notices:my_inbox"))
    assert [copy.person_id for copy in notice.deliveries.all()] == [world.person.pk]
    body = read(own, notice.url.partition("#")[0])
    assert "Behövs nu." in body
    assert "Spärra igen" in body
    own.post(reverse("records:my_block"), {"whose": f"{centre.public_id}:0"})
    assert Block.objects.filter(lifted_at=None).count() == 1
    assert "Spärra igen" not in read(own, reverse("records:my_reading"))


def test_A10_she_is_not_told_of_a_refusal_nor_of_what_she_lifts_herself(world):
    put(world.person, world.units["centre"])
    block = sharing.block(world.actor("self"), world.person, world.units["centre"].organization, False)
    (asked,) = lifting.ask(world.actor("alice"), world.person, "Yr.")
    lifting.answer(world.actor("gp"), asked, False, "Gäller inte det här.")
    sharing.lift(world.actor("self"), block)
    assert not Notice.objects.filter(kind="records.block_lifted").exists()
    assert "Spärra igen" not in read(world.client("self"), reverse("records:my_reading"))


def test_A10_a_refusal_has_a_reason_and_the_block_stands(world):
    put(world.person, world.units["centre"])
    sharing.block(world.actor("self"), world.person, world.units["centre"].organization, False)
    (asked,) = lifting.ask(world.actor("alice"), world.person, "Yr.")
    assert lifting.ask(world.actor("alice"), world.person, "Yr.") == [asked], "asked once"
    lifting.answer(world.actor("gp"), asked, False, "Gäller inte det här.")
    assert "Gäller inte det här." in read(world.client("alice"), url("person", world.person))
    assert Block.objects.get().lifted_at is None
    with pytest.raises(lifting.Refused):
        lifting.answer(world.actor("gp"), asked, True, "")


def test_A3_an_inner_block_and_one_entry_behind_it(world):
    takes_part(world, "help")
    other = world.units["nursing"]
    second = other.__class__.objects.create(
        organization=other.organization, name="Rehab", kind="rehab", area=world.area, hsa_id="SE5560000002-U999"
    )
    CareRelation.objects.create(person=world.person, unit=second, reason="x")
    from samband.people.models import Assignment

    Assignment.objects.create(staff=world.things["alice"].staff, unit=second, role="therapist", title="x")
    entry = put(world.person, second, title="Rehabsamtal")
    client = world.client("alice")
    assert "Rehabsamtal" in read(client, url("person", world.person))
    world.client("self").post(reverse("records:my_block"), {"whose": f"unit:{second.public_id}"})
    body = read(client, url("person", world.person))
    assert "Rehabsamtal" not in body
    assert "Rehab," in body, "that a block exists shows (A3)"
    assert client.get(url("entry", entry)).status_code == 404
    assert client.post(url("inner", entry), {"ground": "inner_emergency", "why": ""}).status_code == 422
    assert client.post(url("inner", entry), {"ground": "inner_emergency", "why": "Kramper."}).status_code == 302
    assert client.get(url("entry", entry)).status_code == 200
    assert AuditEvent.objects.filter(action="record.open", rule="A3").count() == 1


def test_A13_the_person_reads_all_that_is_signed_and_says_what_is_wrong(world):
    entry = put(world.person, world.units["nursing"], title="Fall")
    put(world.person, world.units["centre"], title="Utkast", signed=False)
    client = world.client("self")
    body = read(client, reverse("records:my"))
    assert "Fall" in body
    assert "Utkast" not in body
    assert client.post(url("dissent", entry), {"words": ""}).status_code == 422
    assert client.post(url("dissent", entry), {"words": "Jag snubblade, jag föll inte."}).status_code == 302
    assert "Jag snubblade" in read(world.client("alice"), url("entry", entry))
    for name in ("husband", "strange_person", "silent_son"):
        assert world.client(name).get(url("my_entry", entry)).status_code in (302, 404), name
        assert world.client(name).get(url("person", world.person)).status_code in (302, 403, 404), name
        assert MARK not in read(world.client(name), reverse("records:my")), name


def test_the_yes_is_taken_back_and_reading_ends_at_once(world):
    entry = put(world.person, world.units["nursing"])
    sharing.inform(world.actor("gp"), world.person, "spoken")
    sharing.open_others(world.actor("gp"), world.person, "consent", "x", said=Said("Ja", "spoken"))
    gp = world.client("gp")
    assert gp.get(url("entry", entry)).status_code == 200
    row = ReadingConsent.objects.get()
    assert world.client("strange_person").post(url("my_consent_back", row)).status_code in (403, 404)
    world.client("self").post(url("my_consent_back", row))
    assert gp.get(url("entry", entry)).status_code == 404


def test_staff_write_down_an_objection_and_cannot_lift_it(world):
    put(world.person, world.units["nursing"])
    client = world.client("alice")
    assert client.post(url("block", world.person), {"provider": "all", "said": ""}).status_code == 422
    assert client.post(url("block", world.person), {"provider": "all", "said": "Nej, ingen annan."}).status_code == 302
    row = Block.objects.get()
    assert row.said == "Nej, ingen annan."
    assert client.post(url("my_lift", row)).status_code == 404
    assert world.client("husband").post(url("my_lift", row)).status_code == 404
    assert world.client("self").post(url("my_lift", row)).status_code == 302


def test_words_are_searched_by_post_and_stand_in_no_address(world):
    put(world.person, world.units["nursing"], title="Yrsel")
    put(world.person, world.units["nursing"], title="Omläggning")
    body = world.client("alice").post(url("person", world.person), {"q": "yrsel"}).content.decode()
    assert "Yrsel" in body
    assert "Omläggning" not in body
    assert world.client("alice").post(url("person", world.person), {"q": "zz"}).status_code == 200


def test_the_list_asks_a_bounded_number_of_questions(world, django_assert_max_num_queries):
    for nth in range(30):
        put(world.person, world.units["nursing"], title=f"Nummer {nth}")
    client = world.client("alice")
    client.get(url("person", world.person))
    with django_assert_max_num_queries(45):
        client.get(url("person", world.person))


def test_a_plan_that_is_shared_opens_no_entry(world):
    """Two mechanisms: the plan of the parties, and what each of them writes."""
    entry = put(world.person, world.units["nursing"])
    assert world.client("gp").get(reverse("plans:person", args=[world.person.public_id])).status_code == 200
    assert world.client("gp").get(url("entry", entry)).status_code == 404
