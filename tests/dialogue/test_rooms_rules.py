"""The course of a room as a table and by chance; groups, codes, choice of cards, words that point at somebody."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from samband.core.decision import ANONYMOUS, Actor
from samband.dialogue.rules import choosing, codes, leads, rooms, tables, words
from samband.dialogue.rules.choosing import Offer, Wish
from samband.dialogue.rules.rooms import MOVES, OPEN, Around, Course, Refused

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
AROUND = Around(NOW)


@pytest.mark.parametrize("phase", [*OPEN, "closed"])
@pytest.mark.parametrize("event", MOVES)
def test_every_move_from_every_phase_is_as_the_table_says(phase, event):
    paused = event == "resume"
    course = Course(phase, 1, 5, paused, left=30 if paused else None)
    if phase in MOVES[event][0]:
        after = rooms.move(course, event, 5, AROUND)
        assert after.step == 6
        assert after.phase == (MOVES[event][1] or phase)
        assert after.round == (2 if event == "draw" else 1)
    else:
        with pytest.raises(Refused) as no:
            rooms.move(course, event, 5, AROUND)
        assert no.value.reason == ("closed" if phase == "closed" else "phase")


@pytest.mark.parametrize(
    ("course", "event", "step", "around", "reason"),
    [
        (Course("groups"), "draw", 2, AROUND, "stale"),
        (Course("groups"), "draw", 1, replace(AROUND, groups=0), "groups"),
        (Course("groups"), "draw", 1, replace(AROUND, cards=0), "cards"),
        (Course("groups", paused=True), "draw", 1, AROUND, "paused"),
        (Course("groups"), "resume", 1, AROUND, "phase"),
        (Course("think", 1), "close", 1, AROUND, "phase"),
        (Course("closed", 1), "pause", 1, AROUND, "closed"),
        (Course("closed", 1), "pause", 7, AROUND, "closed"),
    ],
)
def test_a_refusal_says_why(course, event, step, around, reason):
    with pytest.raises(Refused) as no:
        rooms.move(course, event, step, around)
    assert no.value.reason == reason


def test_the_clock_rests_with_the_room_and_goes_on_with_it():
    course = rooms.move(Course("groups"), "draw", 1, AROUND)
    assert course.ends_at == NOW + timedelta(seconds=180)
    rests = rooms.move(course, "pause", course.step, replace(AROUND, now=NOW + timedelta(seconds=100)))
    assert (rests.ends_at, rests.left) == (None, 80)
    week = NOW + timedelta(days=7)
    goes_on = rooms.move(rests, "resume", rests.step, replace(AROUND, now=week))
    assert (goes_on.ends_at, goes_on.left, goes_on.phase) == (week + timedelta(seconds=80), None, "think")
    assert rooms.seconds_left(goes_on, week + timedelta(hours=1)) == 0


def test_more_time_begins_now_when_the_clock_has_rung():
    late = replace(AROUND, now=NOW + timedelta(minutes=30))
    course = rooms.move(Course("talk", 1, ends_at=NOW), "more_time", 1, late)
    assert course.ends_at == late.now + timedelta(seconds=60)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_pressed_the_course_keeps_its_promises(seed):
    """Random moves by two who lead, one of whom is often late. What was refused changed nothing."""
    chance = random.Random(seed)
    course, now, seen = Course(), NOW, 1
    for _n in range(120):
        now += timedelta(seconds=chance.randrange(0, 400))
        around = Around(now, chance.choice((0, 60)), 120, chance.choice((0, 1, 5)), chance.choice((0, 3)))
        event = chance.choice(list(MOVES))
        step = course.step if chance.random() < 0.7 else seen
        offered = rooms.offered(course, around)
        try:
            after = rooms.move(course, event, step, around)
        except Refused:
            assert event not in offered or step != course.step
            continue
        assert event in offered
        assert step == course.step
        _promises(course, event, after)
        seen, course = course.step, after


def _promises(before: Course, event: str, after: Course) -> None:
    assert before.phase != "closed"
    assert after.step == before.step + 1
    assert after.round == before.round + (event == "draw")
    assert after.paused == (event == "pause")
    assert not (after.ends_at and after.paused)
    assert after.left is None or after.paused
    assert after.ends_at is None or after.phase in ("think", "talk")
    # What once was shown stays shown; what is hidden is hidden from the round's beginning.
    assert all(rooms.revealed(after, n) for n in range(1, before.round + 1) if rooms.revealed(before, n))
    assert event != "draw" or not rooms.revealed(after, after.round)
    assert after.phase != "closed" or rooms.revealed(after, after.round)
    assert before.phase != "think" or event in ("reveal", "pause", "resume", "more_time", "stop_clock")


@pytest.mark.parametrize(
    ("phase", "kind", "of_round", "may"),
    [
        ("lobby", "own", 1, False),
        ("think", "own", 2, True),
        ("think", "group", 2, False),
        ("think", "agree", 2, False),
        ("think", "own", 1, True),  # sent late, by a device that had no net
        ("think", "group", 1, True),
        ("talk", "more", 2, True),
        ("talk", "own", 3, False),
        ("talk", "own", 0, False),
        ("report", "agree", 2, True),
        ("closed", "own", 2, False),
    ],
)
def test_what_may_be_written_when(phase, kind, of_round, may):
    assert rooms.may_write(Course(phase, 0 if phase == "lobby" else 2), kind, of_round) is may
    assert not rooms.may_write(Course(phase, 2, paused=True), kind, of_round)


@pytest.mark.parametrize("seed", range(40))
def test_groups_hold_everybody_once_and_are_even(seed):
    chance = random.Random(seed)
    seats = [(n, chance.choice((1, 1, 1, 4))) for n in range(chance.randrange(1, 80))]
    how, number = chance.choice((("number", 7), ("size", 5), ("device", 1), ("number", 1), ("size", 500)))
    groups = tables.deal(seats, how, number, chance)
    dealt = [key for group in groups for key in group]
    assert sorted(dealt) == [key for key, _people in seats][: len(dealt)]
    assert len(dealt) == len(seats) or how == "device"
    assert all(groups)
    people = dict(seats)
    sizes = [sum(people[key] for key in group) for group in groups]
    assert how == "device" or max(sizes) - min(sizes) <= 4


def test_small_and_odd_groups():
    assert tables.deal([], "size", 5, random.Random(1)) == []
    assert len(tables.deal([(1, 1), (2, 1)], "number", 9, random.Random(1))) == 2
    assert tables.smallest({1: 3, 2: 1, 3: 1}) == 2
    assert tables.smallest({}) is None


def test_a_spread_counts_people_and_keeps_still_about_few():
    assert tables.spread([(1, 1), (5, 4), (5, 1)], least=3) == [1, 0, 0, 0, 5]
    assert tables.spread([(1, 1), (5, 4)], least=3) is None
    assert tables.spread([]) is None


def test_a_code_is_read_as_people_type_it():
    code = codes.make(random.Random(3).choice)
    assert len(code) == 8
    assert codes.read(f" {code[:4].lower()}-{code[4:]} ") == code
    assert codes.read(codes.shown(code)) == code
    for wrong in ("", "ABC", code + "K", "0" * 8, "<script>", "å" * 8, code[:7] + "O", "K" * 10_000):
        assert codes.read(wrong) == ""
    assert not set(codes.SIGNS) & set("01OIL2Z5S8B6G")


OFFERS = [Offer(n, "ab"[n % 2], "story" if n == 9 else "question", 10, n == 3) for n in range(10)]


@pytest.mark.parametrize(
    ("wish", "check"),
    [
        (Wish(4), lambda keys: len(keys) == 4 and sum(k % 2 for k in keys) == 2),
        (Wish(60), lambda keys: sorted(keys) == list(range(10))),
        (Wish(9, minutes=35), lambda keys: len(keys) == 3),
        (Wish(9, prior=False), lambda keys: 3 not in keys and len(keys) == 9),
        (Wish(9, categories=["a"]), lambda keys: all(k % 2 == 0 for k in keys) and len(keys) == 5),
        (Wish(9, kinds=["story"]), lambda keys: keys == [9]),
        (Wish(9, categories=["c"]), lambda keys: keys == []),
        (Wish(9, minutes=5), lambda keys: keys == []),
    ],
)
def test_cards_are_chosen_by_what_was_asked(wish, check):
    assert check(choosing.choose(OFFERS, wish, random.Random(1)))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Hon heter så, 19470312-238X", True),
        ("900130-9815", True),
        ("189001309815", True),
        ("4703722383", False),  # no such day, and not a coordination number's
        ("Ring 0980-319 201", False),
        ("Vi är 20 stycken och 3 bilar", False),
        ("år 2026 till 2035", False),
        ("tio siffror 1234567890", False),
    ],
)
def test_an_identity_number_is_seen(text, number):
    assert words.has_number(text) is number


def test_what_may_point_at_somebody_is_told():
    assert words.flags("Ring 070-174 06 05") == ["phone"]
    assert words.flags("skriv till namn@exempel.se") == ["mail"]
    assert words.flags("Vi ringer varje dag klockan 10") == []


def test_text_is_tidied_and_names_are_one_line():
    assert words.tidy("  a\u200b\n\n\n\n\nb\x00 ") == "a\n\nb"
    assert words.one_line("A\nB\u202e" + "c" * 90) == "A B " + "c" * 56
    assert words.one_line("\x00\n") == ""


NURSE = Actor(kind="staff", role="nurse", assignment_id=1, unit_ids=(10,))
LEADER = Actor(kind="staff", role="leader", assignment_id=2, unit_ids=(11,))
GUEST = Actor(kind="guest", seat_id=7)


@pytest.mark.parametrize(
    ("answer", "yes"),
    [
        (leads.take_part(GUEST, [7]), True),
        (leads.take_part(GUEST, [8]), False),
        (leads.take_part(NURSE, [7]), False),
        (leads.take_part(ANONYMOUS, []), False),
        (leads.lead(NURSE, [1]), True),
        (leads.lead(LEADER, [1]), False),
        (leads.lead(GUEST, [1]), False),
        (leads.open_at(NURSE, 10), True),
        (leads.open_at(NURSE, 11), False),
        (leads.open_at(LEADER, 10), True),
        (leads.open_at(GUEST, None), False),
        (leads.read(NURSE, 10, []), True),
        (leads.read(NURSE, 11, []), False),
        (leads.read(NURSE, 11, [1]), True),
        (leads.read(GUEST, 10, []), False),
        (leads.take_over(NURSE, 10, [5]), True),
        (leads.take_over(NURSE, 10, [1]), False),
        (leads.take_over(NURSE, 11, [5]), False),
        (leads.take_over(LEADER, 10, [5]), True),
    ],
)
def test_who_may(answer, yes):
    assert bool(answer) is yes
    assert answer.sv
    assert answer.en
