"""Whatever comes in as a file passes here: size while it is read, type by content, no macros, no place in the name.

    from samband.core.uploads import UploadRefused, checked

    try:
        found = checked(request.FILES.get("file"), ("pdf", "jpeg", "png"))
    except UploadRefused as refused:
        form.add_error("file", str(refused))     # a sentence for the one who sent it, in her language

`found.content` is what to keep: of an image everything but the picture is gone (place, time, camera, what comes after its
end), so keep that and never the upload itself. `found.name` is safe as a file name and ends as its kind does; store files
under names of your own all the same. Serve them with `found.mime` and `Content-Disposition: attachment`.

Kinds: see `kinds.KINDS`. Nothing above `settings.UPLOAD_MAX_BYTES` is ever held in memory (`most` narrows it further), and
nothing above it reaches the disk (`handler.Limit` stands before Django's own upload handlers).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from samband.core.uploads.kinds import KINDS, known_as, sniffed
from samband.core.uploads.names import safe_name
from samband.core.uploads.refused import UploadRefused, too_big

__all__ = ["KINDS", "Checked", "UploadRefused", "checked", "limited", "no_other_kind", "safe_name", "too_big"]

PIECE = 64 * 1024


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. `kind` is a key of KINDS, `size` in bytes of `content`, `sha256` of it in hex."""

    name: str
    kind: str
    size: int
    sha256: str
    content: bytes = field(repr=False)

    @property
    def mime(self) -> str:
        return KINDS[self.kind].mime


def checked(upload: Any, kinds: Iterable[str], most: int | None = None) -> Checked:
    """Look at an upload (Django's `UploadedFile`, or None where none came) before anything else does.

    `kinds`: which of KINDS are taken here; an unknown one is a mistake in the code (KeyError). `most`: a narrower limit in
    bytes. Raises UploadRefused with one sentence that is safe to show: what was wrong, what to do instead.
    """
    wanted = tuple(kinds)
    takes = [KINDS[kind] for kind in wanted]
    if upload is None:
        raise UploadRefused(_("Välj en fil först."))
    if getattr(upload, "refused", None) is not None:
        raise upload.refused
    content = b"".join(limited(upload.chunks(PIECE), most))
    if not content:
        raise UploadRefused(_("Filen är tom."))
    kind = sniffed(content, wanted)
    if kind is None:
        raise _other(content, ", ".join(str(row.label) for row in takes))
    content = KINDS[kind].look(content)
    name = safe_name(upload.name or "", KINDS[kind].suffixes)
    return Checked(name, kind, len(content), hashlib.sha256(content).hexdigest(), content)


def limited(chunks: Iterable[bytes], most: int | None = None) -> Iterator[bytes]:
    """The pieces as they come; UploadRefused as soon as they are more than the limit in bytes."""
    limit = min(most or settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_BYTES)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise too_big(limit)
        yield chunk


def no_other_kind(head: bytes, said: str) -> None:
    """Refuse what is plainly no text: `head` is the file's first bytes, `said` what is expected."""
    if known_as(head):
        raise _other(head, said)


def _other(content: bytes, kinds: str) -> UploadRefused:
    values = {"kinds": kinds, "found": known_as(content)}
    if values["found"]:
        return UploadRefused(_("Det är %(found)s. Här går det att lämna in: %(kinds)s.") % values)
    return UploadRefused(
        _("Filens innehåll känns inte igen, vad den än heter. Här går det att lämna in: %(kinds)s.") % values
    )
