"""The report in the background: slice after slice, each behind whatever waits; and reports whose process was killed."""

from datetime import timedelta

from django_tasks import task

from samband.core.jobs import duty
from samband.resources.models import WorthReport
from samband.resources.services import worth

BEHIND = -50  # a planner's search goes first


@task(priority=BEHIND)
def run_worth(report_id: int) -> str:
    """One slice, then on the queue again while there is more."""
    report = WorthReport.objects.select_related("pool").get(pk=report_id)
    if worth.work(report):
        run_worth.enqueue(report_id)
    report.refresh_from_db(fields=["state"])
    return report.state


@duty("resources.worth_cut", every=timedelta(minutes=2))
def worth_cut() -> int:
    return worth.mark_cut()
