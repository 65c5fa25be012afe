"""A report of what collaboration is worth: asked for, worked through in slices by the worker, stopped, taken up again.

A slice is as many days as the machine has cores, then the worker takes whatever else waits (a planner's search) before the
next. Each finished day is kept, so that a report that was stopped or killed goes on where it was.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Organization
from samband.resources.models import Pool, WorthReport
from samband.resources.rules import worth_sums
from samband.resources.rules.coalitions import Effort, Stopped, wanted
from samband.resources.services import worth_days, worth_work
from samband.resources.services.search import cores

State = WorthReport.State
SILENT = timedelta(minutes=10)
LOST = timedelta(hours=6)  # a report that waits so long is on no queue any more
MOST_DAYS, MOST_SEEDS, MOST_SECONDS, MOST_PARTIES = 31, 5, 120, 12
GOES_ON = (State.FAILED, State.STOPPED, State.CUT)


@dataclass(frozen=True)
class Wish:
    """What is asked for. `parties`: ids of organisations."""

    pool: Pool
    parties: Collection[int]
    first: date
    last: date
    seconds: int = 5
    seeds: tuple[int, ...] = (1, 2)

    def check(self) -> None:
        """Raises ValidationError by field."""
        offered = {o.pk for o in worth_days.organizations(self.pool, self.first)}
        faults = {
            "parties": None if 2 <= len(set(self.parties)) <= MOST_PARTIES and set(self.parties) <= offered
            else _("Välj minst två organisationer som planerar i poolen."),
            "last": _("Välj en dag som inte är före den första.") if self.last < self.first
            else _("Välj högst %(n)d dagar.") % {"n": MOST_DAYS} if (self.last - self.first).days >= MOST_DAYS else None,
            "seconds": None if 1 <= self.seconds <= MOST_SECONDS else _("Skriv 1 till %(n)d sekunder.") % {"n": MOST_SECONDS},
            "seeds": None if 1 <= len(set(self.seeds)) <= MOST_SEEDS else _("Välj 1 till %(n)d omgångar.") % {"n": MOST_SEEDS},
        }  # fmt: skip
        found = {name: words for name, words in faults.items() if words}
        if found:
            raise ValidationError(found)


@transaction.atomic
def ask(actor: Actor, wish: Wish, batch: UUID | None = None) -> WorthReport:
    """Put a report on the queue (the caller enqueues it). `batch`: one of several. Raises Denied or ValidationError."""
    rule = policy.require(actor, "worth.run", wish.pool).rule
    wish.check()
    made = WorthReport.objects.create(
        pool=wish.pool, batch=batch, parties=sorted(set(wish.parties)), first=wish.first, last=wish.last, seconds=wish.seconds,
        seeds=sorted(set(wish.seeds)), asked_by_id=actor.assignment_id, asked_at=clock.now(), beat_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, "worth.asked", thing=made, rule=rule, first=f"{wish.first}", last=f"{wish.last}")
    return made


@transaction.atomic
def stop(actor: Actor, report: WorthReport) -> None:
    """Ask it to stop; what is done is kept. One that nobody has begun stops at once."""
    rule = policy.require(actor, "worth.run", report).rule
    mine = WorthReport.objects.filter(pk=report.pk)
    if mine.filter(state=State.QUEUED).update(state=State.STOPPED, finished_at=clock.now()) or mine.filter(
        state=State.RUNNING
    ).update(stop_asked=True):
        audit.record(actor, "worth.stopped", thing=report, rule=rule)


@transaction.atomic
def again(actor: Actor, report: WorthReport) -> bool:
    """On the queue once more; False where it is there already. Days that are done are not done again."""
    rule = policy.require(actor, "worth.run", report).rule
    taken = WorthReport.objects.filter(pk=report.pk, state__in=GOES_ON).update(
        state=State.QUEUED,
        stop_asked=False,
        error="",
        finished_at=None,
        beat_at=clock.now(),
        version=report.version + 1,
    )
    if taken:
        audit.record(actor, "worth.again", thing=report, rule=rule)
    return bool(taken)


def days_of(report: WorthReport) -> list[date]:
    return [report.first + timedelta(n) for n in range((report.last - report.first).days + 1)]


def left(report: WorthReport) -> list[tuple[date, int]]:
    """Days and seeds that are not done, in order."""
    done = report.result.get("done", {})
    return [(day, seed) for day in days_of(report) for seed in report.seeds if f"{day}/{seed}" not in done]


def days_done(report: WorthReport) -> int:
    """Days that are done with every seed."""
    undone = {day for day, _seed in left(report)}
    return len(days_of(report)) - len(undone)


def work(report: WorthReport, processes: int | None = None, iterations: int | None = None) -> bool:
    """One slice. True if there is more to do. One of two workers who take it at once wins; the other leaves it."""
    moment = clock.now()
    claimed = WorthReport.objects.filter(pk=report.pk, state=State.QUEUED).update(state=State.RUNNING, beat_at=moment)
    report.refresh_from_db()
    if not claimed:
        return False
    processes = processes or cores()
    try:
        _slice(report, left(report)[:processes], Effort(report.seconds, iterations), processes)
    except Stopped:
        return _end(report, State.STOPPED)
    except Exception as error:
        _end(report, State.FAILED, _("Räkningen gick fel: %(kind)s.") % {"kind": type(error).__name__})
        raise
    if left(report):
        WorthReport.objects.filter(pk=report.pk).update(state=State.QUEUED, beat_at=clock.now())
        return True
    return _finish(report)


def _slice(report: WorthReport, chosen: list[tuple[date, int]], effort: Effort, processes: int) -> None:
    built = {day: worth_days.day_of(report.pool, day, report.parties) for day in dict.fromkeys(d for d, _s in chosen)}
    for day, seed in chosen:
        if built[day] is None:
            _keep(report, f"{day}/{seed}", None)
    tasks = [worth_work.Task((f"{d}", s), found) for d, s in chosen if (found := built[d]) is not None]
    beat = Beat(report)
    for (day_name, seed), outcome in worth_work.outcomes(tasks, effort, beat, processes):
        _keep(report, f"{day_name}/{seed}", outcome)


class Beat:
    """A sign of life and how far it has come, at most once a second; says whether to go on."""

    def __init__(self, report: WorthReport):
        self.report, self.at = report, clock.now() - timedelta(seconds=2)
        self.before = report.progress.get("plans", 0)

    def __call__(self, made: int) -> bool:
        moment = clock.now()
        if moment - self.at < timedelta(seconds=1):
            return True
        self.at = moment
        self.report.progress = {"plans": self.before + made, "of": plans_in_all(self.report)}
        mine = WorthReport.objects.filter(pk=self.report.pk)
        mine.update(progress=self.report.progress, beat_at=moment)
        return not mine.filter(stop_asked=True).exists()


def plans_in_all(report: WorthReport) -> int:
    """How many plans the whole report takes: every set, and each party once more, a day and a seed."""
    each = len(wanted([str(p) for p in report.parties], worth_work.PAIRS, 1)) + len(report.parties)
    return each * len(days_of(report)) * len(report.seeds)


def _keep(report: WorthReport, name: str, outcome: dict[str, Any] | None) -> None:
    report.result = {"done": {**report.result.get("done", {}), name: outcome}}
    done, of = len(report.result["done"]), plans_in_all(report)
    report.progress = {"plans": of * done // (len(days_of(report)) * len(report.seeds)), "of": of}
    report.beat_at = clock.now()
    report.save(update_fields=["result", "progress", "beat_at"])


def _end(report: WorthReport, state: str, error: str = "") -> bool:
    WorthReport.objects.filter(pk=report.pk).update(state=state, error=error[:300], finished_at=clock.now())
    return False


def _finish(report: WorthReport) -> bool:
    """From what the days gave to what is said. A day without visits or staff is left out, and counted."""
    table = {_unnamed(name): outcome for name, outcome in report.result["done"].items() if outcome is not None}
    if not table:
        return _end(
            report,
            State.FAILED,
            _("Det finns inga besök att planera de dagarna. Välj andra dagar eller organisationer."),
        )
    names = dict(Organization.objects.filter(pk__in=report.parties).values_list("pk", "name"))
    result = worth_sums.result(table, [(str(p), names[p]) for p in report.parties], worth_work.PAIRS)
    result["empty_days"] = len(days_of(report)) - len(result["days"])
    moment = clock.now()
    WorthReport.objects.filter(pk=report.pk, state=State.RUNNING).update(
        result=result, state=State.DONE, progress={}, beat_at=moment, finished_at=moment
    )
    return False


def _unnamed(name: str) -> tuple[str, int]:
    day, seed = name.split("/")
    return day, int(seed)


def mark_cut() -> int:
    """A report whose process was killed must not look as if it went on."""
    now = clock.now()
    dead = WorthReport.objects.filter(state=State.RUNNING, beat_at__lt=now - SILENT)
    lost = WorthReport.objects.filter(state=State.QUEUED, beat_at__lt=now - LOST)
    return sum(rows.update(state=State.CUT, finished_at=now) for rows in (dead, lost))
