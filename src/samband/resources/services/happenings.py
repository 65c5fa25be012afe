"""What upsets the day, told once: the fact is written at once, the proposal that mends the day waits for the planner's yes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samband.contact.models import Absence
from samband.core import audit, clock, policy
from samband.core.decision import Decision
from samband.core.policy import Actor
from samband.people.models import Assignment
from samband.people.models.staff import current
from samband.plans.models import OccurrenceState
from samband.plans.services import doing
from samband.resources.models import (
    DayPlan,
    Happening,
    Placement,
    Pool,
    PoolUnit,
    Visit,
    VisitPart,
    VisitRequest,
    WorkShift,
)
from samband.resources.services import horizon, requests

Kind = Happening.Kind
Status = Visit.Status


@dataclass(frozen=True)
class Told:
    """What somebody says has happened. `key` makes it safe to say twice."""

    kind: str
    at: datetime
    assignment: Assignment | None = None
    visit: Visit | None = None
    minutes: int | None = None
    why: str = ""
    key: uuid.UUID | None = None


def tell(actor: Actor, pool: Pool, said: Told) -> Happening:
    """Write what has happened and that it waits for a decision. The proposal is made after it (`proposals.propose`)."""
    key = said.key or uuid.uuid4()
    if (sent := Happening.objects.filter(public_id=key).first()) is not None:
        return _same(sent, pool, said)
    decision = _may(actor, pool, said)
    with transaction.atomic():
        row = Happening(
            public_id=key, pool=pool, day=_day(said), kind=said.kind, at=said.at, assignment=said.assignment, visit=said.visit,
            minutes=said.minutes, told_by_id=actor.assignment_id,
        )  # fmt: skip
        FACTS[Kind(said.kind)](actor, row, said, decision)
        row.save()
        person = said.visit.person_id if said.visit else None
        audit.record(actor, "happening.tell", person=person, thing=row, rule=decision.rule, kind=said.kind)
    return row


def _same(sent: Happening, pool: Pool, said: Told) -> Happening:
    who = said.assignment.pk if said.assignment else None
    visit = said.visit.pk if said.visit else None
    if (sent.pool_id, sent.kind, sent.assignment_id, sent.visit_id) != (pool.pk, said.kind, who, visit):
        raise ValidationError(_("Det här är redan skickat, men med ett annat innehåll. Ladda om sidan."))
    return sent


def _day(said: Told) -> date:
    return said.visit.day if said.visit else clock.local(said.at).date()


def _may(actor: Actor, pool: Pool, said: Told) -> Decision:
    """A planner of the pool tells of everybody; anybody of herself and of the visits that she does. Whose the visit is decides what of
    it is called off (P3).
    """
    if said.kind in (Kind.CANCELLED, Kind.HOME, Kind.ADMITTED):
        return policy.require(actor, "visit.edit", said.visit)
    if said.kind == Kind.SICK and said.assignment and said.assignment.pk == actor.assignment_id:
        return policy.require(actor, "visit.mine")
    if said.visit is not None and policy.decide(actor, "visit.report", said.visit):
        return policy.require(actor, "visit.report", said.visit)
    if said.visit is not None:
        policy.require(actor, "visit.read", said.visit)
    return policy.require(actor, "visitday.plan", pool)


def _sick(actor: Actor, row: Happening, said: Told, decision: Decision) -> None:
    """She is away from then until her last shift of the day is over; why is nobody's business."""
    if said.assignment is None:
        raise ValidationError({"assignment": _("Säg vem det är.")})
    low, high = clock.day_bounds(row.day)
    shifts = WorkShift.objects.filter(
        assignment__staff_id=said.assignment.staff_id,
        removed_at=None,
        starts_at__lt=high,
        ends_at__gt=max(low, said.at),
    )
    last = shifts.order_by("-ends_at").first()
    if last is None:
        raise ValidationError(
            {"assignment": _("%(name)s har inget pass kvar den dagen.") % {"name": said.assignment.staff}}
        )
    row.until = last.ends_at
    absence = Absence.objects.create(assignment=said.assignment, starts_at=said.at, ends_at=last.ends_at)
    audit.record(actor, "absence.edit", thing=absence, rule=decision.rule)


def _longer(actor: Actor, row: Happening, said: Told, decision: Decision) -> None:
    visit, minutes = _visit(said), said.minutes or 0
    if visit.status not in (Status.PLANNED, Status.STARTED):
        raise ValidationError({"visit": _("Besöket är redan över.")})
    for part in visit.parts.all():
        part.minutes += minutes
        part.save(update_fields=["minutes"])
    touch(visit)


def _cancelled(actor: Actor, row: Happening, said: Told, decision: Decision) -> None:
    visit = _visit(said)
    if visit.status != Status.PLANNED:
        raise ValidationError({"visit": _("Besöket har börjat eller är över, och kan inte ställas in.")})
    row.touched.append(visit.pk)
    call_off(actor, visit, decision, said.why or _("Besöket ställdes in"))


def _admitted(actor: Actor, row: Happening, said: Told, decision: Decision) -> None:
    for visit in _hers(said, Status.PLANNED):
        row.touched.append(visit.pk)
        call_off(actor, visit, decision, said.why or _("Inlagd eller bortrest"))


def _home(actor: Actor, row: Happening, said: Told, decision: Decision) -> None:
    """What was called off is needed again, and what the plan says beside it."""
    for visit in _hers(said, Status.CANCELLED):
        row.touched.append(visit.pk)
        visit.status = Status.PLANNED
        touch(visit)
        occurrences(actor, visit, decision, "")
    horizon.sync(row.pool, row.day, row.day, person=_visit(said).person_id)


def _help(actor: Actor, row: Happening, said: Told, decision: Decision) -> None:
    """A colleague is wanted at the same person's, within half an hour."""
    visit = _visit(said)
    row.assignment_id = row.assignment_id or _who_does(visit)
    part = VisitPart.objects.filter(visit=visit).order_by("number").first()
    asked = VisitRequest(
        person=visit.person, unit=visit.unit, competence=part.competence if part else "none", minutes=30,
        needed_by=clock.now() + timedelta(minutes=30), why=said.why or _("Hjälp till en kollega"), asked_by_id=actor.assignment_id,
        source="help",
    )  # fmt: skip
    row.request = requests.write(asked)


def _who_does(visit: Visit) -> int | None:
    rows = Placement.objects.filter(part__visit=visit, plan__status=DayPlan.Status.PUBLISHED).order_by("part__number")
    return rows.values_list("shift__assignment_id", flat=True).first()


def _urgent(actor: Actor, row: Happening, said: Told, decision: Decision) -> None:
    raise ValidationError(_("Skriv önskemålet på personens sida."))


def _late(actor: Actor, row: Happening, said: Told, decision: Decision) -> None:
    """Nothing is changed by it: it is what is foreseen, and asks for a plan that mends it."""
    if _visit(said).status != Status.PLANNED:
        raise ValidationError({"visit": _("Besöket har börjat eller är över.")})


def late(actor: Actor, plan: DayPlan, visit: Visit) -> tuple[Happening, bool]:
    """A visit that is likely to be late, told at the desk; the one that waits already, if it does (False)."""
    waits = Happening.objects.filter(visit=visit, day=plan.day, kind=Kind.LATE, state=Happening.State.OPEN).first()
    if waits is not None:
        return waits, False
    return tell(actor, plan.pool, Told(Kind.LATE, clock.now(), visit=visit)), True


FACTS: dict[str, Callable[[Actor, Happening, Told, Decision], None]] = {
    Kind.SICK: _sick, Kind.LONGER: _longer, Kind.CANCELLED: _cancelled, Kind.ADMITTED: _admitted, Kind.HOME: _home,
    Kind.HELP: _help, Kind.URGENT: _urgent, Kind.LATE: _late,
}  # fmt: skip


def _visit(said: Told) -> Visit:
    if said.visit is None:
        raise ValidationError({"visit": _("Säg vilket besök det gäller.")})
    return Visit.objects.select_for_update().get(pk=said.visit.pk)


def _hers(said: Told, status: str) -> list[Visit]:
    """The person's visits of the day that are not over by then, whoever has them."""
    visit = _visit(said)
    rows = Visit.objects.filter(person_id=visit.person_id, day=visit.day, status=status, window_to__gte=said.at)
    return list(rows.select_for_update())


def touch(visit: Visit) -> None:
    visit.version += 1
    visit.save(update_fields=["status", "version"])


def call_off(actor: Actor, visit: Visit, decision: Decision, why: str) -> None:
    visit.status = Status.CANCELLED
    touch(visit)
    occurrences(actor, visit, decision, why)


def occurrences(actor: Actor, visit: Visit, decision: Decision, why: str) -> None:
    """The plan says the same: called off, or (without a why) on again. What rests there is left."""
    for item in visit.items.select_related("action__plan"):
        held = OccurrenceState.objects.filter(action=item.action, original=item.original).first()
        version, status = (held.version, held.status) if held else (0, "planned")
        try:
            with transaction.atomic():
                if why and status in ("planned", "unassigned"):
                    doing.cancel(actor, item.action, item.original, version, why, decision=decision)
                elif not why and status == "cancelled":
                    doing.undo(actor, item.action, item.original, version, decision=decision)
        except ValidationError:
            continue


def pool_of(unit: int, day: date) -> Pool | None:
    """Where the unit plans its visits that day."""
    member = PoolUnit.objects.filter(current(day), unit_id=unit).select_related("pool").first()
    return member.pool if member else None


def waiting(actor: Actor) -> QuerySet[Happening]:
    """What waits for a decision in the actor's pools, today and ahead."""
    rows = Happening.objects.filter(state=Happening.State.OPEN, day__gte=clock.today() - timedelta(days=1))
    return policy.scoped(actor, "visitday.read", rows)


def published_today(pool: Pool) -> DayPlan | None:
    return DayPlan.objects.filter(pool=pool, day=clock.today(), status=DayPlan.Status.PUBLISHED).first()
