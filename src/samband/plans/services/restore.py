"""Back to an earlier version, as a new change: nothing is erased, and it can be restored back.

Each part asks the policy for itself (P3): one's own is written, another party's becomes a proposal that says what it would
be. What has happened is not undone: events, follow-ups that were held, parties (P1, P6), and whether the plan rests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.plans.models import Action, CarePlan, FollowUp, Goal, PlanEvent, Situation
from samband.plans.rules.compare import WORDS, Line, Sayer, kind_of
from samband.plans.rules.fold import State, Step, differing, undo
from samband.plans.services import history, proposals, versions
from samband.plans.services.corrections import Cover, part_of, parts_of
from samband.plans.services.editing import QUESTION, change, lock

# What has happened, or is decided elsewhere, stays as it is.
STAYS: dict[type, frozenset[str]] = {
    CarePlan: frozenset({"status", "closed_on", "paused_on", "resume_on", "resumes_itself", "starts_on", "status_why", "status_by",
                         "status_at"}),
    Situation: frozenset({"ongoing_since", "position"}),
    FollowUp: frozenset({"done_at", "note"}),
    PlanEvent: frozenset({"at", "title", "detail"}),
}  # fmt: skip
ENDS: dict[type, Any] = {
    Action: lambda: {"status": Action.Status.STOPPED},
    Goal: lambda: {"status": Goal.Status.DROPPED},
    Situation: lambda: {"ended_on": clock.today()},
}
WRITE, PROPOSE, LEAVE = "write", "propose", "leave"


@dataclass(frozen=True)
class Item:
    """One part that restoring would touch: how (`write`, `propose`, `leave`), the values, and the change in words."""

    key: str
    part: Any
    title: str
    how: str
    values: dict[str, Any]
    lines: tuple[Line, ...] = ()
    why: str = ""


class Moved(Exception):
    """Somebody changed the same parts after the preview was read. Nothing was written."""

    def __init__(self, who: str):
        super().__init__(who)
        self.who = who


def preview(actor: Actor, plan: CarePlan, number: int, thing: str = "", fields: Iterable[str] = ()) -> list[Item]:
    """What would change if the plan, one part of it (`thing`), or some fields of that went back to version `number`."""
    now = versions.state_now(plan)
    then = undo(now, versions.steps_after(plan, number))
    if not any(key.startswith("plans.careplan") for key in then):
        raise ValidationError(_("Planen fanns inte då."))
    covered, wanted = Cover.of(plan), set(fields)
    found: list[Item] = []
    changed = {key: pairs for key, pairs in differing(now, then).items() if not thing or key == thing}
    parts = parts_of(plan, changed)
    for key, pairs in changed.items():
        part = parts.get(key)
        if part is None:
            found.append(_party(key, now, then))
            continue
        part.plan = plan
        chosen = {n: p for n, p in pairs.items() if not wanted or n in wanted or (n in WORDS and wanted & WORDS)}
        found += _items(actor, part, key, chosen, now, then, covered)
    return sorted((i for i in found if i), key=lambda i: ((WRITE, PROPOSE, LEAVE).index(i.how), i.title.casefold()))


def _items(
    actor: Actor, part: Any, key: str, pairs: dict[str, Any], now: State, then: State, cover: Cover
) -> list[Item]:
    """One part; the plan itself in two, its own words and the rest (P3)."""
    if key not in then:
        return [_newer(actor, part, key, now)]
    stays = STAYS.get(type(part), frozenset())
    values = {
        name: pair[1]
        for name, pair in pairs.items()
        if name not in stays and cover.value(key, name, pair[1]) == pair[1]
    }
    parts = [values]
    if isinstance(part, CarePlan):
        parts = [{n: v for n, v in values.items() if (n in WORDS) is own} for own in (True, False)]
    return [_item(actor, part, key, some, now, then) for some in parts if set(some) - {"words_at"}]


def _item(actor: Actor, part: Any, key: str, kept: dict[str, Any], now: State, then: State) -> Item:
    say = Sayer(get_language() or "sv", clock.today().year)
    kind = kind_of(key)
    fields = {name: (now[key].get(name), value) for name, value in kept.items()}
    lines = tuple(say.lines(kind, fields, now[key], {**now[key], **kept}))
    values = {name: _value(part, name, value) for name, value in kept.items()}
    own = isinstance(part, CarePlan) and WORDS & set(kept)
    title = _("Egna ord") if own else _("Planen") if isinstance(part, CarePlan) else say.title(kind, now[key])
    how, why = _how(actor, part, "words.edit" if own else QUESTION[type(part)])
    return Item(f"{key}#words" if own else key, part, title, how, values, lines, why)


def _newer(actor: Actor, part: Any, key: str, now: State) -> Item:
    """A part that was added since: it ends, where a part of its kind can; it is never taken away."""
    say = Sayer(get_language() or "sv", clock.today().year)
    title = say.title(kind_of(key), now[key])
    if type(part) not in ENDS:
        return Item(key, part, title, LEAVE, {}, (), _("Kom till senare. Det som har hänt eller är bestämt står kvar."))
    values = ENDS[type(part)]()
    name, value = next(iter(values.items()))
    if history.same(now[key].get(name), history.plain(history.field_of(part, name), value)):
        return Item(key, part, title, LEAVE, {}, (), _("Kom till senare och är redan avslutad."))
    how, why = _how(actor, part, QUESTION[type(part)])
    return Item(key, part, title, how, values, (Line(_("Kom till senare och avslutas"), (name,)),), why)


def _party(key: str, now: State, then: State) -> Item:
    named = (now.get(key) or then.get(key) or {}).get("unit") or {}
    why = _("Vilka som är parter bestämmer personen (P1, P6). Det ändras inte här.")
    return Item(key, None, str(named.get("text", "")), LEAVE, {}, (), why)


def _how(actor: Actor, part: Any, question: str) -> tuple[str, str]:
    """P3: write one's own, propose to others, else leave it and say why."""
    decision = policy.decide(actor, question, part)
    if decision:
        return WRITE, ""
    if isinstance(part, Action) and policy.decide(actor, "action.propose", part):
        return PROPOSE, decision.reason
    return LEAVE, decision.reason


def _value(part: Any, name: str, kept: Any) -> Any:
    """A kept value as the field takes it: nothing is an empty text, or no, where the field cannot be empty."""
    field = history.field_of(part, name)
    value = history.value_of(field, kept)
    if value is None and not field.null:
        return field.get_default() if field.has_default() else ""
    return value


def restore(
    actor: Actor, plan: CarePlan, number: int, why: str, seen: int, keys: Iterable[str], thing: str = "",
    fields: Iterable[str] = (),
) -> tuple[int, int]:  # fmt: skip
    """Go back with the chosen items of the preview that was read when the plan's newest version was `seen`.

    Returns how many parts were written and how many proposals were made. Raises Moved where somebody changed a chosen
    part since, ValidationError where what it was cannot be any more; nothing is written then.
    """
    if not why.strip():
        raise ValidationError({"why": _("Skriv varför planen ska tillbaka, så att alla förstår.")})
    chosen, wrote, asked = set(keys), 0, 0
    with transaction.atomic():
        plan = lock(plan)
        decision = policy.require(actor, "plan.edit", plan)
        _unmoved(plan, seen, {key.partition("#")[0] for key in chosen})
        items = [i for i in preview(actor, plan, number, thing, tuple(fields)) if i.key in chosen and i.how != LEAVE]
        if not items:
            raise ValidationError(_("Välj minst en del som ska tillbaka."))
        for item in items:
            if item.how == PROPOSE:
                proposals.propose(actor, item.part, why, item.values)
                asked += 1
            else:
                _write(actor, item, why)
                wrote += 1
        audit.record(
            actor, "plan.restore", person=plan.person_id, thing=plan, rule=decision.rule, version=number, wrote=wrote,
            proposed=asked,
        )  # fmt: skip
    return wrote, asked


def _write(actor: Actor, item: Item, why: str) -> None:
    fresh = type(item.part)._default_manager.get(pk=item.part.pk)
    try:
        change(actor, fresh, item.values, fresh.version, why, kind="restore")
    except ValidationError as error:
        raise ValidationError(
            _("”%(part)s” kan inte bli som förr: %(why)s") % {"part": item.title, "why": " ".join(error.messages)}
        ) from error


def _unmoved(plan: CarePlan, seen: int, things: set[str]) -> None:
    row = plan.revisions.filter(number__gt=seen, thing__in=things).order_by("-number").first()
    if row is not None:
        raise Moved(row.by_name)


def undo_restore(actor: Actor, plan: CarePlan, number: int) -> int:
    """Restore back: the parts that this actor restored right after version `number` become what they were at it.

    Raises Moved where somebody changed them since. Returns how many parts were written.
    """
    with transaction.atomic():
        plan = lock(plan)
        rows = _batch(actor, plan, number)
        if not rows:
            raise ValidationError(_("Det finns inget att ångra."))
        _unmoved(plan, max(step.number for step in rows), {step.thing for step in rows})
        for step in rows:
            part = part_of(plan, step.thing)
            values = {name: _value(part, name, pair[0]) for name, pair in step.changes.items()}
            why = _("Ångrade återställningen")
            change(actor, part, values, part.version, why, kind="restore")
    return len(rows)


def _batch(actor: Actor, plan: CarePlan, number: int) -> list[Step]:
    """The restoring that began right after `number`: without a gap, by one and the same."""
    found: list[Step] = []
    mine = plan.revisions.filter(
        number__gt=number, assignment_id=actor.assignment_id or 0, kind__in=("restore", "propose")
    )
    for place, row in enumerate(mine.order_by("number")[:500]):
        if row.number != number + 1 + place or row.by_name != actor.name:
            break
        found.append(Step(row.number, row.thing, row.kind, row.changes, row.title))
    return [step for step in found if step.kind == "restore"]
