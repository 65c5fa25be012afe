"""What speaks against a shift or a delegation, as tables."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from samband.resources.rules import checks, files
from samband.resources.rules.checks import Rest, Worker, Wrong

DAY = date(2026, 11, 23)
YEAR_AGO = date(2025, 11, 1)


def at(hour: int, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def worker(**more):
    return Worker(**{"role": "assistant", "starts_on": YEAR_AGO, "skills": frozenset({"none", "assistant"})} | more)


@pytest.mark.parametrize(
    ("span", "who", "rest", "wrong"),
    [
        ((at(7), at(15)), worker(), Rest(), []),
        ((at(15), at(7)), worker(), Rest(), [Wrong.ORDER]),
        ((at(7), at(7)), worker(), Rest(), [Wrong.ORDER]),
        ((at(7), at(8, 24)), worker(), Rest(), [Wrong.LONG]),
        ((at(7), at(15)), worker(taken=((at(14), at(22)),)), Rest(), [Wrong.OVERLAP]),
        ((at(7), at(15)), worker(taken=((at(15), at(22)),)), Rest(), []),
        ((at(7), at(15)), worker(away=((at(0), at(23)),)), Rest(), [Wrong.AWAY]),
        ((at(7), at(15)), worker(skills=frozenset({"none"})), Rest(), [Wrong.NO_COMPETENCE]),
        ((at(7), at(15)), worker(role="administrator"), Rest(), [Wrong.NO_VISITS]),
        ((at(7), at(15)), worker(ends_on=date(2026, 11, 1)), Rest(), [Wrong.NOT_EMPLOYED]),
        ((at(7), at(15)), worker(), Rest(time(11), None, 30), [Wrong.BREAK_PART]),
        ((at(7), at(8)), worker(), Rest(time(7), time(8), 60), [Wrong.BREAK_LONG]),
    ],
)
def test_what_speaks_against_a_shift(span, who, rest, wrong):
    assert [one.wrong for one in checks.shift(*span, (DAY, DAY), who, rest)] == wrong


@pytest.mark.parametrize(
    ("first", "last", "rest", "outside"),
    [
        (time(7), time(15), Rest(time(11), time(13), 30), False),
        (time(7), time(15), Rest(time(6), time(6, 30), 30), True),
        (time(7), time(15), Rest(time(14), time(14, 45), 30), True),
        (time(7), time(15), Rest(time(13), time(11), 30), True),
        (time(21, 30), time(7), Rest(time(1), time(4), 30), False),  # over midnight
        (time(21, 30), time(7), Rest(time(8), time(9), 30), True),
        (time(7), time(7), Rest(time(6), time(6, 30), 30), False),  # round the clock
    ],
)
def test_a_break_fits_into_its_shift(first, last, rest, outside):
    assert checks.outside(first, last, rest) is outside


@pytest.mark.parametrize(
    ("role", "same", "days", "valid", "wrong"),
    [
        ("assistant", False, (0, 100), [], []),
        ("nurse", False, (0, 100), [], [Wrong.LICENSED]),
        ("physician", False, (0, 100), [], [Wrong.LICENSED]),
        ("administrator", False, (0, 100), [], [Wrong.NO_VISITS]),
        ("assistant", True, (0, 100), [], [Wrong.SELF]),
        ("assistant", False, (10, 5), [], [Wrong.DAYS]),
        ("assistant", False, (-20, -10), [], [Wrong.PAST]),
        ("assistant", False, (0, 400), [], [Wrong.YEAR]),
        ("assistant", False, (0, 100), [(50, 60)], [Wrong.TWICE]),
        ("assistant", False, (61, 100), [(50, 60)], []),
    ],
)
def test_what_speaks_against_a_delegation(role, same, days, valid, wrong):
    def on(n: int) -> date:
        return DAY + timedelta(days=n)

    found = checks.delegation(role, same, on(days[0]), on(days[1]), DAY, [(on(a), on(b)) for a, b in valid])
    assert [one.wrong for one in found] == wrong


def test_what_is_written_as_a_calendar_is_read_again_with_its_key():
    rows = [files.Event("k1@samband", at(7), at(15), "Åsa; Öhman, dag\nEND:VEVENT")]
    text = files.decoded(files.calendar(rows, at(6)))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (line,) = files.events(text)
    assert line["who"] == "Åsa; Öhman, dag END:VEVENT"
    assert line["uid"] == "k1@samband"
    assert (files.moment(line["start"]), files.moment(line["end"])) == (at(7), at(15))


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"a;b\n1;2", "columns"), ("från;till;vem".encode(), "empty"), (b"\x00\x01", "letters")],
)
def test_a_file_that_cannot_be_read_says_why(content, code):
    heads = {"start": ("från",), "end": ("till",), "who": ("vem",)}
    with pytest.raises(files.BadFile) as found:
        files.table(files.decoded(content), heads, ("start", "end"))
    assert found.value.code == code
