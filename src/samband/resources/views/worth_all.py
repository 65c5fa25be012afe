"""What collaboration is worth in all pools at once: ask for it, and the sum with each municipality."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samband.core.http import Request
from samband.core.jobs import worker_alive
from samband.core.policy import guarded
from samband.resources import worth_jobs
from samband.resources.models import WorthReport
from samband.resources.services import worth as services
from samband.resources.services import worth_all
from samband.resources.views.worth import MARKS, period
from samband.resources.views.worth_form import AllForm
from samband.resources.worth_words import HOW
from samband.ui.toast import toast


@guarded("worth.run")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask for a report of each pool; the worker takes them."""
    form = AllForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = worth_all.ask(request.actor, form.wish())
        except ValidationError as error:
            form.refuse(error)
        else:
            for report in made:
                worth_jobs.run_worth.enqueue(report.pk)
            n = len(made)
            toast(request, ngettext("%(n)d pool räknas nu.", "%(n)d pooler räknas nu.", n) % {"n": n})
            return redirect("resources:worth_together", made[0].public_id)
    status = 422 if form.is_bound and form.errors else 200
    pools = worth_all.pools(request.actor).order_by("name")
    return render(request, "resources/worth/new_all.html", {"form": form, "pools": pools}, status=status)


@guarded("worth.read", WorthReport)
@require_safe
def together(request: Request, worthreport: WorthReport) -> HttpResponse:
    """The sum of those that are done, and how far the others have come; asked again until they are."""
    found = worth_all.together(worth_all.of_batch(request.actor, worthreport))
    rows = [(r, MARKS[r.state], r.get_state_display(), services.days_done(r)) for r in [*found.left, *found.failed]]
    context = {
        "report": worthreport, "period": period(worthreport), "found": found, "rows": rows, "how": HOW,
        "names": [r.pool.name for r in found.reports], "worker_alive": worker_alive() if found.left else True,
    }  # fmt: skip
    if request.htmx and not found.left:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"  # all are done: the page is drawn anew, as a whole
        return answer
    page = "_together" if request.htmx else "together"
    return render(request, f"resources/worth/{page}.html", context)
