"""The list beside the plan: ticked, unticked, added by hand, struck. Nothing is erased."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.library.models import CheckItem, InfoText
from samband.plans.models import CarePlan
from samband.plans.services import editing, history


def items(plan: CarePlan) -> list[CheckItem]:
    """What is left first, the soonest on top; what is done last."""
    rows = list(CheckItem.objects.filter(plan=plan, struck_at__isnull=True))
    late = clock.today()
    rows.sort(key=lambda row: (row.done_at is not None, row.due_on is None, row.due_on or late, row.pk))
    return rows


def texts(plan: CarePlan) -> list[InfoText]:
    return list(InfoText.objects.filter(plan=plan, struck_at__isnull=True))


def add(actor: Actor, plan: CarePlan, text: str, due_on: Any = None) -> CheckItem:
    """Something that no template thought of."""
    decision = policy.require(actor, "plan.edit", plan)
    if not text.strip():
        raise ValidationError({"text": _("Skriv vad som ska göras.")})
    if len(text) > 300:
        raise ValidationError({"text": _("Texten är för lång: högst %(n)d tecken.") % {"n": 300}})
    with transaction.atomic():
        item = CheckItem.objects.create(plan=plan, text=text.strip(), due_on=due_on, added_by=actor.name)
        audit.record(actor, "checklist.edit", person=plan.person_id, thing=item, rule=decision.rule)
    return item


def tick(actor: Actor, item: CheckItem, done: bool) -> CheckItem:
    """Ticked twice is ticked once; the first who did it stays."""
    values = {"done_at": clock.now() if done else None, "done_by": actor.name if done else ""}
    return _write(actor, item, CheckItem.objects.filter(done_at__isnull=done), **values)


def strike(actor: Actor, item: CheckItem | InfoText, struck: bool = True) -> CheckItem | InfoText:
    """Out of the list, and back (undo)."""
    values = {"struck_at": clock.now() if struck else None, "struck_by": actor.name if struck else ""}
    return _write(actor, item, type(item)._default_manager.filter(struck_at__isnull=struck), **values)


def _write(actor: Actor, item: Any, rows: Any, **values: Any) -> Any:
    question = "checklist.edit" if isinstance(item, CheckItem) else "info.edit"
    decision = policy.require(actor, question, item)
    with transaction.atomic():
        plan = editing.lock(item.plan)
        if rows.filter(pk=item.pk).update(**values):
            audit.record(actor, question, person=item.plan.person_id, thing=item, rule=decision.rule,
                         fields=sorted(values))  # fmt: skip
            if "struck_at" in values:
                pair = [str(item), None] if values["struck_at"] else [None, str(item)]
                history.enter(plan, actor, history.thing_of(item), str(item), "checklist", {"item": pair})
    item.refresh_from_db()
    return item
