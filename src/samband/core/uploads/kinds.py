"""The kinds of files that are taken, each known by its content; and what the others are called in a refusal."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.core.uploads import images, office, pdf
from samband.core.uploads.refused import UploadRefused

Look = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Kind:
    """`look` reads the whole content, raises UploadRefused, and returns what to keep."""

    label: str | Promise
    mime: str
    suffixes: tuple[str, ...]
    begins: tuple[bytes, ...]
    look: Look


def _text(content: bytes) -> bytes:
    try:
        said = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadRefused(_("Filen är inte text i UTF-8. Spara den som UTF-8.")) from None
    if "\0" in said:
        raise UploadRefused(_("Filen innehåller tecken som inte hör hemma i en textfil."))
    return content


def _as_is(content: bytes) -> bytes:
    """For what its own reader looks through, which says more about what is wrong, line by line."""
    return content


KINDS: dict[str, Kind] = {
    "pdf": Kind("PDF", "application/pdf", (".pdf",), (b"%PDF-",), pdf.looked_at),
    "jpeg": Kind(gettext_lazy("foto (JPEG)"), "image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",), images.jpeg),
    "png": Kind(gettext_lazy("bild (PNG)"), "image/png", (".png",), (b"\x89PNG\r\n\x1a\n",), images.png),
    "docx": Kind(
        "Word (.docx)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",), (), office.looked_at
    ),
    "odt": Kind("OpenDocument (.odt)", "application/vnd.oasis.opendocument.text", (".odt",), (), office.looked_at),
    "calendar": Kind("iCalendar (.ics)", "text/calendar", (".ics",), (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"), _as_is),
    "text": Kind(gettext_lazy("vanlig text"), "text/plain", (".txt", ".text", ".md"), (), _text),
    "csv": Kind("CSV", "text/csv", (".csv",), (), _as_is),
}  # fmt: skip

# What is refused by its own name. The first bytes, in the order in which they are tried.
OTHERS: tuple[tuple[bytes, str | Promise], ...] = (
    (b"%PDF-", gettext_lazy("en PDF")),
    (b"\xff\xd8\xff", gettext_lazy("ett foto (JPEG)")),
    (b"\x89PNG", gettext_lazy("en bild (PNG)")),
    (b"GIF8", gettext_lazy("en bild (GIF)")),
    (b"PK\x03\x04", gettext_lazy("ett arkiv eller kontorsdokument (zip)")),
    (b"PK\x05\x06", gettext_lazy("ett arkiv eller kontorsdokument (zip)")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("ett äldre Office-dokument, som kan bära makron")),
    (b"MZ", gettext_lazy("ett program")),
    (b"\x7fELF", gettext_lazy("ett program")),
    (b"#!", gettext_lazy("ett program")),
    (b"Rar!", gettext_lazy("ett arkiv (rar)")),
    (b"7z\xbc\xaf", gettext_lazy("ett arkiv (7z)")),
    (b"\x1f\x8b", gettext_lazy("ett arkiv (gzip)")),
    (b"SQLite format 3\0", gettext_lazy("en databas")),
    (b"{\\rtf", gettext_lazy("ett RTF-dokument")),
)


def sniffed(content: bytes, wanted: tuple[str, ...]) -> str | None:
    """Which of `wanted` the content is; None for any other. Text is what is left when nothing else fits."""
    for kind in wanted:
        if content.startswith(KINDS[kind].begins) if KINDS[kind].begins else False:
            return kind
    office_kind = _zipped(content) if content.startswith(b"PK\x03\x04") else None
    if office_kind in wanted:
        return office_kind
    if known_as(content):
        return None
    return next((kind for kind in ("csv", "text") if kind in wanted), None)


def known_as(content: bytes) -> str:
    """What a file that is plainly something else is called in a sentence; empty where it may be text."""
    kind = _zipped(content) if content.startswith(b"PK\x03\x04") else None
    if kind in KINDS:
        return str(_("ett dokument i %(kind)s") % {"kind": KINDS[kind].label})
    if kind == "xlsx":
        return str(_("ett kalkylblad i Excel"))
    if (
        content[:64]
        .lower()
        .lstrip(b"\xef\xbb\xbf \r\n\t")
        .startswith((b"<!doctype html", b"<html", b"<svg", b"<script"))
    ):
        return str(_("en webbsida"))
    # Two letters at the start of a text are no program.
    others = (row for row in OTHERS if row[0] != b"MZ" or b"\0" in content[:128])
    return next((str(label) for begins, label in others if content.startswith(begins)), "")


def _zipped(content: bytes) -> str | None:
    """Which office document a zip file is, by what lies in it; None for any other zip, or for its first bytes only."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            names = {row.filename: row for row in box.infolist()}
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            kind = names.get("mimetype")
            if kind and kind.file_size < 100 and box.read(kind) == KINDS["odt"].mime.encode():
                return "odt"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return None
    return None
