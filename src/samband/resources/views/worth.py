"""What collaboration is worth: reports, a new one, how far it has come, and what it says."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import policy, text
from samband.core.http import Request
from samband.core.jobs import worker_alive
from samband.core.policy import guarded
from samband.people.models import Organization
from samband.resources import worth_jobs
from samband.resources.models import Pool, WorthReport
from samband.resources.services import worth as services
from samband.resources.services import worth_shown
from samband.resources.services.worth_text import number
from samband.resources.views.worth_form import WorthForm
from samband.resources.worth_words import HOW
from samband.ui.toast import toast

State = WorthReport.State
MARKS = {"done": "ok", "failed": "act", "cut": "warn", "stopped": "warn", "queued": "unknown", "running": "unknown"}
SHOWN = 50


@guarded("worth.list")
@require_safe
def listing(request: Request) -> HttpResponse:
    """The reports of pools that the reader's unit takes part in, the latest first."""
    found = policy.scoped(request.actor, "worth.list", WorthReport.objects.select_related("pool"))
    reports = list(found.defer("result")[:SHOWN])
    names = dict(Organization.objects.values_list("pk", "name"))
    gains = dict(found.filter(state=State.DONE).values_list("pk", "result__gain__percent__mean")[:SHOWN])
    pools = policy.scoped(request.actor, "worth.run", Pool.objects.all())
    rows = [_row(report, names, gains.get(report.pk)) for report in reports]
    return render(request, "resources/worth/list.html", {"rows": rows, "pools": pools})


def _row(report: WorthReport, names: dict[int, str], percent: float | None) -> dict[str, Any]:
    word = report.get_state_display() if percent is None else _("%(n)s %% lägre pris") % {"n": number(percent, 1)}
    return {
        "report": report, "period": period(report), "word": word, "state": MARKS[report.state],
        "parties": ", ".join(names.get(p, "") for p in report.parties),
    }  # fmt: skip


def period(report: WorthReport) -> str:
    first, last = text.short_date(report.first), text.short_date(report.last)
    return first if first == last else f"{first}–{last}"


@guarded("worth.run", Pool)
@require_http_methods(["GET", "POST"])
def new(request: Request, pool: Pool) -> HttpResponse:
    """Ask for a report; the worker takes it."""
    form = WorthForm(request.POST or None, pool=pool)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask(request.actor, form.wish())
        except ValidationError as error:
            form.refuse(error)
        else:
            worth_jobs.run_worth.enqueue(made.pk)
            toast(request, _("Rapporten räknas nu. Du kan lämna sidan."))
            return redirect("resources:worth_report", made.public_id)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "resources/worth/new.html", {"form": form, "pool": pool}, status=status)


@guarded("worth.read", WorthReport)
@require_safe
def page(request: Request, worthreport: WorthReport) -> HttpResponse:
    """How far it has come, asked again by the page, or what it says."""
    report = worthreport
    known: dict[str, Any] = {
        "report": report, "period": period(report), "mark": MARKS[report.state],
        "may_run": bool(policy.decide(request.actor, "worth.run", report)),
    }  # fmt: skip
    if report.state != State.DONE:
        known |= _progress(report)
        return render(request, f"resources/worth/{'_progress' if request.htmx else 'progress'}.html", known)
    if request.htmx:  # the page that waited is drawn anew, as a whole
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "resources/worth/report.html", known | said(report))


def _progress(report: WorthReport) -> dict[str, Any]:
    return {
        "working": report.state in (State.QUEUED, State.RUNNING), "goes_on": report.state in services.GOES_ON,
        "plans": report.progress.get("plans", 0), "of": services.plans_in_all(report),
        "days_done": services.days_done(report), "worker_alive": worker_alive(),
    }  # fmt: skip


def said(report: WorthReport) -> dict[str, Any]:
    """What page and paper say."""
    result = report.result
    blocks = worth_shown.blocks(result)
    return {
        "headline": worth_shown.headline(result), "doubt": worth_shown.doubt(result), "again": worth_shown.again(result),
        "nothing": worth_shown.nothing(result), "sure": worth_shown.sure(result),
        "parties": [p["name"] for p in result["parties"]], "how": HOW,
        "care": [b for b in blocks if b.group == "care"], "pay": [b for b in blocks if b.group == "pay"],
        "visits": number(result["visits"]), "days": len(result["days"]), "empty_days": result["empty_days"],
        "rounds": len(result["seeds"]), "seconds": number(result["seconds_per_day"], 1),
    }  # fmt: skip


@guarded("worth.run", WorthReport)
@require_POST
def stop(request: Request, worthreport: WorthReport) -> HttpResponse:
    services.stop(request.actor, worthreport)
    toast(request, _("Räkningen stoppas. De dagar som är klara är kvar."))
    return redirect("resources:worth_report", worthreport.public_id)


@guarded("worth.run", WorthReport)
@require_POST
def again(request: Request, worthreport: WorthReport) -> HttpResponse:
    """Go on where it was."""
    if services.again(request.actor, worthreport):
        worth_jobs.run_worth.enqueue(worthreport.pk)
        toast(request, _("Räkningen går vidare där den var."))
    return redirect("resources:worth_report", worthreport.public_id)
