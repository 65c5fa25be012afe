"""Nothing is erased: a text that was wrong is put right, or struck out so that it is read behind a reason only (A17).

What it said stays in the append-only history. `Cover` lays a cover over struck texts wherever the history is shown.
"""

import copy
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.plans.models import Action, CarePlan, Correction, FollowUp, Goal, PlanEvent, Revision, Situation
from samband.plans.rules.fold import Plain, State, is_pair
from samband.plans.services import history

Kind, Ground = Correction.Kind, Correction.Ground
PARTS: dict[str, type[models.Model]] = {
    m._meta.label_lower: m for m in (CarePlan, Goal, Action, Situation, FollowUp, PlanEvent)
}
TITLES: dict[type[models.Model], str] = {Goal: "words", Action: "title", Situation: "trigger", PlanEvent: "title"}
MUST = frozenset({"title", "words", "trigger", "steps_person"})


def digest(value: Plain) -> str:
    """The mark of a text, so that it is known again without being kept twice."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def texts_of(part: Any) -> list[models.Field]:
    """The fields of a part that hold free text, in their order."""
    kinds = ("TextField", "CharField")
    found = [f for f in part._meta.concrete_fields if f.get_internal_type() in kinds and not f.choices]
    return [f for f in found if f.name not in ("icon", "rrule", "public_id", "status_why", "status_by")]


def part_of(plan: CarePlan, thing: str) -> Any:
    """The part of this plan that `thing` names; None where there is none."""
    label, _sep, public_id = thing.partition(":")
    model = PARTS.get(label)
    if model is None:
        return None
    rows = model._default_manager
    mine = rows.filter(pk=plan.pk) if model is CarePlan else rows.filter(plan=plan)
    try:
        return mine.filter(public_id=public_id).first()
    except (ValueError, ValidationError):
        return None


def parts_of(plan: CarePlan, things: Iterable[str]) -> dict[str, Any]:
    """The parts of this plan that are named, by name; at most one query for each kind, an action's unit with it."""
    keys: dict[str, list[str]] = {}
    for thing in things:
        label, _sep, public_id = thing.partition(":")
        if label in PARTS:
            keys.setdefault(label, []).append(public_id)
    found: dict[str, Any] = {}
    for label, wanted in keys.items():
        model = PARTS[label]
        rows = model._default_manager.filter(public_id__in=wanted)
        mine = rows.filter(pk=plan.pk) if model is CarePlan else rows.filter(plan=plan)
        near = mine.select_related("unit__organization") if model is Action else mine
        for part in near:
            found[history.thing_of(part)] = part
    return found


def correct(actor: Actor, part: Any, name: str, kind: str, ground: str, why: str, new: str = "") -> Correction:
    """Put a text right or strike it out; `new` takes its place. Raises Denied or ValidationError.

    Who may edit the part may correct it (P3). Nothing is lost: the earlier text stays in the history.
    """
    from samband.plans.services.editing import QUESTION, WORDS, lock, plan_of, settle
    from samband.plans.services.writing import write

    _sound(part, name, kind, ground, why, new)
    with transaction.atomic():
        plan = lock(plan_of(part))
        question = "words.edit" if isinstance(part, CarePlan) and name in WORDS else QUESTION[type(part)]
        decision = policy.require(actor, question, plan if isinstance(part, CarePlan) else part)
        fresh = type(part)._default_manager.get(pk=part.pk)
        said = getattr(fresh, name)
        if not said:
            raise ValidationError(_("Det finns ingen text där att rätta."))
        must = name in MUST and not isinstance(part, CarePlan)
        becomes = new.strip() or (_("(struken uppgift)") if must else "")
        if becomes == said:
            raise ValidationError({"new": _("Det är samma text. Skriv vad det ska stå i stället.")})
        written = write(plan, actor, fresh, {name: becomes}, "strike", why)
        row = Correction.objects.create(
            plan=plan, kind=kind, ground=ground, thing=history.thing_of(fresh), field=name, digest=digest(said),
            number=plan.revisions.order_by("-number").values_list("number", flat=True)[0], why=why.strip()[:300],
            by_name=actor.name, by_label=actor.label, assignment_id=actor.assignment_id,
        )  # fmt: skip
        audit.record(
            actor, "plan.correct", person=plan.person_id, thing=fresh, rule=decision.rule, field=name, kind=kind,
            ground=ground,
        )  # fmt: skip
        settle(written if isinstance(written, CarePlan) else plan)
    return row


def strike_all(actor: Actor, part: Any, ground: str, why: str) -> list[Correction]:
    """Strike out every text of the part: all of them or none."""
    with transaction.atomic():
        names = [f.name for f in texts_of(part) if getattr(part, f.name)]
        return [correct(actor, part, name, Kind.STRUCK, ground, why) for name in names]


def _sound(part: Any, name: str, kind: str, ground: str, why: str, new: str) -> None:
    problems: dict[str, str] = {}
    if name not in {f.name for f in texts_of(part)}:
        problems["field"] = _("Välj vilken text det gäller.")
    if kind not in Kind.values:
        problems["kind"] = _("Välj om texten ska rättas eller strykas.")
    if ground not in Ground.values:
        problems["ground"] = _("Välj varför.")
    if not why.strip():
        problems["why"] = _("Skriv varför, så att alla förstår.")
    if kind == Kind.CORRECTED and not new.strip():
        problems["new"] = _("Skriv vad det ska stå i stället.")
    if problems:
        raise ValidationError(problems)


def unfold(actor: Actor, correction: Correction, why: str) -> str:
    """What it said. A struck text needs a reason, and the reading of it is entered; a corrected one unfolds at once."""
    policy.require(actor, "correction.read", correction)
    if correction.kind == Kind.STRUCK and not why.strip():
        raise ValidationError({"why": _("Skriv varför du behöver läsa det som är struket.")})
    if correction.kind == Kind.STRUCK:
        person, reason = correction.plan.person_id, why.strip()[:300]
        audit.record(actor, "correction.unfold", person=person, thing=correction, rule="A17", why=reason)
    rows = correction.plan.revisions.filter(thing=correction.thing, number__lte=correction.number).order_by("-number")
    for row in rows:
        pair = row.changes.get(correction.field)
        for value in pair if is_pair(pair) else ():
            if value and digest(value) == correction.digest:
                return str(value)
    return ""


@dataclass
class Cover:
    """Lays `(struken uppgift)` over what was struck out: in a state, in a line of the history."""

    texts: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    titled: dict[str, int] = field(default_factory=dict)
    rows: list[Correction] = field(default_factory=list)

    @classmethod
    def of(cls, plan: CarePlan) -> "Cover":
        """One query; most plans have nothing struck out."""
        found = cls(rows=list(plan.corrections.all()))
        for row in found.rows:
            if row.kind != Kind.STRUCK:
                continue
            found.texts.setdefault(row.thing, {}).setdefault(row.field, set()).add(row.digest)
            model = PARTS.get(row.thing.partition(":")[0])
            if model is not None and TITLES.get(model) == row.field:
                found.titled[row.thing] = max(row.number, found.titled.get(row.thing, 0))
        return found

    def value(self, thing: str, name: str, kept: Plain) -> Plain:
        """A kept value as it may be shown."""
        if isinstance(kept, dict):
            struck = {key.partition(":")[2] for key in self.titled}
            return {**kept, "text": self.word} if kept.get("id") in struck and kept.get("text") != self.word else kept
        known = self.texts.get(thing, {}).get(name)
        return self.word if known and kept and digest(kept) in known else kept

    @property
    def word(self) -> str:
        return _("(struken uppgift)")

    def state(self, state: State) -> State:
        if not self.texts:
            return state
        return {
            thing: {name: self.value(thing, name, kept) for name, kept in fields.items()}
            for thing, fields in state.items()
        }

    def row(self, row: Revision) -> Revision:
        """A line of the history as it may be shown; the stored one is left alone."""
        if not self.texts:
            return row
        shown = copy.copy(row)
        shown.changes = {
            name: [self.value(row.thing, name, kept) for kept in pair] if is_pair(pair) else pair
            for name, pair in row.changes.items()
        }
        if row.thing in self.titled and row.number <= self.titled[row.thing]:
            shown.title = self.word
            if row.kind == "propose":
                shown.why = ""
        return shown

    def marks(self, thing: str = "") -> list[dict[str, Any]]:
        """What was put right or struck out, for the page of a part or of the plan."""
        return [
            {
                "row": row,
                "label": label_of(row),
                "day": clock.local(row.at).date(),
                "struck": row.kind == Kind.STRUCK,
            }
            for row in self.rows
            if not thing or row.thing == thing
        ]


def label_of(row: Correction) -> str:
    """What kind of text it was."""
    model = PARTS.get(row.thing.partition(":")[0])
    return str(model._meta.get_field(row.field).verbose_name) if model else row.field  # type: ignore[union-attr]
