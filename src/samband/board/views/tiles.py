"""The tiles of the board: a number, its mark, its oldest, and the way to its list."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samband.board.services import figures
from samband.board.services.figures import Figure, Worker
from samband.board.services.kinds import KEYS, Kind
from samband.board.services.links import person_url


def filled(found: Sequence[Figure], first: int, query: str, worker: Worker | None = None) -> list[dict[str, Any]]:
    """Numbers as tiles; the first of them has the place and the key `first`."""
    worker = worker or figures.worker()
    return [_head(f.kind, place, query) | _tile(f, worker) for place, f in enumerate(found, first)]


def empty(kinds: Sequence[Kind], first: int, query: str) -> list[dict[str, Any]]:
    """Numbers that are not counted yet: their names, keys and lists are there at once."""
    waits = {"waits": True, "figure": "…", "state": "unknown", "word": _("räknas"), "more": _("Öppna listan")}
    return [_head(kind, place, query) | waits for place, kind in enumerate(kinds, first)]


def rows_of(tiles: int) -> str:
    """The class that fills the rows of three: two wide ones first where two are over, the last one alone where it is odd."""
    return " ".join(name for name, true in (("tiles-wide", tiles % 3 == 2), ("tiles-odd", tiles % 2 == 1)) if true)


def _head(kind: Kind, place: int, query: str) -> dict[str, Any]:
    return {
        "id": f"tile-{kind.slug}",
        "key": str(place) if place <= KEYS else "",
        "title": kind.title,
        "url": reverse("board:list", args=[kind.slug]) + query,
    }


def _tile(figure: Figure, worker: Worker) -> dict[str, Any]:
    kind = figure.kind
    state, word = _mark(figure, worker)
    return {
        "figure": figure.number,
        "state": state,
        "word": word,
        "change": change(figure.change),
        "more": more(figure.number),
        "rows": [
            {"name": r.name, "url": person_url(r.uuid), "reason": r.reason, "age": r.age, "act": kind.state == "act"}
            for r in figure.rows
        ],
    }


def _mark(figure: Figure, worker: Worker) -> tuple[str, str]:
    """Shape and word. What time changes is not known while the worker is silent, so a zero is then never green."""
    kind = figure.kind
    if not figure.number:
        return ("unknown", _("klockan står")) if worker.silent and kind.of_plan else ("ok", str(kind.zero))
    if kind.slug == "unassigned":
        return kind.state, _("först %(when)s") % {"when": figure.rows[0].age}
    age = figure.rows[0].age
    return kind.state, _("äldst %(age)s") % {"age": age} if age else ""


def change(difference: int | None) -> str:
    """Since yesterday; nothing where yesterday was not counted."""
    if difference is None:
        return ""
    if difference == 0:
        return _("lika som i går")
    if difference > 0:
        return _("%(n)d fler än i går") % {"n": difference}
    return _("%(n)d färre än i går") % {"n": -difference}


def more(number: int) -> str:
    if number == 0:
        return _("Öppna listan")
    if number == 1:
        return _("Öppna den")
    return _("Öppna båda") if number == 2 else _("Öppna alla %(n)d") % {"n": number}
