"""Attachments of an entry: added and taken out as corrections are, with a version, a reason and a signature (A17)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, policy
from samband.core.policy import Actor
from samband.core.uploads import Checked, checked
from samband.records.models import Attachment, Entry
from samband.records.services import entries, files

KINDS = tuple(Attachment.Kind.values)
MOST = 20  # of one entry as it reads now


def look(upload: Any) -> Checked:
    """An upload, looked at; raises UploadRefused with a sentence to show."""
    return checked(upload, KINDS, settings.ATTACHMENT_MAX_BYTES)


def now(entry: Entry) -> list[Attachment]:
    """Those of the entry as it reads now."""
    return [row for row in entry.attachments.all() if row.until_version is None]


def before(entry: Entry) -> list[Attachment]:
    """Those that were taken out, and stay with the versions that had them."""
    return [row for row in entry.attachments.all() if row.until_version is not None]


def add(actor: Actor, entry: Entry, found: Checked, why: str) -> Entry:
    """A new version with one file more; the reason is asked for once the entry is signed. Raises Denied or ValidationError."""
    with files.kept_or_dropped() as names, transaction.atomic():
        rule = policy.require(actor, "record.correct", entry).rule
        entry = Entry.objects.select_for_update().get(pk=entry.pk)
        mine = now(entry)
        if len(mine) >= MOST:
            raise ValidationError(_("En anteckning har högst %(most)d bilagor.") % {"most": MOST})
        if found.sha256 in {row.sha256 for row in mine}:
            raise ValidationError(_("Filen finns redan här."))
        why = _reason(entry, why, _("Bilaga tillagd: %(name)s"), found.name)
        entries.next_version(actor, entry, why, lambda: names.append(files.keep(actor, entry, found)))
        audit.record(actor, "record.attach", person=entry.person_id, thing=entry, rule=rule, sha256=found.sha256)
    return entry


@transaction.atomic
def take_out(actor: Actor, row: Attachment, why: str) -> Entry:
    """The entry reads without it from now on; it stays with the versions that had it. A second time changes nothing."""
    rule = policy.require(actor, "record.detach", row).rule
    entry = Entry.objects.select_for_update().get(pk=row.entry_id)
    row = Attachment.objects.select_related("entry").get(pk=row.pk)
    if row.until_version is not None:
        return entry

    def without() -> None:
        row.until_version = entry.number
        row.save(update_fields=["until_version"])

    entries.next_version(actor, entry, _reason(entry, why, _("Bilaga uttagen: %(name)s"), row.name), without)
    audit.record(actor, "record.attachment_out", person=entry.person_id, thing=entry, rule=rule, sha256=row.sha256)
    return entry


def _reason(entry: Entry, why: str, draft: str, name: str) -> str:
    """In the writer's words; of a draft it is enough to say what was done."""
    if why.strip():
        return why.strip()[:500]
    if entry.signed_at is not None:
        raise ValidationError({"why": _("Skriv varför anteckningen rättas.")})
    return (draft % {"name": name})[:500]


def as_signed(entry: Entry) -> bool:
    """Whether the rows are what the signature answers for; each file is held to its hash when it is opened.

    A draft has no signature yet, and what was signed before there was a hash cannot be said to differ.
    """
    return not entry.digest or entries.digest_of(entry) == entry.digest
