"""What staff tell from the road: arrived, done, not done, late, help, and taking it back. Safe to send twice."""

import uuid
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.decision import Decision
from samband.core.policy import Actor
from samband.plans.models import OccurrenceState
from samband.plans.services import doing
from samband.resources.models import DayPlan, Placement, Visit, VisitPart, VisitReport
from samband.resources.rules import told
from samband.resources.services import ahead

Kind = VisitReport.Kind
REPORTED = "resources.reported"
LONGEST = 240  # minutes that one may be late
MARKS = {Visit.Status.DONE: doing.done, Visit.Status.NOT_DONE: doing.not_done}


def my_part(actor: Actor, visit: Visit) -> VisitPart | None:
    """What the actor does at the visit, as published."""
    mine = Placement.objects.filter(
        part__visit=visit, plan__status=DayPlan.Status.PUBLISHED, shift__assignment_id=actor.assignment_id or 0
    )
    return VisitPart.objects.filter(pk__in=mine.values("part_id")).first()


def tell(
    actor: Actor, visit: Visit, kind: str, key: uuid.UUID, minutes: int | None = None, reason: str = "",
    undoes: uuid.UUID | None = None,
) -> VisitReport:  # fmt: skip
    """Write a report. `key` is made on the phone: the same report sent again is the one that was written."""
    with transaction.atomic():
        visit = Visit.objects.select_for_update().get(pk=visit.pk)
        decision = policy.require(actor, "visit.report", visit)
        part = my_part(actor, visit)
        if part is None:
            raise ValidationError(_("Du har inte det här besöket längre. Ladda om sidan."))
        reason = reason.strip()
        row = VisitReport(
            id=key, part=part, assignment_id=actor.assignment_id or 0, kind=kind, at=clock.now(),
            minutes=minutes if kind == Kind.LATE else None, reason=reason, undoes_id=undoes,
        )  # fmt: skip
        if (sent := VisitReport.objects.filter(pk=key).first()) is not None:
            return _same(sent, row)
        _check(row, ahead.states([part.pk])[part.pk])
        last = VisitReport.objects.filter(part=part).order_by("-at").values_list("at", flat=True).first()
        if last is not None and row.at <= last:
            row.at = last + timedelta(microseconds=1)  # told in the same moment: the order is that of telling
        row.save(force_insert=True)
        _settle(actor, visit, decision, reason)
        audit.record(actor, "visit.report", person=visit.person_id, thing=visit, rule=decision.rule, kind=kind)
        events.publish(REPORTED, report=row, visit=visit, actor=actor)
    return row


def undo(actor: Actor, visit: Visit, report: uuid.UUID) -> VisitReport:
    """Take back what oneself told last. The key follows from the report's: taken back twice is taken back once."""
    return tell(actor, visit, Kind.UNDONE, uuid.uuid5(report, "undo"), undoes=report)


def _same(sent: VisitReport, row: VisitReport) -> VisitReport:
    fields = ("part_id", "assignment_id", "kind", "minutes", "reason", "undoes_id")
    if any(getattr(sent, name) != getattr(row, name) for name in fields):
        raise ValidationError(_("Det här är redan skickat, men med ett annat innehåll. Ladda om sidan."))
    return sent


def _check(row: VisitReport, now: told.State) -> None:
    """Refuse what cannot be, in words that say what to do."""
    if len(row.reason) > 300:
        raise ValidationError({"reason": _("Texten är för lång: högst %(n)d tecken.") % {"n": 300}})
    if row.kind == Kind.UNDONE:
        if now.last is None or now.last.id != row.undoes_id:
            raise ValidationError(_("Det går bara att ångra det du senast berättade om besöket."))
        return
    if not told.may_tell(now, row.kind):
        raise ValidationError(_("Du har redan berättat hur det gick. Ångra det först om det inte stämmer."))
    if row.kind == Kind.NOT_DONE and not row.reason:
        raise ValidationError({"reason": _("Skriv varför det inte blev gjort.")})
    if row.kind == Kind.LATE and not 1 <= (row.minutes or 0) <= LONGEST:
        raise ValidationError({"minutes": _("Skriv hur många minuter, mellan 1 och %(n)d.") % {"n": LONGEST}})


def _settle(actor: Actor, visit: Visit, decision: Decision, reason: str) -> None:
    """The visit follows its parts, and the plan's occurrences follow the visit."""
    parts = ahead.of_visit(visit)
    was, status = visit.status, told.whole(parts.values())
    begun = [state.arrived or state.ended for state in parts.values() if not state.silent]
    ended: list[datetime] = [state.ended for state in parts.values() if state.ended]
    visit.status = status
    visit.started_at = min(filter(None, begun), default=None)
    visit.ended_at = max(ended) if status in MARKS and ended else None
    visit.version += 1
    visit.save(update_fields=["status", "started_at", "ended_at", "version"])
    if status != was:
        _mark(actor, visit, was, decision, reason or _reason(parts.values()))


def _reason(states) -> str:
    return next((state.reason for state in states if state.reason), "")


def _mark(actor: Actor, visit: Visit, was: str, decision: Decision, reason: str) -> None:
    """Done, not done, or back again, in the plan. What somebody has marked there herself is left as she marked it."""
    for item in visit.items.select_related("action__plan"):
        held = OccurrenceState.objects.filter(action=item.action, original=item.original).first()
        version = held.version if held else 0
        pending = held is None or held.status in (OccurrenceState.Status.PLANNED, OccurrenceState.Status.UNASSIGNED)
        try:
            with transaction.atomic():
                if visit.status in MARKS and pending:
                    MARKS[Visit.Status(visit.status)](
                        actor, item.action, item.original, version, reason, decision=decision
                    )
                elif was in MARKS and held is not None and held.status == was and held.done_by == actor.name:
                    doing.undo(actor, item.action, item.original, version, decision=decision)
        except ValidationError:
            # The plan rests, or has the time no longer: what was done at the home is told all the same.
            continue
