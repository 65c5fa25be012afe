"""What the clock does: the patterns every night, a sample of last month, and runs whose process was killed."""

from datetime import timedelta

from django_tasks import task

from samband.core import clock
from samband.core.jobs import duty
from samband.people.models import Assignment
from samband.people.models.staff import current
from samband.review.models import Run, Sample
from samband.review.services import runs, samples


@task()
def run_patterns(run_id: int) -> str:
    """One run, by whichever worker takes it."""
    return runs.work(Run.objects.get(pk=run_id)).status


@task()
def draw_samples(organization_id: int, period: str) -> int:
    """Last month's samples of one organisation."""
    return len(samples.draw_month(organization_id, period))


def organizations() -> list[int]:
    """Those that have a reviewer today. Where nobody reviews, nothing is raised that nobody would look at."""
    rows = Assignment.objects.filter(current(), role=Assignment.Role.REVIEWER)
    return list(rows.order_by("unit__organization_id").values_list("unit__organization_id", flat=True).distinct())


@duty("review.patterns", every=timedelta(hours=1))
def nightly() -> None:
    """Once a day, over the days until yesterday."""
    yesterday = clock.today() - timedelta(1)
    looked = set(Run.objects.filter(until__gte=yesterday).values_list("organization_id", flat=True))
    for organization in organizations():
        if organization not in looked and (run := runs.begin(organization, until=yesterday)):
            run_patterns.enqueue(run.pk)


@duty("review.samples", every=timedelta(hours=12))
def monthly() -> None:
    """Last month, drawn in the first days of this one; units that were left out are drawn by the button."""
    period = samples.last_month()
    drawn = set(Sample.objects.filter(period=period).values_list("organization_id", flat=True))
    for organization in organizations():
        if organization not in drawn:
            draw_samples.enqueue(organization, period)


@duty("review.interrupted", every=timedelta(minutes=2))
def interrupted() -> int:
    return runs.mark_interrupted()
