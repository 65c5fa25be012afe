"""Swaps, escalation and files: table in, answer out."""

from datetime import UTC, datetime, timedelta

import pytest

from samband.contact.rules import escalation as e
from samband.contact.rules import files
from samband.contact.rules.files import BadFile, Wrong
from samband.contact.rules.model import read_office
from samband.contact.rules.swaps import Problem, Turn, problem

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)


def turn(key: int, start: int, assignment: int | None, version: int = 1, length: int = 8) -> Turn:
    return Turn(key, start, start + length, assignment, version)


@pytest.mark.parametrize(
    ("mine", "theirs", "asked", "others", "expected"),
    [
        (turn(1, 10, 1), turn(2, 30, 2), (1, 1), [], None),
        (turn(1, 10, 1, version=2), turn(2, 30, 2), (1, 1), [], Problem.CHANGED),
        (turn(1, 10, None), turn(2, 30, 2), (1, 1), [], Problem.CHANGED),
        (turn(1, 0, 1), turn(2, 30, 2), (1, 1), [], Problem.PAST),
        (turn(1, 10, 1), turn(2, 30, 1), (1, 1), [], Problem.SAME),
        (turn(1, 10, 1), turn(2, 30, 2), (1, 1), [turn(3, 36, 1)], Problem.BUSY_MINE),
        (turn(1, 10, 1), turn(2, 30, 2), (1, 1), [turn(3, 12, 2)], Problem.BUSY_THEIRS),
    ],
)
def test_what_stands_in_the_way_of_a_swap(mine, theirs, asked, others, expected):
    assert problem(mine, theirs, asked, now=5, others=others) == expected


def test_two_who_swap_twice_are_back_where_they_were():
    mine, theirs = turn(1, 10, 1), turn(2, 30, 2)
    for round_ in (1, 2):
        assert problem(mine, theirs, (round_, round_), 5, []) is None
        mine, theirs = turn(1, 10, theirs.assignment, round_ + 1), turn(2, 30, mine.assignment, round_ + 1)
    assert (mine.assignment, theirs.assignment) == (1, 2)
    assert problem(mine, theirs, (1, 1), 5, []) == Problem.CHANGED, "an old question is not answered again"


def state(**more) -> e.State:
    return e.State(more.pop("urgency", e.Urgency.TODAY), NOW, **more)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (state(), NOW + timedelta(hours=2)),
        (state(urgency=e.Urgency.NOW), NOW + timedelta(minutes=15)),
        (state(owned=True), None),
        (state(owned=True, promised=NOW + timedelta(hours=5)), NOW + timedelta(hours=5)),
        (state(owned=True, handed=NOW), NOW + timedelta(minutes=30)),
        (state(level=3), None),
        (state(closed=True), None),
    ],
)
def test_when_the_clock_looks_again(row, expected):
    assert e.due(row) == expected


def test_the_steps_come_one_at_a_time_and_end():
    row, now, steps = state(), NOW, []
    for _turn in range(10):
        now += timedelta(hours=2)
        taken = e.step(row, now)
        if taken:
            steps.append(taken[0])
            row = taken[1]
            assert e.step(row, now) is None, "twice at once is once"
    assert steps == [e.Step.REMIND, e.Step.ON_CALL, e.Step.COORDINATOR]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (state(owned=True), "ok"),
        (state(), "warn"),
        (state(urgency=e.Urgency.NOW), "act"),
        (state(owned=True, promised=NOW - timedelta(minutes=1)), "act"),
        (state(level=2), "act"),
        (state(closed=True), "ok"),
    ],
)
def test_how_a_case_looks(row, expected):
    assert e.mark(row, NOW) == expected


CSV = "från;till;vem;telefon\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-11-23 16.00;2026-11-23 22.00;Ida Wallin;", None),
        ("2026-11-23T16:00;2026-11-24 07:00;Ida Wallin;08-465 004 04", None),
        ("i morgon;2026-11-23 22.00;Ida Wallin;", Wrong.START),
        ("2026-11-23 16.00;;Ida Wallin;", Wrong.END),
        ("2026-11-23 22.00;2026-11-23 07.00;Ida Wallin;", Wrong.ORDER),
        ("2026-11-23 16.00;2027-11-23 16.00;Ida Wallin;", Wrong.LONG),
        ("2026-11-23 16.00;2026-11-23 22.00;;", Wrong.WHO),
        ("2026-02-30 16.00;2026-11-23 22.00;Ida;", Wrong.START),
    ],
)
def test_each_row_of_a_csv_has_its_own_answer(line, expected):
    rows = files.read("rota.csv", (CSV + line).encode())
    assert [row.wrong for row in rows] == [expected]
    assert rows[0].number == 2


def test_an_icalendar_is_read_with_its_zones_and_says_what_it_cannot():
    text = "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "DTSTART;TZID=Europe/Stockholm:20270328T000000",
            "DTEND;TZID=Europe/Stockholm:20270328T070000",
            "SUMMARY:Ida",
            " Wallin",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "DTSTART:20261123T150000Z",
            "DURATION:PT6H",
            "SUMMARY:Sanna",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "DTSTART:20261123T150000Z",
            "DTEND:20261123T160000Z",
            "RRULE:FREQ=DAILY",
            "SUMMARY:Alla",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "SUMMARY:Tom",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )
    rows = files.read("rota.ics", text.encode())
    assert [row.wrong for row in rows] == [None, None, Wrong.REPEATS, Wrong.MISSING]
    assert rows[0].who == "IdaWallin"
    assert rows[0].end - rows[0].start == timedelta(hours=6), "the night when the clocks go forward"
    assert rows[1].end == datetime(2026, 11, 23, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x" * 200_001, "big"),
        (b"\x00\x01", "letters"),
        (b"a;b;c\n1;2;3", "heads"),
        (CSV.encode(), "empty"),
        ((CSV + "2026-11-23 16.00;2026-11-23 22.00;I;\n" * 2001).encode(), "many"),
    ],
)
def test_a_file_that_is_no_rota_says_why(content, code):
    with pytest.raises(BadFile) as error:
        files.read("rota.csv", content)
    assert error.value.code == code


def test_a_county_sets_its_own_times():
    times = e.read_times("now=5m today=1h receipt=10m")
    opened = e.State(e.Urgency.NOW, NOW)
    assert e.due(opened, times) == NOW + timedelta(minutes=5)
    assert e.due(opened) == NOW + timedelta(minutes=15)
    assert e.due(e.State(e.Urgency.WEEK, NOW), times) == NOW + timedelta(days=1)
    assert e.due(e.State(e.Urgency.TODAY, NOW, handed=NOW), times) == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("text", ["now=15", "soon=15m", "now=0m", "now=15m;today=1h", "now=2d today=1h"])
def test_times_that_cannot_be_are_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="expected"):
        e.read_times(text)


@pytest.mark.parametrize("text", ["8-17", "17:00-08:00", "08:00-24:00", ""])
def test_office_hours_that_cannot_be_are_refused(text):
    with pytest.raises(ValueError, match="expected"):
        read_office(text)
    assert read_office("07:30-16:00") == (450, 960)
