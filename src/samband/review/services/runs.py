"""A run of the patterns: put on the queue, done by a worker with progress, found again when its process was killed."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from samband.core import audit, clock
from samband.core.policy import Actor
from samband.review.models import Run
from samband.review.rules.patterns import find
from samband.review.services import checks, practice, register
from samband.review.services.gather import gather

WINDOW = 45  # days that a run looks at; long enough for the patterns that wait a month
HISTORY = 60  # days before, to know what is usual
SILENT_AFTER = timedelta(minutes=10)
Status = Run.Status


def begin(organization_id: int, actor: Actor | None = None, until: date | None = None) -> Run | None:
    """A run that waits for a worker; None where one is already on its way."""
    until = until or clock.today()
    run = Run(
        organization_id=organization_id, since=until - timedelta(WINDOW - 1), until=until,
        started_by_id=actor.assignment_id if actor else None, days_total=WINDOW + HISTORY, at=clock.now(), beat_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            run.save()
            if actor:
                audit.record(actor, "audit.run", thing=run, rule="A2", since=f"{run.since}", until=f"{run.until}")
    except IntegrityError:
        return None
    return run


def work(run: Run) -> Run:
    """Do it. One of two workers who take it at once wins; the other leaves it."""
    claimed = Run.objects.filter(pk=run.pk, status=Status.WAITING).update(status=Status.RUNNING, beat_at=clock.now())
    run.refresh_from_db()
    if not claimed:
        return run
    try:
        _look(run)
    except Exception:
        Run.objects.filter(pk=run.pk).update(status=Status.FAILED, finished_at=clock.now())
        raise
    return run


def _look(run: Run) -> None:
    first = run.since - timedelta(HISTORY)
    log = gather(run.organization_id, first, run.until, run.since, lambda days: _tell(run, days))
    known = register.known(run.organization_id, log, first)
    figures, _size = practice.of(run.organization_id)
    raised = find(log, known, figures)
    with transaction.atomic():
        run.new = checks.from_patterns(run.organization_id, raised, run)
        run.visits, run.found = len(log.visits), len(raised)
        run.status, run.finished_at, run.days_done = Status.DONE, clock.now(), run.days_total
        run.save()


def _tell(run: Run, days: int) -> None:
    run.days_done = min(days, run.days_total)
    Run.objects.filter(pk=run.pk).update(days_done=run.days_done, beat_at=clock.now())


def mark_interrupted() -> int:
    """A run whose process was killed must not look as if it went on. What it raised is whole or not at all."""
    silent = Run.objects.filter(status=Status.RUNNING, beat_at__lt=clock.now() - SILENT_AFTER)
    return silent.update(status=Status.INTERRUPTED, finished_at=clock.now())
