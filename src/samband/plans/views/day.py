"""Today's and this week's list of a unit, and mine: for the one who is on the road."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samband.core import audit, clock
from samband.core.policy import Actor, guarded
from samband.plans.services import day as lists
from samband.plans.services import proposals
from samband.plans.views.actions import proposal_rows

QUESTIONS = 20  # the oldest; they go as they are answered


@guarded("day.read")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`days`: today or week; `whose`: unit or mine; `date` for another day. All scoped in the query."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = lists.asked(request.GET, actor)
    found = lists.day_list(actor, asked)
    asked_of_us = list(proposals.waiting_for(actor, asked.unit)[:QUESTIONS]) if asked.unit else []
    shown = {v.person.pk for v in found.visits} | {row.person_id for row in asked_of_us}
    audit.seen(request, "day.list", shown, view=f"day:{asked.first:%Y%m%d}:{asked.whose}")
    context = {"list": found, "asked": asked, "segments": lists.segments(asked), "today": clock.today(),
               "questions": proposal_rows(actor, asked_of_us)}  # fmt: skip
    return render(request, "plans/day.html", context)
