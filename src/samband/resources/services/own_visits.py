"""Who comes to the person today, as published: for herself and for a relative with whom it is shared (A13, P4)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Person
from samband.resources.models import DayPlan, Placement, Visit
from samband.resources.services import ahead

ROUND = timedelta(minutes=5)
SAID = 10  # minutes later than promised from which it is told


@dataclass
class Coming:
    """A visit to her: who, about when, what, and what is new since it was promised."""

    visit: Visit
    starts: datetime
    who: list[Placement]
    state: str
    behind: int = 0
    changed: str = ""
    occurrences: set[tuple[int, datetime]] = field(default_factory=set)

    @property
    def clock(self) -> str:
        """About: to the nearest five minutes."""
        local = clock.local(self.starts)
        off = timedelta(minutes=local.minute % 5, seconds=local.second)
        return text.clock_time(local - off + (ROUND if off >= ROUND / 2 else timedelta()))

    @property
    def names(self) -> str:
        who = [f"{p.shift.assignment.staff.full_name}, {p.shift.assignment.title.lower()}" for p in self.who]
        return _(" och ").join(who) if who else _("Vi vet inte än vem som kommer")

    @property
    def what(self) -> str:
        items = ", ".join(item.action.title for item in self.visit.items.all())
        return items or (self.visit.request.why if hasattr(self.visit, "request") else "")


def coming(actor: Actor, person: Person) -> list[Coming]:
    """Today's visits in order of time. Nothing where the rules do not open it."""
    rows = policy.scoped(actor, "visit.own", Visit.objects.filter(day=clock.today(), person=person))
    visits = {
        v.pk: v
        for v in rows.exclude(status=Visit.Status.GONE).select_related("request").prefetch_related("items__action")
    }
    if not visits or not policy.decide(actor, "visit.own", person):
        return []
    placed = _placed(visits)
    before = _before({row.plan_id: row.plan for row in placed}, visits)
    stands = ahead.of_rows(_routes(placed))
    found = []
    for pk, visit in visits.items():
        who = [row for row in placed if row.part.visit_id == pk]
        if not who and visit.status != Visit.Status.CANCELLED:
            continue
        found.append(_coming(visit, who, stands, before.get(pk, {})))
    return sorted(found, key=lambda one: one.starts)


def _placed(visits: dict[int, Visit]) -> list[Placement]:
    rows = Placement.objects.filter(part__visit__in=visits, plan__status=DayPlan.Status.PUBLISHED)
    return list(rows.select_related("plan", "part__visit", "shift__assignment__staff").order_by("part__number"))


def _routes(placed: list[Placement]) -> list[Placement]:
    """The whole routes of those who come: when they come follows from all that they do before."""
    plans, shifts = {p.plan_id for p in placed}, {p.shift_id for p in placed}
    rows = Placement.objects.filter(plan__in=plans, shift__in=shifts).exclude(
        part__visit__status=Visit.Status.CANCELLED
    )
    return list(rows.select_related("part__visit", "shift").order_by("shift_id", "order"))


def _before(plans: dict[int, DayPlan], visits: dict[int, Visit]) -> dict[int, dict[int, tuple[int, datetime]]]:
    """Visit → part → who was promised and when, in the plan that the published one replaced."""
    based = [plan.based_on_id for plan in plans.values() if plan.based_on_id]
    found: dict[int, dict[int, tuple[int, datetime]]] = {}
    rows = Placement.objects.filter(plan__in=based, part__visit__in=visits)
    for visit, part, who, start in rows.values_list("part__visit_id", "part_id", "shift__assignment_id", "starts_at"):
        found.setdefault(visit, {})[part] = (who, start)
    return found


def _coming(visit: Visit, who: list[Placement], stands: ahead.Ahead, before: dict[int, tuple[int, datetime]]) -> Coming:
    items = {(item.action_id, item.original) for item in visit.items.all()}
    if visit.status == Visit.Status.CANCELLED:
        return Coming(visit, visit.window_from, who, "cancelled", occurrences=items)
    starts = min(row.starts_at for row in who)
    seen = max(
        (stands.foreseen[row.part_id] for row in who if row.part_id in stands.foreseen),
        key=lambda s: s.starts,
        default=None,
    )
    state = {Visit.Status.STARTED: "now", Visit.Status.DONE: "done", Visit.Status.NOT_DONE: "not_done"}.get(
        Visit.Status(visit.status), "later"
    )
    behind = seen.behind if seen and state == "later" else 0
    if behind >= SAID and seen:
        starts = seen.starts
    return Coming(visit, starts, who, state, behind, _changed(who, before) if state == "later" else "", items)


def _changed(who: list[Placement], before: dict[int, tuple[int, datetime]]) -> str:
    """What was promised before, where it was something else."""
    from django.conf import settings

    spoken: list[str] = []
    for row in who:
        was = before.get(row.part_id)
        if was is None:
            continue
        if abs(row.starts_at - was[1]) > timedelta(minutes=settings.VISIT_CHANGE_MINUTES):
            spoken.append(_("Ny tid: förut %(clock)s.") % {"clock": text.clock_time(was[1])})
        if row.shift.assignment_id != was[0]:
            spoken.append(_("Någon annan kommer än det först var tänkt."))
    return " ".join(dict.fromkeys(spoken))
