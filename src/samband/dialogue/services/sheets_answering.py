"""Answering a sheet: the whole of it is saved at once, or nothing. Audited as one act, without what or how much was written.

Next steps are saved with it, and the entry is the same whether there are any: not even their number is told.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, policy
from samband.core.policy import Actor
from samband.dialogue.models import NextStep, Participation, SheetStatement, Sitting, StatementAnswer


@dataclass(frozen=True)
class Given:
    """What was given about one statement. Levels are 1–5 or None; an empty step is no step."""

    today: int | None = None
    today_text: str = ""
    wanted: int | None = None
    wanted_text: str = ""
    texts_shared: bool = False
    step: str = ""
    due_on: date | None = None
    shared: str = ""


class Stale(Exception):
    """The sheet was saved from another window since it was read. Nothing was written."""


def mine(actor: Actor, sitting: Sitting) -> tuple[Participation | None, dict[str, Given]]:
    """What the asker has answered so far, by the statement's key. Three questions to the database."""
    found = Participation.objects.filter(sitting=sitting, staff=actor.staff_id).first()
    answers = {a.statement_id: a for a in found.answers.all()} if found else {}
    steps = {s.statement_id: s for s in NextStep.objects.filter(sitting=sitting, staff=actor.staff_id)}
    given = {}
    for statement in sitting.version.statements.all():
        answer, step = answers.get(statement.pk), steps.get(statement.pk)
        fields: dict[str, Any] = {name: getattr(answer, name) for name in ANSWER} if answer else {}
        if step:
            fields |= {"step": step.text, "due_on": step.due_on, "shared": step.shared}
        given[statement.key] = Given(**fields)
    return found, given


ANSWER = ("today", "today_text", "wanted", "wanted_text", "texts_shared")


@transaction.atomic
def save(actor: Actor, sitting: Sitting, given: dict[str, Given], lock: int) -> Participation:
    """Write what differs. Raises ValidationError when closed, Stale when saved elsewhere since `lock` (0: never saved)."""
    decision = policy.require(actor, "sitting.answer", sitting)
    sitting = Sitting.objects.select_for_update().select_related("version").get(pk=sitting.pk)
    if not sitting.is_open:
        raise ValidationError(_("Bladet är stängt. Det du skrev senast innan är det som räknas."))
    whose = _participation(actor, sitting, lock)
    _answers(whose, sitting, given)
    _steps(actor, sitting, given)
    audit.record(actor, "sitting.answer", thing=sitting, rule=decision.rule)
    return whose


def _participation(actor: Actor, sitting: Sitting, lock: int) -> Participation:
    assert actor.staff_id  # the rule of `sitting.answer` has seen to it
    assert actor.organization_id
    whose, new = Participation.objects.get_or_create(
        sitting=sitting, staff_id=actor.staff_id,
        defaults={"organization_id": actor.organization_id, "role": actor.role},
    )  # fmt: skip
    if not new and whose.lock != lock:
        raise Stale
    if not new:
        whose.lock += 1
        whose.save(update_fields=["lock"])
    return whose


def _answers(whose: Participation, sitting: Sitting, given: dict[str, Given]) -> None:
    known = {a.statement_id: a for a in whose.answers.all()}
    made, changed = [], []
    for statement in _asked(sitting, given):
        values = {name: getattr(given[statement.key], name) for name in ANSWER}
        row = known.get(statement.pk)
        if row is None and any(values.values()):
            made.append(StatementAnswer(participation=whose, statement=statement, **values))
        elif row is not None and values != {name: getattr(row, name) for name in ANSWER}:
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    StatementAnswer.objects.bulk_create(made)
    StatementAnswer.objects.bulk_update(changed, ANSWER)


def _steps(actor: Actor, sitting: Sitting, given: dict[str, Given]) -> None:
    """A step that is emptied is gone: it was hers."""
    assert actor.staff_id
    assert actor.unit_id
    own = NextStep.objects.filter(sitting=sitting, staff=actor.staff_id)
    known = {step.statement_id: step for step in own}
    for statement in _asked(sitting, given):
        row, wanted = known.get(statement.pk), given[statement.key]
        values = {"text": wanted.step, "due_on": wanted.due_on, "shared": wanted.shared}
        if row is None and wanted.step:
            NextStep.objects.create(
                sitting=sitting, statement=statement, staff_id=actor.staff_id, unit_id=actor.unit_id, **values
            )
        elif row is not None and not wanted.step:
            row.delete()
        elif row is not None and values != {name: getattr(row, name) for name in values}:
            own.filter(pk=row.pk).update(**values, lock=row.lock + 1)


def _asked(sitting: Sitting, given: dict[str, Given]) -> list[SheetStatement]:
    return [statement for statement in sitting.version.statements.all() if statement.key in given]
