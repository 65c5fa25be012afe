"""What is said about one rota before and after it is changed: overlaps, holes, nobody behind a name, short and long nights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samband.contact.rules.days import moment_of
from samband.contact.rules.model import ZONE, Book, Line, Reason, Rota, Shift
from samband.contact.rules.unfold import pieces


class Kind(StrEnum):
    """What was found."""

    HOLE = "hole"
    OVERLAP = "overlap"
    TWICE = "twice"
    NO_NUMBER = "no_number"
    CLOCKS = "clocks"
    CLOSED = "closed"


@dataclass(frozen=True)
class Finding:
    """One remark: what, from when to when, and who. `reason` for holes, `hours` for a night when the clocks change."""

    kind: Kind
    start: datetime
    end: datetime
    who: tuple[str, ...] = ()
    reason: Reason | None = None
    hours: float = 0


def check(rota: Rota, book: Book, start: int, end: int) -> list[Finding]:
    """Everything to be said about the rota between two minutes, in order of time."""
    shifts = [s for s in rota.shifts if s.start < end and s.end > start]
    found = [*_overlaps(shifts), *_twice(rota, book, start, end), *_clocks(shifts), *_holes(rota, book, start, end)]
    found += [
        Finding(Kind.NO_NUMBER, moment_of(s.start), moment_of(s.end), (s.line.who,))
        for s in shifts
        if s.line and not s.line.number
    ]
    return sorted(found, key=lambda f: (f.start, f.kind))


def _overlaps(shifts: Sequence[Shift]) -> list[Finding]:
    """Two on at once in the same rota: the one that began first answers, and both are told."""
    found = []
    rows = sorted(shifts, key=lambda s: (s.start, s.key))
    for i, first in enumerate(rows):
        for second in rows[i + 1 :]:
            if second.start >= first.end:
                break
            who = tuple(s.line.who if s.line else "" for s in (first, second))
            found.append(Finding(Kind.OVERLAP, moment_of(second.start), moment_of(min(first.end, second.end)), who))
    return found


def _twice(rota: Rota, book: Book, start: int, end: int) -> list[Finding]:
    """Somebody who is on in another rota at the same time."""
    found = []
    for other in book.rotas:
        if other.key == rota.key:
            continue
        for theirs in other.shifts:
            for mine in rota.shifts:
                both = (max(mine.start, theirs.start, start), min(mine.end, theirs.end, end))
                if both[0] < both[1] and mine.line and _same(mine.line, theirs.line):
                    who = (mine.line.who, other.name)
                    found.append(Finding(Kind.TWICE, moment_of(both[0]), moment_of(both[1]), who))
    return found


def _same(mine: Line | None, theirs: Line | None) -> bool:
    return bool(mine and theirs and mine.assignment and mine.assignment == theirs.assignment)


def _clocks(shifts: Sequence[Shift]) -> list[Finding]:
    """A shift over the change of summer time is an hour longer or shorter than the clock on the wall says."""
    found = []
    for shift in shifts:
        a, b = moment_of(shift.start).astimezone(ZONE), moment_of(shift.end).astimezone(ZONE)
        if a.utcoffset() != b.utcoffset() and shift.end - shift.start <= 24 * 60:
            who = (shift.line.who,) if shift.line else ()
            found.append(Finding(Kind.CLOCKS, a, b, who, hours=(shift.end - shift.start) / 60))
    return found


def _holes(rota: Rota, book: Book, start: int, end: int) -> list[Finding]:
    """Time in which this rota has nobody. Another rota may answer then; coverage knows."""
    found, at = [], start
    for piece in pieces(rota, book, start, end):
        if piece.start > at:
            found.append(Finding(Kind.HOLE, moment_of(at), moment_of(piece.start), reason=Reason.GAP))
        if not isinstance(piece.value, Line):
            kind = Kind.CLOSED if piece.value is Reason.CLOSED else Kind.HOLE
            found.append(Finding(kind, moment_of(piece.start), moment_of(piece.end), reason=piece.value))
        at = piece.end
    if at < end:
        found.append(Finding(Kind.HOLE, moment_of(at), moment_of(end), reason=Reason.GAP))
    return found
