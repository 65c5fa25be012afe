"""The board. Its live part renews itself; one entry in the audit for a view, none for a refresh that shows nobody new."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samband.board.services import by_place, figures, filters, kept, views, watching
from samband.board.services.kinds import KEYS, KINDS
from samband.board.services.links import person_url
from samband.board.views import saved, tiles
from samband.board.views.chooser import chooser
from samband.core import audit, text
from samband.core.http import Request
from samband.core.policy import Actor, guarded

LIVE = "board-live"


@require_safe
@guarded("board.read")
def board(request: Request) -> HttpResponse:
    """The whole page, or only the live part when the page asks for it anew."""
    choice = filters.choice(request)
    found = figures.board(choice.scope(request.actor), choice.kinds)
    _saw(request, choice, found.seen)
    live = request.htmx and request.htmx.target == LIVE
    context = _context(request.actor, found, choice)
    response = render(request, "board/_live.html" if live else "board/board.html", context)
    response["Vary"] = "HX-Request, HX-Target, Accept-Language, Cookie"
    return response


@require_safe
@guarded("board.read")
def later(request: Request) -> HttpResponse:
    """The numbers that nobody is harmed by within the hour: fetched after the page, so that the others wait for nothing."""
    choice = filters.choice(request)
    found = figures.later(choice.scope(request.actor), choice.kinds)
    _saw(request, choice, figures.seen(found))
    first = len(figures.chosen(choice.kinds)[0]) + 1
    context = {
        "here": reverse("board:board"),
        "query": _query(choice),
        "figures": found,
        "later": tiles.filled(found, first, _query(choice)),
    }
    return render(request, "board/_later.html" if request.htmx else "board/later.html", context)


@require_safe
@guarded("board.read")
def places(request: Request) -> HttpResponse:
    """What is counted area by area, and what was done since yesterday: fetched after the page, as it takes its time.

    Figures only: no person shows, so nobody is entered as seen.
    """
    choice = filters.choice(request)
    scope = choice.scope(request.actor)
    context = {
        "choice": choice,
        "here": reverse("board:board"),
        "kinds": KINDS,
        "rows": by_place.table(scope, choice),
        "kept": kept.since_yesterday(scope),
    }
    return render(request, "board/_places.html" if request.htmx else "board/places.html", context)


def _saw(request: Request, choice: filters.Choice, persons: set[int]) -> None:
    audit.seen(request, "board.read", persons, view="board", area=_id(choice.area), unit=_id(choice.unit))


def _id(row: Any) -> str:
    return str(row.public_id) if row else ""


def _query(choice: filters.Choice) -> str:
    return f"?{choice.query}" if choice.query else ""


def _context(actor: Actor, found: figures.Board, choice: filters.Choice) -> dict[str, Any]:
    query, number = _query(choice), len(found.figures)
    return {
        "board": found,
        "choice": choice,
        "chooser": chooser(choice, reverse("board:board")),
        "here": reverse("board:board"),
        "query": query,
        "live_id": LIVE,
        "places_url": reverse("board:places") + query,
        "lead": lead(found),
        "first": [strip(line) for line in found.first],
        "tiles": tiles.filled(found.figures, 1, query, found.worker),
        "later": tiles.empty(found.waiting, number + 1, query),
        "later_url": reverse("board:later") + query,
        "tile_rows": tiles.rows_of(number + len(found.waiting)),
        "kinds": KINDS,
        "silence": silence(found),
        "keys": keys(number + len(found.waiting)),
        "who": who(choice, watching.open_of(actor).count()),
        "views": saved.lines(choice, views.of(actor)),
        "morning_url": reverse("board:morning") + query,
    }


def who(choice: filters.Choice, watched: int) -> list[dict[str, Any]]:
    """All persons or only the watched ones; nothing to choose between where nobody is watched."""
    if not watched and not choice.watched:
        return []
    here = reverse("board:board")
    return [
        {"label": _("Alla"), "url": f"{here}?{choice.but(watched=False)}", "current": not choice.watched},
        {
            "label": _("Bevakade %(n)d") % {"n": watched},
            "url": f"{here}?{choice.but(watched=True)}",
            "current": choice.watched,
        },
    ]


def lead(found: figures.Board) -> str:
    """The state in one or two sentences."""
    if not found.persons:
        return _("Ingen person finns i det här urvalet.")
    plans = ngettext(
        "%(n)d av %(all)d person har en gemensam plan.",
        "%(n)d av %(all)d personer har en gemensam plan.",
        found.persons,
    ) % {"n": found.with_plan, "all": found.persons}
    words = [
        _("Inget behöver dig först."),
        _("En sak behöver dig först."),
        _("Två saker behöver dig först."),
        _("Tre saker behöver dig först."),
    ]
    return f"{plans} {words[len(found.first)]}"


def strip(line: Any) -> dict[str, Any]:
    return {
        "state": "act",
        "left": text.spoken_delta(line.due),
        "title": line.title,
        "text": line.text,
        "why": line.why,
        "act": {"label": _("Öppna planen"), "url": person_url(line.row.uuid), "note": line.row.name},
    }


def silence(found: figures.Board) -> dict[str, Any] | None:
    """What is said when the worker is not heard."""
    if not found.worker.silent:
        return None
    title = _("Sambands klocka har stannat")
    if found.worker.heard is None:
        heard = _("Den har inte hörts av än.")
    else:
        heard = _("Den hördes senast %(when)s.") % {"when": text.spoken_time(found.worker.heard)}
    rest = _("Nästa steg och dagens insatser kan vara äldre än så. Be den som sköter Samband att starta den.")
    return {"title": title, "text": f"{heard} {rest}"}


def keys(tiles: int) -> list[dict[str, Any]]:
    return [
        {"keys": ["J", "K"], "text": _("ner och upp")},
        {"keys": ["Enter"], "text": _("öppna listan")},
        {"keys": ["1", "–", str(min(tiles, KEYS))] if tiles > 1 else ["1"], "text": _("till en lista")},
        {"keys": ["F"], "text": _("välj område eller enhet")},
        {"keys": ["/"], "text": _("sök person")},
    ]
