"""The files of a routine on the disk: written once under a name made of their hash, read only while they match it."""

import hashlib
import os
import uuid
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, policy
from samband.core.folders import private
from samband.core.policy import Actor
from samband.core.uploads import Checked
from samband.guidelines.models import GuidelineFile, GuidelineVersion
from samband.guidelines.services import reading

FOLDER = "guidelines"
KINDS = ("pdf", "docx")
MOST = 10  # of one version


class Damaged(Exception):
    """The file is gone or is no longer what was uploaded."""


def add(actor: Actor, draft: GuidelineVersion, found: Checked) -> GuidelineFile:
    """A file for the draft, with its text. Raises Denied, or ValidationError with a sentence."""
    decision = policy.require(actor, "guideline.edit", draft)
    _may_take(draft, found)
    text, state = reading.text_of(found.kind, found.content)
    name = f"{FOLDER}/{found.sha256[:2]}/{found.sha256}-{uuid.uuid4().hex}"
    _write(path_of(name), found.content)
    try:
        with transaction.atomic():
            draft = GuidelineVersion.objects.select_for_update().get(pk=draft.pk)
            _may_take(draft, found)
            row = GuidelineFile.objects.create(
                version=draft, file=name, name=found.name, kind=found.kind, size=found.size, sha256=found.sha256,
                text=text, state=state, added_by=actor.name,
            )  # fmt: skip
            audit.record(actor, "guideline.edit", thing=draft.guideline, rule=decision.rule, file=found.sha256)
    except BaseException:
        path_of(name).unlink(missing_ok=True)
        raise
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
            transaction.on_commit(lambda: path_of(name).unlink(missing_ok=True))


def _write(path: Path, content: bytes) -> None:
    private(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def content(row: GuidelineFile) -> bytes:
    """As it was uploaded, or Damaged."""
    try:
        found = path_of(str(row.file)).read_bytes()
    except OSError as error:
        raise Damaged from error
    if hashlib.sha256(found).hexdigest() != row.sha256:
        raise Damaged
    return found
