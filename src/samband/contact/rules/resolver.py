"""Who answers now: always exactly one answer or a named hole, and a human at the end of the chain."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from samband.contact.rules.days import moment_of, to_minutes
from samband.contact.rules.model import REASON_ORDER, Book, ContactPerson, Line, Need, Place, Reason, Rota
from samband.contact.rules.unfold import Piece, Ranked, contact_pieces, paint, pieces

BACK = timedelta(days=2)
AHEAD = timedelta(days=8)


@dataclass(frozen=True)
class Answer:
    """Somebody answers: who, on which number, until when, and who after that (None: not within the horizon)."""

    line: Line
    need: Need
    place: Place
    source: Rota | ContactPerson | None
    start: datetime | None
    until: datetime | None
    last: Line
    after: "Answer | Hole | None" = None

    @property
    def answered(self) -> bool:
        return True

    @property
    def unit(self) -> str:
        return self.source.unit.name if self.source else ""

    @property
    def unit_key(self) -> int | None:
        return self.source.unit.key if self.source else None


@dataclass(frozen=True)
class Hole:
    """Nobody answers: where, what, from when to when, and why. `last` is whom to call meanwhile."""

    place: Place
    need: Need
    reason: Reason
    start: datetime | None
    until: datetime | None
    last: Line
    after: "Answer | Hole | None" = None

    @property
    def answered(self) -> bool:
        return False


def rotas_of(book: Book, place: Place, need: Need) -> list[Rota]:
    """The rotas that serve the place, the first asked first: who knows the person, the narrowest area, the order."""
    key = ("need", need)
    if key not in book.memo:
        book.memo[key] = [rota for rota in book.rotas if rota.need == need]
    found = [rota for rota in book.memo[key] if not rota.areas.isdisjoint(place.areas)]

    def rank(rota: Rota) -> tuple:
        near = next(i for i, area in enumerate(place.areas) if area in rota.areas)
        return (rota.unit.key not in place.units, near, rota.order, rota.key)

    return sorted(found, key=rank)


def timeline(book: Book, place: Place, need: Need, start: int, end: int) -> list[Piece]:
    """Every minute from `start` to `end` in stretches: a Line, or the Reason of a hole. Nothing is left out."""
    ranked: list[Ranked] = []
    for n, contact in enumerate(place.contacts):
        ranked += [
            ((0, n, i), p.start, p.end, p.value, p.source)
            for i, p in enumerate(contact_pieces(contact, need, book, start, end))
        ]
    rotas = rotas_of(book, place, need)
    for n, rota in enumerate(rotas):
        for i, piece in enumerate(pieces(rota, book, start, end)):
            if isinstance(piece.value, Line):
                ranked.append(((1, n, i), piece.start, piece.end, piece.value, piece.source))
            else:
                ranked.append(((2, REASON_ORDER[piece.value], n, i), piece.start, piece.end, piece.value, None))
    ranked.append(((3, 0, 0), start, end, Reason.GAP if rotas else Reason.NO_ROTA, None))
    return paint(ranked, start, end)


def answers_now(book: Book, moment: datetime, place: Place, need: Need) -> Answer | Hole:
    """Who answers `need` for `place` at `moment`."""
    last = book.last.get(need, book.last[Need.LIFE])
    if need == Need.LIFE:
        return Answer(last, need, place, None, None, None, last)
    start, end = to_minutes(moment - BACK), to_minutes(moment + AHEAD)
    line = timeline(book, place, need, start, end)
    minute = to_minutes(moment)
    at = next(i for i, piece in enumerate(line) if piece.start <= minute < piece.end)
    after = _spoken(line[at + 1], place, need, last, start, end) if at + 1 < len(line) else None
    return replace(_spoken(line[at], place, need, last, start, end), after=after)


def _spoken(piece: Piece, place: Place, need: Need, last: Line, start: int, end: int) -> Answer | Hole:
    since = moment_of(piece.start) if piece.start > start else None
    until = moment_of(piece.end) if piece.end < end else None
    if isinstance(piece.value, Line):
        return Answer(piece.value, need, place, piece.source, since, until, last)
    return Hole(place, need, piece.value, since, until, last)


def chain(book: Book, moment: datetime, place: Place, need: Need) -> list[tuple[Line, str]]:
    """Everybody who answers at the moment, first asked first, as (line, unit); a human who always does at the end."""
    minute = to_minutes(moment)
    found = [
        (piece.value, contact.unit.name)
        for contact in place.contacts
        for piece in contact_pieces(contact, need, book, minute, minute + 1)
    ]
    found += [
        (piece.value, rota.unit.name)
        for rota in rotas_of(book, place, need)
        for piece in pieces(rota, book, minute, minute + 1)
        if isinstance(piece.value, Line)
    ]
    last = book.last.get(need, book.last[Need.LIFE])
    once: dict[str, tuple[Line, str]] = {}
    for line, unit in [*found, (last, "")]:
        once.setdefault(line.number, (line, unit))
    return list(once.values())
