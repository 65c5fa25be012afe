"""Proof of coverage: every place, need and hour of the coming weeks, as the sum of the resolver's answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from samband.contact.rules.days import moment_of, wall
from samband.contact.rules.model import COUNTED, Book, Line, Need, Place, Reason
from samband.contact.rules.resolver import timeline
from samband.contact.rules.unfold import Piece

HOUR = 60


@dataclass(frozen=True)
class Gap:
    """A hole: nobody answers `need` in `place` from `start` to `end`."""

    area: int
    place: str
    need: Need
    start: datetime
    end: datetime
    reason: Reason

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds() // 60)


@dataclass
class Covered:
    """One place and need: the stretches, and for every hour how many of its minutes somebody answers."""

    place: Place
    need: Need
    pieces: list[Piece]
    hours: list[int]

    @property
    def share(self) -> float:
        return sum(self.hours) / (HOUR * len(self.hours)) if self.hours else 1.0


@dataclass
class Coverage:
    """The whole picture: rows by place and need, holes in order of time, and holes an hour for the heat map."""

    start: int
    end: int
    rows: list[Covered] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def length(self) -> int:
        return (self.end - self.start) // HOUR

    def uncovered(self) -> list[int]:
        """For every hour: how many places and needs have minutes without an answer."""
        found = [0] * self.length
        for row in self.rows:
            for i, minutes in enumerate(row.hours):
                found[i] += minutes < HOUR
        return found


def cover(
    book: Book, places: Sequence[Place], first: date, weeks: int = 6, needs: Iterable[Need] = COUNTED
) -> Coverage:
    """From midnight of `first`, `weeks` weeks of local days (a day has 23 to 25 hours)."""
    start, end = wall(first, 0), wall(first + timedelta(weeks=weeks), 0)
    found = Coverage(start, end)
    needs = tuple(needs)
    for place in places:
        for need in needs:
            line = timeline(book, place, need, start, end)
            found.rows.append(Covered(place, need, line, by_hour(line, start, end)))
            found.gaps += gaps_of(line, place, need)
    found.gaps.sort(key=lambda gap: (gap.start, gap.place, gap.need))
    return found


def by_hour(line: Sequence[Piece], start: int, end: int) -> list[int]:
    """Minutes with an answer in every hour from `start`."""
    hours = [0] * ((end - start) // HOUR)
    for piece in line:
        if not isinstance(piece.value, Line):
            continue
        at = piece.start
        while at < piece.end:
            slot = (at - start) // HOUR
            edge = min(piece.end, start + (slot + 1) * HOUR)
            hours[slot] += edge - at
            at = edge
    return hours


def gaps_of(line: Sequence[Piece], place: Place, need: Need) -> list[Gap]:
    """The stretches without an answer; a hole with two reasons in a row is one hole with the more telling one."""
    found: list[Gap] = []
    for piece in line:
        if isinstance(piece.value, Line):
            continue
        start, end = moment_of(piece.start), moment_of(piece.end)
        if found and found[-1].end == start:
            reason = min(found[-1].reason, piece.value, key=list(Reason).index)
            found[-1] = Gap(place.areas[-1], place.name, need, found[-1].start, end, reason)
        else:
            found.append(Gap(place.areas[-1], place.name, need, start, end, piece.value))
    return found


Stretch = tuple[datetime, datetime]
Key = tuple[int, str]


def changes(
    before: dict[Key, list[Stretch]], after: dict[Key, list[Stretch]], start: datetime, end: datetime
) -> tuple[list, list]:
    """(new, closed) holes between two pictures, within the time that both speak of: [(key, start, end)]."""
    new, closed = [], []
    for key in sorted(before.keys() | after.keys()):
        then, now = _cut(before.get(key, []), start, end), _cut(after.get(key, []), start, end)
        new += [(key, a, b) for a, b in _minus(now, then)]
        closed += [(key, a, b) for a, b in _minus(then, now)]
    return sorted(new, key=lambda row: row[1]), sorted(closed, key=lambda row: row[1])


def _cut(rows: Iterable[Stretch], start: datetime, end: datetime) -> list[Stretch]:
    return [(max(a, start), min(b, end)) for a, b in rows if a < end and b > start]


def _minus(rows: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    left = list(rows)
    for x, y in others:
        left = [part for a, b in left for part in ((a, min(b, x)), (max(a, y), b)) if part[0] < part[1]]
    return left
