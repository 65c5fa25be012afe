"""A unit's day: who is to be met, in which order, and what is to be done. The scope is in the query."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.access.models import Capacity
from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Person, Unit
from samband.people.models.staff import current
from samband.plans.models import Action, Participant
from samband.plans.services import page as shown
from samband.plans.services.occurrences import Occurrence, candidates, unfold
from samband.plans.services.summary import flags, marked

TOGETHER = timedelta(minutes=20)
PAGE = 60


@dataclass(frozen=True)
class Asked:
    """Which days, whose, at which unit."""

    first: date
    days: int
    whose: str
    unit: Unit | None
    number: int = 1

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)


@dataclass
class Visit:
    """What is done at one person's at one time, by one or several."""

    person: Person
    voice: str
    starts: datetime
    all_day: bool
    items: list[dict[str, Any]] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    state: str = "later"

    @property
    def day(self) -> date:
        return clock.local(self.starts).date()

    @property
    def clock(self) -> str:
        return "" if self.all_day else text.clock_time(self.starts)

    @property
    def minutes(self) -> int:
        return sum(o.action.minutes or 0 for o in self.occurrences)

    @property
    def url(self) -> str:
        return reverse("plans:person", args=[self.person.public_id])

    @property
    def flags(self) -> list[dict[str, Any]]:
        """As in the header: warnings first, language, how to inform."""
        return list(flags(self.person))

    @property
    def marked(self) -> str:
        """P7."""
        held = getattr(self.person, "held_capacities", [])
        return marked(held[0]) if held else ""

    @property
    def what(self) -> str:
        return ", ".join(item["title"] for item in self.items)

    @property
    def done(self) -> bool:
        return all(not o.pending for o in self.occurrences)

    @property
    def mark(self) -> dict[str, str]:
        """The gravest thing to say about it."""
        marked = [item for item in self.items if item.get("mark")]
        grave = {"act": 0, "warn": 1, "unknown": 2}
        return min(marked, key=lambda item: grave[item["mark"]], default={})


@dataclass
class DayList:
    """The page: the visit now, those that are left, those that are done; by day for a week."""

    visits: list[Visit]
    now: Visit | None
    later: list[Visit]
    done: list[Visit]
    days: list[dict[str, Any]]
    pager: Page | None
    total: int
    place: int = 0


def asked(query: Mapping[str, Any], actor: Actor) -> Asked:
    """Read the filter; what is odd falls back to today at the own unit."""
    days = 7 if query.get("days") == "week" else 1
    try:
        first = date.fromisoformat(query.get("date", ""))
    except ValueError:
        first = clock.today()
    first = min(max(first, clock.today() - timedelta(days=60)), clock.today() + timedelta(days=365))
    units = Unit.objects.filter(pk__in=actor.unit_ids)
    unit = units.filter(public_id=query["unit"]).first() if _is_uuid(query.get("unit", "")) else None
    unit = unit or units.filter(pk__in=[actor.unit_id or 0]).first()
    number = query.get("page", "1")
    return Asked(
        first, days, "mine" if query.get("whose") == "mine" else "unit", unit, int(number) if number.isdecimal() else 1
    )


def _is_uuid(value: str) -> bool:
    from uuid import UUID

    try:
        UUID(value)
    except ValueError:
        return False
    return True


def rows_of(actor: Actor, ask: Asked) -> list[Occurrence]:
    """The occurrences that the unit (or oneself) has in the days."""
    scope = policy.scoped(actor, "action.do", Action.objects.all())
    held = Prefetch("plan__person__capacities", Capacity.objects.filter(current()), to_attr="held_capacities")
    # Two questions, each with an index of its own; one with OR reads every action there is.
    own = scope.filter(unit=ask.unit, by=Action.By.UNIT)
    joint = scope.filter(pk__in=Participant.objects.filter(unit=ask.unit).values("action_id"))
    keys = {pk for rows in (own, joint) for pk in candidates(rows, ask.first, ask.last).values_list("pk", flat=True)}
    rows = Action.objects.filter(pk__in=keys).select_related("unit", "assignment__staff", "relative", "plan__person")
    together = ("participants__unit", "participants__assignment__staff", "plan__person__flags", held)
    found = unfold(rows.prefetch_related(*together), ask.first, ask.last)
    if ask.whose == "unit":
        return found
    return [o for o in found if _is_mine(o, actor)]


def _is_mine(occurrence: Occurrence, actor: Actor) -> bool:
    mine = occurrence.assignment is not None and occurrence.assignment.staff_id == actor.staff_id
    return mine or any(
        p.assignment and p.assignment.staff_id == actor.staff_id for p in occurrence.action.participants.all()
    )


def visits_of(occurrences: list[Occurrence]) -> list[Visit]:
    """What is done at the same person's within twenty minutes is one visit; what has no time is one of its own."""
    found: list[Visit] = []
    last: dict[tuple[int, bool], Visit] = {}
    for item in occurrences:
        plan = item.action.plan
        key = (plan.person_id, item.all_day)
        visit = last.get(key)
        near = visit is not None and visit.day == item.day
        if visit is None or not near or (not item.all_day and item.starts - visit.occurrences[-1].starts > TOGETHER):
            visit = Visit(plan.person, plan.words, item.starts, item.all_day)
            last[key] = visit
            found.append(visit)
        visit.occurrences.append(item)
        visit.items.append(
            {
                **shown.cell(item),
                "act": shown.done_act(item),
                "pending": item.pending,
                "free": item.nobody and item.pending,
                "detail": item.action.detail,
                "competence": item.action.competence,
                "unit_id": item.action.unit_id,
            }
        )
    return found


def day_list(actor: Actor, ask: Asked) -> DayList:
    """The list, with what is next first."""
    everything = visits_of(rows_of(actor, ask))
    if ask.days > 1:
        return _week(everything, ask)
    done = [v for v in everything if v.done]
    left = sorted((v for v in everything if not v.done), key=lambda v: (v.all_day, v.starts))
    now = None
    if ask.first == clock.today() and ask.number == 1:
        now = next((v for v in left if not v.all_day and v.occurrences[-1].due >= clock.now()), None)
    for visit in left:
        visit.state = "now" if visit is now else "later"
    for visit in done:
        visit.state = "done"
    later = [v for v in left if v is not now]
    pager = Paginator(later, PAGE).get_page(ask.number)
    visits = [*([now] if now else []), *pager, *done]
    place = sorted(everything, key=lambda v: (v.all_day, v.starts)).index(now) + 1 if now else 0
    return DayList(visits, now, list(pager), done, [], pager, len(everything), place)


def _week(everything: list[Visit], ask: Asked) -> DayList:
    pager = Paginator(everything, PAGE * 4).get_page(ask.number)
    days = []
    for away in range(ask.days):
        day = ask.first + timedelta(days=away)
        rows = [v for v in pager if v.day == day]
        number = sum(v.day == day for v in everything)
        days.append({"name": text.weekday(day).capitalize(), "date": text.short_date(day), "visits": rows, "number": number,
                     "url": url(ask, days=1, first=day)})  # fmt: skip
    return DayList(list(pager), None, [], [], days, pager, len(everything))


def url(ask: Asked, **changes: Any) -> str:
    """The address of the list with something changed."""
    first, days = changes.get("first", ask.first), changes.get("days", ask.days)
    whose = changes.get("whose", ask.whose)
    parts = [f"days={'week' if days > 1 else 'today'}", f"whose={whose}"]
    if first != clock.today():
        parts.append(f"date={first.isoformat()}")
    if unit := changes.get("unit", ask.unit):
        parts.append(f"unit={unit.public_id}")
    return f"{reverse('plans:day')}?{'&'.join(parts)}"


def segments(ask: Asked) -> dict[str, Any]:
    """The choices over the list."""
    title = _("i dag") if ask.first == clock.today() else text.spoken_date(ask.first)
    return {
        "days": [
            {"label": title.capitalize(), "url": url(ask, days=1), "current": ask.days == 1},
            {"label": _("Vecka"), "url": url(ask, days=7), "current": ask.days > 1},
        ],
        "whose": [
            {"label": _("Enhetens"), "url": url(ask, whose="unit"), "current": ask.whose == "unit"},
            {"label": _("Mina"), "url": url(ask, whose="mine"), "current": ask.whose == "mine"},
        ],
        "before": url(ask, first=ask.first - timedelta(days=ask.days)),
        "after": url(ask, first=ask.first + timedelta(days=ask.days)),
        "pager": f"{url(ask)}&page=",
    }
