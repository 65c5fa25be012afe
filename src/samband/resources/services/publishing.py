"""Publishing a day: one plan holds at a time. Whoever publishes must have seen what held before.

The plan that held rests and can be woken by undo. Both publish `resources.published`, of which others tell staff and persons.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, text
from samband.core.policy import Actor
from samband.resources.models import DayPlan, Placement, PlanJob, Pool, Unplaced, Visit
from samband.resources.rules.changes import Spot, changed
from samband.resources.services import day_moves, leaving, soundness

BEGUN = (Visit.Status.STARTED, Visit.Status.DONE, Visit.Status.NOT_DONE)


@dataclass(frozen=True)
class Change:
    """One part of a visit, before and now: (assignment, start), or None where it had no place. `to`: the day it goes to."""

    visit: int
    person: int
    part: int
    was: tuple[int, datetime] | None
    now: tuple[int, datetime] | None
    to: date | None = None


@dataclass(frozen=True)
class Published:
    plan: DayPlan
    before: DayPlan | None
    changes: list[Change] = field(default_factory=list)

    @property
    def persons(self) -> set[int]:
        return {c.person for c in self.changes}

    @property
    def staff(self) -> set[int]:
        return {spot[0] for c in self.changes for spot in (c.was, c.now) if spot}


def changes(before: DayPlan | None, now: DayPlan | None) -> list[Change]:
    """What differs so that somebody would notice, part by part, and what is sent to another day; three queries."""
    was, new, away = _spots(before), _spots(now), _leaving(now)
    out = []
    for part in sorted(was.keys() | new.keys() | away.keys()):
        (visit, person, old), (_v, _p, fresh) = was.get(part, (0, 0, None)), new.get(part, (0, 0, None))
        if part in away:
            out.append(replace(away[part], was=old))
        elif changed(Spot(*old) if old else None, Spot(*fresh) if fresh else None):
            out.append(Change(visit or _v, person or _p, part, old, fresh))
    return out


def _leaving(plan: DayPlan | None) -> dict[int, Change]:
    """The parts of what a draft sends to another day."""
    if plan is None or plan.status != DayPlan.Status.DRAFT:
        return {}
    rows = leaving.going(plan).values_list("visit__parts", "visit", "visit__person", "moved_to")
    return {part: Change(visit, person, part, None, None, to) for part, visit, person, to in rows if part}


Found = tuple[int, int, tuple[int, datetime] | None]


def _spots(plan: DayPlan | None) -> dict[int, Found]:
    if plan is None:
        return {}
    rows = Placement.objects.filter(plan=plan).values_list(
        "part_id", "part__visit_id", "part__visit__person_id", "shift__assignment_id", "starts_at"
    )
    return {part: (visit, person, (who, start)) for part, visit, person, who, start in rows}


def published(pool: Pool, day: date) -> DayPlan | None:
    return DayPlan.objects.filter(pool=pool, day=day, status=DayPlan.Status.PUBLISHED).first()


def publish(plan: DayPlan, by: Actor) -> Published:
    """The draft becomes what holds. Refused, with nothing written, if another was published meanwhile or the draft cannot hold."""
    try:
        with transaction.atomic():
            return _publish(plan, by)
    except IntegrityError as error:
        raise ValidationError(_raced()) from error


def _publish(plan: DayPlan, by: Actor) -> Published:
    draft = DayPlan.objects.select_related("pool").get(pk=plan.pk)
    if draft.status != DayPlan.Status.DRAFT:
        raise ValidationError(_("Planen är inget utkast: den är redan publicerad eller ersatt."))
    if PlanJob.objects.filter(plan=draft, state__in=(PlanJob.State.QUEUED, PlanJob.State.RUNNING)).exists():
        raise ValidationError(_("En sökning arbetar med utkastet. Stoppa den först, det bästa blir kvar."))
    before = published(draft.pool, draft.day)
    if (before.pk if before else None) != draft.based_on_id:
        raise ValidationError(_raced())
    found = changes(before, draft)
    _refuse(soundness.problems(draft) + begun(found))
    _swap(before, draft, by)
    day_moves.carry_out(draft, by)
    audit.record(by, "visitday.publish", thing=draft, rule="A1", persons={c.person for c in found})
    done = Published(draft, before, found)
    tell(done, draft.pool, draft.day)
    return done


def _swap(before: DayPlan | None, draft: DayPlan, by: Actor) -> None:
    """Each row is changed only if it still is what was read: of two at once, one changes nothing and is told so."""
    states = DayPlan.Status
    if before and not DayPlan.objects.filter(pk=before.pk, status=states.PUBLISHED).update(
        status=states.RESTED, version=before.version + 1
    ):
        raise ValidationError(_raced())
    now = {"published_at": clock.now(), "published_by_id": by.assignment_id, "version": draft.version + 1}
    mine = DayPlan.objects.filter(pk=draft.pk, status=states.DRAFT, version=draft.version)
    if not mine.update(status=states.PUBLISHED, **now):
        raise ValidationError(_("Någon annan har ändrat utkastet. Se hur det ser ut nu och publicera sedan."))
    draft.refresh_from_db()


def undo(pool: Pool, day: date, by: Actor) -> Published:
    """What held before holds again; the plan that was published is a draft again."""
    try:
        with transaction.atomic():
            return _undo(pool, day, by)
    except IntegrityError as error:
        raise ValidationError(_raced()) from error


def _undo(pool: Pool, day: date, by: Actor) -> Published:
    last = published(pool, day)
    if last is None:
        raise ValidationError(_("Ingen plan är publicerad den dagen."))
    earlier = last.based_on
    if earlier is None or earlier.status != DayPlan.Status.RESTED:
        raise ValidationError(_("Det finns ingen tidigare plan att gå tillbaka till. Gör ett nytt utkast i stället."))
    back = day_moves.take_back(last, by)
    found = [*changes(last, earlier), *_returned(back, last, earlier)]
    _refuse(begun(found))
    states = DayPlan.Status
    fell = DayPlan.objects.filter(pk=last.pk, status=states.PUBLISHED).update(
        status=states.DRAFT, published_at=None, published_by=None, version=last.version + 1
    )
    if not fell:
        raise ValidationError(_raced())
    DayPlan.objects.filter(pk=earlier.pk, status=states.RESTED).update(
        status=states.PUBLISHED, version=earlier.version + 1
    )
    earlier.refresh_from_db()
    audit.record(by, "visitday.unpublish", thing=last, rule="A1", persons={c.person for c in found})
    done = Published(earlier, last, found)
    tell(done, pool, day)
    return done


def _returned(back: list[Unplaced], last: DayPlan, earlier: DayPlan) -> list[Change]:
    """What was moved to another day and is here again without a place: its person hears of that too."""
    held = {c.visit for c in changes(last, earlier)}
    return [
        Change(row.visit_id, row.visit.person_id, part.pk, None, None, last.day)
        for row in back
        if row.visit_id not in held
        for part in row.visit.parts.all()
    ]


def tell(done: Published, pool: Pool, day: date) -> None:
    """`changes` are plain records: whom to tell is for the listener."""
    events.publish("resources.published", pool=pool, day=day, plan=done.plan, before=done.before, changes=done.changes)


def begun(found: list[Change]) -> list[str]:
    """What has begun or is done stays as it was."""
    visits = {c.visit for c in found}
    out = []
    for status, start in Visit.objects.filter(pk__in=visits, status__in=BEGUN).values_list("status", "window_from"):
        at, word = text.clock_time(clock.local(start)), Visit.Status(status).label
        out.append(
            _("Ett besök med fönster från %(at)s är redan: %(word)s. Lägg det som det var.")
            % {"at": at, "word": str(word).lower()}
        )
    return out


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ValidationError(problems[:5])


def _raced() -> str:
    return _(
        "Någon annan har publicerat dagen sedan utkastet gjordes. Jämför med det som gäller nu och gör ett nytt utkast."
    )
