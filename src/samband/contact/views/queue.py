"""The unit's queue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samband.contact.services import queue
from samband.core import audit
from samband.core.policy import guarded

SHOW = ("open", "free", "mine", "closed")


@guarded("case.list")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Open cases, the most urgent first; search text lives in the session, never in the address."""
    actor = request.actor  # type: ignore[attr-defined]
    show = request.GET.get("show", "")
    show = show if show in SHOW else "open"
    order = request.GET.get("sort", "")
    order = order if order in queue.ORDERS else "urgency"
    number = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    words = request.session.get(queue.SEARCH, "")
    found = queue.page(actor, show, order, min(number, 5000), words)
    coming = queue.coming(actor) if number == 1 and show == "open" and not words else []
    audit.seen(request, "case.list", queue.persons([*found.rows, *coming]), view=f"contact:cases:{show}:{number}")
    context: dict[str, Any] = {
        "lines": [queue.line(case) for case in found.rows],
        "coming": [queue.line(case) for case in coming],
        "words": words,
        "segment": segment(show, order),
        "columns": columns(show, order),
        "previous": f"?show={show}&sort={order}&page={number - 1}" if number > 1 else "",
        "next": f"?show={show}&sort={order}&page={number + 1}" if found.more else "",
        "number": number,
        "show": show,
    }
    template = "contact/parts/queue.html" if request.htmx and not request.htmx.boosted else "contact/cases.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def segment(show: str, order: str) -> list[dict]:
    labels = {"open": _("Öppna"), "free": _("Ingen har"), "mine": _("Mina"), "closed": _("Avslutade")}
    return [{"label": labels[key], "url": f"?show={key}&sort={order}", "current": key == show} for key in SHOW]


def columns(show: str, order: str) -> dict[str, dict]:
    return {
        key: {"url": f"?show={show}&sort={key}", "current": key == order and show != "closed"} for key in queue.ORDERS
    }


@guarded("case.search")
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep the words in the session and show the list; empty words show everything again."""
    words = request.POST.get("q", "").strip()[:80]
    if words:
        request.session[queue.SEARCH] = words
    else:
        request.session.pop(queue.SEARCH, None)
    show = request.POST.get("show", "open")
    return redirect(f"{reverse('contact:cases')}?show={show if show in SHOW else 'open'}")
