"""The person's answer to the plan, version by version (P4, P7): approved, or what she does not agree with, in her words."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.access.models import Capacity, Party
from samband.core import audit, clock, events, policy
from samband.core.policy import Actor, Decision
from samband.people.models import Relative
from samband.people.models.staff import current
from samband.plans.models import Approval, CarePlan
from samband.plans.services import history, telling
from samband.plans.services.agreement import changed_since, version_of
from samband.plans.services.editing import lock

Answer = Approval.Answer


@dataclass(frozen=True)
class Said:
    """Who said it and how. The person and her representative say it for themselves: then nothing of this is asked for."""

    by: str = ""
    form: str = ""
    basis: str = ""


SELF = Said()


def approve(actor: Actor, plan: CarePlan, number: int, said: Said = SELF, words: str = "") -> Approval:
    """Say yes to version `number`, the one that was read. Raises ValidationError where the plan has changed since."""
    return _answer(actor, plan, Answer.APPROVED, number, said, words)


def disagree(actor: Actor, plan: CarePlan, number: int, words: str, said: Said = SELF) -> Approval:
    """Say what one does not agree with, in one's own words."""
    if not words.strip():
        raise ValidationError({"words": _("Skriv vad som inte stämmer, med egna ord.")})
    return _answer(actor, plan, Answer.DISAGREED, number, said, words)


def _answer(actor: Actor, plan: CarePlan, answer: str, number: int, said: Said, words: str) -> Approval:
    question = "plan.approve" if answer == Answer.APPROVED else "plan.disagree"
    with transaction.atomic():
        plan = lock(plan)
        decision = policy.require(actor, question, plan)
        if plan.status == CarePlan.Status.CLOSED:
            raise ValidationError(_("Planen är avslutad och går inte att ändra."))
        if answer == Answer.APPROVED and changed_since(plan, number, 1):
            raise ValidationError(_("Planen ändrades nyss. Läs det nya innan du godkänner."))
        found = Approval(
            plan=plan, number=version_of(plan), answer=answer, words=words.strip(), at=clock.now(), by_name=actor.name,
            by_label=actor.label, by_kind=actor.kind, assignment_id=actor.assignment_id,
        )  # fmt: skip
        _who(actor, found, said)
        found.full_clean(exclude=["plan", "assignment", "representative"])
        found.save()
        _enter(actor, found, decision, question)
    return found


def _who(actor: Actor, found: Approval, said: Said) -> None:
    """Whose answer it is. What staff write down names who said it; where somebody represents, on what basis (P7)."""
    person, problems = found.plan.person, {}
    held = person.capacities.filter(current()).order_by("-starts_on", "-id").first()
    if actor.kind == "person":
        found.said_by, found.form = actor.name, ""
    elif actor.kind == "relative":
        relative = Relative.objects.get(pk=actor.relative_id or 0)
        found.said_by, found.representative, found.form = actor.name, relative, Party.Form.REPRESENTATIVE
        found.basis = (said.basis.strip() or relative.basis or _mandate(held, relative))[:300]
    else:
        found.said_by, found.form, found.basis = said.by.strip(), said.form, said.basis.strip()
        if not found.said_by:
            problems["said_by"] = _("Skriv vem som sade det.")
        if found.form not in Party.Form.values:
            problems["form"] = _("Välj i vilken form det sades.")
        if held and found.approved and not found.basis:
            problems["basis"] = _("Någon företräder personen. Skriv på vilken grund.")
        if held and held.representative_id and found.form == Party.Form.REPRESENTATIVE:
            found.representative_id = held.representative_id
    if problems:
        raise ValidationError(problems)


def _mandate(held: Capacity | None, relative: Relative) -> str:
    return f"{relative.get_role_display()}. {held.basis}" if held else relative.get_role_display()


def _enter(actor: Actor, found: Approval, decision: Decision, question: str) -> None:
    plan = found.plan
    kind = "approve" if found.approved else "disagree"
    pairs = {"answer": [None, str(found.get_answer_display())], "said_by": [None, found.said_by]}
    if found.basis:
        pairs["basis"] = [None, found.basis]
    history.enter(plan, actor, history.thing_of(found), _("Planen"), kind, pairs, found.words)
    audit.record(
        actor, question, person=plan.person_id, thing=found, rule=decision.rule, version=found.number, form=found.form
    )
    events.publish("plan.approved" if found.approved else "plan.disagreed", approval=found)
    telling.approval(found)
