"""For any rota and any minute: one answer or a named hole, the same as a plain oracle; coverage is its sum."""

from hypothesis import given, settings
from hypothesis import strategies as st

from samband.contact.rules import (
    Answer,
    Hole,
    Line,
    Need,
    Reason,
    answers_now,
    chain,
    cover,
    day_of,
    moment_of,
    timeline,
    to_minutes,
)
from samband.contact.rules.coverage import by_hour
from tests.contact.books import books, says

SPAN = 4 * 24 * 60


@settings(max_examples=150, deadline=None)
@given(books(), st.lists(st.integers(0, SPAN - 1), min_size=1, max_size=40))
def test_the_resolver_and_the_oracle_agree_on_any_minute(made, some):
    book, place, start = made
    line = timeline(book, place, Need.ADVICE, start, start + SPAN)
    assert line[0].start == start
    assert line[-1].end == start + SPAN
    edges = [edge + step for piece in line for edge in (piece.start, piece.end) for step in (-1, 0)]
    for minute in {*(start + m for m in some), *edges}:
        if not start <= minute < start + SPAN:
            continue
        piece = [p for p in line if p.start <= minute < p.end]
        assert len(piece) == 1, "exactly one answer or hole"
        assert piece[0].value == says(book, place, Need.ADVICE, minute), moment_of(minute)


@settings(max_examples=60, deadline=None)
@given(books(), st.integers(0, SPAN - 1))
def test_answers_now_says_until_when_and_who_after_that(made, away):
    book, place, start = made
    minute = start + away
    found = answers_now(book, moment_of(minute), place, Need.ADVICE)
    expected = says(book, place, Need.ADVICE, minute)
    assert isinstance(found, Answer | Hole)
    assert (found.line if isinstance(found, Answer) else found.reason) == expected
    assert found.last.number in {"1177", "112"}
    if found.until:
        edge = to_minutes(found.until)
        before, after = says(book, place, Need.ADVICE, edge - 1), says(book, place, Need.ADVICE, edge)
        assert before == expected
        assert found.after is not None
        assert (found.after.line if isinstance(found.after, Answer) else found.after.reason) == after
    people = chain(book, moment_of(minute), place, Need.ADVICE)
    assert people[-1][0].number == "1177", "a human at the end of every chain"
    if isinstance(expected, Line):
        assert people[0][0].number == expected.number


@settings(max_examples=40, deadline=None)
@given(books())
def test_coverage_is_the_sum_of_the_resolver(made):
    book, place, start = made
    first = day_of(start)
    found = cover(book, [place], first, weeks=1, needs=[Need.ADVICE])
    row = found.rows[0]
    assert row.hours == by_hour(row.pieces, found.start, found.end)
    for hour in range(0, found.length, 5):
        begins = found.start + 60 * hour
        answered = sum(isinstance(says(book, place, Need.ADVICE, m), Line) for m in range(begins, begins + 60))
        assert row.hours[hour] == answered
    assert sum(gap.minutes for gap in found.gaps) == 60 * found.length - sum(row.hours)
    assert all(isinstance(gap.reason, Reason) and gap.start < gap.end for gap in found.gaps)
