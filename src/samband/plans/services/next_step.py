"""The next step of a plan: computed, never written. Stored on the plan so that lists and the board can ask for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.people.models import Unit
from samband.plans.models import Action, CarePlan, FollowUp, OccurrenceState
from samband.plans.rules import first_from
from samband.plans.services.occurrences import Occurrence, next_day, of_action

Kind = CarePlan.NextKind
BATCH = 200


@dataclass(frozen=True)
class Who:
    """Somebody who has the step: a name, and in which role."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class NextStep:
    """What happens next, when, who has it, whether it is late, and why this is the next thing."""

    kind: str
    title: str = ""
    at: datetime | None = None
    due: datetime | None = None
    all_day: bool = False
    who: tuple[Who, ...] = ()
    unit: Unit | None = None
    overdue: bool = False
    why: str = ""
    detail: str = ""
    action: Action | None = None
    occurrence: Occurrence | None = None
    follow_up: FollowUp | None = None

    def __bool__(self) -> bool:
        return self.kind != Kind.NONE


@dataclass(frozen=True)
class _Candidate:
    kind: str
    at: datetime
    due: datetime
    occurrence: Occurrence | None = None
    follow_up: FollowUp | None = None


def overdue_q(prefix: str = "") -> Q:
    """Plans whose next step should have been done by now (`prefix` leads to the plan: `"plans__"`)."""
    late = {f"{prefix}next_due__lt": clock.now(), f"{prefix}next_kind__in": (Kind.ACTION, Kind.FOLLOW_UP)}
    return Q(**late, **{f"{prefix}status": CarePlan.Status.ACTIVE})


def compute(
    plan: CarePlan,
    actions: Sequence[Action] | None = None,
    states: dict[int, list[OccurrenceState]] | None = None,
    follow_ups: Iterable[FollowUp] | None = None,
) -> NextStep:
    """The nearest milestone not done or follow-up, late ones first; else the next routine; else none.

    What the caller has at hand (all active actions of the plan, their states from today on, open follow-ups) is not
    asked for again.
    """
    if plan.rests:
        return NextStep(Kind.NONE, why=resting_why(plan))
    if actions is None:
        rows = plan.actions.filter(status=Action.Status.ACTIVE)
        actions = list(rows.select_related("unit", "assignment__staff", "relative").prefetch_related(*TOGETHER))
    if states is None:
        states = states_of([a.pk for a in actions])
    if follow_ups is None:
        follow_ups = plan.follow_ups.filter(done_at__isnull=True).select_related("responsible__staff")
    found = _choose(plan, actions, states, follow_ups)
    return (
        _spoken(plan, found) if found else NextStep(Kind.NONE, why=_("Ingen insats och ingen uppföljning är bestämd."))
    )


def resting_why(plan: CarePlan) -> str:
    """Why nothing comes next in a plan that rests or is closed."""
    if plan.status == CarePlan.Status.CLOSED:
        return _("Planen är avslutad.")
    until = text.spoken_date(plan.resume_on) if plan.resume_on else ""
    said = _("Planen vilar till %(day)s.") % {"day": until} if until else _("Planen vilar.")
    return f"{said} {plan.status_why}".strip()


TOGETHER = ("participants__unit", "participants__assignment__staff")


def refresh(plan: CarePlan) -> None:
    """Store the next step of one plan and the next day of its actions."""
    refresh_many([plan])


def refresh_many(plans: Iterable[CarePlan]) -> None:
    """Store the next steps of many plans, a batch at a time (four reads and two writes a batch)."""
    rows = list(plans)
    for start in range(0, len(rows), BATCH):
        _refresh_batch(rows[start : start + BATCH])


def refresh_due() -> int:
    """Duty: plans whose computed step has passed with time. Safe to run twice; returns how many were refreshed."""
    now, today = clock.now(), clock.today()
    passed = Q(next_kind=Kind.ROUTINE, next_due__lt=now) | Q(next_due__lt=now, next_kind=Kind.ACTION) & ~Q(
        next_action__rrule=""
    )
    stale = Action.objects.filter(status=Action.Status.ACTIVE, next_on__lt=today).exclude(rrule="")
    done, last = 0, 0
    due = CarePlan.objects.exclude(status=CarePlan.Status.CLOSED).filter(passed | Q(pk__in=stale.values("plan_id")))
    while batch := list(due.filter(pk__gt=last).order_by("pk")[:BATCH]):
        _refresh_batch(batch)
        done, last = done + len(batch), batch[-1].pk
    return done


@transaction.atomic
def _refresh_batch(plans: list[CarePlan]) -> None:
    actions: dict[int, list[Action]] = defaultdict(list)
    rows = list(Action.objects.filter(plan__in=plans))
    for action in rows:
        actions[action.plan_id].append(action)
    states = states_of([a.pk for a in rows])
    follow_ups: dict[int, list[FollowUp]] = defaultdict(list)
    for item in FollowUp.objects.filter(plan__in=plans, done_at__isnull=True):
        follow_ups[item.plan_id].append(item)
    for plan in plans:
        live = [a for a in actions[plan.pk] if a.status == Action.Status.ACTIVE]
        found = None if plan.rests else _choose(plan, live, states, follow_ups[plan.pk])
        plan.next_kind = found.kind if found else Kind.NONE
        plan.next_at = found.at if found else None
        plan.next_due = found.due if found else None
        plan.next_action_id = found.occurrence.action.pk if found and found.occurrence else None
        plan.follow_up_on = min((f.due_on for f in follow_ups[plan.pk]), default=None)
    CarePlan.objects.bulk_update(
        plans, ["next_kind", "next_at", "next_due", "next_action", "follow_up_on"], batch_size=BATCH
    )
    moved = []
    for action in rows:
        day = next_day(action, states.get(action.pk, ()))
        if day != action.next_on:
            action.next_on = day
            moved.append(action)
    Action.objects.bulk_update(moved, ["next_on"], batch_size=BATCH)


def states_of(ids: list[int]) -> dict[int, list[OccurrenceState]]:
    """The exceptions that may still matter: of today and later, and every one of an action that is done once."""
    start = clock.day_bounds(clock.today())[0]
    matters = Q(original__gte=start) | Q(moved_to__gte=start) | Q(action__rrule="")
    found: dict[int, list[OccurrenceState]] = defaultdict(list)
    for state in OccurrenceState.objects.filter(matters, action_id__in=ids).select_related("assignment__staff"):
        found[state.action_id].append(state)
    return found


def _choose(
    plan: CarePlan,
    actions: Iterable[Action],
    states: dict[int, list[OccurrenceState]],
    follow_ups: Iterable[FollowUp],
) -> _Candidate | None:
    rows = list(actions)
    waiting = {a.pk for a in rows if a.milestone}
    steps = [o for a in rows if a.milestone and a.after_id not in waiting for o in _nearest(a, states.get(a.pk, []))]
    found = [_Candidate(Kind.ACTION, o.starts if not o.all_day else o.due, o.due, o) for o in steps]
    for item in follow_ups:
        end = clock.day_bounds(item.due_on)[1] - timedelta(minutes=1)
        found.append(_Candidate(Kind.FOLLOW_UP, end, end, follow_up=item))
    if not found:
        routine = [o for a in rows if not a.milestone for o in _nearest(a, states.get(a.pk, []))]
        found = [_Candidate(Kind.ROUTINE, o.starts if not o.all_day else o.due, o.due, o) for o in routine]
    return min(found, key=lambda c: (c.due >= clock.now(), c.at, c.kind), default=None)


def _nearest(action: Action, states: list[OccurrenceState]) -> list[Occurrence]:
    """The first occurrence that still waits, in a list of one or none. Something done once waits until it is done;
    of what recurs, only what has not passed counts."""
    now, today = clock.now(), clock.today()
    if not action.rrule:
        days = [action.starts_on, *(s.moved_to.astimezone(now.tzinfo).date() for s in states if s.moved_to)]
        found = of_action(action, states, min(days) - timedelta(days=1), max(days) + timedelta(days=1))
        late = action.milestone
        return [o for o in found if o.pending and (late or o.due >= now)][:1]
    start: date = today
    for _try in range(4):
        wall = first_from(action.rrule, action.starts_on, action.stops_on, action.time_from, start)
        end = (wall.date() if wall else today) + timedelta(days=7)
        found = of_action(action, states, start, end)
        found = sorted((o for o in found if o.pending and o.due >= now), key=lambda o: o.starts)
        if found or wall is None:
            return found[:1]
        start = end + timedelta(days=1)
    return []


def _spoken(plan: CarePlan, found: _Candidate) -> NextStep:
    overdue = found.kind != Kind.ROUTINE and found.due < clock.now()
    if found.follow_up:
        item = found.follow_up
        who = (Who(item.responsible.staff.full_name, item.responsible.title),) if item.responsible else ()
        why = _("Den här dagen ser vi tillsammans på om planen hjälper.")
        return NextStep(
            found.kind, _("Uppföljning av planen"), found.at, found.due, True, who, None, overdue,
            _late(found) if overdue else why, follow_up=item,
        )  # fmt: skip
    occurrence = found.occurrence
    assert occurrence is not None
    action = occurrence.action
    return NextStep(
        kind=found.kind,
        title=action.title,
        at=found.at,
        due=found.due,
        all_day=occurrence.all_day,
        who=tuple(people(plan, action, occurrence)),
        unit=action.unit,
        overdue=overdue,
        why=_late(found) if overdue else action.why or _reason(found.kind),
        detail=action.detail,
        action=action,
        occurrence=occurrence,
    )


def _late(found: _Candidate) -> str:
    when = text.spoken_date(clock.local(found.due).date())
    return _("Det skulle ha varit gjort %(when)s och är inte markerat som klart.") % {"when": when}


def _reason(kind: str) -> str:
    if kind == Kind.ROUTINE:
        return _("Inget särskilt steg är bestämt. Det här är nästa återkommande insats.")
    return _("Det är det närmaste steget i planen som inte är klart.")


def people(plan: CarePlan, action: Action, occurrence: Occurrence | None = None) -> list[Who]:
    """Everyone who has the action: the one responsible, and those who come along. Empty where nobody has it."""
    assignment = occurrence.assignment if occurrence else action.assignment
    found: list[Who] = []
    if action.by == Action.By.UNIT:
        found.append(_staff(assignment, action.unit))
    elif action.by == Action.By.PERSON:
        found.append(Who(plan.person.full_name))
    elif action.by == Action.By.RELATIVE and action.relative:
        found.append(Who(action.relative.full_name, action.relative.relation))
    elif assignment:
        found.append(_staff(assignment, action.unit))
    found.extend(_staff(p.assignment, p.unit) for p in action.participants.all())
    return found


def _staff(assignment, unit: Unit | None) -> Who:
    return Who(assignment.staff.full_name, assignment.title) if assignment else Who(unit.name if unit else "")
