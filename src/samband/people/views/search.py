"""Search as you type, by name or number. POST only: what is searched for never stands in an address or a log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from samband.core import audit, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.header import age_line, person_url
from samband.people.services import search as service

PAGE = 40


@guarded("person.search")
@require_http_methods(["GET", "POST"])
def search(request: Request) -> HttpResponse:
    """The rows for the box in the bar, or a page of its own for those without script."""
    text = request.POST.get("q", "").strip()
    short = bool(request.htmx)
    found = service.search(request.actor, text, service.HITS if short else PAGE)
    audit.seen(request, "person.search", [p.pk for p in found.persons], view="people:search")
    context = {
        "found": found,
        "q": text if request.method == "POST" else "",
        "hits": [{"person": p, "url": person_url(p), "age_line": age_line(p)} for p in found.persons],
        "may_start": bool(policy.decide(request.actor, "relation.start")),
    }
    return render(request, "people/parts/hits.html" if short else "people/search.html", context)
