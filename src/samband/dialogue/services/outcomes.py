"""What came out of dialogues, worksheets and feedback: written down with its origin, closed with its lesson, reminded of.

`since` is the face for the improvement module (roadmap, Hälsolabb): it reads, and asks nobody's leave; its pages ask the policy.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import audit, clock, notices, policy
from samband.core.policy import Actor
from samband.dialogue.models import Outcome
from samband.people.models import Assignment, Unit
from samband.people.models.staff import current

DUE = "dialogue.commitment_due"
REMIND_FOR_DAYS = 7
Status, Kind, Origin = Outcome.Status, Outcome.Kind, Outcome.Origin


class Stale(Exception):
    """Somebody else saved it since it was read. Nothing was written."""


def since(unit: Unit | None, when: datetime | None = None) -> QuerySet[Outcome]:
    """Outcomes of a unit (None: of all) written or closed at `when` or later, newest first."""
    rows = Outcome.objects.select_related("unit__organization")
    rows = rows.filter(unit=unit) if unit is not None else rows
    return rows.filter(Q(created_at__gte=when) | Q(closed_at__gte=when)) if when else rows


@transaction.atomic
def add(
    actor: Actor, kind: str, text: str, unit: Unit, origin_kind: str, origin: UUID, origin_name: str, *,
    theme: str = "", said_by: str = "", due_on: date | None = None,
) -> tuple[Outcome, bool]:  # fmt: skip
    """Write one down; the same words from the same origin once. Returns it, and whether it is new.

    Whoever writes is of the unit or keeps the outcomes. Raises Denied, or ValidationError at the field.
    """
    decision = policy.require(actor, "outcome.create")
    outcome = Outcome(
        kind=kind, text=text.strip(), unit=unit, origin_kind=origin_kind, origin=origin, origin_name=origin_name[:200],
        theme=theme[:120], said_by=said_by, due_on=due_on,
    )  # fmt: skip
    policy.require(actor, "outcome.edit", outcome)
    found, new = put(outcome)
    if new:
        audit.record(actor, "outcome.create", thing=found, rule=decision.rule)
    return found, new


def put(outcome: Outcome) -> tuple[Outcome, bool]:
    """Save an outcome that nobody asked for by hand (feedback on a routine), once. Raises ValidationError at the field."""
    outcome.full_clean(exclude=["unit"])
    same = Outcome.objects.filter(
        origin=outcome.origin, kind=outcome.kind, text=outcome.text, unit=outcome.unit_id
    ).first()
    if same is not None:
        return same, False
    outcome.save()
    return outcome, True


@transaction.atomic
def change(actor: Actor, outcome: Outcome, version: int, **values: Any) -> Outcome:
    """Kind, text, category, who, by when. Raises Stale or ValidationError at the field."""
    decision = policy.require(actor, "outcome.edit", outcome)
    before = {name: str(getattr(outcome, name) or "") for name in values}
    for name, value in values.items():
        setattr(outcome, name, value)
    outcome.full_clean(exclude=["unit"])
    _write(outcome, version, **values)
    changed = [name for name, was in before.items() if was != str(values[name] or "")]
    audit.record(actor, "outcome.edit", thing=outcome, rule=decision.rule, changed=changed)
    return outcome


@transaction.atomic
def settle(actor: Actor, outcome: Outcome, version: int, status: str, lesson: str = "") -> Outcome:
    """Done or put aside, with what was learned; open again is the undo. What is put aside is kept with its lesson."""
    decision = policy.require(actor, "outcome.edit", outcome)
    if status not in Status.values:
        raise ValidationError(_("Välj klar, lagd åt sidan eller öppen."))
    if status == Status.DROPPED and not lesson.strip():
        raise ValidationError({"lesson": _("Skriv varför, så att ni kan lära av det.")})
    if len(lesson) > 500:
        raise ValidationError({"lesson": _("Högst 500 tecken.")})
    closed = status != Status.OPEN
    _write(
        outcome, version, status=status, lesson=lesson.strip() if closed else outcome.lesson,
        closed_at=clock.now() if closed else None, closed_by=actor.name if closed else "",
    )  # fmt: skip
    audit.record(actor, "outcome.edit", thing=outcome, rule=decision.rule, status=status)
    notices.dealt_with(outcome, by=actor)
    return outcome


def _write(outcome: Outcome, version: int, **values: Any) -> None:
    if not Outcome.objects.filter(pk=outcome.pk, version=version).update(**values, version=version + 1):
        raise Stale
    outcome.refresh_from_db()


def remind_due() -> int:
    """Tell the improvement leaders of a commitment's unit (the unit itself where it has none) on its day, once for each day set."""
    today = clock.today()
    rows = Outcome.objects.filter(kind=Kind.COMMITMENT, status=Status.OPEN, due_on__lte=today)
    due = [row for row in rows.select_related("unit") if (today - row.due_on).days < REMIND_FOR_DAYS]  # type: ignore[operator]
    for row in due:
        leaders = Assignment.objects.filter(current(), Q(unit=row.unit) | Q(covers=row.unit), role="leader")
        found = set(leaders.values_list("pk", flat=True))
        notices.tell(
            DUE, reverse("dialogue:outcome", args=[row.public_id]), thing=row, once=f"{row.public_id}:{row.due_on}",
            assignments=found, units=[] if found else [row.unit_id],
        )  # fmt: skip
    return len(due)
