"""A room's result as files and as outcomes: its anonymity kept, what is hidden left out, formulas made text."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from samband.dialogue.models import Note, Outcome, Room
from samband.dialogue.services import rooms_say
from tests.dialogue.worlds_rooms import forward, open_room, say, sit

pytestmark = pytest.mark.django_db


def talked(world, anonymous=True) -> Room:
    room = open_room(world, anonymous=anonymous)
    seats = sit(room, 3, name="Kim")
    room = forward(world, room, "form", "draw")
    for n, seat in enumerate(seats):
        say(seat, f"=Tanke {3 - n}", room.round)
    room = forward(world, room, "reveal", "talk")
    say(seats[0], "Fråga alltid vad som är viktigt", room.round, "more")
    say(seats[1], "Dolt av den som leder", room.round, "less")
    rooms_say.hide(world.actor("alice"), Note.objects.get(kind="less"), True, "namn")
    return room


def get(client, room, form):
    return client.get(reverse("dialogue:room_export", args=[room.public_id, form]))


@pytest.mark.parametrize("anonymous", [True, False])
def test_the_files_keep_the_rooms_anonymity_and_what_is_hidden(world, anonymous):
    room, client = talked(world, anonymous), world.client("alice")
    Note.objects.update(said_by="Kim")  # even where a name has come into an anonymous room
    data = json.loads(get(client, room, "json").content)
    notes = [note for group in data["rounds"][0]["groups"] for note in group["notes"]]
    assert {note["name"] for note in notes} == ({""} if anonymous else {"Kim"})
    assert "Dolt av den som leder" not in str(data)
    table = get(client, room, "csv").content.decode("utf-8-sig")
    assert "'=Tanke 1" in table
    assert ("Kim" in table) is not anonymous
    word = zipfile.ZipFile(io.BytesIO(get(client, room, "docx").content)).read("word/document.xml").decode()
    assert ("Kim" in word, "Tanke 2" in word) == (not anonymous, True)
    assert get(client, room, "pdf").content.startswith(b"%PDF")
    assert get(client, room, "exe").status_code == 404


def test_own_thoughts_of_a_round_that_is_not_revealed_are_in_no_file(world):
    room = open_room(world)
    (seat,) = sit(room, 1)
    room = forward(world, room, "form", "draw")
    say(seat, "Inte än visat", room.round)
    for form in ("csv", "json", "docx"):
        assert b"Inte \xc3\xa4n visat" not in get(world.client("alice"), room, form).content
    assert Note.objects.count() == 1


def test_others_find_no_file_and_pick_nothing(world):
    room = talked(world)
    for who in ("stranger", "gp", "anonymous", "self"):
        client = world.client(who)
        assert get(client, room, "json").status_code in (302, 403, 404)
        assert client.get(reverse("dialogue:room_pick", args=[room.public_id])).status_code in (302, 403, 404)


def test_whoever_leads_picks_what_lives_on_and_twice_is_once(world):
    room, client = talked(world), world.client("alice")
    url = reverse("dialogue:room_pick", args=[room.public_id])
    page = client.get(url).content.decode()
    assert "Fråga alltid" in page
    assert "Dolt av" not in page
    more, hidden = Note.objects.get(kind="more"), Note.objects.get(kind="less")
    sent = {f"kind-{more.public_id}": "commitment", f"kind-{hidden.public_id}": "idea", "kind-x": "idea"}
    assert client.post(url, sent)["Location"] == reverse("dialogue:outcomes")
    assert client.post(url, sent)["Location"] == url
    row = Outcome.objects.get()
    assert (row.kind, row.text, row.origin, row.said_by, row.unit) == (
        "commitment",
        more.text,
        room.public_id,
        "",
        room.unit,
    )
    assert "uppskrivet" in client.get(url).content.decode()
    assert (
        reverse("dialogue:room", args=[room.public_id])
        in client.get(reverse("dialogue:outcome", args=[row.public_id])).content.decode()
    )
    assert "Spara som fil" in client.get(reverse("dialogue:room", args=[room.public_id])).content.decode()
