"""Keeping worksheets: a draft under its lock, published for good; a sitting opened, and closed for good."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.core.versions import slug_of, step
from samband.dialogue.models import Sheet, SheetVersion, Sitting
from samband.dialogue.services import sheets_shipped
from samband.people.models import Organization

Status = SheetVersion.Status
MOST_STATEMENTS = 60


@transaction.atomic
def create(actor: Actor, name: str, about: str, shipped: str = "") -> SheetVersion:
    """A new sheet with a draft: empty, or with the statements of a shipped one. Raises ValidationError for an unknown one."""
    decision = policy.require(actor, "sheet.edit")
    if shipped and shipped not in sheets_shipped.names():
        raise ValidationError({"shipped": _("Det bladet finns inte. Välj ett i listan.")})
    sheet = Sheet.objects.create(
        slug=slug_of(Sheet, name, "blad", sheets_shipped.names()), name=name.strip(), about=about.strip()
    )
    draft = SheetVersion.objects.create(sheet=sheet, number=1, author_name=actor.name)
    if shipped:
        sheets_shipped.put(draft, sheets_shipped.statements(shipped))
    audit.record(actor, "sheet.edit", thing=sheet, rule=decision.rule, created=True)
    return draft


@transaction.atomic
def draft_of(actor: Actor, sheet: Sheet) -> SheetVersion:
    """The draft that is being written, or a new one that begins as the latest version is."""
    policy.require(actor, "sheet.edit", sheet)
    latest = sheet.versions.select_for_update().first()
    if latest is not None and latest.status == Status.DRAFT:
        return latest
    draft = SheetVersion.objects.create(sheet=sheet, number=latest.number + 1 if latest else 1, author_name=actor.name)
    if latest is not None:
        sheets_shipped.put(draft, [{"key": s.key, "group": s.group, "text": s.text} for s in latest.statements.all()])
    return draft


@transaction.atomic
def save_draft(actor: Actor, draft: SheetVersion, rows: list[dict[str, Any]], lock: int) -> SheetVersion:
    """Write the draft's statements anew, in order. A row without `key` is new. Raises Stale or ValidationError."""
    decision = policy.require(actor, "sheet.edit", draft.sheet)
    if len(rows) > MOST_STATEMENTS:
        raise ValidationError(_("Ett blad har högst %(n)d påståenden. Dela det i två blad.") % {"n": MOST_STATEMENTS})
    step(draft, lock, author_name=actor.name)
    draft.statements.all().delete()
    sheets_shipped.put(draft, [{**row, "key": row.get("key") or uuid4().hex[:12]} for row in rows])
    audit.record(actor, "sheet.edit", thing=draft.sheet, rule=decision.rule, statements=len(rows))
    return draft


@transaction.atomic
def publish(actor: Actor, draft: SheetVersion, lock: int) -> SheetVersion:
    """From now on the version never changes. Raises ValidationError without statements."""
    decision = policy.require(actor, "sheet.edit", draft.sheet)
    if not draft.statements.exists():
        raise ValidationError(_("Skriv minst ett påstående först."))
    step(draft, lock, status=Status.PUBLISHED, published_at=clock.now())
    audit.record(actor, "sheet.edit", thing=draft.sheet, rule=decision.rule, published=draft.number)
    return draft


@transaction.atomic
def retire(actor: Actor, sheet: Sheet, on: bool) -> None:
    """Take a sheet out of use, or back. Sittings that are open go on."""
    decision = policy.require(actor, "sheet.edit", sheet)
    sheet.retired_at = clock.now() if on else None
    sheet.save(update_fields=["retired_at"])
    audit.record(actor, "sheet.edit", thing=sheet, rule=decision.rule, retired=on)


@transaction.atomic
def open_sitting(
    actor: Actor,
    sheet: Sheet,
    year: int,
    period: str = "",
    organization: Organization | None = None,
    closes_on: Any = None,
) -> Sitting:
    """Let the latest published version be answered. Raises ValidationError where there is none, or it is open already."""
    decision = policy.require(actor, "sheet.edit", sheet)
    version = sheet.versions.filter(status=Status.PUBLISHED).first()
    if version is None:
        raise ValidationError(_("Ge ut bladet innan det används."))
    same = Sitting.objects.filter(version__sheet=sheet, organization=organization, status=Sitting.Status.OPEN)
    if same.exists():
        raise ValidationError(_("Bladet är redan öppet för dem. Stäng det tillfället först."))
    sitting = Sitting.objects.create(
        version=version,
        year=year,
        period=period.strip(),
        organization=organization,
        closes_on=closes_on,
        opened_by=actor.name,
    )
    audit.record(actor, "sitting.manage", thing=sitting, rule=decision.rule, opened=True)
    return sitting


@transaction.atomic
def close(actor: Actor, sitting: Sitting) -> bool:
    """Close for good; False where it was closed already."""
    decision = policy.require(actor, "sitting.manage", sitting)
    rows = Sitting.objects.filter(pk=sitting.pk, status=Sitting.Status.OPEN)
    if not rows.update(status=Sitting.Status.CLOSED, closed_at=clock.now()):
        return False
    audit.record(actor, "sitting.manage", thing=sitting, rule=decision.rule, closed=True)
    return True


def close_due() -> int:
    """By the worker's clock: close those whose last day has passed. Safe to run twice; returns how many."""
    due = Sitting.objects.filter(status=Sitting.Status.OPEN, closes_on__lt=clock.today())
    return due.update(status=Sitting.Status.CLOSED, closed_at=clock.now())
