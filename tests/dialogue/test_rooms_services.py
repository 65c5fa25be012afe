"""Rooms as use cases: what goes well, what is refused, what is stopped halfway, who was faster."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from samband.core import clock
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.dialogue import jobs
from samband.dialogue.models import Agreement, Facilitator, Moderation, Note, Room, RoomCard, Seat
from samband.dialogue.rules.rooms import Refused
from samband.dialogue.services import rooms, rooms_lead, rooms_live, rooms_say, rooms_seats, rooms_table
from samband.dialogue.services.rooms_lead import Sheet
from samband.dialogue.services.rooms_say import Said
from samband.people.models import Assignment
from tests.dialogue.worlds_rooms import a_deck, forward, open_room, say, sit

pytestmark = pytest.mark.django_db


def test_a_room_opens_with_code_cards_and_one_who_leads(world):
    room = open_room(world)
    assert len(room.code) == 8
    assert room.cards.count() == 5
    assert room.anonymous
    assert [f.assignment.staff.user.username for f in room.facilitators.all()] == ["alice"]
    assert AuditEvent.objects.filter(action="room.create").exists()


@pytest.mark.parametrize("who", ["stranger", "self", "husband"])
def test_a_room_is_opened_at_ones_own_unit(world, who):
    with pytest.raises(Denied):
        rooms.open_room(world.actor(who), world.units["nursing"], a_deck(), list(a_deck().cards.all()), rooms.Plan("X"))
    assert not Room.objects.exists()


def test_no_card_no_room(world):
    with pytest.raises(ValidationError):
        rooms.open_room(world.actor("alice"), world.units["nursing"], a_deck(), [], rooms.Plan("X"))


def test_a_whole_dialogue_from_lobby_to_end(world):
    room = open_room(world)
    seats = sit(room, 5)
    room = forward(world, room, "form")
    assert {s.group_id for s in Seat.objects.all()} == {g.pk for g in room.groups.all()}
    room = forward(world, room, "draw")
    assert (room.phase, room.round) == ("think", 1)
    for seat in seats:
        say(seat, "En tanke", 1)
    assert [t.own for t in rooms_table.tables_of(room)] == [[], []]
    assert rooms_table.counts(room).wrote == 5
    room = forward(world, room, "reveal")
    assert sum(len(t.own) for t in rooms_table.tables_of(room)) == 5
    say(seats[0], "Fler hembesök", 1, "more")
    for n, seat in enumerate(seats):
        seat.refresh_from_db()
        rooms_say.agree(seat, 1 + n % 5, 1)
    room = forward(world, room, "talk", "report", "draw")
    assert (room.round, rooms_table.agreement(room, 1)) == (2, (5, [1, 1, 1, 1, 1]))
    assert rooms_table.card_for(room, None, 1) != rooms_table.card_for(room, None, 2)
    room = forward(world, room, "reveal", "close")
    assert (room.phase, room.code) == ("closed", None)
    with pytest.raises(ValidationError, match="avslutad"):
        say(seats[0], "Sent", 2)


def test_each_group_has_a_card_of_its_own_while_they_last(world):
    room = open_room(world, card_each=True)
    sit(room, 4)
    room = forward(world, room, "form", "draw")
    cards = [t.card.pk for t in rooms_table.tables_of(room)]
    assert len(set(cards)) == len(cards) == 2
    room = forward(world, room, "reveal", "report", "draw", "reveal", "report", "draw")
    last = {t.card.pk for t in rooms_table.tables_of(room)}
    assert len(last) == 1
    with pytest.raises(Refused, match="cards"):
        forward(world, room, "reveal", "report", "draw")


def test_two_lead_and_the_slower_is_told(world):
    room = open_room(world)
    sit(room, 2)
    bob = Assignment.objects.get(staff__user=world.users["bob"])
    with pytest.raises(ValidationError):
        rooms_lead.invite(world.actor("alice"), room, bob)
    second = Assignment.objects.create(staff=bob.staff, unit=world.units["nursing"], role="nurse", title="nurse")
    rooms_lead.invite(world.actor("alice"), room, second)
    step = room.step
    rooms.act(world.actor("alice"), room, "form", step)
    with pytest.raises(Refused, match="stale"):
        rooms.act(world.actor("alice"), room, "form", step)
    assert Room.objects.get().step == step + 1


def test_handing_over_and_taking_over(world):
    room = open_room(world)
    gp = Assignment.objects.get(staff__user=world.users["coordinator"])
    second = Assignment.objects.create(staff=gp.staff, unit=world.units["nursing"], role="nurse", title="nurse")
    rooms_lead.invite(world.actor("alice"), room, second, leave=True)
    with pytest.raises(Denied):
        rooms.act(world.actor("alice"), room, "form", room.step)
    rooms_lead.take_over(world.actor("alice"), room)
    assert rooms_lead.leading(room).count() == 2
    with pytest.raises(Denied):
        rooms_lead.take_over(world.actor("stranger"), room)
    assert Facilitator.objects.count() == 2


def test_nobody_else_leads(world):
    room = open_room(world)
    for who in ("bob", "stranger", "coordinator", "administrator", "self"):
        with pytest.raises(Denied):
            rooms.act(world.actor(who), room, "form", room.step)


def test_a_note_sent_twice_is_written_once(world):
    room = open_room(world)
    (seat,) = sit(room, 1)
    forward(world, room, "form", "draw")
    seat.refresh_from_db()
    said = Said("own", "En tanke", 1, uuid4())
    assert rooms_say.note(seat, said) == rooms_say.note(seat, said)
    assert Note.objects.count() == 1


def test_an_id_of_another_seat_opens_nothing(world):
    room = open_room(world)
    one, other = sit(room, 2)
    forward(world, room, "form", "draw")
    written = say(one, "Min", 1)
    with pytest.raises(ValidationError):
        rooms_say.note(other, Said("own", "x", 1, written.client_id))


def test_a_note_that_fails_halfway_leaves_nothing(world, monkeypatch):
    room = open_room(world)
    (seat,) = sit(room, 1)
    room = forward(world, room, "form", "draw")

    def broken(*_args):
        raise IntegrityError

    monkeypatch.setattr(rooms, "bump", broken)
    with pytest.raises(Note.DoesNotExist):
        say(seat, "x", 1)
    assert not Note.objects.exists()
    assert Room.objects.get().pulse == room.pulse


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Skriv något"),
        ("  \n ", "Skriv något"),
        ("x" * 10_000, "Högst 1000 tecken, det här är 10000"),
        ("Om 19470312-238X", "personnummer"),
    ],
)
def test_what_a_note_may_not_hold(world, text, sentence):
    room = open_room(world)
    (seat,) = sit(room, 1)
    forward(world, room, "form", "draw")
    with pytest.raises(ValidationError, match=sentence):
        say(seat, text, 1)
    assert not Note.objects.exists()


@pytest.mark.parametrize("value", [0, 6, -1])
def test_agreement_is_one_to_five(world, value):
    room = open_room(world)
    (seat,) = sit(room, 1)
    forward(world, room, "form", "draw", "reveal")
    with pytest.raises(ValidationError):
        rooms_say.agree(seat, value, 1)


def test_the_last_word_of_a_seat_counts_once(world):
    room = open_room(world)
    (seat,) = sit(room, 1, people=4)
    room = forward(world, room, "form", "draw", "reveal")
    rooms_say.agree(seat, 2, 1)
    rooms_say.agree(seat, 5, 1)
    assert Agreement.objects.count() == 1
    assert rooms_table.agreement(room) == (1, None)  # too few to show in an anonymous room


def test_a_small_table_is_not_what_is_left_when_the_others_are_taken_from_the_whole(world):
    room = open_room(world)
    seats = sit(room, 5)
    forward(world, room, "form", "draw", "reveal", how="size", number=3)
    room.refresh_from_db()
    for seat in seats:
        seat.refresh_from_db()
        rooms_say.agree(seat, 4, 1)
    assert sorted(table.answers for table in rooms_table.tables_of(room)) == [2, 3]
    assert rooms_table.agreement(room)[1] == [0, 0, 0, 5, 0]
    assert [table.spread for table in rooms_table.tables_of(room)] == [None, None]


def test_who_left_or_is_silent_does_not_block_the_count(world):
    room = open_room(world)
    gone, silent, here = sit(room, 3)
    room = forward(world, room, "form", "draw")
    rooms_seats.leave(gone)
    Seat.objects.filter(pk=silent.pk).update(seen_at=clock.now() - timedelta(minutes=5))
    say(here, "x", 1)
    counts = rooms_table.counts(room)
    assert (counts.wrote, counts.devices, counts.away) == (1, 1, 1)
    silent.refresh_from_db()
    rooms_seats.touch(silent)
    assert rooms_table.counts(room).devices == 2


def test_a_latecomer_joins_the_smallest_group(world):
    room = open_room(world)
    sit(room, 3)
    room = forward(world, room, "form")
    late = rooms_seats.join(room).seat
    sizes = [t.people for t in rooms_table.tables_of(room)]
    assert late.group is not None
    assert sizes == [2, 2]


def test_moved_by_hand_and_a_group_that_is_gone(world):
    room = open_room(world)
    seat = sit(room, 4)[0]
    room = forward(world, room, "form")
    other = room.groups.exclude(pk=Seat.objects.get(pk=seat.pk).group_id).get()
    rooms_seats.place(world.actor("alice"), seat, other)
    assert Seat.objects.get(pk=seat.pk).group == other
    room = forward(world, room, "form", how="number", number=1)
    other = room.groups.get(active=False)
    with pytest.raises(ValidationError):
        rooms_seats.place(world.actor("alice"), seat, other)


def test_the_name_is_kept_only_where_it_was_agreed(world):
    assert rooms_seats.join(open_room(world), "Kalle").seat.name == ""
    named = open_room(world, anonymous=False)
    assert rooms_seats.join(named, " <b>Kalle</b>\n\x00 ").seat.name == "<b>Kalle</b>"
    for wrong in ("", " ", "19470312-238X"):
        with pytest.raises(ValidationError):
            rooms_seats.join(named, wrong)


def test_only_the_hash_of_a_token_is_kept(world):
    joined = rooms_seats.join(open_room(world))
    assert joined.token not in str(Seat.objects.values().get())
    key = str(joined.seat.room.public_id)
    assert rooms_seats.seat_of(joined.token, key) == joined.seat
    assert rooms_seats.seat_of(joined.token, str(uuid4())) is None
    assert rooms_seats.seat_of("", key) is None
    assert rooms_seats.seat_of("x" * 10_000, key) is None


def test_every_closed_code_answers_alike(world, settings):
    room = open_room(world)
    assert rooms_seats.open_by_code(room.code, "a") == room
    old = room.code
    forward(world, room, "pause")
    for wrong in (old, "CDEFHJKM", "", "'; DROP TABLE", "K" * 999):
        assert rooms_seats.open_by_code(wrong, "a") is None


def test_guessing_is_stopped(world, settings):
    from samband.core.limits.rules import read_limits

    settings.LIMITS = read_limits("code=3/10m")
    room = open_room(world)
    for _n in range(3):
        assert rooms_seats.open_by_code("CDEFHJKM", "a") is None
    with pytest.raises(rooms_seats.TooOften):
        rooms_seats.open_by_code("CDEFHJKM", "a")
    assert rooms_seats.open_by_code(room.code, "b") == room


def test_a_rest_over_a_week_goes_on_with_a_new_code(world):
    room = open_room(world)
    (seat,) = sit(room, 1)
    room = forward(world, room, "form", "draw")
    say(seat, "Första veckan", 1)
    code = room.code
    with clock.frozen(clock.now() + timedelta(hours=13)):
        jobs.expire()
        jobs.expire()
    room.refresh_from_db()
    assert (room.phase, room.code, room.paused_at is not None) == ("think", None, True)
    assert not Seat.objects.filter(token_hash__isnull=False).exists()
    with pytest.raises(ValidationError, match="vilar"):
        say(seat, "Medan den vilar", 1)
    with clock.frozen(clock.now() + timedelta(days=7)):
        room = forward(world, room, "resume")
        assert room.code not in (None, code)
        late = rooms_seats.join(room).seat
        room = forward(world, room, "reveal")
        assert [n.text for t in rooms_table.tables_of(room) for n in t.own] == ["Första veckan"]
        say(late, "Andra veckan", 1)


def test_an_open_room_is_not_expired(world):
    room = open_room(world)
    assert rooms_seats.expire() == 0
    room.refresh_from_db()
    assert room.code


def test_hiding_needs_a_reason_and_is_taken_back(world):
    room = open_room(world)
    (seat,) = sit(room, 1)
    room = forward(world, room, "form", "draw", "reveal")
    written = say(seat, "Om en person", 1)
    with pytest.raises(ValidationError):
        rooms_say.hide(world.actor("alice"), written, True, " ")
    rooms_say.hide(world.actor("alice"), written, True, "Pekar ut någon")
    assert [t.own for t in rooms_table.tables_of(room)] == [[]]
    assert len(rooms_table.tables_of(room, hidden=True)[0].own) == 1
    rooms_say.hide(world.actor("alice"), written, False)
    assert len(rooms_table.tables_of(room)[0].own) == 1
    assert list(Moderation.objects.values_list("act", "why")) == [("hide", "Pekar ut någon"), ("show", "")]
    with pytest.raises(Denied):
        rooms_say.hide(world.actor("bob"), written, True, "x")


def test_an_own_card_waits_and_is_let_through(world):
    room = open_room(world)
    (seat,) = sit(room, 1)
    key = uuid4()
    card = rooms_say.propose(seat, "Hur har vi det?", key)
    assert rooms_say.propose(seat, "Hur har vi det?", key) == card
    assert card not in rooms.undrawn(room)
    rooms_say.judge(world.actor("alice"), card, True)
    assert rooms.undrawn(room).first() != card or RoomCard.objects.get(pk=card.pk).status == "approved"
    for n in range(4):
        rooms_say.propose(seat, f"Fråga {n}", uuid4())
    with pytest.raises(ValidationError):
        rooms_say.propose(seat, "En till", uuid4())


def test_a_card_of_whoever_leads_lies_on_top(world):
    room = open_room(world)
    rooms_say.add_card(world.actor("alice"), room, "Min fråga")
    sit(room, 1)
    room = forward(world, room, "form", "draw")
    assert rooms_table.card_for(room, None).front() == "Min fråga"


def test_paper_is_counted_beside_and_all_or_nothing(world):
    room = open_room(world)
    sit(room, 1)
    room = forward(world, room, "form", "draw", "reveal")
    group = room.groups.first()
    rooms_lead.paper(world.actor("alice"), room, group, Sheet("Tanke", "", "Mer", "", 4, 3))
    counts = rooms_table.counts(room)
    assert (counts.paper, counts.devices, counts.agreed) == (1, 1, 1)
    with pytest.raises(ValidationError) as no:
        rooms_lead.paper(world.actor("alice"), room, group, Sheet("Bra", "", "x" * 1001, ""))
    assert list(no.value.message_dict) == ["more"]
    with pytest.raises(ValidationError):
        rooms_lead.paper(world.actor("alice"), room, group, Sheet())
    assert (Seat.objects.filter(paper=True).count(), Note.objects.count()) == (1, 2)


def test_paper_of_a_hidden_round_waits_for_the_group_part(world):
    room = open_room(world)
    sit(room, 1)
    room = forward(world, room, "form", "draw")
    with pytest.raises(ValidationError) as no:
        rooms_lead.paper(world.actor("alice"), room, None, Sheet("Bra", "Gruppen", "", "", 3))
    assert set(no.value.message_dict) == {"group", "value"}
    assert not Note.objects.exists()


def test_own_words_are_taken_back_by_whoever_wrote_them(world):
    room = open_room(world)
    one, other = sit(room, 2)
    forward(world, room, "form", "draw")
    written = say(one, "Fel", 1)
    with pytest.raises(ValidationError):
        rooms_say.take_back(other, written)
    one.refresh_from_db()
    rooms_say.take_back(Seat.objects.get(pk=one.pk), written)
    assert not Note.objects.exists()


def test_news_of_one_group_is_none_to_another(world):
    room = open_room(world)
    seats = sit(room, 4)
    room = forward(world, room, "form", "draw", "reveal")
    seats = list(Seat.objects.select_related("room", "group").order_by("number"))
    tags = {seat.pk: rooms_live.tag_of(seat) for seat in seats}
    say(seats[0], "Hej", 1, "group")
    for seat in Seat.objects.select_related("room", "group"):
        same = seat.group_id != seats[0].group_id
        assert (tags[seat.pk] == rooms_live.tag_of(seat)) is same
        assert rooms_live.Versions().current(str(room.public_id), tags[seat.pk]) is same
    assert not rooms_live.Versions().current(str(uuid4()), "1.0.0")
    for nonsense in ("", "x", "1", "1.2", "1.x.3", "9" * 5000):
        assert not rooms_live.Versions().current(str(room.public_id), nonsense)
