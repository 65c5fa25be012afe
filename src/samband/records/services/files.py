"""The files of attachments on the disk (core.uploads.disk), and their rows."""

import uuid

from samband.core import clock
from samband.core.policy import Actor
from samband.core.uploads import KINDS, Checked
from samband.core.uploads.disk import Damaged, drop_all, kept_or_dropped, name_of, path_of, read, write
from samband.records.models import Attachment, Entry

__all__ = ["FOLDER", "Damaged", "content", "drop_all", "keep", "kept_or_dropped", "mime_of", "path_of"]
FOLDER = "records"


def keep(actor: Actor, entry: Entry, found: Checked) -> str:
    """The file, whole on the disk, and its row for the entry's present version. Returns its name below MEDIA_ROOT.

    A file of its own for each attachment, though two may have the same content: so that one may be thinned without asking
    whether somebody else is just about to name it.
    """
    ident = uuid.uuid4()
    name = name_of(FOLDER, found.sha256, ident)
    write(name, found.content)
    Attachment.objects.create(
        public_id=ident, entry=entry, file=name, name=found.name, kind=found.kind, size=found.size, sha256=found.sha256,
        since_version=entry.number, at=clock.now(), assignment_id=actor.assignment_id or 0, by_name=actor.name,
        by_label=actor.label,
    )  # fmt: skip
    return name


def content(row: Attachment) -> bytes:
    """As it was signed, or Damaged."""
    return read(str(row.file), row.sha256)


def mime_of(row: Attachment) -> str:
    mime = KINDS[row.kind].mime
    return f"{mime}; charset=utf-8" if mime.startswith("text/") else mime
