"""The files of attachments on the disk: written once under a name made of their hash, read only when they still match it."""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from samband.core import clock
from samband.core.folders import private
from samband.core.policy import Actor
from samband.core.uploads import KINDS, Checked
from samband.records.models import Attachment, Entry

FOLDER = "records"


class Damaged(Exception):
    """The file is gone or is no longer what was signed."""


def keep(actor: Actor, entry: Entry, found: Checked) -> str:
    """The file, whole on the disk, and its row for the entry's present version. Returns its name below MEDIA_ROOT.

    A file of its own for each attachment, though two may have the same content: so that one may be thinned without asking
    whether somebody else is just about to name it.
    """
    ident = uuid.uuid4()
    name = f"{FOLDER}/{found.sha256[:2]}/{found.sha256}-{ident.hex}"
    _write(path_of(name), found.content)
    Attachment.objects.create(
        public_id=ident, entry=entry, file=name, name=found.name, kind=found.kind, size=found.size, sha256=found.sha256,
        since_version=entry.number, at=clock.now(), assignment_id=actor.assignment_id or 0, by_name=actor.name,
        by_label=actor.label,
    )  # fmt: skip
    return name


def _write(path: Path, content: bytes) -> None:
    private(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def kept_or_dropped() -> Iterator[list[str]]:
    """Around a transaction: the names put into the list are taken from the disk again if it comes to nothing."""
    names: list[str] = []
    try:
        yield names
    except BaseException:
        drop_all(names)
        raise


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def content(row: Attachment) -> bytes:
    """As it was signed, or Damaged."""
    try:
        found = path_of(str(row.file)).read_bytes()
    except OSError as error:
        raise Damaged from error
    if hashlib.sha256(found).hexdigest() != row.sha256:
        raise Damaged
    return found


def mime_of(row: Attachment) -> str:
    mime = KINDS[row.kind].mime
    return f"{mime}; charset=utf-8" if mime.startswith("text/") else mime


def drop_all(names: Iterable[str]) -> None:
    """After their rows are gone for good (thinning), or where those never came to be."""
    for name in names:
        path_of(name).unlink(missing_ok=True)
