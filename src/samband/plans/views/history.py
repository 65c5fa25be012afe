"""Every change of the plan: who, when, why, from what to what."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.models import CarePlan
from samband.plans.services import changes
from samband.plans.services.corrections import PARTS, Cover
from samband.plans.views.base import header
from samband.plans.views.lifecycle import latest_or_404

PAGE = 40


@guarded("plan.edit", Person)
@require_safe
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """For the parties of the plan, a page of forty changes at a time. What is struck out is covered."""
    plan = latest_or_404(person)
    pages = Paginator(plan.revisions.order_by("-at", "-number"), PAGE).get_page(request.GET.get("page"))
    cover = Cover.of(plan)
    rows = [_row(cover.row(r)) for r in pages]
    context = {
        "person": header(request, person, plan),
        "plan": plan,
        "rows": rows,
        "pages": pages,
        "marks": cover.marks() if pages.number == 1 else [],
        "closed": plan.status == CarePlan.Status.CLOSED,
    }
    return render(request, "plans/history.html", context)


def _row(row):
    known = row.thing.partition(":")[0] in PARTS
    return {"row": row, "what": changes.sentence(row), "pairs": changes.pairs(row), "part": row.thing if known else "",
            "before": row.number - 1}  # fmt: skip
