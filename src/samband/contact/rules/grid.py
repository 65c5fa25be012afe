"""A rota's week as people plan it: turns by day, with where each comes from and who really stands there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samband.contact.rules.days import day_of, moment_of, wall
from samband.contact.rules.model import ZONE, Book, Line, Reason, Rota
from samband.contact.rules.unfold import Ranked, by_assignment, open_stretches, paint, pattern_stretches, present


@dataclass(frozen=True)
class Turn:
    """A stretch that starts on `day`. `shift` or `pattern` is its key; neither: the unit's opening hours.

    `stand_in` is who really answers when the holder is away; `uncovered`: for some of it nobody does.
    """

    day: date
    start: datetime
    end: datetime
    line: Line | None
    shift: int | None = None
    pattern: int | None = None
    stand_in: str = ""
    uncovered: bool = False

    @property
    def slot(self) -> tuple[str, str]:
        """The clock on the wall, `21.30` to `07.00`: the row of the grid."""
        return (f"{self.start.astimezone(ZONE):%H.%M}", f"{self.end.astimezone(ZONE):%H.%M}")


def turns(rota: Rota, book: Book, first: date, days: int = 7) -> list[Turn]:
    """Everything planned for the days: dated shifts as they are, patterns and hours where no dated shift lies over them."""
    start, end = wall(first, 0), wall(first + timedelta(days=days), 0)
    absences = by_assignment(book.absences)
    ranked: list[Ranked] = [((0, n), s.start, s.end, None, None) for n, s in enumerate(rota.shifts)]
    for n, pattern in enumerate(rota.patterns):
        for m, (a, b) in enumerate(pattern_stretches(pattern, book.holidays, start, end)):
            ranked.append(((1, a, n, m), a, b, (pattern.line, pattern.key, a), None))
    if rota.by_hours:
        for m, (a, b) in enumerate(open_stretches(rota.unit, book.holidays, start, end)):
            ranked.append(((1, a, -1, m), a, b, (rota.line, None, a), None))
    found = [_turn(s.start, s.end, s.line, absences, shift=s.key) for s in rota.shifts]
    for piece in paint(ranked, start - 24 * 60, end + 24 * 60):
        if piece.value is not None:
            line, key, _begins = piece.value
            found.append(_turn(piece.start, piece.end, line, absences, pattern=key))
    last = first + timedelta(days=days - 1)
    return sorted((t for t in found if first <= t.day <= last), key=lambda t: (t.start, t.end, t.shift or 0))


def _turn(start: int, end: int, line: Line | None, absences: dict, **keys: int | None) -> Turn:
    stand_in, uncovered = "", False
    if line is not None:
        for piece in present(line, start, end, absences):
            if piece.value is Reason.ABSENT:
                uncovered = True
            elif piece.value != line:
                stand_in = piece.value.who
    return Turn(day_of(start), moment_of(start), moment_of(end), line, stand_in=stand_in, uncovered=uncovered, **keys)


def rows(found: list[Turn], first: date, days: int = 7) -> list[tuple[tuple[str, str], list[list[Turn]]]]:
    """By slot: for every day the turns in it. Slots in order of the clock, the day beginning at 05."""
    slots = sorted({t.slot for t in found}, key=lambda s: ((s[0] < "05.00"), s[0], s[1]))
    return [
        (slot, [[t for t in found if t.slot == slot and (t.day - first).days == day] for day in range(days)])
        for slot in slots
    ]
