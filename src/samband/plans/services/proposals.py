"""What one party proposes to another's action (P3): it stands beside the action until that party answers."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.people.models import Unit
from samband.plans.models import Action, Proposal
from samband.plans.services import asks, history, telling, together
from samband.plans.services.editing import add, change, lock

Kind = Proposal.Kind
Status = Proposal.Status


def propose(actor: Actor, action: Action, text: str, changes: dict[str, Any] | None = None) -> Proposal:
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
        proposal = _put(actor, action, text, pairs)
        history.enter(plan, actor, history.thing_of(action), action.title, "propose", pairs, text)
        audit.record(actor, "action.propose", person=plan.person_id, thing=action, rule=decision.rule)
        events.publish("plan.proposed", proposal=proposal)
    return proposal


def _put(
    actor: Actor, action: Action, text: str, pairs: dict, kind: str = Kind.CHANGE, asked: Unit | None = None
) -> Proposal:
    return Proposal.objects.create(
        action=action, kind=kind, changes=pairs, asked_unit=asked, text=text.strip()[:2000], by_name=actor.name, by_label=actor.label,
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
        proposal = _put(actor, action, said, pairs, Kind.ALONG, None if mine else along.unit)
        history.enter(plan, actor, history.thing_of(action), action.title, "propose", pairs, said)
        audit.record(actor, "action.propose", person=plan.person_id, thing=action, rule=decision.rule)
        events.publish("plan.proposed", proposal=proposal)
    return proposal


def waiting_for(actor: Actor, unit: Unit | None) -> QuerySet[Proposal]:
    """Open proposals that it is for the unit to answer, oldest first, as far as the actor reads their plans."""
    rows = policy.scoped(actor, "plan.read", Proposal.objects.filter(status=Status.OPEN))
    rows = rows.filter(Q(asked_unit=unit) | Q(asked_unit=None, action__by=Action.By.UNIT, action__unit=unit))
    rows = rows.exclude(action__plan__status="closed")
    return rows.select_related("action__unit", "action__plan__person", "asked_unit").order_by("created_at")


def offer(actor: Actor, action: Action, unit: Unit, text: str, answer_by: date | None = None) -> Proposal:
    """A new action for another party: nobody has it until that unit says yes (P3)."""
    action.by, action.unit, action.assignment = Action.By.NOBODY, None, None
    with transaction.atomic():
        return asks.ask(actor, add(actor, action), unit, text, answer_by)


def answer(actor: Actor, proposal: Proposal, yes: bool, words: str = "") -> Proposal:
    """The party that has the action, or the unit that is asked to take it, says yes or no. Yes makes the change in its name."""
    with transaction.atomic():
        plan = lock(proposal.action.plan)
        rows = Proposal.objects.select_related("action__unit__organization", "action__plan", "asked_unit__organization")
        proposal = rows.get(pk=proposal.pk)
        decision = policy.require(actor, "proposal.answer", proposal)
        if proposal.status != Status.OPEN:
            raise ValidationError(_("Förslaget är redan besvarat."))
        if proposal.kind == Kind.TAKE and not yes and not words.strip():
            raise ValidationError({"words": _("Skriv varför ni säger nej. Alla i planen ser det.")})
        action = proposal.action
        if yes and proposal.kind == Kind.ALONG:
            together.agreed(actor, action, proposal.changes["together"][1], proposal.by_name)
        elif yes and proposal.kind == Kind.TAKE:
            _take(actor, proposal, words)
        elif yes and proposal.changes:
            fields = {n: history.field_of(Action, n) for n in proposal.changes}
            values = {n: history.value_of(fields[n], pair[1]) for n, pair in proposal.changes.items()}
            change(actor, action, values, action.version, _("Förslag från %(who)s") % {"who": proposal.by_name})
        proposal.status = Status.ACCEPTED if yes else Status.DECLINED
        proposal.answer, proposal.answered_by_id, proposal.answered_at = words[:300], actor.assignment_id, clock.now()
        proposal.save()
        kind = "accept" if yes else "decline"
        kind = f"ask_{'yes' if yes else 'no'}" if proposal.kind == Kind.TAKE else kind
        history.enter(plan, actor, history.thing_of(action), action.title, kind, {}, words)
        audit.record(actor, "proposal.answer", person=plan.person_id, thing=action, rule=decision.rule, answer=kind)
        events.publish("plan.proposal_answered", proposal=proposal)
        if proposal.kind == Kind.TAKE:
            telling.answered(proposal)
    return proposal


def _take(actor: Actor, ask: Proposal, words: str) -> None:
    """The asked unit has the action from now on; whoever was responsible at another unit is not."""
    values = {"by": Action.By.UNIT, "unit": ask.asked_unit, "assignment": None, "relative": None}
    why = words.strip() or _("Fråga från %(who)s") % {"who": ask.by_name}
    change(actor, ask.action, values, ask.action.version, why, asked=ask)


def may_answer(actor: Actor, proposal: Proposal) -> bool:
    """Whether the answer is this actor's to give."""
    return bool(policy.decide(actor, "proposal.answer", proposal))
