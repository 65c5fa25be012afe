"""The unit's meetings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import audit
from samband.core.policy import guarded
from samband.meetings.services import lists, page


@guarded("meeting.list")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Coming, waiting for answers, to be written, past. The search text lives in the session, never in the address."""
    actor = request.actor  # type: ignore[attr-defined]
    show = request.GET.get("show", "")
    show = show if show in lists.SHOW else "coming"
    number = min(int(request.GET["page"]), 5000) if request.GET.get("page", "").isdecimal() else 1
    words = request.session.get(lists.SEARCH, "")
    found = lists.page(actor, show, number, words)
    audit.seen(request, "meeting.list", [m.person_id for m in found.rows], view=f"meetings:{show}:{number}")
    context: dict[str, Any] = {
        "lines": [page.line(actor, meeting) for meeting in found.rows],
        "words": words,
        "show": show,
        "segment": segment(show),
        "number": number,
        "previous": f"?show={show}&page={number - 1}" if number > 1 else "",
        "next": f"?show={show}&page={number + 1}" if found.more else "",
        "empty": empty(show, words),
    }
    return render(request, "meetings/list.html", context)


def segment(show: str) -> list[dict[str, Any]]:
    labels = {"coming": _("Kommer"), "waiting": _("Väntar på svar"), "write": _("Att skriva"), "past": _("Har varit")}
    return [{"label": labels[key], "url": f"?show={key}", "current": key == show} for key in lists.SHOW]


def empty(show: str, words: str) -> dict[str, str]:
    if words:
        return {
            "title": _("Inget möte hittades"),
            "text": _("Sök på personens namn eller nummer. Du ser möten i planer som du läser."),
        }
    texts = {
        "coming": (_("Inget möte är bestämt"), _("Kalla till ett möte från personens plan.")),
        "waiting": (_("Ingen kallelse väntar på svar"), _("Nya kallelser kommer hit av sig själva.")),
        "write": (_("Inga anteckningar är kvar att skriva"), _("Möten som har börjat kommer hit.")),
        "past": (_("Inget möte har varit"), _("Avslutade och inställda möten finns kvar här.")),
    }
    return {"title": texts[show][0], "text": texts[show][1]}


@guarded("meeting.search")
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep the words in the session and show the list; empty words show everything again."""
    words = request.POST.get("q", "").strip()[:80]
    if words:
        request.session[lists.SEARCH] = words
    else:
        request.session.pop(lists.SEARCH, None)
    show = request.POST.get("show", "coming")
    return redirect(f"{reverse('meetings:meetings')}?show={show if show in lists.SHOW else 'coming'}")
