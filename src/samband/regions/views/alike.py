"""Who else does this? From a statement, or from an initiative in somebody's own words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samband.core.policy import guarded
from samband.regions.models import Statement
from samband.regions.services import alike
from samband.regions.views.base import actor_of


@guarded("region.read", Statement)
@require_safe
def page(request: HttpRequest, statement: Statement) -> HttpResponse:
    """The nearest statements of other regions. Proposed to a reader; nothing is decided or kept."""
    context = {"statement": statement, "fellows": alike.from_statement(actor_of(request), statement)}
    return render(request, "regions/alike.html", context)


@guarded("region.list")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The same from a text of one's own, before an initiative is begun. GET: it asks and keeps nothing."""
    text = request.GET.get("text", "").strip()[: alike.LONGEST]
    fellows = alike.from_text(actor_of(request), text) if text else []
    return render(request, "regions/alike.html", {"text": text, "fellows": fellows})
