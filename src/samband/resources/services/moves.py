"""Moving visits by hand in a draft: place, take out, lock, undo. Each says what it costs and which rule it breaks.

The planner's rules that hold for everybody (competence, delegation, "never her", terms of a loan) refuse a move; what concerns
time is said and allowed, as a planner may know the road better. One act is one row of `Move`, which undo reads.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.resources.models import DayPlan, Move, Placement, PlanJob, Unplaced, Visit, VisitPart, WorkShift
from samband.resources.models.visits import Sync
from samband.resources.services import breaches, pricing

MOVED_TO = "moved_to"  # beside the parts in Move.before
FIELDS = ("shift_id", "order", "starts_at", "ends_at", "travel", "locked", "locked_time")


@dataclass(frozen=True)
class Moved:
    """The draft after an act: what it costs in words and which rules it bends, in words."""

    plan: DayPlan
    costs: list[str] = field(default_factory=list)
    breaks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """One line for the planner."""
        costs = ", ".join(self.costs) or _("kostar inget mer")
        return " ".join([f"{costs[0].upper()}{costs[1:]}.", *self.breaks])


def place(actor: Actor, plan: DayPlan, part: VisitPart, shift: WorkShift, start: datetime, version: int) -> Moved:
    """`part` is done by whoever works `shift`, from `start`. Parts that go together in time follow."""
    private = masked(actor, part.visit)

    def act(draft: DayPlan) -> list[str]:
        day, now = pricing.built(draft), pricing.rows(draft)
        found = [
            (who, b)
            for what, who in _touched(now, part, shift, start)
            for b in breaches.found(day, now, what, who, start)
        ]
        stops = [(who, b) for who, b in found if b.hard]
        if stops:
            raise ValidationError([breaches.words(b, who, day, private) for who, b in stops])
        _put(draft, now, part, shift, start)
        set_day(draft, part.visit, None)
        return [breaches.words(b, who, day, private) for who, b in found]

    return done(actor, plan, version, Move.Kind.PLACE, part.visit, act)


def _put(draft: DayPlan, now: list[Placement], part: VisitPart, shift: WorkShift, start: datetime) -> None:
    mine = next((p for p in now if p.part_id == part.pk), None) or Placement(plan=draft, part=part, order=0)
    mine.shift, mine.starts_at, mine.ends_at = shift, start, start + timedelta(minutes=part.minutes)
    mine.save()
    if part.visit.sync != Sync.SIMULTANEOUS:
        return
    for other in now:
        if other.part.visit_id == part.visit_id and other.part_id != part.pk and other.starts_at != start:
            other.starts_at, other.ends_at = start, start + (other.ends_at - other.starts_at)
            other.save(update_fields=["starts_at", "ends_at"])


def masked(actor: Actor, visit: Visit) -> bool:
    """Whether the reader knows the visit only as area, time, length and competence: nothing of its person is told."""
    return not policy.decide(actor, "visit.read", visit)


def _touched(
    now: list[Placement], part: VisitPart, shift: WorkShift, start: datetime
) -> list[tuple[VisitPart, WorkShift]]:
    """The part, and those that come at the same time and therefore at the new time too."""
    if part.visit.sync != Sync.SIMULTANEOUS:
        return [(part, shift)]
    others = [p for p in now if p.part.visit_id == part.visit_id and p.part_id != part.pk and p.starts_at != start]
    return [(part, shift), *((p.part, p.shift) for p in others)]


def unplace(actor: Actor, plan: DayPlan, visit: Visit, version: int) -> Moved:
    """The whole visit goes back to those without a place."""

    def act(draft: DayPlan) -> list[str]:
        gone, _rows = Placement.objects.filter(plan=draft, part__visit=visit).delete()
        if not gone:
            raise ValidationError(_("Besöket har redan ingen plats."))
        return []

    return done(actor, plan, version, Move.Kind.UNPLACE, visit, act)


def lock(actor: Actor, plan: DayPlan, visit: Visit, on: bool, version: int) -> Moved:
    """Searches leave the visit's staff and time alone, or may move it again."""

    def act(draft: DayPlan) -> list[str]:
        rows = Placement.objects.filter(plan=draft, part__visit=visit)
        if not rows.update(locked=on, locked_time=on):
            raise ValidationError(_("Ett besök utan plats går inte att låsa."))
        return []

    return done(actor, plan, version, Move.Kind.LOCK, visit, act)


def undo(actor: Actor, plan: DayPlan, version: int) -> Moved:
    """The latest act that is not undone, whoever did it, taken back."""
    with transaction.atomic():
        draft = held(plan, version)
        last = Move.objects.filter(plan=draft, undone_at__isnull=True).order_by("-pk").first()
        if last is None:
            raise ValidationError(_("Det finns inget att ångra."))
        before = pricing.price(pricing.built(draft), pricing.rows(draft))
        parts = [int(key) for key in last.before if key != MOVED_TO]
        Placement.objects.filter(plan=draft, part__in=parts).delete()
        Placement.objects.bulk_create(_restored(draft, last.before))
        Move.objects.filter(pk=last.pk).update(undone_at=clock.now())
        visits = list(Visit.objects.filter(parts__in=parts).distinct())
        for visit in visits:
            to = last.before.get(MOVED_TO)
            set_day(draft, visit, date.fromisoformat(to) if to else None)
        audit.record(actor, "visitday.undo", thing=draft, rule="A1", persons={v.person_id for v in visits})
        return Moved(draft, _settle(draft, before, any(masked(actor, v) for v in visits)))


def done(
    actor: Actor, plan: DayPlan, version: int, kind: str, visit: Visit, act: Callable[[DayPlan], list[str]]
) -> Moved:
    """One act: in a draft that nobody else has changed, with a way back, the new travel times and an entry in the audit."""
    with transaction.atomic():
        draft = held(plan, version)
        if visit.status != Visit.Status.PLANNED:
            raise ValidationError(_("Besöket har börjat eller är klart och flyttas inte."))
        rows = pricing.rows(draft)
        before = pricing.price(pricing.built(draft), rows)
        before_it = _kept(visit, rows) | _day_kept(draft, visit)
        Move.objects.create(plan=draft, kind=kind, before=before_it, made_by_id=actor.assignment_id)
        private = masked(actor, visit)
        breaks = act(draft)
        # On another day it is not without a place: what that would cost is not said.
        costs = _settle(draft, before, private, ("unserved",) if kind == Move.Kind.DAY else ())
        audit.record(actor, f"visitday.{kind}", thing=draft, rule="A1", persons=[visit.person_id])
    return Moved(draft, costs, breaks)


def held(plan: DayPlan, version: int) -> DayPlan:
    """The draft, with its version counted up; refused if somebody else was there first, or a search works on it."""
    fresh = DayPlan.objects.select_related("pool").get(pk=plan.pk)
    if fresh.status != DayPlan.Status.DRAFT:
        raise ValidationError(_("Planen är inget utkast längre. Gör ett nytt utkast för att ändra dagen."))
    if PlanJob.objects.filter(plan=fresh, state__in=(PlanJob.State.QUEUED, PlanJob.State.RUNNING)).exists():
        raise ValidationError(_("En sökning arbetar med utkastet. Stoppa den först, det bästa blir kvar."))
    if not DayPlan.objects.filter(pk=plan.pk, version=version).update(version=version + 1):
        raise ValidationError(_("Någon annan har ändrat utkastet. Sidan visar nu hur det ser ut."), code="version")
    fresh.version = version + 1
    return fresh


def _kept(visit: Visit, rows: Iterable[Placement]) -> dict[str, Any]:
    """The visit's placements as they are, by part."""
    kept: dict[str, Any] = {str(pk): None for pk in visit.parts.values_list("pk", flat=True)}
    for row in rows:
        if str(row.part_id) in kept:
            values = {name: getattr(row, name) for name in FIELDS}
            kept[str(row.part_id)] = values | {n: values[n].isoformat() for n in ("starts_at", "ends_at")}
    return kept


def _day_kept(draft: DayPlan, visit: Visit) -> dict[str, Any]:
    """The other day that the draft had chosen for it."""
    row = Unplaced.objects.filter(plan=draft, visit=visit, moved_to__isnull=False).first()
    return {MOVED_TO: row.moved_to.isoformat()} if row and row.moved_to else {}


def set_day(draft: DayPlan, visit: Visit, to: date | None) -> None:
    """The draft sends the visit to another day, or keeps it (None)."""
    if to is not None:
        Unplaced.objects.update_or_create(plan=draft, visit=visit, defaults={"moved_to": to})
    else:
        Unplaced.objects.filter(plan=draft, visit=visit, moved_to__isnull=False).update(moved_to=None)


def _restored(draft: DayPlan, before: dict[str, Any]) -> list[Placement]:
    return [
        Placement(
            plan=draft,
            part_id=int(part),
            **values | {n: datetime.fromisoformat(values[n]) for n in ("starts_at", "ends_at")},
        )
        for part, values in before.items()
        if values and part != MOVED_TO
    ]


def _settle(draft: DayPlan, before: dict[str, float], private: bool, unsaid: tuple[str, ...] = ()) -> list[str]:
    """Order and travel of what stands in the plan now; the difference in words, less what tells of a masked person."""
    day, rows = pricing.built(draft), pricing.rows(draft)
    travel, order, touched = pricing.travel_before(day, rows), dict[int, int](), []
    for row in rows:
        now = (order.get(row.shift_id, 0), travel.get(row.pk, row.travel))
        order[row.shift_id] = now[0] + 1
        if now != (row.order, row.travel):
            row.order, row.travel = now
            touched.append(row)
    Placement.objects.bulk_update(touched, ["order", "travel"])
    more = pricing.difference(before, pricing.price(day, rows))
    hidden = {*unsaid, *(pricing.PRIVATE if private else ())}
    return pricing.in_words({n: v for n, v in more.items() if n not in hidden})
