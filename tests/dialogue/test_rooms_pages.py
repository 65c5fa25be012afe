"""The pages of rooms: in by a code, only to one's own seat, never as who one is logged in as; leading; questions counted."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samband.dialogue.middleware import cookie_name
from samband.dialogue.models import Note, Room, RoomCard, Seat
from samband.dialogue.services import rooms_live, rooms_seats
from tests.dialogue.worlds_rooms import a_deck, forward, open_room, say, sit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    """Glances and drawn parts of other tests' rooms are forgotten."""
    rooms_live.versions.kept.clear()
    rooms_live.drawn.kept.clear()


def url(name: str, room: Room | None = None, **kwargs) -> str:
    return reverse(f"dialogue:{name}", kwargs={**({"room": room.public_id} if room else {}), **kwargs})


def comes_in(room: Room, client: Client | None = None, **data) -> Client:
    client = client or Client()
    reply = client.post(url("room_join", room_code=room.code), {"people": "1", **data})
    assert reply.status_code == 302, reply.content.decode()
    return client


def test_in_by_the_code_and_the_same_device_counts_once(world):
    room = open_room(world)
    client = Client()
    entered = client.post(url("room_enter"), {"code": f" {room.code[:4].lower()}-{room.code[4:]}"})
    assert entered["Location"] == url("room_join", room_code=room.code)
    page = client.get(entered["Location"]).content.decode()
    assert "Anonymt." in page
    assert "Ditt namn" not in page
    comes_in(room, client)
    cookie = client.cookies[cookie_name(str(room.public_id))]
    assert cookie["httponly"]
    assert cookie["path"] == "/r/"
    assert client.get(url("room_join", room_code=room.code))["Location"] == url("room_seat", room)
    client.post(url("room_join", room_code=room.code), {"people": "1"})
    assert Seat.objects.count() == 1
    assert "Du är med" in client.get(url("room_seat", room)).content.decode()


def test_every_wrong_code_gets_the_same_page(world):
    room = open_room(world)
    old = room.code
    forward(world, room, "pause")
    pages = [Client().get(url("room_join", room_code=code)) for code in (old, "CDEFHJKM", "nonsens", "x" * 300)]
    assert {page.status_code for page in pages} == {404}
    bodies = [page.content.decode().split('<form class="form"')[1].split('value="', 2)[0] for page in pages]
    assert len(set(bodies)) == 1
    assert Client().post(url("room_enter"), {"code": "<script>alert(1)</script>"}).status_code == 404


def test_guessing_answers_429(world, settings):
    from samband.core.limits.rules import read_limits

    settings.LIMITS = read_limits("code=2/10m")
    statuses = [Client().get(url("room_join", room_code="CDEFHJKM")).status_code for _n in range(4)]
    assert statuses == [404, 404, 429, 429]


def test_who_is_logged_in_is_nobody_in_a_room(world):
    room = open_room(world)
    client = comes_in(room, world.client("bob"))
    forward(world, room, "form", "draw")
    page = client.get(url("room_seat", room)).content.decode()
    assert "Bob" not in page
    client.post(url("room_note", room), {"kind": "own", "text": "Jag tänker", "round": "1", "client_id": str(uuid4())})
    seat = Seat.objects.get()
    assert (seat.name, Note.objects.get().said_by) == ("", "")
    from samband.core.models import AuditEvent

    assert not AuditEvent.objects.filter(user_id=world.users["bob"].pk, action__startswith="room").exists()
    # Leading happens outside the room, as oneself.
    assert world.client("alice").get(url("room_lead", room)).status_code == 200


@pytest.mark.parametrize("who", ["anonymous", "alice", "bob", "administrator", "self"])
def test_a_seat_is_opened_by_its_cookie_alone(world, who):
    room = open_room(world)
    sit(room, 1)
    client = world.client(who)
    for name in ("room_seat", "room_seat_live"):
        assert client.get(url(name, room))["Location"] == url("room_enter") + "?lost=1"
    for name in ("room_note", "room_agree", "room_card", "room_leave", "room_take_back"):
        assert client.post(url(name, room)).status_code == 302
    assert not Note.objects.exists()


def test_a_seat_of_one_room_opens_no_other(world):
    one, other = open_room(world), open_room(world)
    client = comes_in(one)
    client.cookies[cookie_name(str(other.public_id))] = client.cookies[cookie_name(str(one.public_id))].value
    assert client.get(url("room_seat", other)).status_code == 302


@pytest.mark.parametrize(
    "who", ["bob", "stranger", "teacher", "administrator", "reviewer", "self", "husband", "anonymous"]
)
def test_only_those_who_lead_open_the_leaders_pages(world, who):
    room = open_room(world)
    client = world.client(who)
    for name in ("room_lead", "room_lead_live", "room_screen", "room_screen_live", "room_paper"):
        assert client.get(url(name, room)).status_code in (302, 403, 404), name
    for name in ("room_do", "room_edit", "room_leaders"):
        assert client.post(url(name, room), {"event": "form", "step": "1"}).status_code in (302, 403, 404), name
    assert Room.objects.get().phase == "lobby"


def test_hidden_notes_are_hidden_from_everybody_until_they_are_shown(world):
    room = open_room(world)
    writer, reader = comes_in(room), comes_in(room)
    room = forward(world, room, "form", number=2)
    room = forward(world, room, "draw")
    writer.post(
        url("room_note", room), {"kind": "own", "text": "Hemlig tanke", "round": "1", "client_id": str(uuid4())}
    )
    lead = world.client("alice")
    for client, name in ((reader, "room_seat"), (reader, "room_seat_live"), (lead, "room_lead"), (lead, "room_screen"),
                         (lead, "room")):  # fmt: skip
        assert "Hemlig tanke" not in client.get(url(name, room)).content.decode(), name
    assert "Hemlig tanke" in writer.get(url("room_seat", room)).content.decode()
    forward(world, room, "reveal")
    rooms_live.versions.kept.clear()
    assert "Hemlig tanke" in reader.get(url("room_seat_live", room)).content.decode()


@pytest.mark.parametrize(
    ("text", "sentence"), [("x" * 10_000, "10000"), ("Om 19470312-238X", "personnummer"), ("", "Skriv något först")]
)
def test_what_was_refused_is_kept_in_its_field(world, text, sentence):
    room = open_room(world)
    client = comes_in(room)
    room = forward(world, room, "form", "draw")
    data = {"kind": "own", "text": text, "round": "1", "client_id": str(uuid4())}
    reply = client.post(url("room_note", room), data)
    assert reply.status_code == 422
    body = reply.content.decode()
    assert sentence in body
    assert text in body
    part = client.post(url("room_note", room), data, headers={"X-Room": "1"})
    assert part.status_code == 422
    assert "<html" not in part.content.decode()
    assert not Note.objects.exists()


def test_a_name_that_is_an_attack_is_only_text(world):
    room = open_room(world, anonymous=False)
    attack = "<img src=x onerror=alert(1)>"
    client = comes_in(room, name=attack)
    room = forward(world, room, "form")
    for page in (client.get(url("room_seat", room)), world.client("alice").get(url("room_lead", room)),
                 world.client("alice").get(url("room_screen", room))):  # fmt: skip
        assert attack not in page.content.decode()
        assert "&lt;img src=x" in page.content.decode()


def test_unchanged_is_answered_in_a_blink(world, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(rooms_live, "KEPT", 60)
    room = open_room(world)
    client = comes_in(room)
    tag = client.get(url("room_seat_live", room))["ETag"]
    rooms_live.versions.kept.clear()
    with django_assert_num_queries(2):
        assert client.get(url("room_seat_live", room), headers={"If-None-Match": tag}).status_code == 304
    with django_assert_num_queries(0):
        assert Client().get(url("room_seat_live", room), headers={"If-None-Match": tag}).status_code == 304
    assert Client().get(url("room_seat_live", room), headers={"If-None-Match": '"0.0.0"'}).status_code == 302


def test_what_has_changed_is_told_from_memory_to_a_seat_and_to_nobody_else(
    world, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(rooms_live, "KEPT", 60)
    room = open_room(world)
    client, other = comes_in(room), comes_in(open_room(world))
    room = forward(world, room, "form", "draw")
    fresh = client.get(url("room_seat_live", room))
    old = {"If-None-Match": '"1.0.0"'}
    client.get(url("room_seat_live", room), headers=old)
    with django_assert_num_queries(0):
        told = client.get(url("room_seat_live", room), headers=old)
    assert (told.status_code, told["ETag"], told.content) == (200, fresh["ETag"], fresh.content)
    assert told["Cache-Control"] == "no-store"
    english = client.get(url("room_seat_live", room), headers={**old, "Accept-Language": "en"})
    assert "Think alone" in english.content.decode()
    key = str(room.public_id)
    for stranger in (Client(), other, Client(HTTP_COOKIE=f"{cookie_name(key)}=guess"), world.client("alice")):
        assert stranger.get(url("room_seat_live", room), headers=old).status_code == 302
    rooms_seats.expire()
    from datetime import timedelta

    from samband.core import clock

    with clock.frozen(clock.now() + timedelta(hours=13)):
        rooms_seats.expire()
    rooms_live.versions.kept.clear()
    assert client.get(url("room_seat_live", room), headers=old).status_code == 302


def test_what_a_group_sees_is_drawn_once_for_all_of_it(world, django_assert_max_num_queries):
    room = open_room(world)
    clients = [comes_in(room) for _n in range(3)]
    seats = list(Seat.objects.all())
    room = forward(world, room, "form", how="number", number=1)
    room = forward(world, room, "draw", "reveal", "talk")
    for seat in seats:
        say(seat, "En tanke", 1)
    with django_assert_max_num_queries(16):
        clients[0].get(url("room_seat_live", room))
    for client in clients[1:]:
        with django_assert_max_num_queries(1):
            assert "En tanke" in client.get(url("room_seat_live", room)).content.decode()


def test_the_leaders_pages_ask_a_bounded_number_of_questions(world, django_assert_max_num_queries):
    room = open_room(world)
    seats = sit(room, 40)
    room = forward(world, room, "form", number=5)
    room = forward(world, room, "draw", "reveal")
    for seat in seats:
        say(seat, "En tanke", 1)
    client = world.client("alice")
    for name, most in (("room_lead", 60), ("room_lead_live", 40), ("room_screen", 60), ("room", 60), ("rooms", 30)):
        with django_assert_max_num_queries(most):
            assert client.get(url(name, room if name != "rooms" else None)).status_code == 200
    tag = client.get(url("room_lead_live", room))["ETag"]
    assert client.get(url("room_lead_live", room), headers={"If-None-Match": tag}).status_code == 304


def test_a_room_is_opened_in_the_form_and_led_to_the_end(world):
    a_deck()
    client = world.client("alice")
    form = {
        "name": "Hur har vi det?", "unit": world.units["nursing"].pk, "number": "2", "think": "3", "talk": "10",
        "language": "sv", "cards": "all", "anonymous": "yes", "prior": "on",
    }  # fmt: skip
    wrong = client.post(url("room_new"), {**form, "name": "", "number": "0"})
    assert wrong.status_code == 422
    none = client.post(url("room_new"), {**form, "minutes": "5"})
    assert "Inget kort passar" in none.content.decode()
    strange = client.post(url("room_new"), {**form, "unit": world.units["help"].pk})
    assert strange.status_code == 422
    assert not Room.objects.exists()
    client.post(url("room_new"), form)
    room = Room.objects.get()
    assert room.cards.count() == 2
    comes_in(room)
    for event in ("form", "draw", "reveal", "talk", "report", "draw", "reveal", "pause", "resume", "close"):
        room.refresh_from_db()
        reply = client.post(url("room_do", room), {"event": event, "step": room.step, "how": "size", "number": "5"})
        assert reply.status_code == 302, event
        assert client.get(url("room_lead", room)).status_code == 200
        assert client.get(url("room_screen", room)).status_code == 200
    slow = client.post(url("room_do", room), {"event": "pause", "step": "1"})
    assert slow.status_code == 422
    assert "avslutad" in slow.content.decode()


def test_the_slower_of_two_is_told_and_sees_how_it_is(world):
    room = open_room(world)
    sit(room, 1)
    client = world.client("alice")
    data = {"event": "form", "step": room.step, "how": "size", "number": "5"}
    assert client.post(url("room_do", room), data).status_code == 302
    late = client.post(url("room_do", room), data)
    assert late.status_code == 422
    assert "Någon annan hann före" in late.content.decode()
    for odd in ({"event": "explode"}, {"event": "form", "step": "x"}, {"event": "form", "step": "2", "number": "0"}):
        assert client.post(url("room_do", room), odd).status_code == 422


def test_beside_the_course_cards_notes_and_seats_are_seen_to(world):
    room = open_room(world)
    seats = sit(room, 4)
    room = forward(world, room, "form", "draw", "reveal")
    note = say(seats[0], "Ring 070-174 06 05", 1)
    client = world.client("alice")
    assert "ser ut som ett telefonnummer" in client.get(url("room_lead", room)).content.decode()

    def edit(**data):
        return client.post(url("room_edit", room), data)

    assert edit(act="hide", note=note.public_id).status_code == 422
    assert edit(act="hide", note=note.public_id, why="Pekar ut").status_code == 302
    assert edit(act="show", note=note.public_id).status_code == 302
    assert edit(act="card", text="Vår egen fråga").status_code == 302
    assert edit(act="card", text="x" * 400).status_code == 422
    own = RoomCard.objects.get(card__isnull=True)
    assert edit(act="judge", card=own.public_id, on="0").status_code == 302
    assert edit(act="place", seat=seats[0].public_id, group=room.groups.last().public_id).status_code == 302
    for wrong in ({"act": "place", "seat": "x"}, {"act": "hide", "note": str(uuid4())}, {"act": "?"}, {}):
        assert edit(**wrong).status_code == 422
    log = client.get(url("room", room)).content.decode()
    assert "Pekar ut" in log


def test_paper_is_typed_in_and_kept_when_refused(world):
    room = open_room(world)
    sit(room, 1)
    room = forward(world, room, "form", "draw", "reveal")
    client = world.client("alice")
    wrong = client.post(url("room_paper", room), {"own": "Behåll mig", "more": "Om 19470312-238X", "people": "2"})
    assert wrong.status_code == 422
    assert "Behåll mig" in wrong.content.decode()
    assert client.post(url("room_paper", room), {"own": "På papper", "value": "4", "people": "2"}).status_code == 302
    assert Seat.objects.filter(paper=True).get().people == 2


def test_a_colleague_takes_over_and_is_seen(world):
    room = open_room(world)
    client = world.client("administrator")
    assert "Ta över" in client.get(url("room", room)).content.decode()
    client.post(url("room_take_over", room))
    assert client.get(url("room_lead", room)).status_code == 200
    assert world.client("stranger").post(url("room_take_over", room)).status_code == 404


def test_a_seat_that_is_gone_is_asked_for_the_code_again(world):
    from datetime import timedelta

    from samband.core import clock

    room = open_room(world)
    client = comes_in(room)
    with clock.frozen(clock.now() + timedelta(hours=13)):
        rooms_seats.expire()
    assert client.get(url("room_seat", room))["Location"].endswith("?lost=1")
    assert "finns inte kvar" in client.get(url("room_enter") + "?lost=1").content.decode()


def test_many_at_once_from_one_seat_are_slowed_down(world, settings):
    from samband.core.limits.rules import read_limits

    settings.LIMITS = read_limits("say=2/10m")
    room = open_room(world)
    client = comes_in(room)
    room = forward(world, room, "form", "draw")
    for n in range(4):
        last = client.post(url("room_note", room), {"kind": "own", "text": f"n{n}", "round": "1"})
    assert last.status_code == 422
    assert Note.objects.count() == 2
