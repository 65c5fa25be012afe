"""What one party proposes to another's action (P3): it stands beside the action until that party answers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import CLOSED, Actor, Denied, deny
from samband.people.models import Unit
from samband.plans.models import Action, Proposal
from samband.plans.services import history, together
from samband.plans.services.editing import add, change, lock

Status = Proposal.Status


def propose(
    actor: Actor, action: Action, text: str, changes: dict[str, Any] | None = None, asked: Unit | None = None
) -> Proposal:
    """Propose in words, and where possible as a change of fields that can be taken as it is."""
    if not text.strip():
        raise ValidationError({"text": _("Skriv vad du föreslår och varför.")})
    with transaction.atomic():
        plan = lock(action.plan)
        decision = policy.require(actor, "action.propose", action)
        pairs = {}
        for name, value in (changes or {}).items():
            field = history.field_of(Action, name)
            before, after = history.plain(field, getattr(action, name)), history.plain(field, value)
            if not history.same(before, after):
                pairs[name] = [before, after]
        proposal = _put(actor, action, text, pairs, asked)
        history.enter(plan, actor, history.thing_of(action), action.title, "propose", pairs, text)
        audit.record(actor, "action.propose", person=plan.person_id, thing=action, rule=decision.rule)
        events.publish("plan.proposed", proposal=proposal)
    return proposal


def _put(actor: Actor, action: Action, text: str, pairs: dict, asked: Unit | None) -> Proposal:
    return Proposal.objects.create(
        action=action, changes=pairs, asked=asked, text=text.strip()[:2000], by_name=actor.name, by_label=actor.label,
        assignment_id=actor.assignment_id,
    )  # fmt: skip


def ask_along(actor: Actor, action: Action, along: together.Along, text: str) -> Proposal:
    """Ask a unit to come along, or (where the unit is the asker's own) the one that has the action whether it may (P3)."""
    with transaction.atomic():
        plan = lock(action.plan)
        decision = policy.require(actor, "action.propose", action)
        action = Action.objects.select_related("unit", "plan").get(pk=action.pk)
        together.check(action, along)
        open_rows = Proposal.objects.filter(action=action, status=Status.OPEN)
        if any(
            (row.changes.get("together") or [None, {}])[1].get("unit") == str(along.unit.public_id) for row in open_rows
        ):
            raise ValidationError({"along": _("Frågan är redan ställd och väntar på svar.")})
        mine = along.unit.pk in actor.unit_ids
        if mine and action.by != Action.By.UNIT:
            raise ValidationError({"along": _("Ingen enhet har insatsen; lägg till er själva utan att fråga.")})
        pairs = {"together": [None, along.kept()]}
        said = text.strip() or _("Kan %(who)s komma med?") % {"who": along.text}
        proposal = _put(actor, action, said, pairs, None if mine else along.unit)
        history.enter(plan, actor, history.thing_of(action), action.title, "propose", pairs, said)
        audit.record(actor, "action.propose", person=plan.person_id, thing=action, rule=decision.rule)
        events.publish("plan.proposed", proposal=proposal)
    return proposal


def waiting_for(actor: Actor, unit: Unit | None) -> QuerySet[Proposal]:
    """Open proposals that it is for the unit to answer, oldest first, as far as the actor reads their plans."""
    rows = policy.scoped(actor, "plan.read", Proposal.objects.filter(status=Status.OPEN))
    rows = rows.filter(Q(asked=unit) | Q(asked=None, action__by=Action.By.UNIT, action__unit=unit))
    rows = rows.exclude(action__plan__status="closed")
    return rows.select_related("action__unit", "action__plan__person", "asked").order_by("created_at")


def offer(actor: Actor, action: Action, unit: Unit, text: str) -> Proposal:
    """A new action for another party: nobody has it until that unit says yes (P3)."""
    action.by, action.unit, action.assignment = Action.By.NOBODY, None, None
    with transaction.atomic():
        add(actor, action)
        return propose(actor, action, text, {"by": Action.By.UNIT, "unit": unit}, unit)


def answer(actor: Actor, proposal: Proposal, yes: bool, words: str = "") -> Proposal:
    """The party that has the action says yes or no. Yes makes the change in its name."""
    with transaction.atomic():
        plan = lock(proposal.action.plan)
        proposal = Proposal.objects.select_related("action__unit", "action__plan", "asked").get(pk=proposal.pk)
        decision = policy.require(actor, "proposal.answer", proposal)
        _asked(actor, proposal)
        if proposal.status != Status.OPEN:
            raise ValidationError(_("Förslaget är redan besvarat."))
        action = proposal.action
        if yes and "together" in proposal.changes:
            together.agreed(actor, action, proposal.changes["together"][1], proposal.by_name)
        elif yes and proposal.changes:
            fields = {n: history.field_of(Action, n) for n in proposal.changes}
            values = {n: history.value_of(fields[n], pair[1]) for n, pair in proposal.changes.items()}
            change(actor, action, values, action.version, _("Förslag från %(who)s") % {"who": proposal.by_name})
        proposal.status = Status.ACCEPTED if yes else Status.DECLINED
        proposal.answer, proposal.answered_by_id, proposal.answered_at = words[:300], actor.assignment_id, clock.now()
        proposal.save()
        kind = "accept" if yes else "decline"
        history.enter(plan, actor, history.thing_of(action), action.title, kind, {}, words)
        audit.record(actor, "proposal.answer", person=plan.person_id, thing=action, rule=decision.rule, answer=kind)
        events.publish("plan.proposal_answered", proposal=proposal)
    return proposal


def may_answer(actor: Actor, proposal: Proposal) -> bool:
    """Whether the answer is this actor's to give."""
    return bool(policy.decide(actor, "proposal.answer", proposal)) and _is_asked(actor, proposal)


def _is_asked(actor: Actor, proposal: Proposal) -> bool:
    """A proposal to take an action over is for the unit that is asked."""
    target = proposal.changes.get("unit")
    if proposal.action.by != Action.By.NOBODY or not target or not target[1]:
        return True
    return Unit.objects.filter(public_id=target[1]["id"], pk__in=actor.unit_ids).exists()


def _asked(actor: Actor, proposal: Proposal) -> None:
    if not _is_asked(actor, proposal):
        no = deny("P3", "Förslaget är ställt till en annan enhet.", "The proposal is put to another unit.")
        raise Denied(no or CLOSED)
