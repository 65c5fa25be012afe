"""The reviewer's start: what waits, how far the runs and samples have come, and the year in numbers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samband.core import clock, policy
from samband.core.http import Request
from samband.core.jobs import worker_alive
from samband.core.policy import guarded
from samband.review import jobs
from samband.review.models import Check, Run, Sample
from samband.review.rules.patterns import PATTERNS
from samband.review.services import report, runs, samples
from samband.review.services.interest import provider
from samband.review.services.own import ours
from samband.review.views.base import shown
from samband.ui.toast import toast


@guarded("audit.check")
@require_safe
def home(request: Request) -> HttpResponse:
    """What waits by reason, the last run, last month's samples, this year by month."""
    last = policy.scoped(request.actor, "audit.run", Run.objects.all()).first()
    if request.htmx:
        return shown(request, "parts/run.html", run=last, worker_alive=worker_alive())
    open_ = policy.scoped(request.actor, "audit.check", Check.objects.filter(status__in=report.OPEN))
    everyone = report.waiting(request.actor)
    period = samples.last_month()
    return shown(
        request, "home.html", run=last, worker_alive=worker_alive(), waiting=[_waiting(row) for row in everyone],
        mine=sum(n for _s, _p, n in everyone) - open_.count(), period=period, year=report.year(request.actor, clock.today().year),
        drawn=Sample.objects.filter(organization_id=ours(request.actor), period=period).count(),
    )  # fmt: skip


def _waiting(row: tuple[str, str, int]) -> dict[str, Any]:
    source, pattern, n = row
    found = PATTERNS.get(pattern)
    return {
        "name": found.name if found else str(Check.Source(source).label), "note": found.what if found else "",
        "url": f"?source={pattern or source}", "n": n,
    }  # fmt: skip


@guarded("audit.run")
@require_POST
def run(request: Request) -> HttpResponse:
    """Put a run on the queue."""
    made = runs.begin(ours(request.actor), request.actor)
    if made is None:
        toast(request, _("Mönstren letas redan efter."))
    else:
        jobs.run_patterns.enqueue(made.pk)
        toast(request, _("Samband letar efter mönster. Du kan lämna sidan."))
    return redirect("review:home")


@guarded("audit.run")
@require_POST
def sample(request: Request) -> HttpResponse:
    """Draw last month's sample for the units that have none."""
    made = samples.draw_month(ours(request.actor), samples.last_month(), request.actor)
    n = len(made)
    toast(
        request,
        ngettext("Stickprov draget för %(n)d enhet.", "Stickprov draget för %(n)d enheter.", n) % {"n": n}
        if n
        else _("Alla enheter som har läst något har redan sitt stickprov."),
    )
    return redirect("review:home")


@guarded("audit.run")
@require_safe
def year(request: Request) -> HttpResponse:
    """The year by unit and month, for the report; made to be printed."""
    asked = request.GET.get("year", "")
    this = clock.today().year
    number = int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= this else this
    return shown(
        request, "year.html", year=report.year(request.actor, number), provider=provider(request.actor),
        before=number - 1, after=number + 1 if number < this else None,
    )  # fmt: skip
