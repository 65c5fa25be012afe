"""One's own next steps: changed, done, not yet; and a reminder on the day, once, by the worker's clock."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import clock, notices, policy
from samband.core.policy import Actor
from samband.dialogue.models import NextStep, Sitting
from samband.people.models import Assignment
from samband.people.models.staff import current

DUE = "dialogue.step_due"
Status = NextStep.Status


class Stale(Exception):
    """Saved from another window since it was read. Nothing was written."""


@transaction.atomic
def change(actor: Actor, step: NextStep, lock: int, **values: Any) -> NextStep:
    """Text, day, who sees it. Not audited with a name of the thing: that there is a step is hers to know."""
    policy.require(actor, "step.own", step)
    if not values.get("text", step.text).strip():
        raise ValidationError({"text": _("Skriv vad du tänker göra.")})
    if not NextStep.objects.filter(pk=step.pk, lock=lock).update(**values, lock=lock + 1):
        raise Stale
    step.refresh_from_db()
    return step


@transaction.atomic
def settle(actor: Actor, step: NextStep, status: str, became: str = "") -> NextStep:
    """Done, changed into something else, or open again (which is also the undo)."""
    policy.require(actor, "step.own", step)
    if status not in Status.values:
        raise ValidationError(_("Välj klart, inte än eller blev något annat."))
    step.status, step.became = status, became.strip() if status == Status.CHANGED else ""
    step.closed_at = None if status == Status.OPEN else clock.now()
    step.lock += 1
    step.save(update_fields=["status", "became", "closed_at", "lock"])
    notices.dealt_with(step, by=actor)
    return step


@transaction.atomic
def remove(actor: Actor, step: NextStep) -> None:
    """Gone for good: nobody but its author had it."""
    policy.require(actor, "step.own", step)
    notices.dealt_with(step, by=actor)
    step.delete()


def shared_at(sitting: Sitting) -> list[dict[str, Any]]:
    """The steps that their authors share, in an order that tells nothing of who answered when. Never how many are not shared."""
    rows = (
        NextStep.objects.filter(sitting=sitting).exclude(shared=NextStep.Shared.NO).select_related("staff", "statement")
    )
    found = [
        {"id": str(row.public_id), "text": row.text, "statement": row.statement.text, "group": row.statement.group,
         "order": row.statement.order,
         "name": row.staff.full_name if row.shared == NextStep.Shared.SIGNED else ""}
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row["order"], row["text"]))


@transaction.atomic
def remind_due(most: int = 500) -> int:
    """Tell each author whose day has come, once for each day that is set. Safe to run twice; returns how many."""
    fresh = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("due_on"))
    rows = NextStep.objects.filter(fresh, status=Status.OPEN, due_on__lte=clock.today())
    due = list(rows.select_for_update(of=("self",)).order_by("pk")[:most])
    at: dict[int, list[int]] = defaultdict(list)
    working = Assignment.objects.filter(current(), staff__in={step.staff_id for step in due})
    for staff, assignment in working.values_list("staff", "pk"):
        at[staff].append(assignment)
    for step in due:
        step.reminded_for = step.due_on
        if at[step.staff_id]:
            url = reverse("dialogue:step", args=[step.public_id])
            notices.tell(DUE, url, thing=step, once=f"{step.public_id}:{step.due_on}", assignments=at[step.staff_id])
    NextStep.objects.bulk_update(due, ["reminded_for"])
    return len(due)
