"""Documents that are zip files (docx, odt): no bomb, no way out of the folder, no macro, nothing hidden inside."""

import zipfile
import zlib
from io import BytesIO
from itertools import pairwise

from django.utils.translation import gettext as _

from samband.core.uploads.refused import UploadRefused

FILES_MAX = 2000
UNPACKED_MAX = 200 * 1024 * 1024
# Text shrinks to a tenth or a twentieth; what shrinks to a hundredth of itself was made to.
RATIO_MAX, RATIO_FROM = 100, 1024 * 1024
MACROS = ("vbaproject.bin", "vbadata.xml", "basic/", "scripts/", "activex/", "oleobject", "attachedtemplate")
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".jar", ".msi", ".scr", ".lnk", ".hta")


def looked_at(content: bytes) -> bytes:
    """The content, unchanged. Raises UploadRefused. Everything is unpacked once, piece by piece: a size that is only said
    in the file's list is not believed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            rows = box.infolist()
            if len(rows) > FILES_MAX or _overlap(rows) or _size(box, rows) > UNPACKED_MAX:
                raise UploadRefused(
                    _("Dokumentet sväller orimligt när det packas upp. Spara det som PDF och lämna in den.")
                )
            for row in rows:
                _name(row.filename)
            if any(b"macroEnabled" in box.read(row) for row in rows if row.filename == "[Content_Types].xml"):
                raise _macro()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        raise UploadRefused(
            _("Dokumentet är skadat eller låst med lösenord. Spara det på nytt utan lösenord.")
        ) from None
    return content


def _name(name: str) -> None:
    low = name.lower().replace("\\", "/")
    if low.startswith("/") or ".." in low.split("/") or ":" in low:
        raise UploadRefused(
            _("Dokumentet innehåller en sökväg som pekar ut ur det. Spara det som PDF och lämna in den.")
        )
    if any(part in low for part in MACROS) or low.endswith(PROGRAMS):
        raise _macro()


def _macro() -> UploadRefused:
    return UploadRefused(_("Dokumentet innehåller makron eller program. Spara det som PDF och lämna in den."))


def _overlap(rows: list[zipfile.ZipInfo]) -> bool:
    """Files that lie in each other: a bomb that is small however often it is unpacked."""
    places = sorted((row.header_offset, row.compress_size) for row in rows)
    return any(after < at + size for (at, size), (after, _size_) in pairwise(places))


def _size(box: zipfile.ZipFile, rows: list[zipfile.ZipInfo]) -> int:
    total = 0
    for row in rows:
        mine = 0
        with box.open(row) as file:
            while piece := file.read(64 * 1024):
                mine += len(piece)
                if total + mine > UNPACKED_MAX or mine > max(RATIO_FROM, RATIO_MAX * row.compress_size):
                    return UNPACKED_MAX + 1
        total += mine
    return total
