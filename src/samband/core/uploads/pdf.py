"""A PDF that only shows something: no script, no program to start, no file inside it, no lock."""

import re
import zlib

from django.utils.translation import gettext as _

from samband.core.uploads.refused import UploadRefused

ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm)(?![A-Za-z0-9])")
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
# A name may be written with its letters as numbers: /J#53 is /JS.
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/ObjStm.{0,400}?stream\r?\n", re.DOTALL)
UNPACKED_MAX = 32 * 1024 * 1024


def looked_at(content: bytes) -> bytes:
    """The content, unchanged. Raises UploadRefused."""
    if b"%%EOF" not in content[-2048:]:
        raise UploadRefused(_("PDF:en är skadad: den slutar mitt i. Spara den på nytt."))
    left = UNPACKED_MAX
    _scan(content)
    for found in PACKED.finditer(content):
        unpacked = _inflated(content[found.end() :], left)
        left -= len(unpacked)
        if left <= 0:
            raise UploadRefused(_("PDF:en sväller orimligt när den packas upp. Skriv ut den som en ny PDF."))
        _scan(unpacked)
    return content


def _scan(part: bytes) -> None:
    for said in (part, ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)):
        if LOCKED.search(said):
            raise UploadRefused(_("PDF:en är låst. Spara den utan lösenord."))
        if ACTIVE.search(said):
            raise UploadRefused(_("PDF:en innehåller skript, formulär eller filer. Skriv ut den som en ny PDF."))


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
