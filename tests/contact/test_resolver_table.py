"""The resolver by hand: what each rule says in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from samband.contact.rules import (
    Absence,
    Answer,
    Book,
    ContactPerson,
    Hole,
    Hours,
    Line,
    Need,
    Pattern,
    Place,
    Reason,
    Rota,
    Shift,
    answers_now,
    chain,
    changes,
    cover,
    moment_of,
    public_holidays,
    to_minutes,
)
from samband.contact.rules.checks import Kind, check

ZONE = ZoneInfo("Europe/Stockholm")
HEBY = Place("Heby", (1,))
WEEK = tuple((day, 8 * 60, 17 * 60) for day in range(5))
UNIT = Hours(1, "Enheten", "0980-319 200", known=True, week=WEEK)
IDA, SANNA = Line("Ida", "08-465 004 04", assignment=1), Line("Sanna", "08-465 004 05", assignment=2)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)


def shift(key: int, start: datetime, end: datetime, line: Line | None) -> Shift:
    return Shift(key, to_minutes(start), to_minutes(end), line)


def rota(*shifts: Shift, key: int = 1, **more) -> Rota:
    values = {"need": Need.VISIT, "areas": frozenset({1}), "unit": UNIT, "line": Line("Enheten", "0980-319 200")}
    return Rota(key, f"R{key}", shifts=shifts, **{**values, **more})


def ask(book: Book, *parts: int, need: Need = Need.VISIT, place: Place = HEBY):
    return answers_now(book, at(*parts), place, need)


def test_112_is_the_answer_to_danger_and_nobody_else_is():
    found = ask(Book(), 2026, 11, 23, 3, 0, need=Need.LIFE)
    assert isinstance(found, Answer)
    assert found.line.number == "112"


def test_no_rota_is_a_named_hole_with_a_human_to_call():
    found = ask(Book(), 2026, 11, 23, 3, 0)
    assert isinstance(found, Hole)
    assert (found.reason, found.last.number) == (Reason.NO_ROTA, "1177")
    assert ask(Book(), 2026, 11, 23, 3, 0, need=Need.CRISIS).last.number == "112"


def test_who_until_when_and_who_after_that():
    book = Book((rota(
        shift(1, at(2026, 11, 23, 7), at(2026, 11, 23, 14), IDA), shift(2, at(2026, 11, 23, 14), at(2026, 11, 23, 22), SANNA)
    ),))  # fmt: skip
    found = ask(book, 2026, 11, 23, 9, 0)
    assert (found.line, found.until, found.after.line) == (IDA, at(2026, 11, 23, 14), SANNA)
    evening = ask(book, 2026, 11, 23, 21, 59)
    assert isinstance(evening.after, Hole)
    assert ask(book, 2026, 11, 23, 22, 0).reason == Reason.GAP


@pytest.mark.parametrize(("day", "hours"), [((2027, 3, 27), 7), ((2026, 10, 24), 9), ((2026, 11, 23), 8)])
def test_a_night_over_the_change_of_summer_time_has_no_hole(day, hours):
    night = Pattern(1, frozenset(range(7)), 23 * 60, 7 * 60, IDA)
    book = Book((rota(patterns=(night,)),))
    start = datetime(*day, 23, 0, tzinfo=ZONE)
    found = answers_now(book, start, HEBY, Need.VISIT)
    assert to_minutes(found.until) - to_minutes(start) == hours * 60
    assert to_minutes(found.start) == to_minutes(start)


def test_times_that_spring_skips_or_autumn_repeats_are_answered():
    book = Book((rota(patterns=(Pattern(1, frozenset(range(7)), 150, 240, IDA),)),))
    skipped = answers_now(book, datetime(2027, 3, 28, 1, 35, tzinfo=UTC), HEBY, Need.VISIT)
    assert isinstance(skipped, Answer)
    twice = [answers_now(book, datetime(2026, 10, 25, h, 45, tzinfo=UTC), HEBY, Need.VISIT) for h in (0, 1, 2)]
    assert [found.answered for found in twice] == [True, True, True]


def test_a_public_holiday_counts_as_sunday():
    days = public_holidays([2026])
    assert {date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31), date(2026, 1, 6)} <= days
    weekdays = Pattern(1, frozenset(range(5)), 8 * 60, 17 * 60, IDA)
    sundays = Pattern(2, frozenset({6}), 8 * 60, 17 * 60, SANNA)
    book = Book((rota(patterns=(weekdays, sundays)),), holidays=days)
    assert ask(book, 2026, 12, 23, 10, 0).line == IDA
    assert ask(book, 2026, 12, 24, 10, 0).line == SANNA
    assert not ask(Book((rota(by_hours=True),), holidays=days), 2026, 12, 25, 10, 0).answered


def test_whoever_stands_in_answers_and_nobody_is_a_named_hole():
    on = shift(1, at(2026, 11, 23, 7), at(2026, 11, 23, 22), IDA)
    away = Absence(1, 1, to_minutes(at(2026, 11, 23, 7)), to_minutes(at(2026, 11, 23, 12)), SANNA)
    assert ask(Book((rota(on),), (away,)), 2026, 11, 23, 9, 0).line == SANNA
    assert ask(Book((rota(on),), (away,)), 2026, 11, 23, 12, 0).line == IDA
    both = (away, Absence(2, 2, away.start, away.end, IDA))
    assert ask(Book((rota(on),), both), 2026, 11, 23, 9, 0).reason == Reason.ABSENT


def test_a_closed_unit_answers_no_more_and_unknown_hours_are_not_open():
    closed = Hours(1, "Nedlagd", always=True, closed_from=date(2026, 11, 23))
    assert ask(Book((rota(by_hours=True, unit=closed),)), 2026, 11, 22, 23, 59).answered
    assert ask(Book((rota(by_hours=True, unit=closed),)), 2026, 11, 23, 0, 0).reason == Reason.CLOSED
    unknown = Hours(1, "Okänd", known=False)
    assert ask(Book((rota(by_hours=True, unit=unknown),)), 2026, 11, 23, 10, 0).reason == Reason.UNKNOWN


def test_a_vacant_shift_masks_the_pattern():
    every = Pattern(1, frozenset(range(7)), 0, 0, IDA)
    empty = shift(1, at(2026, 11, 23, 21, 30), at(2026, 11, 24, 0), None)
    found = ask(Book((rota(empty, patterns=(every,)),)), 2026, 11, 23, 22, 0)
    assert (found.reason, found.until, found.after.line) == (Reason.VACANT, at(2026, 11, 24), IDA)


def test_of_two_at_once_the_one_who_began_first_answers_and_both_are_told():
    made = rota(
        shift(1, at(2026, 11, 23, 7), at(2026, 11, 23, 15), IDA),
        shift(2, at(2026, 11, 23, 14), at(2026, 11, 23, 22), SANNA),
    )
    book = Book((made,))
    assert ask(book, 2026, 11, 23, 14, 30).line == IDA
    found = check(made, book, to_minutes(at(2026, 11, 23)), to_minutes(at(2026, 11, 24)))
    assert [(f.kind, f.who) for f in found if f.kind == Kind.OVERLAP] == [(Kind.OVERLAP, ("Ida", "Sanna"))]
    assert len([f for f in found if f.kind == Kind.HOLE]) == 2


def test_who_knows_the_person_is_asked_first_and_her_contacts_before_that():
    near = rota(key=1, by_hours=True, unit=Hours(7, "Nära", always=True), order=90, line=Line("Nära", "1"))
    far = rota(key=2, by_hours=True, unit=Hours(8, "Långt", always=True), order=10, line=Line("Långt", "2"))
    book = Book((near, far))
    assert ask(book, 2026, 11, 23, 9, 0).line.who == "Långt"
    knows = Place("Heby", (1,), frozenset({7}))
    assert ask(book, 2026, 11, 23, 9, 0, place=knows).line.who == "Nära"
    contact = ContactPerson(frozenset({Need.VISIT}), Hours(9, "VC", always=True), SANNA)
    hers = Place("Heby", (1,), frozenset({7}), (contact,))
    assert ask(book, 2026, 11, 23, 9, 0, place=hers).line == SANNA
    assert ask(book, 2026, 11, 23, 3, 0, place=hers).line.who == "Nära", "a contact works in office hours"
    people = chain(book, at(2026, 11, 23, 9, 0), hers, Need.VISIT)
    assert [line.who for line, _unit in people] == ["Sanna", "Nära", "Långt", "1177"]


def test_what_changed_since_last_week():
    key = (1, "visit")
    then = {key: [(at(2026, 11, 23, 8), at(2026, 11, 23, 12))]}
    now = {key: [(at(2026, 11, 23, 10), at(2026, 11, 23, 14))]}
    new, closed = changes(then, now, at(2026, 11, 23), at(2026, 11, 30))
    assert new == [(key, at(2026, 11, 23, 12), at(2026, 11, 23, 14))]
    assert closed == [(key, at(2026, 11, 23, 8), at(2026, 11, 23, 10))]


def test_six_weeks_over_the_change_of_time_are_as_long_as_they_are():
    found = cover(Book(), [HEBY], date(2027, 3, 1), 6)
    assert found.length == 6 * 168 - 1
    assert moment_of(found.start).astimezone(ZONE).hour == moment_of(found.end).astimezone(ZONE).hour == 0
