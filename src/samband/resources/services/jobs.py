"""Searches as jobs of the worker: with live progress, stopped with the best kept, found again when their process died."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import task

from samband.core import audit, clock
from samband.core.policy import Actor
from samband.people.models import Assignment
from samband.resources.models import DayPlan, PlanJob
from samband.resources.services.built import Built
from samband.resources.services.drafts import assignment_of
from samband.resources.services.problem import build
from samband.resources.services.search import Asked, Task, cores, search
from samband.resources.services.writing import write
from visit_planner.errors import InvalidInput

if TYPE_CHECKING:
    from visit_planner.solve import Result

log = logging.getLogger(__name__)
State = PlanJob.State
ACTIVE = (State.QUEUED, State.RUNNING)
LONGEST = 600
DEAD_AFTER = timedelta(seconds=60)
MOST = 4  # processes of one search: the machine serves pages too
SHOWN = 1.0  # seconds between two signs of life


def ask(plan: DayPlan, seconds: int, seed: int, by: Actor | Assignment | None, now: datetime | None = None) -> PlanJob:
    """Put a search on the queue. One at a time for a draft. Raises ValidationError.

    `now`: search the rest of the day only, from this moment.
    """
    if not 1 <= seconds <= LONGEST:
        raise ValidationError(_("Sökningen får ta mellan 1 och %(most)d sekunder.") % {"most": LONGEST})
    with transaction.atomic():
        fresh = DayPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if fresh.status != DayPlan.Status.DRAFT:
            raise ValidationError(_("Planen är inte längre ett utkast. Börja ett nytt utkast."))
        if fresh.jobs.filter(state__in=ACTIVE).exists():
            raise ValidationError(_("Det pågår redan en sökning i utkastet. Vänta eller stoppa den."))
        job = PlanJob.objects.create(
            plan=fresh, seconds=seconds, seed=seed, asked_by_id=assignment_of(by), asked_at=clock.now(),
            progress={"seconds": seconds} | ({"now": now.isoformat()} if now else {}),
        )  # fmt: skip
        if isinstance(by, Actor):
            audit.record(by, "visitday.plan", thing=fresh, seconds=seconds)
        transaction.on_commit(partial(_enqueue, job.pk))
    return job


@task()
def run_plan_job(pk: int) -> str:
    """What the worker is given."""
    job = PlanJob.objects.filter(pk=pk).first()
    return run(job).state if job else ""  # the draft was thrown away meanwhile


def _enqueue(pk: int) -> None:
    run_plan_job.enqueue(pk)


def stop(job: PlanJob) -> None:
    """Ask it to stop; what is best so far is kept. One that nobody has begun is over at once."""
    PlanJob.objects.filter(pk=job.pk, state__in=ACTIVE).update(stop_asked=True)
    _end(job, State.STOPPED, only=State.QUEUED)
    job.refresh_from_db()


def run(job: PlanJob) -> PlanJob:
    """Do it, unless somebody has. A failure is told in the job, and the draft is as it was."""
    begun = PlanJob.objects.filter(pk=job.pk, state=State.QUEUED).update(
        state=State.RUNNING, started_at=clock.now(), beat_at=clock.now()
    )
    job.refresh_from_db()
    if not begun:
        return job
    try:
        _search(job)
    except ValidationError as error:
        _end(job, State.FAILED, " ".join(error.messages))
    except InvalidInput as error:
        _end(job, State.FAILED, _("Dagen går inte att planera: %(why)s") % {"why": error})
    except Exception:
        log.exception("plan job %s failed", job.pk)
        _end(job, State.FAILED, _("Något gick fel i sökningen. Utkastet är som det var."))
    job.refresh_from_db()
    return job


def _search(job: PlanJob) -> None:
    plan = DayPlan.objects.select_related("pool").get(pk=job.plan_id)
    moment = job.progress.get("now")
    built = build(plan.pool, plan.day, plan, now=datetime.fromisoformat(moment) if moment else None)
    asked = Asked(PlanJob.objects.filter(pk=job.pk, stop_asked=True).exists())
    follow = Follow(job, built, asked)
    found = search(Task(built.problem, built.start, job.seconds, job.seed, min(MOST, cores())), asked, follow)
    with transaction.atomic():
        fresh = DayPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if fresh.version != plan.version:
            raise ValidationError(_("Utkastet ändrades medan sökningen pågick. Det är som du lämnade det; sök igen."))
        write(plan, built, found.plan)
        follow.tell(found.plan.cost, found.plan.components, len(found.plan.unserved), found.seconds)
        _end(job, State.STOPPED if asked.now else State.DONE)


class Follow:
    """About once a second: what is best so far, a sign of life, and whether somebody wants it to stop."""

    def __init__(self, job: PlanJob, built: Built, asked: Asked) -> None:
        self.job, self.built, self.asked = job, built, asked
        self.told = 0.0

    def __call__(self, result: Result) -> None:
        if monotonic() - self.told >= SHOWN:
            self.told = monotonic()
            self.tell(result.cost, result.components, len(result.plan.unserved), result.seconds)

    def tell(self, cost: float, components: dict[str, float], unplaced: int, seconds: float) -> None:
        progress: dict[str, Any] = self.job.progress | {
            "cost": round(cost, 1),
            "tardiness": round(components.get("tardiness", 0.0), 1),
            "travel": round(components.get("travel", 0.0), 1),
            "unplaced": unplaced,
            "visits": len(self.built.problem.visits),
            "elapsed": round(seconds, 1),
            "left": round(max(0.0, self.job.seconds - seconds), 1),
        }
        self.job.progress = progress
        PlanJob.objects.filter(pk=self.job.pk).update(progress=progress, beat_at=clock.now())
        self.asked.now = PlanJob.objects.filter(pk=self.job.pk, stop_asked=True).exists()


def _end(job: PlanJob, state: str, error: str = "", only: str = "") -> None:
    rows = PlanJob.objects.filter(Q(pk=job.pk), state__in=[only] if only else ACTIVE)
    rows.update(state=state, error=error[:300], finished_at=clock.now())


def look_after() -> int:
    """Jobs whose process died are marked; those that nobody took are put on the queue anew. Returns how many."""
    silent = PlanJob.objects.filter(state=State.RUNNING, beat_at__lt=clock.now() - DEAD_AFTER)
    dead = silent.update(
        state=State.FAILED, finished_at=clock.now(), error=_("Sökningen avbröts. Utkastet är som det var; sök igen.")
    )
    waiting = PlanJob.objects.filter(
        state=State.QUEUED, asked_at__lt=clock.now() - 2 * DEAD_AFTER, beat_at__isnull=True
    )
    for pk in list(waiting.values_list("pk", flat=True)):
        PlanJob.objects.filter(pk=pk).update(asked_at=clock.now())
        _enqueue(pk)
        dead += 1
    return dead
