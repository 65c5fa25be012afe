"""The day of the one on the road: her published visits in order, the one at hand first. Who may see what is in the query."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import ContactRole, Person
from samband.people.models.staff import current
from samband.plans.models import CarePlan
from samband.plans.services.summary import flags
from samband.resources.models import DayPlan, Placement, Visit, VisitReport
from samband.resources.models.staffing import Means
from samband.resources.rules import late, told
from samband.resources.services import ahead
from samband.resources.services.known import known

PUBLISHED = DayPlan.Status.PUBLISHED
LEAVE_SOON = timedelta(minutes=5)
GOES = {
    Means.CAR: ("car", gettext_lazy("Kör")),
    Means.BIKE: ("target", gettext_lazy("Cykla")),
    Means.FOOT: ("walk", gettext_lazy("Gå")),
}


@dataclass
class Mine:
    """One of her visits, as far as she may know it."""

    placement: Placement
    state: told.State
    foreseen: late.Foreseen
    person: Person | None
    items: list[Any] = field(default_factory=list)
    others: list[Placement] = field(default_factory=list)
    new: bool = False
    plan: CarePlan | None = None

    @property
    def visit(self) -> Visit:
        return self.placement.part.visit

    @property
    def cancelled(self) -> bool:
        return self.visit.status in (Visit.Status.CANCELLED, Visit.Status.GONE)

    @property
    def over(self) -> bool:
        return self.state.over or self.cancelled

    @property
    def clock(self) -> str:
        return text.clock_time(self.placement.starts_at)

    @property
    def expected(self) -> str:
        """When it is likely to begin, where that is not when it was promised."""
        return text.clock_time(self.foreseen.starts) if self.foreseen.behind and not self.over else ""

    @property
    def minutes(self) -> int:
        return round((self.placement.ends_at - self.placement.starts_at) / late.MINUTE)

    @property
    def travel(self) -> int:
        return round(self.placement.travel)

    @property
    def leave(self) -> datetime:
        """Never before she is free, never later than the promise asks for."""
        return self.foreseen.starts - timedelta(minutes=self.placement.travel)

    def go(self, now: datetime) -> tuple[str, str]:
        """What to say beside the time to leave. Green is only what is still ahead."""
        if self.foreseen.late:
            return "warn", _("%(n)d min för sen") % {"n": self.foreseen.late}
        if self.state.kind == told.ARRIVED:
            return "ok", _("pågår")
        if self.leave < now - LEAVE_SOON:
            return "unknown", _("inget berättat än")
        return "ok", text.spoken_delta(self.leave)

    @property
    def flags(self) -> list[dict[str, Any]]:
        return list(flags(self.person)) if self.person else []

    @property
    def age(self) -> int | None:
        return self.person.age if self.person else None

    @property
    def name(self) -> str:
        return self.person.full_name if self.person else str(self.visit.area or _("Ett besök"))

    @property
    def what(self) -> str:
        return ", ".join(item.action.title for item in self.items)

    @property
    def mark(self) -> tuple[str, str] | None:
        """The gravest thing to say about it."""
        if self.cancelled:
            return "unknown", _("inställt")
        if self.foreseen.late and not self.over:
            n = self.foreseen.late
            return "warn", ngettext("%(n)d min för sen", "%(n)d min för sen", n) % {"n": n}
        if self.foreseen.behind >= 5 and not self.over:
            return "warn", _("trolig start %(clock)s") % {"clock": self.expected}
        if self.new and not self.over:
            return "warn", _("ny för dig")
        return ("ok", _("ni är flera")) if self.others and not self.over else None

    @property
    def place(self) -> str:
        """The way: her own staff needs it also where the address is protected; nobody else gets it."""
        if self.person is None:
            return ""
        parts = (self.person.street, f"{self.person.postal_code} {self.person.city}".strip())
        return ", ".join(part for part in parts if part)

    @property
    def map(self) -> str:
        """For the phone's own map. A protected place is sent to no map (it may belong to somebody else)."""
        if self.person is None or self.person.is_protected:
            return ""
        spot = self.person.shown_place
        return f"geo:{spot[0]:.5f},{spot[1]:.5f}?q={spot[0]:.5f},{spot[1]:.5f}" if spot else ""


@dataclass
class MyDay:
    """`now`: the visit at hand; `later`: those after it; `done`: those that are over; `next_day`: where today has none."""

    day: date
    visits: list[Mine]
    now: Mine | None = None
    later: list[Mine] = field(default_factory=list)
    done: list[Mine] = field(default_factory=list)
    number: int = 0
    next_day: datetime | None = None
    means: str = Means.CAR

    @property
    def persons(self) -> set[int]:
        return {m.person.pk for m in self.visits if m.person}


def my_day(actor: Actor, now: datetime | None = None) -> MyDay:
    """Twelve queries however many visits."""
    now = now or clock.now()
    day = clock.local(now).date()
    rows = list(_rows(actor, day, now))
    visits = _filled(actor, rows, now)
    found = MyDay(day, visits)
    left = [m for m in visits if not m.over]
    found.done = [m for m in visits if m.over]
    if left:
        # What she is at comes before what is only next.
        found.now = next((m for m in left if m.state.kind == told.ARRIVED), left[0])
        found.later = [m for m in left if m is not found.now]
        found.number = visits.index(found.now) + 1
        found.means = _means(found.now.placement)
    if not visits:
        ahead_of = _published(actor).filter(plan__day__gt=day).order_by("starts_at").first()
        found.next_day = ahead_of.starts_at if ahead_of else None
    return found


def _published(actor: Actor) -> QuerySet[Placement]:
    return Placement.objects.filter(plan__status=PUBLISHED, shift__assignment_id=actor.assignment_id or 0)


def _rows(actor: Actor, day: date, now: datetime) -> QuerySet[Placement]:
    """Today's, and those of a night that is not over."""
    night = Q(plan__day=day - timedelta(days=1), shift__ends_at__gt=now)
    rows = _published(actor).filter(Q(plan__day=day) | night).exclude(part__visit__status=Visit.Status.GONE)
    known = rows.select_related("part__visit__area", "part__visit__request", "shift__assignment__work_profile", "plan")
    return known.prefetch_related("part__visit__items__action").order_by("starts_at", "pk")


def _means(placement: Placement) -> str:
    profile = getattr(placement.shift.assignment, "work_profile", None)
    return placement.shift.means or (profile.means if profile else Means.CAR)


def _filled(actor: Actor, rows: list[Placement], now: datetime) -> list[Mine]:
    visits = [row.part.visit_id for row in rows]
    may = policy.scoped(actor, "visit.read", Visit.objects.filter(pk__in=visits)).values_list("pk", "person_id")
    reads = dict(may)
    persons = {p.pk: p for p in Person.objects.filter(pk__in=reads.values()).prefetch_related("flags")}
    plans = policy.scoped(actor, "plan.read", CarePlan.objects.filter(person_id__in=persons))
    voices = {plan.person_id: plan for plan in plans.exclude(status=CarePlan.Status.CLOSED)}
    others = _others(rows)
    met = _met(actor, persons, now)
    stands = ahead.of_rows([*rows, *_routes(others)], now)
    found = []
    for row in rows:
        state, foreseen = stands.of(row)
        person = persons.get(reads.get(row.part.visit_id, 0))
        mine = Mine(row, state, foreseen, person)
        if person is not None:
            mine.items = list(row.part.visit.items.all())
            mine.others = [o for o in others if o.part.visit_id == row.part.visit_id]
            mine.new = person.pk not in met
            mine.plan = voices.get(person.pk)
        found.append(mine)
    return found


def _others(rows: list[Placement]) -> list[Placement]:
    """Who else comes to the same visits."""
    visits = {row.part.visit_id for row in rows}
    found = Placement.objects.filter(plan__in={row.plan_id for row in rows}, part__visit__in=visits)
    return list(
        found.exclude(pk__in=[row.pk for row in rows]).select_related("part__visit", "shift__assignment__staff")
    )


def _routes(others: list[Placement]) -> list[Placement]:
    """The whole routes of colleagues whom she meets: whether they will be late follows from all that they do."""
    plans, shifts = {o.plan_id for o in others}, {o.shift_id for o in others}
    rows = Placement.objects.filter(plan__in=plans, shift__in=shifts)
    rows = rows.exclude(part__visit__status__in=(Visit.Status.CANCELLED, Visit.Status.GONE))
    return list(rows.select_related("part__visit", "shift").order_by("shift_id", "order")) if others else []


def _met(actor: Actor, persons: dict[int, Person], now: datetime) -> set[int]:
    """Those whom she knows: she has come before, or is one of their three contacts."""
    begins = clock.day_bounds(clock.local(now).date())[0]
    told_of = VisitReport.objects.filter(
        assignment__staff_id=actor.staff_id or 0, part__visit__person__in=persons, at__lt=begins,
        kind__in=(VisitReport.Kind.ARRIVED, VisitReport.Kind.DONE),
    )  # fmt: skip
    contact = ContactRole.objects.filter(current(), person__in=persons, assignment__staff_id=actor.staff_id or 0)
    lately = known(set(persons), clock.local(now).date()).met
    return {
        *told_of.values_list("part__visit__person_id", flat=True),
        *contact.values_list("person_id", flat=True),
        *(pk for pk, staff in lately.items() if actor.staff_id in staff),
    }


def count_of(actor: Actor, day: date | None = None) -> int:
    """How many visits she has today as published: for the link from the unit's list."""
    return _published(actor).filter(plan__day=day or clock.today()).count()
