"""The files of a routine on the disk: written once under a name made of their hash, read only while they match it."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, policy
from samband.core.policy import Actor
from samband.core.uploads import Checked
from samband.core.uploads.disk import Damaged, drop_all, kept_or_dropped, name_of, path_of, read, write
from samband.guidelines.models import GuidelineFile, GuidelineVersion
from samband.guidelines.services import reading

__all__ = ["KINDS", "MOST", "Damaged", "add", "content", "path_of", "remove"]
FOLDER = "guidelines"
KINDS = ("pdf", "docx")
MOST = 10  # of one version


def add(actor: Actor, draft: GuidelineVersion, found: Checked) -> GuidelineFile:
    """A file for the draft, with its text. Raises Denied, or ValidationError with a sentence."""
    decision = policy.require(actor, "guideline.edit", draft)
    _may_take(draft, found)
    text, state = reading.text_of(found.kind, found.content)
    name = name_of(FOLDER, found.sha256, uuid.uuid4())
    with kept_or_dropped() as names:
        names.append(name)
        write(name, found.content)
        with transaction.atomic():
            draft = GuidelineVersion.objects.select_for_update().get(pk=draft.pk)
            _may_take(draft, found)
            row = GuidelineFile.objects.create(
                version=draft, file=name, name=found.name, kind=found.kind, size=found.size, sha256=found.sha256,
                text=text, state=state, added_by=actor.name,
            )  # fmt: skip
            audit.record(actor, "guideline.edit", thing=draft.guideline, rule=decision.rule, file=found.sha256)
    return row


def _may_take(draft: GuidelineVersion, found: Checked) -> None:
    if draft.status != GuidelineVersion.Status.DRAFT:
        raise ValidationError(_("En utgiven version ändras inte. Skriv en ny version."))
    if draft.files.filter(sha256=found.sha256).exists():
        raise ValidationError(_("Filen finns redan här."))
    if draft.files.count() >= MOST:
        raise ValidationError(_("En rutin har högst %(most)d bilagor.") % {"most": MOST})


def remove(actor: Actor, row: GuidelineFile) -> None:
    """Out of the draft; the file leaves the disk with the last row that names it."""
    decision = policy.require(actor, "guideline.edit", row)
    if row.version.status != GuidelineVersion.Status.DRAFT:
        raise ValidationError(_("En utgiven version ändras inte. Skriv en ny version."))
    name = str(row.file)
    with transaction.atomic():
        audit.record(actor, "guideline.edit", thing=row.version.guideline, rule=decision.rule, file_removed=row.sha256)
        GuidelineFile.objects.filter(pk=row.pk).delete()
        if not GuidelineFile.objects.filter(file=name).exists():
            transaction.on_commit(lambda: drop_all([name]))


def content(row: GuidelineFile) -> bytes:
    """As it was uploaded, or Damaged."""
    return read(str(row.file), row.sha256)
