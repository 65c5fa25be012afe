"""Writing routines: the name and where it is used, a draft under its lock, thrown away or gone on with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.core.versions import Stale, slug_of, step
from samband.guidelines.models import Guideline, GuidelineFile, GuidelineVersion
from samband.guidelines.services import search
from samband.people.models import Organization, Unit

Status = GuidelineVersion.Status
FIELDS = ("body", "note", "valid_from", "valid_to", "review_by", "decided_on")


@dataclass(frozen=True)
class Facts:
    """What is said of a routine beside its text. `kinds`: codes of `Unit.Kind` that work by it."""

    name: str
    about: str
    level: str
    unit: Unit
    kinds: tuple[str, ...] = ()
    specialises: Guideline | None = None


def create(actor: Actor, facts: Facts, body: str = "") -> GuidelineVersion:
    """A new routine with its first draft. Raises Denied, or ValidationError with the field."""
    decision = policy.require(actor, "guideline.create")
    row = Guideline(slug=slug_of(Guideline, facts.name, "rutin"))
    _fill(actor, row, facts)
    policy.require(actor, "guideline.edit", row)
    with transaction.atomic():
        row.save()
        audit.record(actor, "guideline.edit", thing=row, rule=decision.rule, created=True)
        return GuidelineVersion.objects.create(
            guideline=row, number=1, body=body, author_name=actor.name, valid_from=clock.today()
        )


def change(actor: Actor, guideline: Guideline, facts: Facts) -> None:
    """Another name, owner or frame. The owner it had and the one it gets must both be the writer's to give."""
    decision = policy.require(actor, "guideline.edit", guideline)
    _fill(actor, guideline, facts)
    policy.require(actor, "guideline.edit", guideline)
    with transaction.atomic():
        guideline.save()
        search.index(guideline)
        audit.record(actor, "guideline.edit", thing=guideline, rule=decision.rule, named=True)


def _fill(actor: Actor, row: Guideline, facts: Facts) -> None:
    if not facts.name.strip():
        raise ValidationError({"name": _("Ge rutinen ett namn.")})
    became_common = facts.level == Guideline.Level.COMMON and row.level != facts.level
    if became_common and not (allowed := policy.decide(actor, "guideline.common")):
        raise ValidationError({"level": allowed.reason})
    if facts.level == Guideline.Level.COMMON and row.pk and facts.specialises is not None:
        raise ValidationError({"specialises": _("En gemensam rutin hör inte till någon annan.")})
    if facts.specialises is not None and (not facts.specialises.common or facts.specialises.pk == row.pk):
        raise ValidationError({"specialises": _("Välj en gemensam rutin.")})
    if facts.level == Guideline.Level.LOCAL and row.pk and row.locals.exists():
        raise ValidationError({"level": _("Lokala rutiner hör till den här. Den kan inte bli lokal.")})
    row.name, row.about, row.level, row.unit = facts.name.strip(), facts.about.strip(), facts.level, facts.unit
    row.kinds = f" {' '.join(facts.kinds)} " if facts.kinds else ""
    row.specialises = facts.specialises if facts.level == Guideline.Level.LOCAL else None


def draft_of(actor: Actor, guideline: Guideline) -> GuidelineVersion:
    """The draft that is being written, or a new one that begins as the latest version is, with its files."""
    policy.require(actor, "guideline.edit", guideline)
    with transaction.atomic():
        latest = guideline.versions.select_for_update().first()
        if latest is not None and latest.status == Status.DRAFT:
            return latest
        draft = GuidelineVersion.objects.create(
            guideline=guideline, number=latest.number + 1 if latest else 1, body=latest.body if latest else "",
            author_name=actor.name, valid_from=clock.today(),
        )  # fmt: skip
        if latest is not None:
            draft.parties.set(latest.parties.all())
            rows = [_copied(file, draft) for file in latest.files.all()]
            GuidelineFile.objects.bulk_create(rows)
        return draft


def _copied(file: GuidelineFile, draft: GuidelineVersion) -> GuidelineFile:
    same = {
        name: getattr(file, name) for name in ("file", "name", "kind", "size", "sha256", "text", "state", "added_by")
    }
    return GuidelineFile(version=draft, **same)


def save(
    actor: Actor, draft: GuidelineVersion, values: dict[str, Any], parties: list[Organization], lock: int
) -> GuidelineVersion:
    """Write the draft anew. Raises Stale where it was written since `lock`, Denied."""
    decision = policy.require(actor, "guideline.edit", draft)
    _in_order(values.get("valid_from"), values.get("valid_to"))
    with transaction.atomic():
        wanted = {name: values[name] for name in FIELDS if name in values}
        step(draft, lock, **wanted, author_name=actor.name)
        draft.parties.set(parties)
        audit.record(actor, "guideline.edit", thing=draft.guideline, rule=decision.rule, draft=draft.number)
    return draft


def _in_order(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise ValidationError({"valid_to": _("Sista dagen ligger före den första.")})


def discard(actor: Actor, draft: GuidelineVersion, lock: int) -> bool:
    """Throw the draft away. A routine that never had a version goes with it: True. Raises Stale."""
    decision = policy.require(actor, "guideline.edit", draft)
    guideline = draft.guideline
    with transaction.atomic():
        if not GuidelineVersion.objects.filter(pk=draft.pk, lock=lock, status=Status.DRAFT).exists():
            raise Stale(GuidelineVersion.objects.get(pk=draft.pk))
        audit.record(actor, "guideline.edit", thing=guideline, rule=decision.rule, discarded=draft.number)
        GuidelineVersion.objects.filter(pk=draft.pk).delete()
        if guideline.versions.exists():
            return False
        guideline.uses.all().delete()
        guideline.delete()
    return True
