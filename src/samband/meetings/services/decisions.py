"""What is decided becomes a part of the plan in the same moment: an action of one's own, a proposal to another unit, a goal,
a follow-up, a contact. The plan's own services write it, so that their rules, history and audit hold here too."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy, text
from samband.core.policy import Actor
from samband.meetings.models import AgendaItem, Decision, Meeting
from samband.meetings.services.base import enter, lock
from samband.people.models import Assignment, Organization, Relative, Unit
from samband.people.services import contacts
from samband.plans.models import Action, FollowUp, Goal
from samband.plans.services import asks, editing, proposals
from samband.plans.services.history import thing_of

Kind = Decision.Kind


@dataclass(frozen=True)
class Task:
    """Who does what, from when. `who` is a unit, a relative, or None with `person` (the person herself)."""

    title: str
    unit: Unit | None = None
    relative: Relative | None = None
    person: bool = False
    detail: str = ""
    on: date | None = None
    at: time | None = None
    goal: Goal | None = None
    outside: bool = False


def action(
    actor: Actor, meeting: Meeting, task: Task, item: AgendaItem | None = None, once: UUID | None = None
) -> Decision:
    """P3: ours is added at once; another unit is asked, and nobody has it until that unit says yes."""

    def write(held: Meeting) -> Decision:
        if task.unit is None and task.relative is None and not task.person:
            raise ValidationError({"who": _("Välj vem som gör det, eller vem som ska svara.")})
        act = Action(
            plan=held.plan, title=task.title.strip(), detail=task.detail.strip(), starts_on=task.on or clock.today(),
            time_from=task.at, milestone=task.on is not None, goal=task.goal, shared_outside=task.outside, why=_why(held),
            by=Action.By.PERSON if task.person else Action.By.RELATIVE if task.relative else Action.By.UNIT,
            unit=task.unit, relative=task.relative,
        )  # fmt: skip
        ours = task.unit is None or bool(policy.decide(actor, "action.edit", act))
        proposal = None
        if ours:
            editing.add(actor, act, _why(held))
        elif task.unit is not None:
            told = _("Beslutat på mötet %(day)s: %(what)s") % {"day": text.short_date(_day(held)), "what": act.title}
            proposal = proposals.offer(actor, act, task.unit, told)
        who = held.person.full_name if task.person else str(task.relative or task.unit)
        return Decision(
            kind=Kind.ACTION if ours else Kind.OFFER, title=act.title, who=who, due_on=task.on, thing=thing_of(act),
            unit=task.unit, outside=task.outside, proposal=proposal,
        )  # fmt: skip

    return _decide(actor, meeting, item, write, once)


def goal(
    actor: Actor, meeting: Meeting, words: str, know_how: str, item: AgendaItem | None = None, once: UUID | None = None
) -> Decision:
    """A goal in the person's own words."""

    def write(held: Meeting) -> Decision:
        made = editing.add(actor, Goal(plan=held.plan, words=words.strip(), know_how=know_how.strip()), _why(held))
        return Decision(kind=Kind.GOAL, title=made.words[:300], thing=thing_of(made))

    return _decide(actor, meeting, item, write, once)


def follow_up(
    actor: Actor,
    meeting: Meeting,
    on: date,
    who: Assignment | None,
    item: AgendaItem | None = None,
    once: UUID | None = None,
) -> Decision:
    """The day when we look together at whether it helps."""

    def write(held: Meeting) -> Decision:
        made = editing.add(actor, FollowUp(plan=held.plan, due_on=on, responsible=who), _why(held))
        title = _("Uppföljning %(day)s") % {"day": text.short_date(on)}
        return Decision(
            kind=Kind.FOLLOW_UP, title=title, who=who.staff.full_name if who else "", due_on=on, thing=thing_of(made)
        )

    return _decide(actor, meeting, item, write, once)


def contact(
    actor: Actor, meeting: Meeting, kind: str, who: Assignment, item: AgendaItem | None = None, once: UUID | None = None
) -> Decision:
    """A13: one of the three contacts, from today; the one before ends yesterday."""

    def write(held: Meeting) -> Decision:
        try:
            made = contacts.appoint(actor, held.person, kind, who, clock.today(), end_previous=True)
        except contacts.NotSuitable as error:
            raise ValidationError({"contact": _(error.reason)}) from error
        except contacts.Overlap as error:
            raise ValidationError(
                {"contact": _("%(name)s har rollen från i dag. Ändra den på personens sida.") % {"name": error.other.assignment.staff}}
            ) from error  # fmt: skip
        return Decision(kind=Kind.CONTACT, title=made.get_kind_display(), who=who.staff.full_name, thing=thing_of(made))

    return _decide(actor, meeting, item, write, once)


def _decide(actor: Actor, meeting: Meeting, item: AgendaItem | None, write: Any, once: UUID | None) -> Decision:
    """Write the part and the decision together, or neither. Sent twice (the form's own id), it is decided once."""
    with transaction.atomic():
        held = lock(meeting)
        decision = policy.require(actor, "meeting.write", held)
        if once and (found := Decision.objects.filter(meeting=held, public_id=once).first()):
            return found
        held.plan.person = held.person
        row = write(held)
        row.meeting, row.item, row.name, row.at = held, item, actor.name, clock.now()
        if once and not Decision.objects.filter(public_id=once).exists():
            row.public_id = once
        row.save()
        audit.record(actor, "meeting.decide", person=held.person_id, thing=row, rule=decision.rule, kind=row.kind)
        enter(held, actor, "decided", row.title)
        events.publish("meeting.decided", decision=row)
    return row


def _why(meeting: Meeting) -> str:
    return _("Beslutat på möte %(day)s") % {"day": text.short_date(_day(meeting))}


def _day(meeting: Meeting) -> date:

    return clock.local(meeting.starts_at).date()


def state_of(decision: Decision) -> tuple[str, str]:
    """Mark and word: ours, waiting for the unit's yes, accepted, declined, taken back."""
    if decision.undone_at:
        return "unknown", _("ångrat")
    if decision.kind != Kind.OFFER:
        return "ok", _("i planen")
    return {
        "accepted": ("ok", _("enheten tog det")),
        "declined": ("act", _("enheten avböjde")),
        "returned": ("act", _("enheten lämnade tillbaka det")),
        "withdrawn": ("unknown", _("frågan är tillbakatagen")),
    }.get(decision.proposal.status if decision.proposal else "", ("warn", _("väntar på enhetens svar")))


def can_undo(decision: Decision) -> bool:
    if decision.undone_at or decision.kind not in (Kind.ACTION, Kind.GOAL, Kind.OFFER):
        return False
    return decision.kind != Kind.OFFER or decision.proposal is None or decision.proposal.status == "open"


def undo(actor: Actor, decision: Decision) -> Decision:
    """Take back what was decided in the same meeting: the action stops, the goal is dropped; both stay in the history.

    A question to another unit goes with it: nobody is to answer for an action that is no more.
    """
    with transaction.atomic():
        held = lock(decision.meeting)
        rule = policy.require(actor, "meeting.write", held)
        fresh = Decision.objects.select_related("proposal").get(pk=decision.pk)
        if not can_undo(fresh):
            raise ValidationError(_("Det går inte att ångra här. Ändra det i planen."))
        model: type[Any] = Goal if fresh.kind == Kind.GOAL else Action
        part = model.objects.select_related("plan").filter(public_id=fresh.thing.partition(":")[2]).first()
        if fresh.proposal is not None:
            asks.take_back(actor, fresh.proposal)
        if part is not None:
            status = Goal.Status.DROPPED if fresh.kind == Kind.GOAL else Action.Status.STOPPED
            editing.change(actor, part, {"status": status}, part.version, _("Ångrat på mötet"))
        fresh.undone_at = clock.now()
        fresh.save(update_fields=["undone_at"])
        audit.record(actor, "meeting.decide", person=held.person_id, thing=fresh, rule=rule.rule, undone=True)
    return fresh


def units_for(meeting: Meeting) -> list[Unit]:
    """Parties in care, who may have an action. A party outside care answers no proposal (P5): its part stands in the notes."""
    rows = Unit.objects.filter(party_in__person=meeting.person_id, party_in__withdrawn_at__isnull=True)
    rows = rows.exclude(organization__kind=Organization.Kind.OUTSIDE)
    return list(rows.distinct().order_by("sort_name"))
