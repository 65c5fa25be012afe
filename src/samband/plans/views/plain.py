"""How a text reads, while it is written. Help that never bars: nothing is kept, nothing is refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samband.core.policy import guarded
from samband.plans.models.careplan import TEXT
from samband.plans.rules import plain

LONG_SENTENCE = 25  # words
EASY = frozenset({"very_easy", "easy"})


@guarded("day.read")
@require_POST
def page(request: HttpRequest) -> HttpResponse:
    """The field that was written in, by its name (htmx sends it); the text is read and forgotten."""
    text = request.POST.get(request.headers.get("HX-Trigger-Name", "text"), "")[:TEXT]
    found = plain.read(text)
    said = {
        "very_easy": _("Mycket lätt att läsa"),
        "easy": _("Lätt att läsa"),
        "medium": _("Går att läsa, kan bli enklare"),
        "hard": _("Svår att läsa"),
        "very_hard": _("Mycket svår att läsa"),
    }
    tips = []
    if found.longest > LONG_SENTENCE:
        tips.append(_("Den längsta meningen har %(n)d ord. Dela den gärna.") % {"n": found.longest})
    context = {
        "found": found,
        "said": said.get(found.level, ""),
        "state": "ok" if found.level in EASY else "unknown",
        "tips": tips,
        "long": [hint.word for hint in found.hints if not hint.instead],
        "simpler": [hint for hint in found.hints if hint.instead],
    }
    return render(request, "plans/parts/plain.html", context)
