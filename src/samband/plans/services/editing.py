"""Changing a plan. Every change asks the policy, checks the optimistic lock, and enters history and audit with itself.

Two who edit at once lose nothing: what they changed in different fields is put together; where they changed the same
field, `Conflict` carries what it was, what the one wrote and what the other wrote, for the merge page.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.plans.models import (
    Action,
    CarePlan,
    FollowUp,
    Goal,
    PlanEvent,
    Proposal,
    RelativeNote,
    Revision,
    Situation,
)
from samband.plans.models.careplan import Part
from samband.plans.services import history, next_step
from samband.plans.services.checks import check

# Set together with another field, never the matter of a conflict.
DERIVED = {"words_at": "words"}
WORDS = frozenset({"words", "words_note", "words_at"})
QUESTION = {
    CarePlan: "plan.edit",
    Goal: "goal.edit",
    Situation: "situation.edit",
    FollowUp: "follow_up.edit",
    PlanEvent: "event.edit",
    Action: "action.edit",
    RelativeNote: "note.write",
}
NEW = {Action: "action.create"}


@dataclass(frozen=True)
class Clash:
    """One field that both changed: kept values before, mine, theirs."""

    name: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(eq=False)
class Conflict(Exception):
    """Somebody saved the same fields in between. Nothing was written; `mine` is all that the one who lost wrote."""

    part: Part
    fields: list[Clash]
    mine: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    who: str = ""
    when: datetime | None = None

    def __str__(self) -> str:
        return f"{self.part._meta.model_name}: {', '.join(c.name for c in self.fields)}"


def plan_of(part: Any) -> CarePlan:
    """The plan that a part belongs to."""
    if isinstance(part, CarePlan):
        return part
    return part.plan if hasattr(part, "plan") else part.action.plan


def lock(plan: CarePlan) -> CarePlan:
    """Take the plan's row for the rest of the transaction (PostgreSQL); SQLite writes one at a time anyway."""
    return CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)


def change(
    actor: Actor,
    part: Part,
    changes: dict[str, Any],
    version: int,
    why: str = "",
    kind: str = "change",
    asked: Proposal | None = None,
) -> Part:
    """Save `changes` to `part`, which the actor read at `version`. Raises Denied, Conflict or ValidationError.

    What the actor did not change (same as at `version`) is left as it is now, whatever the form sent along. `asked`: a
    question to the actor's unit whose yes this is; it lets the unit take an action that is not its own yet (P3).
    """
    with transaction.atomic():
        plan = lock(plan_of(part))
        fresh = type(part)._default_manager.get(pk=part.pk)
        about = plan if isinstance(fresh, CarePlan) else fresh
        question = "proposal.answer" if asked else _question(actor, part, changes)
        decision = policy.require(actor, question, asked or about)
        mine = {name: history.plain(history.field_of(part, name), value) for name, value in changes.items()}
        base = history.base_of(fresh, version, mine)
        now = history.snapshot(fresh, mine)
        wanted = {name: kept for name, kept in mine.items() if not history.same(kept, base[name])}
        wanted = {name: kept for name, kept in wanted.items() if DERIVED.get(name, name) in wanted}
        clashes = [
            Clash(name, base[name], kept, now[name])
            for name, kept in wanted.items()
            if name not in DERIVED and not history.same(now[name], base[name]) and not history.same(now[name], kept)
        ]
        if clashes:
            raise _conflict(fresh, clashes, wanted)
        written = {name: changes[name] for name, kept in wanted.items() if not history.same(kept, now[name])}
        if not written:
            return fresh
        for name, value in written.items():
            setattr(fresh, name, value)
        check(actor, fresh, set(written))
        if isinstance(fresh, Action) and not asked and {"by", "unit"} & set(written):
            policy.require(actor, "action.edit", fresh)  # P3: nobody gives an action to a unit that has not said yes
        _write(fresh, written)
        pairs = {
            name: [now[name], history.plain(history.field_of(fresh, name), getattr(fresh, name))] for name in written
        }
        history.enter(plan, actor, history.thing_of(fresh), _title(fresh), kind, pairs, why)
        audit.record(
            actor,
            question,
            person=plan.person_id,
            thing=fresh,
            rule=decision.rule,
            fields=sorted(written),
        )
        settle(plan)
        fresh.refresh_from_db()
    return fresh


def add(actor: Actor, part: Any, why: str = "") -> Any:
    """Add a new part (its `plan` is set). Raises Denied or ValidationError."""
    with transaction.atomic():
        plan = part.plan = lock(part.plan)
        question = NEW.get(type(part), QUESTION[type(part)])
        decision = policy.require(actor, question, plan)
        if isinstance(part, Action):
            policy.require(actor, "action.edit", part)
        check(actor, part, None)
        part.save()
        names = [f.name for f in part._meta.concrete_fields if f.name not in SKIP]
        filled = {n: [None, kept] for n, kept in history.snapshot(part, names).items() if kept not in (None, "", False)}
        history.enter(plan, actor, history.thing_of(part), _title(part), "add", filled, why)
        audit.record(actor, question, person=plan.person_id, thing=part, rule=decision.rule)
        settle(plan)
    return part


def settle(plan: CarePlan) -> None:
    """After any change of a plan, in its transaction: the next step anew, and word to whoever listens."""
    next_step.refresh(plan)
    events.publish("plan.changed", plan=plan)


SKIP = frozenset({"id", "public_id", "created_at", "updated_at", "version", "plan", "next_on", "recorded_by"})


def _question(actor: Actor, part: Part, changes: dict[str, Any]) -> str:
    if isinstance(part, CarePlan) and WORDS & set(changes):
        return "words.edit"
    if isinstance(part, CarePlan) and set(changes) == {"principal"}:
        return "plan.principal"
    if actor.kind == "relative" and isinstance(part, Situation) and set(changes) == {"steps_relative"}:
        return "own.write"  # P4: those who stand near write in their own part
    return QUESTION[type(part)]


def _write(fresh: Part, written: dict[str, Any]) -> None:
    """The optimistic lock itself: nobody wrote between our reading and this."""
    values = {name: getattr(fresh, name) for name in written}
    rows = type(fresh)._default_manager.filter(pk=fresh.pk, version=fresh.version)
    if not rows.update(**values, version=fresh.version + 1, updated_at=clock.now()):
        raise Conflict(
            fresh,
            [Clash(name, None, history.plain(history.field_of(fresh, name), v), None) for name, v in values.items()],
        )


def _conflict(fresh: Part, clashes: list[Clash], mine: dict[str, Any]) -> Conflict:
    last = Revision.objects.filter(thing=history.thing_of(fresh)).order_by("-number").first()
    return Conflict(fresh, clashes, mine, fresh.version, last.by_name if last else "", last.at if last else None)


def _title(part: Any) -> str:
    return _("Planen") if isinstance(part, CarePlan) else str(part)


def write_words(actor: Actor, plan: CarePlan, words: str, version: int, note: str = "", why: str = "") -> Part:
    """P3: the person's own words, with a note of who wrote them down when it was not the person."""
    if actor.kind != "person" and not note.strip():
        raise ValidationError(
            {"words_note": _("Skriv vem som skrev ner orden, så att alla vet att de är personens egna.")}
        )
    note = "" if actor.kind == "person" else note.strip()
    changes = {"words": words.strip(), "words_note": note, "words_at": clock.now()}
    return change(actor, plan, changes, version, why)


def situation_goes_on(actor: Actor, situation: Situation, on: bool, version: int, why: str = "") -> Part:
    """Mark that a situation is going on now, or that it is over. Marked by two at once, it is marked once."""
    now = Situation.objects.get(pk=situation.pk)
    if bool(now.ongoing_since) == on:
        policy.require(actor, "situation.edit", now)
        return now
    return change(actor, situation, {"ongoing_since": clock.now() if on else None}, version, why)


def follow_up_done(
    actor: Actor, follow_up: FollowUp, version: int, note: str, next_on: Any = None, responsible: Any = None
) -> Part:
    """Close a follow-up with what we found, and set the next day."""
    with transaction.atomic():
        changed = change(actor, follow_up, {"done_at": clock.now(), "note": note}, version)
        if next_on is not None:
            add(actor, FollowUp(plan=follow_up.plan, due_on=next_on, responsible=responsible))
    return changed
