"""A visit done on another day than the plan says: which days may be chosen, and the choice in a draft.

In the draft it is a thought (`Unplaced.moved_to`) that nobody is told of; publishing carries it out (`day_moves`). What the
plan says of a visit is decided by the unit that has it (P3).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.plans.models import OccurrenceState
from samband.resources.models import DayPlan, Move, Placement, Unplaced, Visit, VisitItem
from samband.resources.rules import other_day as rules
from samband.resources.rules.other_day import Why
from samband.resources.services import moves
from samband.resources.services.leaving import going
from samband.resources.services.moves import Moved
from samband.resources.services.tasks import members, takes_part

OFF = (Visit.Status.CANCELLED, Visit.Status.GONE)


@dataclass(frozen=True)
class Day:
    """A day to choose, or why it may not be chosen."""

    day: date
    name: str
    why: str = ""


@dataclass(frozen=True)
class OtherDay:
    """`said`: the rule, in a sentence; `chosen`: the day that the draft has chosen."""

    said: str
    days: list[Day]
    closed: list[Day]
    chosen: date | None = None


def offered(actor: Actor, plan: DayPlan, visit: Visit) -> OtherDay:
    """What the reader may choose, and what is to be said where she may not."""
    chosen = Unplaced.objects.filter(plan=plan, visit=visit).values_list("moved_to", flat=True).first()
    decision = policy.decide(actor, "visit.edit", visit)
    if not decision:
        return OtherDay(decision.reason, [], [], chosen)
    items = list(visit.items.select_related("action"))
    if not items:
        return OtherDay(
            _("Besöket är ett önskemål till en viss tid och flyttas inte till en annan dag."), [], [], chosen
        )
    if not visit.movable:
        return OtherDay(_("Enligt insatsens villkor får besöket inte flyttas till en annan dag."), [], [])
    found = [_day(c) for c in rules.choices(facts(plan, visit, items))]
    n = visit.movable
    said = ngettext(
        "Får flyttas högst %(n)d dag från dagen i planen, enligt insatsens villkor.",
        "Får flyttas högst %(n)d dagar från dagen i planen, enligt insatsens villkor.", n,
    ) % {"n": n}  # fmt: skip
    return OtherDay(said, [d for d in found if not d.why], [d for d in found if d.why], chosen)


def _day(choice: rules.Choice) -> Day:
    return Day(choice.day, text.short_date(choice.day), words(choice.why) if choice.why else "")


def words(why: Why) -> str:
    return {
        Why.PAST: _("tiden har varit"),
        Why.TAKEN: _("samma insats görs redan den dagen"),
        Why.ENDED: _("insatsen har slutat då"),
        Why.NOT_BEGUN: _("insatsen har inte börjat då"),
        Why.OUTSIDE: _("enheten planerar inte sin dag här då"),
    }[why]


def facts(plan: DayPlan, visit: Visit, items: list[VisitItem]) -> rules.Facts:
    """Four questions, however far it may be moved."""
    planned = visit.day - timedelta(days=_moved_days(items))
    low, high = planned - timedelta(days=visit.movable), planned + timedelta(days=visit.movable)
    same = VisitItem.objects.filter(action__in=[i.action_id for i in items], visit__day__range=(low, high))
    taken = same.exclude(visit=visit).exclude(visit__status__in=OFF).values_list("visit__day", flat=True)
    units, days = members(plan.pool), [low + timedelta(days=n) for n in range((high - low).days + 1)]
    shift = clock.today() - visit.day
    late = at_day(visit.window_to, shift) <= clock.now()
    last = [i.action.stops_on for i in items if i.action.stops_on and i.action.rrule]
    return rules.Facts(
        planned, visit.day, visit.movable, clock.today(), late, set(taken),
        max((i.action.starts_on for i in items if i.action.rrule), default=None), min(last, default=None),
        {day for day in days if not takes_part(units, visit.unit_id, day)},
    )  # fmt: skip


def _moved_days(items: list[VisitItem]) -> int:
    """How many days from the plan's own day it has been moved already."""
    rows = OccurrenceState.objects.filter(
        action__in=[i.action_id for i in items], original__in=[i.original for i in items], moved_to__isnull=False
    )
    moved = {(s.action_id, s.original): s.moved_to for s in rows}
    found = [(moved.get((i.action_id, i.original)), i.original) for i in items]
    return max(((clock.local(to).date() - clock.local(was).date()).days for to, was in found if to), default=0, key=abs)


def at_day(moment: datetime, shift: timedelta) -> datetime:
    """The same time on the clock, whole days away."""
    local = clock.local(moment)
    return clock.at(local.date() + shift, local.time().replace(tzinfo=None))


def choose(actor: Actor, plan: DayPlan, visit: Visit, to: date, version: int) -> Moved:
    """In the draft the visit leaves the day. Raises Denied, ValidationError. The day itself: it stays after all."""
    policy.require(actor, "visit.edit", visit)
    stays = to == plan.day

    def act(draft: DayPlan) -> list[str]:
        if not stays:
            refuse(plan, visit, to)
            Placement.objects.filter(plan=draft, part__visit=visit).delete()
        elif not going(draft).filter(visit=visit).exists():
            raise ValidationError(_("Besöket är kvar den här dagen."))
        moves.set_day(draft, visit, None if stays else to)
        return [] if stays else [_said(visit, plan, to)]

    return moves.done(actor, plan, version, Move.Kind.DAY, visit, act)


def _said(visit: Visit, plan: DayPlan, to: date) -> str:
    """What follows, and that a published day asks for a draft of its own."""
    day = text.short_date(to)
    held = DayPlan.objects.filter(pool=plan.pool_id, day=to, status=DayPlan.Status.PUBLISHED).exists()
    more = _("Den dagen är redan publicerad: gör ett nytt utkast där efteråt.")
    said = _("Flyttas till %(day)s när planen publiceras.") % {"day": day}
    return f"{said} {more}" if held else said


def refuse(plan: DayPlan, visit: Visit, to: date) -> None:
    """Raises ValidationError where the rule closes the day."""
    items = list(visit.items.select_related("action"))
    found = {c.day: c for c in rules.choices(facts(plan, visit, items))} if items else {}
    choice, day = found.get(to), text.short_date(to)
    if choice is None:
        raise ValidationError(
            _("Besöket får inte flyttas till %(day)s: villkoren säger högst %(n)d dagar från dagen i planen.")
            % {"day": day, "n": visit.movable}
        )
    if choice.why is not None:
        raise ValidationError(
            _("Besöket får inte flyttas till %(day)s: %(why)s.") % {"day": day, "why": words(choice.why)}
        )
