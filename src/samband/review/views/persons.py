"""Who here has read about one person: to answer her with (A2), on the screen, on paper and as a file."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from samband.core import clock
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Person
from samband.review.forms import InterestForm
from samband.review.models import Interest
from samband.review.services import interest as interests
from samband.review.services import lines
from samband.review.services import log as services
from samband.review.services.log import Wish
from samband.review.services.own import ours
from samband.review.views.base import shown
from samband.ui.toast import toast

PAPER = 2000  # lines on paper; a file holds more
FIRST = date(2000, 1, 1)


def wish_for(person: Person, before: int | None = None) -> Wish:
    """All that the log has about the person."""
    return Wish(FIRST, clock.today(), person=person, outcome="allow", before=before)


@guarded("audit.person", Person)
@require_safe
def listing(request: Request, person: Person) -> HttpResponse:
    asked = wish_for(person, services.wish(request.actor, request.GET).before)
    paper = request.GET.get("paper") == "1"
    events, more = services.page(request.actor, asked, PAPER if paper else services.PAGE)
    return _page(request, person, InterestForm(), lines.lines(events, 0), more, paper)


def _page(request: Request, person: Person, form: Any, rows: list, more: int | None, paper: bool) -> HttpResponse:
    marked = Interest.objects.filter(organization_id=ours(request.actor), person=person, ended_at__isnull=True).first()
    return shown(
        request, "paper.html" if paper else "person.html", form, whom=person, rows=rows, more=more, marked=marked,
        provider=interests.provider(request.actor),
    )  # fmt: skip


@guarded("audit.interest", Person)
@require_POST
def interest(request: Request, person: Person) -> HttpResponse:
    """Mark the person, or take the mark away; both stay in the list and in the audit."""
    if request.POST.get("end"):
        interests.end(request.actor, person)
        toast(request, str(interests.ENDED))
        return redirect("review:person", person.public_id)
    form = InterestForm(request.POST)
    if not form.is_valid():
        events, more = services.page(request.actor, wish_for(person))
        return _page(request, person, form, lines.lines(events, 0), more, False)
    interests.mark(request.actor, person, form.cleaned_data["why"])
    toast(request, str(interests.MARKED))
    return redirect("review:person", person.public_id)
