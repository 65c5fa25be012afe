"""The words of a DOCX, with the standard library: no entities, no styles, a bounded size. Pure.

`core.uploads` has already refused bombs and macros; the bounds here hold for themselves all the same.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

MOST_CHARS = 400_000
MOST_XML = 30 * 1024 * 1024  # bytes of one part, unpacked
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BREAKS = {f"{WORD} p", f"{WORD} br", f"{WORD} tr"}


class Unreadable(Exception):
    """The document cannot be read: broken, or made to do harm."""


def text_of(content: bytes) -> tuple[str, bool]:
    """The words, paragraph by paragraph, and whether they are all of them. Raises Unreadable."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            known = set(box.namelist())
            found = [_words(_part(box, name)) for name in PARTS if name in known]
    except (zipfile.BadZipFile, expat.ExpatError, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable from error
    text = "\n".join(part for part in found if part)
    return text[:MOST_CHARS], len(text) <= MOST_CHARS


def _part(box: zipfile.ZipFile, name: str) -> bytes:
    with box.open(name) as file:
        data = file.read(MOST_XML + 1)
    if len(data) > MOST_XML:
        raise Unreadable
    return data


def _words(data: bytes) -> str:
    """What stands in `w:t`, a line for each paragraph, table row and line break."""
    said: list[str] = []
    inside = [False]
    parser = expat.ParserCreate(namespace_separator=" ")

    def opens(name: str, _attributes: object) -> None:
        inside[0] = name == f"{WORD} t"
        if name == f"{WORD} tab":
            said.append(" ")

    def closes(name: str) -> None:
        inside[0] = False
        if name in BREAKS:
            said.append("\n")

    def refuse(*_: object) -> None:
        raise Unreadable  # a document type may carry entities; Word writes none

    parser.StartElementHandler, parser.EndElementHandler = opens, closes
    parser.CharacterDataHandler = lambda text: said.append(text) if inside[0] else None
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)
    return "\n".join(_lines("".join(said)))


def _lines(text: str) -> Iterator[str]:
    return (line for raw in text.splitlines() if (line := " ".join(raw.split())))
