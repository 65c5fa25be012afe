"""From shifts, patterns, hours and absences to stretches of one rota: who answers, or why nobody does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from typing import Any

from samband.contact.rules.days import days_between, wall, weekday_of
from samband.contact.rules.model import Absence, Book, ContactPerson, Hours, Line, Need, Pattern, Reason, Rota

Raw = tuple[int, int, Line]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch with one value: a Line, or the Reason why there is none."""

    start: int
    end: int
    value: Any
    source: Any = None


Ranked = tuple[Any, int, int, Any, Any]


def paint(ranked: Iterable[Ranked], start: int, end: int) -> list[Piece]:
    """Lay (rank, start, end, value, source) over each other: where several lie, the lowest rank shows. Ranks are unique."""
    items = [(r, max(a, start), min(b, end), v, s) for r, a, b, v, s in ranked if a < end and b > start and a < b]
    items.sort(key=lambda item: item[1])
    edges = sorted({edge for item in items for edge in (item[1], item[2])})
    found: list[Piece] = []
    heap: list[tuple[Any, int, int]] = []
    coming = 0
    for i, edge in enumerate(edges[:-1]):
        while coming < len(items) and items[coming][1] <= edge:
            heappush(heap, (items[coming][0], items[coming][2], coming))
            coming += 1
        while heap and heap[0][1] <= edge:
            heappop(heap)
        if heap:
            _, _, _, value, source = items[heap[0][2]]
            _append(found, Piece(edge, edges[i + 1], value, source))
    return found


def _append(found: list[Piece], piece: Piece) -> None:
    last = found[-1] if found else None
    if last and last.end == piece.start and last.value == piece.value and last.source is piece.source:
        found[-1] = Piece(last.start, piece.end, piece.value, piece.source)
    else:
        found.append(piece)


def present(
    line: Line, start: int, end: int, absences: dict[int, list[Absence]], seen: frozenset = frozenset()
) -> list[Piece]:
    """Who stands there from `start` to `end`: the line, the one who stands in, the one who stands in for her, or nobody."""
    away = [a for a in absences.get(line.assignment or -1, ()) if a.start < end and a.end > start]
    if not away:
        return [Piece(start, end, line)]
    ranked: list[Ranked] = []
    for i, absence in enumerate(away):
        a, b = max(start, absence.start), min(end, absence.end)
        ranked.append(((2, i, 0), a, b, Reason.ABSENT, None))
        stand_in = absence.substitute
        if stand_in is None or (stand_in.assignment is not None and stand_in.assignment in seen | {line.assignment}):
            continue
        inner = present(stand_in, a, b, absences, seen | {line.assignment})
        ranked += [((1, i, n), p.start, p.end, p.value, None) for n, p in enumerate(inner) if isinstance(p.value, Line)]
    ranked.append(((3, 0, 0), start, end, line, None))
    return paint(ranked, start, end)


def by_assignment(absences: Sequence[Absence]) -> dict[int, list[Absence]]:
    """Absences by who is away, in the order in which they are asked."""
    found: dict[int, list[Absence]] = {}
    for absence in sorted(absences, key=lambda a: (a.start, a.key)):
        found.setdefault(absence.assignment, []).append(absence)
    return found


def pattern_stretches(pattern: Pattern, holidays: frozenset[date], start: int, end: int) -> Iterable[tuple[int, int]]:
    """When the weekly pattern is on."""
    length = pattern.closes if pattern.closes > pattern.opens else pattern.closes + 24 * 60
    for day in days_between(start, end):
        weekday = weekday_of(day, holidays) if pattern.holidays_as_sunday else day.weekday()
        if weekday not in pattern.weekdays or (pattern.starts_on and day < pattern.starts_on):
            continue
        if pattern.ends_on and day > pattern.ends_on:
            break
        yield wall(day, pattern.opens), wall(day, length)


def open_stretches(unit: Hours, holidays: frozenset[date], start: int, end: int) -> list[tuple[int, int]]:
    """When the unit is open. Unknown hours are no hours."""
    if unit.always:
        return [(start, end)]
    found = []
    for day in days_between(start, end):
        weekday = weekday_of(day, holidays)
        found += [(wall(day, opens), wall(day, closes)) for number, opens, closes in unit.week if number == weekday]
    return found


def pieces(rota: Rota, book: Book, start: int, end: int) -> list[Piece]:
    """One rota: lines where somebody answers, reasons where the rota itself says why nobody does.

    A dated shift goes before the pattern, also when it is vacant or its holder is away; of two at once the one that
    began first answers. Nothing answers after the unit closed for good.
    """
    key = ("pieces", rota.key, start, end)
    if key not in book.memo:
        book.memo[key] = _pieces(rota, book, start, end)
    return book.memo[key]


def _pieces(rota: Rota, book: Book, start: int, end: int) -> list[Piece]:
    absences = _absences(book)
    ranked: list[Ranked] = []
    if rota.by_hours:
        ranked += [
            ((3, 0, n), a, b, rota.line, rota)
            for n, (a, b) in enumerate(open_stretches(rota.unit, book.holidays, start, end))
        ]
        if not rota.unit.always and not rota.unit.known:
            ranked.append(((4, 0), start, end, Reason.UNKNOWN, rota))
    for n, shift in enumerate(sorted(rota.shifts, key=lambda s: (s.start, s.key))):
        if shift.end <= start or shift.start >= end:
            continue
        if shift.line is None:
            ranked.append(((2, 1, n, 0), shift.start, shift.end, Reason.VACANT, rota))
            continue
        for m, piece in enumerate(present(shift.line, shift.start, shift.end, absences)):
            away = piece.value is Reason.ABSENT
            ranked.append(((2, 0, n, m) if away else (1, 0, n, m), piece.start, piece.end, piece.value, rota))
    ranked += _patterned(rota, book, absences, start, end)
    found = paint(ranked, start, end)
    last = min((d for d in (rota.unit.closed_from, rota.ends_on) if d), default=None)
    return _closed(found, rota, last, start, end) if last else found


def _patterned(rota: Rota, book: Book, absences: dict[int, list[Absence]], start: int, end: int) -> list[Ranked]:
    turns = [
        (a, b, pattern.key, pattern.line)
        for pattern in rota.patterns
        for a, b in pattern_stretches(pattern, book.holidays, start, end)
    ]
    turns.sort(key=lambda turn: turn[:3])
    found: list[Ranked] = []
    for n, (a, b, _key, line) in enumerate(turns):
        for m, piece in enumerate(present(line, a, b, absences)):
            away = piece.value is Reason.ABSENT
            found.append(((4, 1, n, m) if away else (3, 1, n, m), piece.start, piece.end, piece.value, rota))
    return found


def _closed(found: list[Piece], rota: Rota, last: date, start: int, end: int) -> list[Piece]:
    edge = wall(last, 0)
    kept = [Piece(p.start, min(p.end, edge), p.value, p.source) for p in found if p.start < edge]
    if edge < end:
        kept.append(Piece(max(edge, start), end, Reason.CLOSED, rota))
    return kept


def _absences(book: Book) -> dict[int, list[Absence]]:
    if "absences" not in book.memo:
        book.memo["absences"] = by_assignment(book.absences)
    return book.memo["absences"]


def contact_pieces(contact: ContactPerson, need: Need, book: Book, start: int, end: int) -> list[Piece]:
    """A contact of the person answers while her unit is open, on weekdays within office hours at most."""
    if need not in contact.needs:
        return []
    found: list[Ranked] = []
    for day in days_between(start, end):
        if weekday_of(day, book.holidays) > 4 or (contact.unit.closed_from and day >= contact.unit.closed_from):
            continue
        office = (wall(day, book.office[0]), wall(day, book.office[1]))
        for a, b in open_stretches(contact.unit, book.holidays, *office):
            a, b = max(a, office[0]), min(b, office[1])
            if a >= b:
                continue
            parts = present(contact.line, a, b, _absences(book))
            found += [
                ((len(found), n), p.start, p.end, p.value, contact)
                for n, p in enumerate(parts)
                if p.value is not Reason.ABSENT
            ]
    return paint(found, start, end)
