"""The report to take along: on paper, its tables for a spreadsheet, its figures for programs. No person is named in any."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from samband.core.http import Request
from samband.core.policy import guarded
from samband.resources.models import WorthReport
from samband.resources.services import worth_paper, worth_shown
from samband.resources.views.worth import period, said


def done(report: WorthReport) -> WorthReport:
    if report.state != WorthReport.State.DONE:
        raise Http404
    return report


def _named(response: HttpResponse, report: WorthReport, suffix: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="samarbete-{report.first}-{report.last}.{suffix}"'
    return response


@guarded("worth.read", WorthReport)
@require_safe
def paper(request: Request, worthreport: WorthReport) -> HttpResponse:
    report = done(worthreport)
    made = worth_paper.pdf({**said(report), "pool": report.pool.name, "period": period(report)})
    return _named(HttpResponse(made, content_type="application/pdf"), report, "pdf")


@guarded("worth.read", WorthReport)
@require_safe
def tables(request: Request, worthreport: WorthReport) -> HttpResponse:
    report = done(worthreport)
    made = worth_shown.table_file(report.result)
    return _named(HttpResponse(made, content_type="text/csv; charset=utf-8"), report, "csv")


@guarded("worth.read", WorthReport)
@require_safe
def figures(request: Request, worthreport: WorthReport) -> HttpResponse:
    report = done(worthreport)
    made = {"pool": report.pool.name, "seconds": report.seconds, "first": report.first, "last": report.last}
    return _named(JsonResponse({**made, **report.result}, json_dumps_params={"indent": 1}), report, "json")
