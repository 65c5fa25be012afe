"""The morning on one sheet, for the stand-up: read on a wall, or printed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samband.board.services import filters
from samband.board.services.morning import sheet
from samband.board.views.chooser import chooser
from samband.core import audit, clock
from samband.core.http import Request
from samband.core.policy import guarded

LIVE = "morning-live"


@require_safe
@guarded("board.read")
def morning(request: Request) -> HttpResponse:
    """The whole page, or its live part."""
    choice = filters.choice(request)
    found = sheet(request.actor, choice.scope(request.actor), choice.area)
    audit.seen(request, "board.read", found.seen, view="board:morning")
    live = request.htmx and request.htmx.target == LIVE
    context = {
        "sheet": found,
        "choice": choice,
        "chooser": chooser(choice, reverse("board:morning")),
        "here": reverse("board:morning"),
        "back": reverse("board:board") + (f"?{choice.query}" if choice.query else ""),
        "live_id": LIVE,
        "checked": clock.now(),
    }
    response = render(request, "board/_morning.html" if live else "board/morning.html", context)
    response["Vary"] = "HX-Request, HX-Target, Accept-Language, Cookie"
    return response
