"""My day on the phone: the published visits, and what is told of them."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import audit, clock
from samband.core.http import Request
from samband.core.policy import guarded
from samband.resources.forms_today import ReportForm
from samband.resources.models import Visit, VisitReport
from samband.resources.services import my_day, reports
from samband.ui.toast import toast

LATE = (10, 15, 20, 30, 45, 60)


@guarded("visit.mine")
@require_safe
def page(request: Request) -> HttpResponse:
    """In order: when to leave, this visit, what to tell, the rest."""
    found = my_day.my_day(request.actor)
    audit.seen(request, "visit.mine", found.persons, view=f"mine:{found.day:%Y%m%d}")
    context = {"day": found, "m": found.now, "now": clock.local_now(), "late": LATE, "sick_key": uuid.uuid4(),
               "key": {name: uuid.uuid4() for name in ("arrived", "done", "not_done", "late", "help")},
               "go": found.now.go(clock.now()) if found.now else None, "goes": my_day.GOES.get(my_day.Means(found.means))}  # fmt: skip
    return render(request, "resources/today/mine.html", context)


@guarded("visit.report", Visit, log=False)
@require_POST
def report(request: Request, visit: Visit) -> HttpResponse:
    """One thing told. What cannot be is said in words, and nothing is written."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        toast(request, _first(form.errors.as_data()))
        return redirect("resources:mine")
    data = form.cleaned_data
    try:
        row = reports.tell(request.actor, visit, data["kind"], data["key"], data["minutes"], data["reason"])
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        undo = reverse("resources:report_undo", args=[visit.public_id, row.pk])
        toast(request, str(SAID[VisitReport.Kind(row.kind)]()), undo)
    return redirect("resources:mine")


SAID = {
    VisitReport.Kind.ARRIVED: lambda: _("Du är framme."),
    VisitReport.Kind.DONE: lambda: _("Besöket är klart."),
    VisitReport.Kind.NOT_DONE: lambda: _("Antecknat: inte gjort."),
    VisitReport.Kind.LATE: lambda: _("Planeraren ser att du blir sen."),
    VisitReport.Kind.HELP: lambda: _("Planeraren har fått besked om att du behöver hjälp."),
}


def _first(errors: dict) -> str:
    return " ".join(message for error in next(iter(errors.values())) for message in error.messages)


@guarded("visit.report", Visit, log=False)
@require_POST
def undo(request: Request, visit: Visit, report: uuid.UUID) -> HttpResponse:
    """Take back what was just told."""
    try:
        reports.undo(request.actor, visit, report)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("Ångrat."))
    return redirect("resources:mine")
