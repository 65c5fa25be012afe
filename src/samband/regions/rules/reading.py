"""From the bytes of a file to numbered lines. What cannot be text is refused; what is odd is told. Pure."""

import re
from dataclasses import dataclass

MOST_BYTES = 12_000_000
MOST_LINES = 200_000
LONGEST = 20_000

MAGIC = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"\x7fELF", "binary"),
    (b"\x89PNG", "image"),
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
INVISIBLE = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u200b": None, "\ufeff": None, "\u00ad": None})


class Unreadable(ValueError):
    """No document of the kind. `code`: empty, big, binary (with `found`), shape."""

    def __init__(self, code: str, found: str = ""):
        super().__init__(f"{code} {found}".strip())
        self.code, self.found = code, found


@dataclass(frozen=True)
class Note:
    """Something that was not understood, or read in another way than it stands. `line` from 1; `what` is a code of spoken.py."""

    line: int
    what: str
    text: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.text.split())[:80])


@dataclass(frozen=True)
class Lines:
    """`rows[0]` is line 1. A page break inside a line is taken away, so numbers are those of any editor."""

    rows: tuple[str, ...]
    notes: tuple[Note, ...]


def read(content: bytes) -> Lines:
    """Any text: UTF-8 with or without mark, UTF-16 with one, else Latin-1; any ends of lines. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("big")
    for begins, found in MAGIC:
        if content.startswith(begins):
            raise Unreadable("binary", found)
    text, notes = _decoded(content)
    if not text.strip():
        raise Unreadable("empty")
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if rows and not rows[-1]:
        rows.pop()
    if len(rows) > MOST_LINES:
        raise Unreadable("big")
    return Lines(tuple(_clean(number, row, notes) for number, row in enumerate(rows, 1)), tuple(notes))


def _decoded(content: bytes) -> tuple[str, list[Note]]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), [Note(1, "encoding", "UTF-16")]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        nulls = content.count(b"\0")
        if nulls > len(content) // 20:
            raise Unreadable("binary") from None
        # cp1252 has five holes; Latin-1 has none.
        try:
            return content.decode("cp1252"), [Note(1, "encoding", "Windows-1252")]
        except UnicodeDecodeError:
            return content.decode("latin-1"), [Note(1, "encoding", "Latin-1")]


def _clean(number: int, row: str, notes: list[Note]) -> str:
    """Without control characters and marks that nobody sees; a line of endless length is cut, and told."""
    if row.isascii() and row.isprintable() and len(row) <= LONGEST:
        return row
    row = row.replace("\x0c", "").translate(INVISIBLE)
    if CONTROL.search(row):
        notes.append(Note(number, "control", CONTROL.sub("·", row)))
        row = CONTROL.sub("", row)
    if len(row) > LONGEST:
        notes.append(Note(number, "long", row))
        row = row[:LONGEST]
    return row
