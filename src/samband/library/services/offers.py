"""A newer version of a template, offered to a plan that used an older one: part by part, and only where it was taken as is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor, Denied
from samband.library.models import CheckItem, Definition, DefinitionVersion, InfoText, UsedPart
from samband.library.rules import clean, mergeable
from samband.library.services import using
from samband.library.services.spoken import field_name, shown, title_of
from samband.library.services.using import Choice, action_values, current, situation_values
from samband.plans.models import Action, CarePlan, Situation
from samband.plans.services import editing, history, proposals

VALUES = {"action": action_values, "situation": situation_values}
MODELS: dict[str, type] = {"plans.action": Action, "plans.situation": Situation}


@dataclass(frozen=True)
class Offer:
    """One part to answer: `new` (never seen here), `changed`, or `gone` from the template.

    `rows`: the fields that would change, in words: before, after, kept (somebody has written there since).
    """

    part: dict
    kind: str
    title: str
    rows: list[dict[str, Any]]
    used: UsedPart | None = None


def waiting(plan: CarePlan) -> list[Definition]:
    """Templates of this plan of which a newer version is offered and not yet answered."""
    behind = Definition.objects.filter(
        uses__plan=plan, retired_at__isnull=True, versions__status=DefinitionVersion.Status.PUBLISHED,
        versions__number__gt=F("uses__version__number"),
    ).distinct()  # fmt: skip
    found = []
    for definition in behind:
        version = current(definition)
        if version and version.offered and offers(plan, version):
            found.append(definition)
    return found


def offers(plan: CarePlan, version: DefinitionVersion) -> list[Offer]:
    """What is left to answer in this plan about the version."""
    used = {row.key: row for row in plan.used_parts.filter(definition=version.definition)}
    if not used or all(row.version_id == version.pk for row in used.values()):
        return []
    found, things = [], _things(used.values())
    for part in version.parts:
        row = used.pop(part["key"], None)
        if row is None:
            found.append(Offer(part, "new", title_of(part), []))
        elif row.version_id != version.pk and row.taken and (rows := _rows(part, row, things.get(row.thing))):
            found.append(Offer(part, "changed", title_of(part), rows, row))
    for row in used.values():
        if row.taken and row.version_id != version.pk:
            gone = {"key": row.key, "type": _type_of(row), "fields": row.fields}
            found.append(Offer(gone, "gone", title_of(gone), [], row))
    return found


def _type_of(row: UsedPart) -> str:
    label = row.thing.partition(":")[0]
    return {"plans.action": "action", "plans.situation": "situation", "library.infotext": "info"}.get(label, "check")


def _things(rows: Iterable[UsedPart]) -> dict[str, Any]:
    """What the parts became, by their name; those that are still there and of a kind that can be changed by a template.

    One query for each kind, however many parts there are: every page of a plan asks.
    """
    keys: dict[str, list[str]] = {label: [] for label in MODELS}
    for row in rows:
        label, _colon, public_id = row.thing.partition(":")
        if label in keys and public_id:
            keys[label].append(public_id)
    found: dict[str, Any] = {}
    for label, wanted in keys.items():
        if wanted:
            parts = MODELS[label].objects.filter(public_id__in=wanted)  # type: ignore[attr-defined]
            found |= {f"{label}:{part.public_id}": part for part in parts}
    return found


def _rows(part: dict, row: UsedPart, thing: Any) -> list[dict[str, Any]]:
    """The fields that differ from what was taken, with what would happen to each."""
    new = clean(part["type"], part["fields"])
    free, kept = _sides(part["type"], row, new, thing)
    names = [name for name in new if name in free | kept]
    if part["type"] not in VALUES:
        names = [name for name in new if row.fields.get(name) != new[name]]
    return [
        {
            "label": field_name(name),
            "before": shown(name, row.fields.get(name)),
            "after": shown(name, new[name]),
            "kept": name in kept,
        }
        for name in names
    ]


def _sides(type_: str, row: UsedPart, new: dict, thing: Any) -> tuple[set[str], set[str]]:
    if thing is None or type_ not in VALUES:
        return set(), set()
    old_values, new_values = VALUES[type_](clean(type_, row.fields)), VALUES[type_](new)
    return mergeable(old_values, new_values, {name: getattr(thing, name) for name in new_values})


def answer(
    actor: Actor, plan: CarePlan, version: DefinitionVersion, take: list[Choice], skip: list[str]
) -> tuple[int, int]:
    """Answer the parts one by one: how many were taken and how many passed over. All of it or nothing."""
    decision = policy.require(actor, "plan.edit", plan)
    allowed = using.usable(version)
    if not allowed:
        raise Denied(allowed)
    with transaction.atomic():
        plan = editing.lock(plan)
        waiting_for = {offer.part["key"]: offer for offer in offers(plan, version)}
        fresh = [choice for choice in take if choice.key in waiting_for and waiting_for[choice.key].kind == "new"]
        if fresh:
            using.use(actor, plan, version, fresh)
        changed = [waiting_for[choice.key] for choice in take if choice.key in waiting_for]
        for offer in changed:
            if offer.kind != "new":
                _renew(actor, version, offer)
        passed = [waiting_for[key] for key in skip if key in waiting_for]
        for offer in passed:
            _pass(actor, plan, version, offer)
        if not changed and not passed:
            raise ValidationError(_("Svara på minst en del, eller gå tillbaka."))
        audit.record(
            actor, "definition.use", person=plan.person_id, thing=version.definition, rule=decision.rule,
            version=version.number, taken=len(changed), passed=len(passed),
        )  # fmt: skip
        editing.settle(plan)
    return len(changed), len(passed)


def _renew(actor: Actor, version: DefinitionVersion, offer: Offer) -> None:
    """Change what still stands as it was taken; another unit's action gets a proposal instead (P3)."""
    row = offer.used
    assert row is not None
    if offer.kind == "gone":
        _mark(actor, row, version, taken=False)
        return
    new = clean(offer.part["type"], offer.part["fields"])
    thing = _things([row]).get(row.thing)
    free, _kept = _sides(offer.part["type"], row, new, thing)
    if thing is not None and free:
        values = {name: value for name, value in VALUES[offer.part["type"]](new).items() if name in free}
        why = _("Ny version av mallen %(title)s") % {"title": version.definition.title}
        if isinstance(thing, Action) and not policy.decide(actor, "action.edit", thing):
            proposals.propose(actor, thing, why, values)
        else:
            editing.change(actor, thing, values, thing.version, why)
    elif offer.part["type"] not in VALUES:
        _rewrite(actor, row, new)
    row.fields = new
    _mark(actor, row, version)


def _rewrite(actor: Actor, row: UsedPart, new: dict) -> None:
    """A text to read, or something to do that is not done: the newer one takes its place, the older is kept as struck."""
    label, _colon, public_id = row.thing.partition(":")
    model: Any = {"library.infotext": InfoText, "library.checkitem": CheckItem}.get(label)
    old = model._default_manager.filter(public_id=public_id, struck_at__isnull=True).first() if model else None
    if old is None or getattr(old, "done_at", None):
        return
    old.struck_at, old.struck_by = clock.now(), actor.name
    old.save(update_fields=["struck_at", "struck_by"])
    maker = using.MAKERS["info" if model is InfoText else "check"]
    row.thing = history.thing_of(maker(actor, row.plan, new, None))


def _pass(actor: Actor, plan: CarePlan, version: DefinitionVersion, offer: Offer) -> None:
    row = offer.used or UsedPart(plan=plan, definition=version.definition, key=offer.part["key"], taken=False)
    if offer.used is None:
        row.fields = clean(offer.part["type"], offer.part["fields"])
    _mark(actor, row, version, taken=row.taken)


def _mark(actor: Actor, row: UsedPart, version: DefinitionVersion, taken: bool = True) -> None:
    row.version, row.taken, row.by_name, row.at = version, taken, actor.name, clock.now()
    row.save()


def plans_behind(version: DefinitionVersion) -> int:
    """How many plans in force have answered an older version of the template and not this one."""
    rows = UsedPart.objects.filter(definition=version.definition, version__number__lt=version.number)
    return rows.exclude(plan__status=CarePlan.Status.CLOSED).aggregate(n=_distinct("plan"))["n"]


def _distinct(name: str) -> Any:
    from django.db.models import Count

    return Count(F(name), distinct=True)
