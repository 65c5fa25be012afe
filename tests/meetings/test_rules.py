"""The pure rules, by table."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samband.contact.rules import files
from samband.core.decision import Actor, allow, deny
from samband.meetings.rules import access, agenda, due, ical, times
from samband.meetings.rules.merge import merge

ZONE = ZoneInfo("Europe/Stockholm")
YES, NO = allow("P2", "ja", "yes"), deny("P6", "nej", "no")
NURSE = Actor(kind="staff", role="nurse", unit_id=1, unit_ids=(1,), assignment_id=10, org_kind="municipality")
ASSISTANT = Actor(kind="staff", role="assistant", unit_id=1, unit_ids=(1,), assignment_id=11, org_kind="municipality")
TEACHER = Actor(kind="staff", role="outside", unit_id=5, unit_ids=(5,), assignment_id=50, org_kind="outside")
ADMIN = Actor(kind="staff", role="administrator", unit_id=1, unit_ids=(1,), assignment_id=12, org_kind="region")
HER = Actor(kind="person", person_id=7)
SON = Actor(kind="relative", person_id=7, relative_id=3)
FACTS = access.MeetingFacts(frozenset({1}), frozenset({20}), frozenset({3}), caller_unit=1)


# Who may


@pytest.mark.parametrize(
    ("actor", "facts", "plan", "may"),
    [
        (NURSE, access.MeetingFacts(), YES, True),  # P2: a party reads the plan's meetings
        (NURSE, FACTS, NO, False),  # P6: withdrawn, whatever she is called to
        (TEACHER, access.MeetingFacts(units=frozenset({5})), YES, True),
        (TEACHER, FACTS, YES, False),  # P5: not called
        (SON, FACTS, YES, True),
        (SON, access.MeetingFacts(), YES, False),  # P4: not called
        (SON, FACTS, NO, False),  # A13: nothing is shared any longer
        (HER, access.MeetingFacts(), YES, True),
    ],
)
def test_P2_P4_P5_who_reads(actor, facts, plan, may):
    assert bool(access.read(actor, plan, facts)) is may


@pytest.mark.parametrize(
    ("actor", "may"), [(NURSE, True), (ASSISTANT, False), (TEACHER, False), (ADMIN, False), (HER, False), (SON, False)]
)
def test_P3_who_calls(actor, may):
    assert bool(access.call(actor, YES)) is may
    assert not access.call(actor, NO)


def test_P3_P6_who_moves_and_cancels():
    other = access.MeetingFacts(caller_unit=9)
    assert access.manage(NURSE, YES, FACTS)
    assert not access.manage(NURSE, YES, other)
    assert access.manage(NURSE, YES, access.MeetingFacts(caller_unit=9, caller_is_party=False)).rule == "P6"


def test_P3_who_writes_and_corrects():
    assert access.write(ASSISTANT, YES, FACTS)
    assert not access.write(TEACHER, YES, FACTS)
    assert not access.write(HER, YES, FACTS)
    assert not access.write(NURSE, YES, access.MeetingFacts(finished=True))
    assert not access.write(NURSE, YES, access.MeetingFacts(cancelled=True))
    assert access.correct(NURSE, YES, access.MeetingFacts(finished=True))
    assert not access.correct(NURSE, YES, FACTS)


@pytest.mark.parametrize(
    ("actor", "who", "may"),
    [
        (HER, access.Invited("person"), True),
        (HER, access.Invited("relative", relative=3), False),
        (SON, access.Invited("relative", relative=3), True),
        (SON, access.Invited("relative", relative=4), False),
        (SON, access.Invited("person"), False),
        (NURSE, access.Invited("unit", unit=1), True),
        (NURSE, access.Invited("unit", unit=2), False),
        (NURSE, access.Invited("staff", unit=1, assignment=10), True),
        (NURSE, access.Invited("staff", unit=1, assignment=99), False),
        (NURSE, access.Invited("person"), False),
        (ADMIN, access.Invited("relative", relative=3), False),
    ],
)
def test_each_answers_for_herself(actor, who, may):
    assert bool(access.answer(actor, YES, who, FACTS)) is may
    assert not access.answer(actor, NO, who, FACTS)
    assert not access.answer(actor, YES, who, access.MeetingFacts(cancelled=True))
    assert not access.answer(actor, YES, who, access.MeetingFacts(begun=True))
    assert bool(access.calendar(actor, YES, who)) is may


def test_P4_who_raises_an_item():
    assert access.raise_item(SON, YES, NO, YES, FACTS)
    assert not access.raise_item(SON, YES, NO, NO, FACTS)  # shared reading is not writing
    assert access.raise_item(HER, YES, NO, YES, FACTS)
    assert not access.raise_item(TEACHER, YES, NO, NO, FACTS)
    assert not access.raise_item(HER, YES, NO, YES, access.MeetingFacts(finished=True))


# Times


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


NOW = at(23, 9)


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (at(24, 10), at(24, 11), None),
        (at(23, 8, 59), at(23, 10), times.Wrong.PAST),
        (at(24, 11), at(24, 11), times.Wrong.ORDER),
        (at(24, 11), at(24, 10), times.Wrong.ORDER),
        (at(24, 8), at(24, 17), times.Wrong.LONG),
        (at(24, 8).replace(year=2029), at(24, 9).replace(year=2029), times.Wrong.FAR),
    ],
)
def test_what_cannot_be(start, end, wrong):
    assert times.wrong(start, end, NOW) == wrong


def test_two_that_touch_do_not_clash():
    busy = [times.Busy("Ida", at(24, 9), at(24, 10)), times.Busy("Ida", at(24, 11), at(24, 12))]
    assert times.clashes(at(24, 10), at(24, 11), busy) == []
    assert [row.who for row in times.clashes(at(24, 9, 30), at(24, 11, 1), busy)] == ["Ida", "Ida"]


OFFICE = times.UnitHours("Rehab", week={day: [(time(8), time(12))] for day in range(5)})


def test_hours_that_nobody_entered_are_not_closed():
    assert times.UnitHours("Okänd").open_during(at(24, 3), at(24, 4)) is None
    assert times.closed(at(24, 13), at(24, 14), [times.UnitHours("Okänd"), OFFICE]) == ["Rehab"]
    assert OFFICE.open_during(at(24, 11), at(24, 12)) is True
    assert OFFICE.open_during(at(24, 11, 30), at(24, 12, 30)) is False
    assert times.UnitHours("Jour", always=True).open_during(at(24, 23), at(25, 1)) is True


def test_suggested_times_fit_everybody_and_are_working_days():
    busy = [times.Busy("Ida", at(24, 8), at(24, 12))]
    found = times.suggest(timedelta(hours=1), NOW, busy, [OFFICE], frozenset({date(2026, 11, 26)}))
    assert len(found) == times.MOST
    for start in found:
        assert start.weekday() < 5
        assert start.date() not in (date(2026, 11, 24), date(2026, 11, 26))
        assert OFFICE.open_during(start, start + timedelta(hours=1))


def test_a_suggested_time_is_the_clock_on_the_wall_after_the_change_of_summer_time():
    before = datetime(2026, 10, 23, 9, tzinfo=ZONE)  # Friday; the clock goes back on Sunday
    found = times.suggest(timedelta(hours=1), before, [], [])
    assert {start.astimezone(ZONE).hour for start in found} == {8, 11}
    assert found[0].astimezone(UTC).hour == 7


# Agenda


def thing(key: str) -> agenda.Thing:
    return agenda.Thing(key, key)


def test_her_words_come_first_and_an_empty_plan_still_asks_for_them():
    assert [q.kind for q in agenda.questions(agenda.PlanFacts())] == ["words"]
    full = agenda.PlanFacts(
        "Hemma",
        thing("a"),
        (thing("b"),),
        (thing("c"),),
        (thing("d"),),
        ("mål",),
        ("fast läkarkontakt",),
        thing("e"),
        (thing("f"),),
    )
    kinds = [q.kind for q in agenda.questions(full)]
    assert kinds == ["words", "late", "declined", "proposal", "nobody", "missing", "contact", "follow_up", "goal"]
    sources = [q.source for q in agenda.questions(full)]
    assert len(set(sources)) == len(sources)


@pytest.mark.parametrize(
    ("key", "step", "order"), [(2, -1, [2, 1, 3]), (1, -1, [1, 2, 3]), (3, 1, [1, 2, 3]), (1, 1, [2, 1, 3])]
)
def test_moving_an_item(key, step, order):
    assert agenda.moved([1, 2, 3], key, step) == order


# Two who write at once


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "text", "clash"),
    [
        ("", "A", "", "A", False),
        ("", "A", "A", "A", False),
        ("a", "a", "b", "b", False),
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC", False),
        ("a", "a\nmin", "a\nderas", "a\nderas\nmin", False),
        ("a", "min", "deras", "deras\nmin", True),
        ("a\nb", "b", "a\nb\nc", "b\nc", False),
    ],
)
def test_merge(base, mine, theirs, text, clash):
    found = merge(base, mine, theirs)
    assert (found.text, found.clash) == (text, clash)


LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=6).map("\n".join)


@given(LINES, LINES, LINES)
@settings(max_examples=300, deadline=None)
def test_no_new_line_of_either_is_lost(base, mine, theirs):
    text = merge(base, mine, theirs).text.splitlines()
    old = set(base.splitlines())
    for line in (set(mine.splitlines()) | set(theirs.splitlines())) - old - {""}:
        assert line in text


# The calendar


def invitation(**more) -> ical.Invitation:
    values = {
        "uid": "11-22@samband", "sequence": 2, "starts": at(24, 10), "ends": at(24, 11), "stamp": NOW, "summary": "Möte i Samband",
        "text": "Logga in: https://samband.test/x", "url": "https://samband.test/x", "organizer": "samband@samband.test",
    }  # fmt: skip
    return ical.Invitation(**{**values, **more})


def unfolded(raw: bytes) -> list[str]:
    return raw.decode().replace("\r\n ", "").split("\r\n")


def test_the_file_is_read_back_by_our_own_reader():
    rows = files.read("x.ics", ical.write(invitation()))
    assert [(row.start, row.end, row.who, row.wrong) for row in rows] == [
        (at(24, 10).astimezone(UTC), at(24, 11).astimezone(UTC), "Möte i Samband", None)
    ]


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        (datetime(2027, 3, 27, 10, tzinfo=ZONE), "20270327T090000Z"),  # the day before summer time
        (datetime(2027, 3, 28, 10, tzinfo=ZONE), "20270328T080000Z"),  # the day it begins
        (datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=1), "20261025T013000Z"),  # the hour that comes twice
        (datetime(2026, 10, 25, 2, 30, tzinfo=ZONE), "20261025T003000Z"),
    ],
)
def test_times_across_summer_time(start, utc):
    assert f"DTSTART:{utc}" in unfolded(ical.write(invitation(starts=start, ends=start + timedelta(hours=1))))


def test_a_cancelled_meeting_has_the_same_uid_and_a_higher_sequence():
    first, gone = unfolded(ical.write(invitation())), unfolded(ical.write(invitation(sequence=3, cancelled=True)))
    assert {"METHOD:PUBLISH", "STATUS:CONFIRMED", "SEQUENCE:2", "UID:11-22@samband"} <= set(first)
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", "UID:11-22@samband"} <= set(gone)
    assert not any(line.startswith("BEGIN:VALARM") for line in gone)


def test_nothing_breaks_out_of_its_line():
    evil = "Möte\r\nATTENDEE:mailto:a@b\nX:1\x00"
    lines = unfolded(ical.write(invitation(summary=evil, text=evil, url=evil, organizer=evil, uid=evil)))
    assert not any(line.startswith(("ATTENDEE", "X:1")) for line in lines)
    assert sum(line.startswith("BEGIN:VEVENT") for line in lines) == 1


def test_lines_are_at_most_75_octets_and_no_letter_is_cut():
    raw = ical.write(invitation(text="åäö" * 100))
    assert all(len(line) <= ical.WIDTH for line in raw.split(b"\r\n"))
    assert raw.decode()  # no letter is cut
    assert any("åäö" * 100 in line for line in unfolded(raw))


# The clock


def clocked(**more) -> due.Clocked:
    values = {"starts": at(25, 9), "ends": at(25, 10), "called": at(20, 9), "open": True}
    return due.Clocked(**{**values, **more})


@pytest.mark.parametrize(
    ("meeting", "now", "told"),
    [
        (clocked(), at(24, 8, 59), False),
        (clocked(), at(24, 9), True),
        (clocked(), at(25, 8, 59), True),
        (clocked(), at(25, 9), False),
        (clocked(reminded=True), at(24, 10), False),
        (clocked(open=False), at(24, 10), False),
        (clocked(called=at(24, 9, 30)), at(24, 10), False),  # the call itself was the reminder
    ],
)
def test_reminder_of_a_meeting(meeting, now, told):
    assert due.remind_of_meeting(meeting, now) is told


@pytest.mark.parametrize(
    ("asked", "now", "told"),
    [
        (at(20, 9), at(22, 8), False),
        (at(20, 9), at(22, 9), True),
        (at(24, 9), at(24, 12), False),
        (at(24, 9), at(24, 13), True),  # near: four hours are enough
        (at(25, 7), at(25, 8), True),  # very near: half of the time that was left
        (at(25, 7), at(25, 9), False),
    ],
)
def test_reminder_to_answer(asked, now, told):
    assert due.remind_to_answer(clocked(), asked, False, now) is told
    assert due.remind_to_answer(clocked(), asked, True, now) is False


def test_reminder_of_minutes_the_morning_after():
    assert not due.remind_of_minutes(clocked(), at(26, 3))
    assert due.remind_of_minutes(clocked(), at(26, 4))
    assert not due.remind_of_minutes(clocked(open=False), at(26, 8))
    assert not due.remind_of_minutes(clocked(minutes_reminded=True), at(26, 8))
