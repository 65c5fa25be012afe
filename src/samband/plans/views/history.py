"""Every change of the plan: who, when, why, from what to what."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.services import changes
from samband.plans.views.base import header, plan_or_404

PAGE = 40


@guarded("plan.edit", Person)
@require_safe
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """For the parties of the plan, a page of forty changes at a time."""
    plan = plan_or_404(person)
    pages = Paginator(plan.revisions.order_by("-at", "-number"), PAGE).get_page(request.GET.get("page"))
    rows = [{"row": r, "what": changes.sentence(r), "pairs": changes.pairs(r)} for r in pages]
    return render(
        request, "plans/history.html", {"person": header(request, person, plan), "rows": rows, "pages": pages}
    )
