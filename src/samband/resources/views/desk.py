"""The planner's desk: a day of a pool, its data, its figures and the lists behind them."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samband.core import audit, clock, policy
from samband.core.policy import guarded
from samband.resources.models import DayPlan, PlanJob, Pool
from samband.resources.services import compare, desk_data, desk_lists, desk_table
from samband.resources.services.sheet import Sheet, sheet

VIEW = "desk"


@guarded("visitday.list")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The reader's pools; where there is one, its day."""
    pools = list(policy.scoped(request.actor, "visitday.list", Pool.objects.all()))  # type: ignore[attr-defined]
    if len(pools) == 1:
        return redirect("resources:desk_day", pools[0].public_id)
    return render(request, "resources/desk/pools.html", {"pools": pools})


def asked_day(request: HttpRequest) -> date:
    """The day in the address, today where there is none or it is no day."""
    try:
        return date.fromisoformat(request.GET.get("day", "") or request.POST.get("day", ""))
    except ValueError:
        return clock.today()


@guarded("visitday.read", Pool)
@require_safe
def day(request: HttpRequest, pool: Pool) -> HttpResponse:
    """The plan that is worked on: the latest draft, else what holds, else the way to a first draft."""
    on = asked_day(request)
    plans = DayPlan.objects.filter(pool=pool, day=on, happening__isnull=True)
    draft = plans.filter(status=DayPlan.Status.DRAFT).order_by("-number").first()
    found = draft or plans.filter(status=DayPlan.Status.PUBLISHED).first()
    published = DayPlan.objects.filter(pool=pool, day=on, status=DayPlan.Status.PUBLISHED).first()
    if found or published:
        return redirect("resources:desk_plan", (found or published).public_id)  # type: ignore[union-attr]
    return render(request, "resources/desk/empty.html", {"pool": pool, **_frame(request, pool, on)})


def _frame(request: HttpRequest, pool: Pool, on: date) -> dict[str, Any]:
    """The day before and after, and whether the reader plans."""
    home = reverse("resources:desk_day", args=[pool.public_id])
    may = bool(policy.decide(request.actor, "visitday.plan", pool))  # type: ignore[attr-defined]
    earlier, later = date.fromordinal(on.toordinal() - 1), date.fromordinal(on.toordinal() + 1)
    return {
        "day": on, "may": may, "earlier": f"{home}?day={earlier}", "later": f"{home}?day={later}",
        "today": on == clock.today(), "home": home,
    }  # fmt: skip


def read(request: HttpRequest, plan: DayPlan) -> Sheet:
    """The day as the reader may see it, entered in the audit."""
    found = sheet(request.actor, plan)  # type: ignore[attr-defined]
    audit.seen(request, "visitday.read", found.persons, f"{VIEW}:{plan.public_id}")
    return found


def may(request: HttpRequest, plan: DayPlan) -> bool:
    return bool(policy.decide(request.actor, "visitday.plan", plan))  # type: ignore[attr-defined]


@guarded("visitday.read", DayPlan)
@require_safe
def page(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    found = read(request, plan)
    which = _which(request)
    siblings = DayPlan.objects.filter(pool=plan.pool, day=plan.day).exclude(status=DayPlan.Status.DROPPED)
    context = {
        **_frame(request, plan.pool, plan.day), **_bar(found, which), "pool": plan.pool, "plans": siblings,
        "lines": desk_lists.lines(found, which), "tables": desk_table.tables(found), "changes": may(request, plan),
        "data": desk_data.data(request.actor, found, may(request, plan)),  # type: ignore[attr-defined]
        "words": desk_table.words(),
    }  # fmt: skip
    return render(request, "resources/desk/desk.html", context)


def _which(request: HttpRequest) -> str:
    """The figure whose list is asked for; what is odd gets the first."""
    asked = request.GET.get("list", "")
    return asked if asked in desk_lists.KEYS else desk_lists.KEYS[0]


def _bar(found: Sheet, which: str) -> dict[str, Any]:
    plan = found.plan
    job = PlanJob.objects.filter(plan=plan).first()
    draft = plan.status == DayPlan.Status.DRAFT
    return {
        "plan": plan, "draft": draft, "figures": desk_lists.figures(found), "which": which, "job": job,
        "searching": job is not None and job.state in (PlanJob.State.QUEUED, PlanJob.State.RUNNING),
        "reach": compare.reach(plan) if draft else 0, "rested": plan.status == DayPlan.Status.RESTED,
        "live": plan.status == DayPlan.Status.PUBLISHED,
    }  # fmt: skip


@guarded("visitday.read", DayPlan, log=False)
@require_safe
def data(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """What the script draws."""
    found = read(request, plan)
    return JsonResponse(desk_data.data(request.actor, found, may(request, plan)))  # type: ignore[attr-defined]


@guarded("visitday.read", DayPlan, log=False)
@require_safe
def bar(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """Figures, and how the search goes; asked for again while it goes on."""
    found = read(request, plan)
    context = {**_bar(found, _which(request)), "changes": may(request, plan)}
    response = render(request, "resources/desk/bar.html", context)
    # The search has come to an end since the page asked last: the chart is old.
    if request.GET.get("searching") and not context["searching"]:
        response["HX-Trigger"] = "desk-refresh"
    return response


@guarded("visitday.read", DayPlan, log=False)
@require_safe
def listing(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """The list behind a figure."""
    found = read(request, plan)
    which = _which(request)
    context = {**_bar(found, which), "lines": desk_lists.lines(found, which), "changes": may(request, plan)}
    return render(request, "resources/desk/list.html", context)
