"""What became of one occurrence: done, not done, moved, handed over, and back again. Safe to send twice."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor, Decision
from samband.people.models import Assignment
from samband.plans.models import Action, CarePlan, OccurrenceState
from samband.plans.services import history
from samband.plans.services.editing import Clash, Conflict, lock, settle
from samband.plans.services.next_step import resting_why
from samband.plans.services.occurrences import Occurrence, one

Status = OccurrenceState.Status
FIELDS = ("status", "moved_to", "assignment", "note", "done_by")


def done(
    actor: Actor, action: Action, original: datetime, version: int, note: str = "", decision: Decision | None = None
) -> OccurrenceState:
    """`decision`: another rule that has already said yes, such as that she does the visit that the action became."""
    values = {"status": Status.DONE, "note": note, "done_by": actor.name}
    return _mark(actor, action, original, version, values, decision=decision)


def not_done(
    actor: Actor, action: Action, original: datetime, version: int, note: str, decision: Decision | None = None
) -> OccurrenceState:
    """Not done, always with a reason."""
    if not note.strip():
        raise ValidationError({"note": _("Skriv varför det inte blev gjort.")})
    values = {"status": Status.NOT_DONE, "note": note, "done_by": actor.name}
    return _mark(actor, action, original, version, values, decision=decision)


def cancel(
    actor: Actor, action: Action, original: datetime, version: int, note: str, decision: Decision | None = None
) -> OccurrenceState:
    """Called off, this time only."""
    if not note.strip():
        raise ValidationError({"note": _("Skriv varför det ställs in.")})
    return _mark(actor, action, original, version, {"status": Status.CANCELLED, "note": note}, decision=decision)


def move(
    actor: Actor, action: Action, original: datetime, version: int, to: datetime, note: str = "",
    decision: Decision | None = None,
) -> OccurrenceState:  # fmt: skip
    """To another time; where the plan put it stays its key."""
    if to < clock.now():
        raise ValidationError({"to": _("Tiden har redan varit. Välj en tid från och med nu.")})
    values = {"status": Status.PLANNED, "moved_to": to, "note": note}
    return _mark(actor, action, original, version, values, decision=decision)


def hand_over(
    actor: Actor, action: Action, original: datetime, version: int, to: Assignment | None, note: str = ""
) -> OccurrenceState:
    """Another at the unit has it this time; None: nobody has it, and that shows."""
    units = {action.unit_id, *(p.unit_id for p in action.participants.all())}
    if to is not None and to.unit_id not in units:
        raise ValidationError({"assignment": _("%(name)s arbetar inte på enheten.") % {"name": to.staff}})
    status = Status.PLANNED if to else Status.UNASSIGNED
    return _mark(actor, action, original, version, {"status": status, "assignment": to, "note": note})


def take(actor: Actor, action: Action, original: datetime, version: int) -> OccurrenceState:
    """What nobody has, somebody takes."""
    mine = Assignment.objects.filter(pk__in=[actor.assignment_id or 0]).first()
    if mine is None:
        raise ValidationError(_("Bara personal med ett uppdrag kan ta en insats."))
    return hand_over(actor, action, original, version, mine, _("Tog det själv"))


def undo(
    actor: Actor, action: Action, original: datetime, version: int, decision: Decision | None = None
) -> OccurrenceState:
    """Back to how it was before the last mark."""
    state = OccurrenceState.objects.filter(action=action, original=original).first()
    if state is None:
        raise ValidationError(_("Det finns inget att ångra."))
    before = state.before or {"status": Status.PLANNED}
    values = {name: history.value_of(history.field_of(OccurrenceState, name), before.get(name)) for name in FIELDS}
    values.update({name: values[name] or "" for name in ("note", "done_by")})
    values["status"] = values["status"] or Status.PLANNED
    return _mark(actor, action, original, version, values, undoing=True, decision=decision)


def _mark(
    actor: Actor, action: Action, original: datetime, version: int, values: dict[str, Any], undoing: bool = False,
    decision: Decision | None = None,
) -> OccurrenceState:  # fmt: skip
    """Write the exception. `version` is what the actor saw (0: none yet); the same mark sent twice is one mark."""
    with transaction.atomic():
        plan = lock(action.plan)
        decision = decision or policy.require(actor, "action.do", action)
        _not_resting(plan, original)
        state = OccurrenceState.objects.filter(action=action, original=original).select_related("assignment").first()
        if state is None and not undoing:
            state = OccurrenceState(action=action, original=_planned(action, original).original, version=0)
        if state is None:
            raise ValidationError(_("Det finns inget att ångra."))
        wanted = {name: history.plain(history.field_of(OccurrenceState, name), value) for name, value in values.items()}
        was = history.snapshot(state, FIELDS)
        if state.version != version:
            if state.version == version + 1 and all(history.same(was[n], kept) for n, kept in wanted.items()):
                return state
            raise _seen_late(state, wanted, was)
        for name, value in values.items():
            setattr(state, name, value)
        state.before, state.version, state.at = was, version + 1, clock.now()
        _too_long(state)
        state.save()
        kept = history.snapshot(state, FIELDS)
        pairs = {n: [was[n], kept[n]] for n in FIELDS if not history.same(was[n], kept[n])}
        if state.status != Status.DONE and not undoing:
            title = (
                f"{action.title}, {history.shown(history.field_of(OccurrenceState, 'original'), original.isoformat())}"
            )
            history.enter(plan, actor, history.thing_of(action), title, "occurrence", pairs, state.note)
        audit.record(actor, "action.do", person=plan.person_id, thing=action, rule=decision.rule,
                     original=original.isoformat(), status=state.status, undo=undoing)  # fmt: skip
        settle(plan)
    return state


def _not_resting(plan: CarePlan, original: datetime) -> None:
    """Nothing is marked on a day when the plan rests or is closed; what was before can be."""
    since = plan.closed_on if plan.status == CarePlan.Status.CLOSED else plan.paused_on
    if plan.rests and (since is None or clock.local(original).date() >= since):
        raise ValidationError(resting_why(plan))


def _planned(action: Action, original: datetime) -> Occurrence:
    found = one(action, original)
    if found is None:
        raise ValidationError(_("Den gången finns inte längre i planen. Ladda om sidan och se hur det är nu."))
    return found


def _seen_late(state: OccurrenceState, wanted: dict[str, Any], was: dict[str, Any]) -> Conflict:
    clashes = [Clash(n, None, kept, was[n]) for n, kept in wanted.items() if not history.same(kept, was[n])]
    return Conflict(state, clashes, wanted, state.version, state.done_by, state.at)  # type: ignore[arg-type]


def _too_long(state: OccurrenceState) -> None:
    if len(state.note) > 300:
        raise ValidationError({"note": _("Texten är för lång: högst %(n)d tecken.") % {"n": 300}})
