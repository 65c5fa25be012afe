"""The pure rules as tables: when it goes, to whom next, how often again, how long kept, where to."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samband.core.decision import ANONYMOUS, Actor
from samband.notices.rules import access, endpoints, escalation, keeping, trying
from samband.notices.rules.escalation import Step, To
from samband.notices.rules.sending import ZONE, Kind, Prefs, after_quiet, next_digest, when_to_send

PLAIN = Kind()
SOON = Kind(receipt=True, escalate_after=timedelta(hours=1))
LATER = Kind(receipt=True, escalate_after=timedelta(hours=2))
BOTH = Prefs(mail=True, push=True)
CALM = Prefs(mail=True, at_once=False)
LATE = Prefs(mail=True, digests=(time(22),))
AWAKE = Prefs(mail=True, push=True, break_through=True)


def sv(text: str, fold: int = 0) -> datetime:
    """Wall clock in Sweden, as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=fold).astimezone(UTC)


TABLE = [
    # what, kind, choices, told, mail, push
    ("by day it knocks at once and waits for the digest", PLAIN, BOTH, "2026-11-25T10:00", "2026-11-25T15:00", "2026-11-25T10:00"),
    ("exactly at a digest it is in that one", PLAIN, BOTH, "2026-11-25T15:00", "2026-11-25T15:00", "2026-11-25T15:00"),
    ("after the last digest it is in tomorrow's", PLAIN, BOTH, "2026-11-25T15:01", "2026-11-26T07:00", "2026-11-25T15:01"),
    ("a receipt is mailed at once by day", LATER, BOTH, "2026-11-25T10:00", "2026-11-25T10:00", "2026-11-25T10:00"),
    ("at night it waits for the morning", LATER, BOTH, "2026-11-25T23:00", "2026-11-26T06:00", "2026-11-26T06:00"),
    ("quiet begins on the minute", SOON, BOTH, "2026-11-25T21:00", "2026-11-26T06:00", "2026-11-26T06:00"),
    ("and ends on the minute", SOON, BOTH, "2026-11-26T06:00", "2026-11-26T06:00", "2026-11-26T06:00"),
    ("a receipt within the hour breaks through if allowed", SOON, AWAKE, "2026-11-25T23:00", "2026-11-25T23:00", "2026-11-25T23:00"),
    ("a slower receipt does not", LATER, AWAKE, "2026-11-25T23:00", "2026-11-26T06:00", "2026-11-26T06:00"),
    ("nor what wants no receipt", PLAIN, AWAKE, "2026-11-25T23:00", "2026-11-26T07:00", "2026-11-26T06:00"),
    ("summer time begins: the night is an hour shorter", SOON, BOTH, "2026-03-29T01:59", "2026-03-29T06:00", "2026-03-29T06:00"),
    ("summer time ends: the night is an hour longer", SOON, BOTH, "2026-10-25T02:30", "2026-10-25T06:00", "2026-10-25T06:00"),
    ("the inbox alone", SOON, Prefs(), "2026-11-25T10:00", None, None),
    ("mail alone", PLAIN, Prefs(mail=True), "2026-11-25T10:00", "2026-11-25T15:00", None),
    ("a receipt waits for the digest where wanted so", SOON, CALM, "2026-11-25T10:00", "2026-11-25T15:00", None),
    ("own times", PLAIN, Prefs(mail=True, digests=(time(12, 30),)), "2026-11-25T12:31", "2026-11-26T12:30", None),
    ("no quiet at all", PLAIN, Prefs(push=True, quiet=(time(6), time(6))), "2026-11-25T03:00", None, "2026-11-25T03:00"),
    ("quiet by day", PLAIN, Prefs(push=True, quiet=(time(8), time(16))), "2026-11-25T10:00", None, "2026-11-25T16:00"),
    ("a digest in the quiet hours goes when they end", PLAIN, LATE, "2026-11-25T20:00", "2026-11-26T06:00", None),
]  # fmt: skip


@pytest.mark.parametrize(("what", "kind", "prefs", "told", "mail", "push"), TABLE, ids=[row[0] for row in TABLE])
def test_when_it_goes(what, kind, prefs, told, mail, push):
    when = when_to_send(kind, prefs, sv(told))
    assert (when.mail, when.push) == (sv(mail) if mail else None, sv(push) if push else None)


def test_on_a_shift_nothing_is_quiet_unless_the_reader_says_so():
    night = sv("2026-11-25T23:00")
    assert when_to_send(PLAIN, BOTH, night, on_duty=True).push == night
    silent = Prefs(push=True, on_shift=False)
    assert when_to_send(PLAIN, silent, night, on_duty=True).push == sv("2026-11-26T06:00")


def test_a_time_that_spring_skips_is_the_one_an_hour_later():
    prefs = Prefs(mail=True, digests=(time(2, 30),), quiet=(time(0), time(0)))
    assert next_digest(prefs, sv("2026-03-29T01:00")) == sv("2026-03-29T03:30")


def test_quiet_that_ends_in_the_hour_that_autumn_has_twice_ends_once():
    prefs = Prefs(quiet=(time(21), time(2, 30)))
    assert after_quiet(prefs, sv("2026-10-25T02:10")) == sv("2026-10-25T02:30")
    second = sv("2026-10-25T02:10", fold=1)
    assert after_quiet(prefs, second) == second


moments = st.integers(0, 2 * 366 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


@settings(max_examples=400, deadline=None)
@given(moments, clocks, clocks, st.booleans(), st.sampled_from([PLAIN, SOON, LATER]), st.lists(clocks, max_size=4))
def test_it_never_goes_before_it_is_told_nor_at_night(now, start, end, through, kind, digests):
    """Against an oracle that walks the minutes: not quiet is what no stretch of wall-clock quiet holds."""
    prefs = Prefs(True, True, tuple(digests), quiet=(start, end), break_through=through)
    when = when_to_send(kind, prefs, now)
    assert when.mail >= now
    assert now <= when.push <= now + timedelta(hours=25)
    if not (kind.urgent and through):
        assert after_quiet(prefs, when.push) == when.push
        assert not _quiet(when.push, start, end)
        assert when.push == now or all(_quiet(m, start, end) for m in _minutes(now, when.push))
    assert when.mail <= now + timedelta(days=2, hours=25)


def _minutes(start: datetime, end: datetime):
    while start < end:
        yield start
        start += timedelta(minutes=47)


def _quiet(moment: datetime, start: time, end: time) -> bool:
    """Plain: some night that began at the first wall-clock `start` has not yet come to the first `end`."""
    if start == end:
        return False
    for back in (0, 1, 2):
        day = moment.astimezone(ZONE).date() - timedelta(days=back)
        ends = day if end > start else day + timedelta(days=1)
        begin = datetime.combine(day, start, tzinfo=ZONE).timestamp()
        stop = datetime.combine(ends, end, tzinfo=ZONE).timestamp()
        if begin <= moment.timestamp() < stop:
            return True
    return False


NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("to", "chain"),
    [
        (To.ASSIGNMENT, [Step.OTHERS, Step.COORDINATORS, Step.BOARD]),
        (To.UNIT, [Step.COORDINATORS, Step.BOARD]),
        (To.PERSON, [Step.SENDER, Step.BOARD]),
        (To.RELATIVE, [Step.SENDER, Step.BOARD]),
    ],
)
def test_each_step_waits_as_long_as_the_first(to, chain):
    state, now, taken = escalation.State(to, timedelta(hours=1), NOW), NOW, []
    while (at := escalation.due(state)) is not None:
        assert at == now + timedelta(hours=1)
        assert escalation.step(state, at - timedelta(seconds=1)) is None
        now = at
        step, state = escalation.step(state, now)
        taken.append(step)
    assert taken == chain


@pytest.mark.parametrize("state", [
    escalation.State(To.UNIT, timedelta(hours=1), NOW, acknowledged=True),
    escalation.State(To.UNIT, None, NOW),
    escalation.State(To.UNIT, timedelta(hours=1), NOW, level=2),
])  # fmt: skip
def test_nothing_is_carried_further_when_it_need_not(state):
    assert escalation.due(state) is None
    assert escalation.step(state, NOW + timedelta(days=9)) is None


def test_back_off_grows_and_ends():
    waits = [trying.wait(n) for n in range(1, 7)]
    assert waits == sorted(waits)
    assert trying.wait(7) is None
    assert [trying.failing(n) for n in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize(
    ("days", "open_receipts", "goes"), [(181, 0, True), (180, 0, False), (179, 0, False), (4000, 1, False)]
)
def test_what_may_go(days, open_receipts, goes):
    assert keeping.may_go(NOW - timedelta(days=days), open_receipts, NOW) is goes


ORIGINS = ("https://push.example", "https://*.push.example.com", "http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("endpoint", "yes"),
    [
        ("https://push.example/abc", True),
        ("https://push.example:443/abc", False),
        ("http://push.example/abc", False),
        ("https://a.push.example.com/x", True),
        ("https://push.example.com/x", False),
        ("https://apush.example.com/x", False),
        ("https://push.example.evil.com/x", False),
        ("https://push.example@evil.com/x", False),
        ("https://evil.com/https://push.example", False),
        ("https://push.example/#x", False),
        ("https://push.example\\@evil.com/", False),
        ("http://127.0.0.1:9/x", True),
        ("http://127.0.0.1:10/x", False),
        ("http://169.254.169.254/latest", False),
        ("file:///etc/passwd", False),
        ("https://push.example/" + "x" * 1000, False),
        ("https://[::1/", False),
        ("", False),
    ],
)
def test_where_a_push_may_go(endpoint, yes):
    assert endpoints.allowed(endpoint, ORIGINS) is yes


ALICE = Actor(kind="staff", staff_id=1, assignment_id=10)


@pytest.mark.parametrize(
    ("actor", "reader", "reads", "acknowledges"),
    [
        (ALICE, access.Reader(staff=1, assignment=10), True, True),
        (ALICE, access.Reader(staff=1, assignment=11), True, False),
        (ALICE, access.Reader(staff=2, assignment=12), False, False),
        (ALICE, access.Reader(person=1), False, False),
        (Actor(kind="person", person_id=1), access.Reader(person=1), True, True),
        (Actor(kind="person", person_id=1), access.Reader(person=2), False, False),
        (Actor(kind="person", person_id=1), access.Reader(staff=1, assignment=10), False, False),
        (Actor(kind="relative", person_id=1, relative_id=5), access.Reader(relative=5), True, True),
        (Actor(kind="relative", person_id=1, relative_id=5), access.Reader(person=1), False, False),
        (ANONYMOUS, access.Reader(person=1), False, False),
        (ANONYMOUS, access.Reader(), False, False),
        (Actor(kind="person"), access.Reader(), False, False),
    ],
)
def test_A1_A13_P4_a_copy_is_its_readers_alone(actor, reader, reads, acknowledges):
    assert bool(access.read(actor, reader)) is reads
    assert bool(access.acknowledge(actor, reader)) is acknowledges
