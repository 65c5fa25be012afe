"""The pages, as staff, the person, relatives and parties outside care open them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from samband.access.models import Party
from samband.core import clock
from samband.core.models import AuditEvent
from samband.meetings.models import AgendaItem, Attendee, Decision, Meeting
from samband.meetings.services import agenda, calls, minutes
from samband.plans.models import Action
from samband.plans.services import parties
from tests.meetings.worlds import DAY, HOUR, MONDAY, call, guests, row_of, with_school
from tests.worlds import MARK

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with clock.frozen(MONDAY):
        yield


def url(name: str, thing=None) -> str:
    return reverse(f"meetings:{name}", args=[thing.public_id] if thing is not None else [])


def text(response) -> str:
    return response.content.decode()


def sent(world, **more) -> dict:
    values = {
        "kind": "sip", "day": "2026-12-01", "at": "10:00", "minutes": "60", "place": "Köket", "link": "", "myself": "on",
        "guests": ["person", f"relative-{world.things['husband'].public_id}", f"unit-{world.units['nursing'].public_id}"],
        "items": "Taxikort\n- Natten\n\n", "new_said_by": "Märit",
    }  # fmt: skip
    return {**values, **more}


def opened(world, meeting):
    with clock.frozen(meeting.starts_at):
        return minutes.start(world.actor("coordinator"), meeting)


# Calling


def test_the_form_calls_and_leads_to_the_meeting(world):
    client = world.client("coordinator")
    page = client.get(url("new", world.person))
    assert page.status_code == 200
    assert "Hemsjukvården" in text(page)
    assert "Son Testsson" not in text(page)  # P4: he does not read the plan
    answer = client.post(url("new", world.person), sent(world), follow=True)
    meeting = Meeting.objects.get()
    assert answer.redirect_chain == [(url("meeting", meeting), 302)]
    assert "Kallelsen är skickad" in text(answer)
    assert timezone.localtime(meeting.starts_at).hour == 10
    assert list(meeting.items.filter(kind="own").values_list("title", flat=True)) == ["Taxikort", "Natten"]
    assert [row.kind for row in meeting.attendees.all()] == ["person", "relative", "unit", "staff"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": "2026-11-01"}, "Tiden har redan varit"),
        ({"day": "i morgon"}, "Skriv dagen som"),
        ({"at": ""}, "Fyll i den här uppgiften"),
        ({"guests": []}, "Välj minst en som ska vara med"),
        ({"place": ""}, "Skriv var ni ses"),
        ({"link": "http://video.test"}, "https://"),
        ({"place": "x" * 50_000}, "50000 tecken"),
        ({"items": "x" * 50_000}, "50000 tecken"),
        ({"guests": ["relative-nobody"]}, "relative-nobody"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(world, change, sentence):
    answer = world.client("coordinator").post(url("new", world.person), sent(world, **change))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Taxikort" in text(answer) or "items" in change
    assert not Meeting.objects.exists()


def test_P1_a_new_unit_needs_what_the_person_said(world):
    client, unit = world.client("coordinator"), world.units["help"]
    answer = client.post(url("new", world.person), sent(world, new_unit=unit.pk, new_said="", new_said_by=""))
    assert answer.status_code == 422
    assert "Skriv vad personen sade." in text(answer)
    client.post(
        url("new", world.person), sent(world, new_unit=unit.pk, new_said="Ja.", new_said_by="Märit", new_form="spoken")
    )
    assert Party.objects.filter(unit=unit, said="Ja.").exists()
    assert row_of(Meeting.objects.get(), "unit", unit=unit)


def test_times_are_looked_at_while_the_form_is_filled_in(world):
    call(world, starts=MONDAY + 8 * DAY + HOUR)
    answer = world.client("coordinator").post(url("fit", world.person), sent(world, at="10:30"))
    assert answer.status_code == 200
    assert "är upptagen" in text(answer)
    assert "data-day=" in text(answer)
    assert world.client("coordinator").post(url("fit", world.person), {"day": "x", "minutes": "abc"}).status_code == 200


# The meeting


def test_the_meeting_is_read_by_the_parties_and_entered_as_read(world):
    meeting = call(world)
    for who in ("coordinator", "alice", "gp"):
        page = world.client(who).get(url("meeting", meeting))
        assert page.status_code == 200
        assert "tisdag" not in text(page) or MARK in text(page)
    assert AuditEvent.objects.filter(action="meeting.read", subjects__person_id=world.person.pk).count() == 3
    for who in ("bob", "stranger", "teacher", "administrator"):
        assert world.client(who).get(url("meeting", meeting)).status_code == 404
    for who in ("self", "husband"):
        assert world.client(who).get(url("meeting", meeting)).url == url("my_meeting", meeting)


def test_the_link_is_for_those_who_take_part(world):
    meeting = call(world, guests=guests(world, units=(), staff=()))
    assert "https://video.test" in text(world.client("coordinator").get(url("meeting", meeting)))
    assert "https://video.test" not in text(world.client("alice").get(url("meeting", meeting)))
    assert "https://video.test" in text(world.client("self").get(url("my_meeting", meeting)))


def test_a_unit_answers_and_undoes(world):
    meeting = call(world)
    client, row = world.client("alice"), row_of(meeting, "unit")
    answer = client.post(
        url("answer", row), {"answer": "comes", "coming": world.things["alice"].pk, "note": ""}, follow=True
    )
    assert "Tack, svaret är skickat." in text(answer)
    assert url("answer_undo", row) in text(answer)
    assert row_of(meeting, "unit").answer == "comes"
    client.post(url("answer_undo", row))
    assert row_of(meeting, "unit").answer == "waiting"
    assert client.post(url("answer", row), {"answer": ""}).status_code == 422
    assert client.post(url("answer", row), {"answer": "other"}).status_code == 422


def test_nobody_answers_for_somebody_else(world):
    meeting = call(world)
    for who, kind in (
        ("self", "relative"),
        ("husband", "person"),
        ("alice", "person"),
        ("gp", "unit"),
        ("bob", "unit"),
    ):
        assert world.client(who).post(url("answer", row_of(meeting, kind)), {"answer": "comes"}).status_code == 404


def test_moving_and_cancelling_with_why_and_back_again(world):
    meeting, client = call(world), world.client("coordinator")
    moved = {"day": "2026-12-02", "at": "11:00", "minutes": "60", "place": "Rum 1", "link": "", "version": 1}
    answer = client.post(url("move", meeting), {**moved, "why": ""})
    assert answer.status_code == 422
    assert "Skriv varför" in text(answer)
    assert client.post(url("move", meeting), {**moved, "why": "Sjuk"}).status_code == 302
    stale = client.post(url("cancel", meeting), {"why": "Fel", "version": 1})
    assert stale.status_code == 422
    assert "Någon annan ändrade" in text(stale)
    assert client.post(url("cancel", meeting), {"why": "Fel", "version": 2}, follow=True).status_code == 200
    assert "Mötet är inställt" in text(world.client("self").get(url("my_meeting", meeting)))
    client.post(url("again", meeting))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence) == ("called", 3)
    assert world.client("alice").get(url("move", meeting)).status_code == 404


def test_the_agenda_is_changed_from_its_page(world):
    meeting, client = call(world), world.client("alice")
    assert client.post(url("agenda", meeting), {"title": "x" * 400}).status_code == 422
    client.post(url("agenda", meeting), {"title": "Såret"})
    item = AgendaItem.objects.get(title="Såret")
    client.post(url("item_do", item), {"act": "edit", "title": "Såret på benet"})
    client.post(url("item_do", item), {"act": "up"})
    client.post(url("item_do", item), {"act": "off"})
    item.refresh_from_db()
    assert (item.title, item.removed_at is not None) == ("Såret på benet", True)
    client.post(url("item_do", item))  # without an act nothing happens
    client.post(url("item_do", item), {"act": "back"})
    item.refresh_from_db()
    assert item.removed_at is None
    client.post(url("item_do", item), {"act": "outside", "unit": "not-a-key" * 4})
    assert client.post(url("agenda_refresh", meeting)).status_code == 302


def test_inviting_more_and_taking_off(world):
    meeting, client = call(world, guests=guests(world, units=())), world.client("coordinator")
    assert "Hemsjukvården" in text(client.get(url("invite", meeting)))
    assert client.post(url("invite", meeting), {"guests": []}).status_code == 422
    client.post(url("invite", meeting), {"guests": [f"unit-{world.units['nursing'].public_id}"]})
    row = row_of(meeting, "unit")
    client.post(url("attendee_edit", row), {"role": "notes", "email": "inte-en-adress"})
    assert row_of(meeting, "unit").role == "part"
    client.post(url("attendee_edit", row), {"role": "notes", "email": "enhet@exempel.test"})
    assert (row_of(meeting, "unit").role, row_of(meeting, "unit").email) == ("notes", "enhet@exempel.test")
    client.post(url("attendee_edit", row), {"role": "part", "off": "1"})
    assert not meeting.attendees.filter(kind="unit", removed_at__isnull=True).exists()


# Minutes


def test_minutes_on_one_screen_and_saved_one_by_one(world):
    meeting, client = call(world), world.client("alice")
    assert client.get(url("minutes", meeting)).status_code == 302  # not begun
    opened(world, meeting)
    page = client.get(url("minutes", meeting))
    assert page.status_code == 200
    item = meeting.items.first()
    assert text(page).count("data-note") == meeting.items.count()
    answer = client.post(url("notes", item), {"notes": "Hon sover dåligt.", "version": 1})
    assert answer.json() == {"version": 2, "notes": "Hon sover dåligt.", "message": ""}
    other = world.client("coordinator").post(url("notes", item), {"notes": "Sune också.", "version": 1}).json()
    assert other["message"].startswith("Alice Test skrev")
    assert "Hon sover dåligt." in other["notes"]
    live = client.get(url("live", meeting)).json()
    assert live["open"] is True
    assert live["items"][0]["writes"] == "Coordinator Test skriver här nu"
    long = client.post(url("notes", item), {"notes": "x" * 50_000, "version": 3})
    assert (long.status_code, "50000" in long.json()["error"]) == (422, True)
    assert client.post(url("notes", item), {"notes": "a", "version": "abc"}).status_code == 200


def test_minutes_without_script(world):
    meeting, client = opened(world, call(world)), world.client("alice")
    one, two = list(meeting.items.all())[:2]
    form = {f"notes-{one.public_id}": "Ett", f"version-{one.public_id}": 1, f"notes-{two.public_id}": "x" * 50_000,
            f"version-{two.public_id}": 1, "talk": "Katten"}  # fmt: skip
    answer = client.post(url("minutes", meeting), form)
    assert answer.status_code == 422
    assert "50000" in text(answer)
    one.refresh_from_db()
    assert one.notes == "Ett"
    assert meeting.items.filter(title="Katten").exists()
    assert (
        client.post(
            url("minutes", meeting), {f"notes-{one.public_id}": "Ett och två", f"version-{one.public_id}": 2}
        ).status_code
        == 302
    )


def decision(**more) -> dict:
    values = {
        "once": "7c2f1f5a-0d4e-4a5e-9a3f-3b1f6b6f0a01",
        "kind": "action",
        "title": "Nya prover",
        "who": "person",
        "on": "2026-12-08",
    }
    return {**values, **more}


def test_a_decision_is_in_the_plan_at_once(world):
    meeting, client = opened(world, call(world)), world.client("gp")
    answer = client.post(
        url("decide", meeting), decision(item=str(meeting.items.first().public_id)), headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Trigger-After-Swap"] == "decided"
    assert Action.objects.filter(title="Nya prover", by="person").count() == 1
    client.post(url("decide", meeting), decision())  # the same form again
    assert Decision.objects.count() == 1
    assert "Nya prover" in text(client.get(url("decided", meeting)))
    client.post(url("decision_undo", Decision.objects.get()))
    assert Action.objects.get(title="Nya prover").status == "stopped"


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""}, {"who": ""}, {"who": "unit-nobody"}, {"kind": "goal"}, {"kind": "follow_up"}, {"kind": "contact"},
        {"kind": "follow_up", "due_on": "2020-01-01"}, {"kind": "party"}, {"on": "igår"}, {"title": "x" * 50_000}, {"once": "x"},
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_is_said_in_the_form(world, change):
    meeting = opened(world, call(world))
    answer = world.client("gp").post(url("decide", meeting), decision(**change))
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert not Decision.objects.exists()


def test_who_was_there(world):
    meeting, row = opened(world, call(world)), None
    row = row_of(meeting, "person")
    client = world.client("alice")
    assert client.post(url("there", row), {"there": "on"}, headers={"HX-Request": "true"}).status_code == 204
    assert row_of(meeting, "person").attended is True
    client.post(url("there", row))
    assert row_of(meeting, "person").attended is False


def test_P6_the_page_of_a_unit_whose_part_is_taken_back_is_gone_at_once(world):
    meeting, client = opened(world, call(world)), world.client("alice")
    item = meeting.items.first()
    client.post(url("notes", item), {"notes": f"Skrivet {MARK}", "version": 1})
    party = Party.objects.get(person=world.person, unit=world.units["nursing"])
    parties.withdraw_party(world.actor("self"), party, "Nej tack.")
    for answer in (
        client.get(url("live", meeting)), client.get(url("minutes", meeting)), client.get(url("meeting", meeting)),
        client.post(url("notes", item), {"notes": "Mer", "version": 2}), client.get(url("print", meeting)),
        client.get(url("calendar", row_of(meeting, "unit"))),
    ):  # fmt: skip
        assert answer.status_code == 404
        assert MARK not in text(answer)
    page = text(world.client("gp").get(url("minutes", meeting)))
    assert "Personen har tagit tillbaka den del som Hemsjukvården hade." in page
    assert f"Skrivet {MARK}" in page


def finish(world, meeting) -> None:
    client = world.client("coordinator")
    with clock.frozen(meeting.ends_at):
        opened(world, meeting)
        meeting.refresh_from_db()
        form = {
            "summary": f"Vi bestämde {MARK}",
            "said": "Det blir bra.",
            "said_note": "Skrivet av Co",
            "version": meeting.version,
        }
        assert client.post(url("finish", meeting), {**form, "draft": "1"}).status_code == 302
        meeting.refresh_from_db()
        assert (
            client.post(url("finish", meeting), {**form, "summary": "", "version": meeting.version}).status_code == 422
        )
        assert client.post(url("finish", meeting), {**form, "version": meeting.version}).status_code == 302


def test_the_end_the_summary_and_a_correction(world):
    meeting = call(world)
    finish(world, meeting)
    for who, name in (("alice", "meeting"), ("self", "my_meeting"), ("husband", "my_meeting"), ("gp", "print")):
        page = text(world.client(who).get(url(name, meeting)))
        assert f"Vi bestämde {MARK}" in page, who
        assert "Det blir bra." in page
    client = world.client("alice")
    assert client.get(url("minutes", meeting)).status_code == 302
    assert client.get(url("finish", meeting)).status_code == 404
    assert client.post(url("correct", meeting), {"text": ""}).status_code == 422
    item = meeting.items.first()
    client.post(url("correct", meeting), {"text": "Det var tisdag.", "item": str(item.public_id)})
    client.post(url("correct", meeting), {"text": "Och Sune var med.", "item": "nobody"})
    page = text(world.client("gp").get(url("meeting", meeting)))
    assert "Det var tisdag." in page
    assert page.index("Och Sune var med.") < page.index("Det var tisdag.")


def test_P5_the_school_reads_its_part_and_no_more(world):
    with_school(world)
    meeting = call(world, guests=guests(world, units=(world.units["nursing"], world.units["school"])))
    item = agenda.add(world.actor("coordinator"), meeting, "Skoldagen efter jul")
    secret = agenda.add(world.actor("coordinator"), meeting, "Insulin på natten")
    agenda.show_outside(world.actor("coordinator"), item, [world.units["school"]])
    client = world.client("teacher")
    before = text(client.get(url("meeting", meeting)))
    assert "Skoldagen efter jul" in before
    opened(world, meeting)
    minutes.save_notes(world.actor("coordinator"), item, "Fröken ringer.", 1)
    minutes.save_notes(world.actor("coordinator"), secret, "Klockan 23.", 1)
    meeting.refresh_from_db()
    with clock.frozen(meeting.ends_at):
        minutes.finish(world.actor("coordinator"), meeting, "Hela sammanfattningen", "Mina ord", "Co", meeting.version)
    for name in ("meeting", "print"):
        page = text(client.get(url(name, meeting)))
        assert "Fröken ringer." in page
        for hidden in (
            "Insulin på natten",
            "Klockan 23.",
            "Hela sammanfattningen",
            "Mina ord",
            "Make Testsson",
            "Taxikort",
        ):
            assert hidden not in page, (name, hidden)
    assert client.get(url("minutes", meeting)).status_code == 302


# Own pages


def test_the_person_answers_on_her_own_page_and_says_what_she_wants_to_talk_about(world):
    meeting, client = call(world), world.client("self")
    assert "Vi väntar på ditt svar" in text(client.get(url("my_meetings")))
    page = text(client.get(url("my_meeting", meeting)))
    for sentence in ("Jag kommer", "Make Testsson", "Jag vill prata om …", "Ett möte om dig och din plan"):
        assert sentence in page
    answer = client.post(
        url("answer", row_of(meeting, "person")), {"answer": "remote", "note": "Jag är trött."}, follow=True
    )
    assert answer.redirect_chain == [(url("my_meeting", meeting), 302)]
    assert "Ditt svar: på telefon eller video" in text(answer)
    assert client.post(url("answer", row_of(meeting, "person")), {"answer": "other", "note": ""}).status_code == 422
    client.post(url("my_talk", meeting), {"title": "Katten, när jag ligger inne"})
    assert client.post(url("my_talk", meeting), {"title": ""}).status_code == 422
    item = AgendaItem.objects.get(title="Katten, när jag ligger inne")
    assert (item.voice, item.by_name) == (True, world.person.full_name)
    assert "Nästa möte" in text(client.get("/my/"))


def test_a_relative_sees_the_meeting_she_is_called_to_and_no_other(world):
    meeting = call(world)
    other = call(world, starts=MONDAY + 9 * DAY, guests=guests(world, relatives=()))
    client = world.client("husband")
    assert client.get(url("my_meeting", meeting)).status_code == 200
    assert client.get(url("my_meeting", other)).status_code == 404
    assert str(other.public_id) not in text(client.get(url("my_meetings")))
    for who in ("silent_son", "strange_person"):
        assert world.client(who).get(url("my_meeting", meeting)).status_code in (302, 403, 404)


def test_the_calendar_file_tells_nothing_and_is_only_for_the_one_called(world):
    meeting, row = call(world), None
    row = row_of(meeting, "person")
    answer = world.client("self").get(url("calendar", row))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="samband-meeting.ics"'
    body = text(answer).replace("\r\n ", "")
    for secret in (MARK, "Märit", "SIP", "Köket", "video"):
        assert secret not in body
    assert f"/my/meetings/{meeting.public_id}/" in body
    assert world.client("alice").get(url("calendar", row)).status_code == 404
    assert AuditEvent.objects.filter(action="meeting.calendar").count() == 1


# Lists and slots


def test_the_list_searches_by_person_without_an_address(world):
    call(world)
    client = world.client("coordinator")
    assert MARK in text(client.get(url("meetings")))
    answer = client.post(url("search"), {"q": "ingen alls", "show": "coming"})
    assert "ingen" not in answer.url
    assert "Inget möte hittades" in text(client.get(answer.url))
    client.post(url("search"), {"q": "märit", "show": "nowhere"})
    assert MARK in text(client.get(url("meetings")))
    client.post(url("search"), {"q": ""})
    for show in ("waiting", "write", "past", "x"):
        assert client.get(f"{url('meetings')}?show={show}&page=9999999").status_code == 200


def test_the_persons_page_shows_the_meeting_and_who_may_call(world):
    meeting = call(world)
    page = text(world.client("coordinator").get(reverse("plans:person", args=[world.person.public_id])))
    assert url("meeting", meeting) in page
    assert "Kalla till möte" in page


def test_queries_of_the_pages_are_bounded(world, django_assert_max_num_queries):
    meeting = call(world)
    for n in range(10):
        agenda.add(world.actor("coordinator"), meeting, f"Punkt {n}")
    opened(world, meeting)
    client = world.client("coordinator")
    client.get(url("minutes", meeting))
    with django_assert_max_num_queries(60):
        client.get(url("minutes", meeting))
    with django_assert_max_num_queries(25):
        client.get(url("live", meeting))
    with django_assert_max_num_queries(60):
        client.get(url("meeting", meeting))
    calls.double(world.person, meeting.starts_at, meeting.ends_at)
    assert Attendee.objects.filter(meeting=meeting).count() == 5
