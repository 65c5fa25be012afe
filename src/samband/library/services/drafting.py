"""Writing templates: a draft under its lock, published for good, approved by somebody licensed."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.core.versions import Stale, slug_of, step
from samband.library.models import Definition, DefinitionVersion
from samband.library.rules import ALLOWED, TYPES, blank, problems
from samband.library.services.spoken import spoken_problem

Status = DefinitionVersion.Status
MOST_PARTS = 120


def create(actor: Actor, kind: str, title: str, summary: str) -> DefinitionVersion:
    """A new template with an empty draft."""
    decision = policy.require(actor, "definition.edit")
    missing = {
        name: _("Fyll i den här uppgiften.")
        for name, value in (("title", title), ("summary", summary))
        if not value.strip()
    }
    if missing:
        raise ValidationError(missing)
    with transaction.atomic():
        definition = Definition.objects.create(
            slug=slug_of(Definition, title, "mall"), kind=kind, title=title.strip(), summary=summary.strip()
        )
        audit.record(actor, "definition.edit", thing=definition, rule=decision.rule, created=True)
        return DefinitionVersion.objects.create(definition=definition, number=1, author_name=actor.name)


def draft_of(actor: Actor, definition: Definition) -> DefinitionVersion:
    """The draft that is being written, or a new one that begins as the latest version is."""
    policy.require(actor, "definition.edit", definition)
    with transaction.atomic():
        latest = definition.versions.select_for_update().first()
        if latest is not None and latest.status == Status.DRAFT:
            return latest
        return DefinitionVersion.objects.create(
            definition=definition, number=latest.number + 1 if latest else 1,
            parts=latest.parts if latest else [], author_name=actor.name,
        )  # fmt: skip


def save_parts(
    actor: Actor, draft: DefinitionVersion, parts: list[dict], lock: int, **detail: Any
) -> DefinitionVersion:
    """Write the draft anew. Raises Stale where it has been written since `lock`, ValidationError where it is too long."""
    decision = policy.require(actor, "definition.edit", draft.definition)
    if len(parts) > MOST_PARTS:
        raise ValidationError(_("Mallen har redan %(n)d delar. Dela den i två mallar.") % {"n": MOST_PARTS})
    with transaction.atomic():
        step(draft, lock, parts=parts, author_name=actor.name)
        audit.record(actor, "definition.edit", thing=draft.definition, rule=decision.rule, **detail)
    return draft


def put_part(
    actor: Actor, draft: DefinitionVersion, type_: str, fields: dict, lock: int, key: str = ""
) -> DefinitionVersion:
    """Add a part, or change the one with this key. What is wrong is told at its field."""
    if type_ not in ALLOWED[draft.definition.kind]:
        raise ValidationError(_("En sådan del hör inte till det här slaget av mall."))
    part = {"key": key or uuid4().hex[:12], "type": type_, "fields": fields}
    wrong = {p.field or "__all__": spoken_problem(p) for p in problems(draft.definition.kind, [part])}
    if wrong:
        raise ValidationError(wrong)
    parts = [part if old["key"] == key else old for old in draft.parts]
    return save_parts(actor, draft, parts if key else [*draft.parts, part], lock, part=part["key"])


def take_out(actor: Actor, draft: DefinitionVersion, key: str, lock: int) -> DefinitionVersion:
    return save_parts(actor, draft, [part for part in draft.parts if part["key"] != key], lock, removed=key)


def move(actor: Actor, draft: DefinitionVersion, key: str, by: int, lock: int) -> DefinitionVersion:
    """One place up (-1) or down (1); at the end it stays."""
    parts = list(draft.parts)
    place = next((i for i, part in enumerate(parts) if part["key"] == key), None)
    if place is None or not 0 <= place + by < len(parts):
        return draft
    parts[place], parts[place + by] = parts[place + by], parts[place]
    return save_parts(actor, draft, parts, lock, moved=key)


def publish(actor: Actor, draft: DefinitionVersion, note: str, offered: bool, lock: int) -> DefinitionVersion:
    """From now on this is the version that is used. It never changes again."""
    decision = policy.require(actor, "definition.edit", draft.definition)
    wrong = problems(draft.definition.kind, draft.parts)
    if wrong:
        raise ValidationError([spoken_problem(problem, draft.parts) for problem in wrong[:10]])
    if draft.number > 1 and not note.strip():
        raise ValidationError({"note": _("Skriv vad som är nytt, så att de som använder mallen förstår.")})
    with transaction.atomic():
        values = {"status": Status.PUBLISHED, "note": note.strip(), "offered": offered, "published_at": clock.now()}
        step(draft, lock, **values)
        audit.record(actor, "definition.edit", thing=draft.definition, rule=decision.rule, published=draft.number)
        events.publish("definition.published", version=draft)
    return draft


def discard(actor: Actor, draft: DefinitionVersion, lock: int) -> None:
    """A draft that nobody has used may be thrown away; a template that never had a version goes to rest with it."""
    decision = policy.require(actor, "definition.edit", draft.definition)
    with transaction.atomic():
        done, _rows = DefinitionVersion.objects.filter(pk=draft.pk, lock=lock, status=Status.DRAFT).delete()
        if not done:
            raise Stale(DefinitionVersion.objects.get(pk=draft.pk))
        if not draft.definition.versions.exists():
            retire(actor, draft.definition, True)
        audit.record(actor, "definition.edit", thing=draft.definition, rule=decision.rule, discarded=draft.number)


def approve(actor: Actor, version: DefinitionVersion) -> DefinitionVersion:
    """T1: a named licensed person has read this version and answers for it."""
    decision = policy.require(actor, "definition.approve", version.definition)
    if version.status != Status.PUBLISHED:
        raise ValidationError(_("Ett utkast kan inte godkännas. Ge ut det först."))
    with transaction.atomic():
        title = actor.label.partition(",")[0]
        done = DefinitionVersion.objects.filter(pk=version.pk, approved_at__isnull=True).update(
            approved_at=clock.now(), approved_by_id=actor.assignment_id, approved_name=actor.name, approved_title=title
        )
        if not done:
            raise ValidationError(_("Versionen är redan godkänd."))
        audit.record(actor, "definition.approve", thing=version.definition, rule=decision.rule, version=version.number)
    version.refresh_from_db()
    return version


def retire(actor: Actor, definition: Definition, on: bool) -> None:
    """Take a template out of use, or back. Plans that used it keep what they took."""
    decision = policy.require(actor, "definition.edit", definition)
    with transaction.atomic():
        definition.retired_at = clock.now() if on else None
        definition.save(update_fields=["retired_at"])
        audit.record(actor, "definition.edit", thing=definition, rule=decision.rule, retired=on)


def empty_fields(type_: str) -> dict[str, Any]:
    """What a new part of this type holds."""
    return {name: blank(field.kind) for name, field in TYPES[type_].items()}
