"""A section's lines as statements: points with what stands under them, paragraphs, headings. Pure."""

import re
from dataclasses import replace

from samband.regions.rules import slips
from samband.regions.rules.layout import CASE, JOINT, PRIORITIES, SENTENCE_END, Line, Section
from samband.regions.rules.parsed import BULLET, HEADING, NESTED, NUMBERED, TEXT, Said
from samband.regions.rules.reading import Note

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
LEAD = re.compile(r"\*\*(.{2,200}?)\*\*\s*(?:[–:-]\s*)?(.*)")
PLAIN_LEAD = re.compile(r"([^.–]{2,100}?)\s–\s+(\S.*)")
SHORT = 110
FORMS = {"bullet": BULLET, "nested": NESTED, "numbered": NUMBERED, "inner": NUMBERED}


def statements(section: Section, account: str, notes: list[Note]) -> list[Said]:
    """Everything that stands under the heading, in order. `account`: the region's whole text, lower case."""
    rows: list[Said] = []
    top: int | None = None
    last = 0
    for place, line in enumerate(section.lines):
        following = section.lines[place + 1] if place + 1 < len(section.lines) else None
        row = _said(section.key, line, account)
        if line.kind in ("bullet", "numbered"):
            top = line.number
        elif line.kind in ("nested", "inner"):
            row = replace(row, parent=top)
            if top is None:
                notes.append(Note(line.number, "orphan", line.text))
        elif line.kind == "table":
            notes.append(Note(line.number, "table", line.text))
            top = None
        else:
            row, top = _text(row, line, following, rows, top, last, notes)
        last = line.number
        rows.append(row)
    return rows


def _said(key: str, line: Line, account: str) -> Said:
    """The line as we read it, with the source's text beside it where they differ."""
    text = slips.corrected(line.text, account)
    if "<" in text:
        text = TAG.sub(" ", text)
    text = " ".join(text.replace("\t", " · ").split()).strip("· ")
    heading, rest = ("", text)
    if line.kind in FORMS and key in (PRIORITIES, JOINT, CASE):
        heading, rest = lead(text)
    changed = text != " ".join(line.text.split())
    return Said(
        key, FORMS.get(line.kind, TEXT), line.number, plain(rest), line.text if changed else "",
        plain(heading), inner=line.kind == "inner",
    )  # fmt: skip


def lead(text: str) -> tuple[str, str]:
    """The bold words that a point begins with, and the rest; or those before a dash. ("", text) without either."""
    if found := LEAD.fullmatch(text):
        return found[1].strip(), found[2].strip() or found[1].strip()
    if "**" not in text and (found := PLAIN_LEAD.fullmatch(text)):
        return found[1].strip(), found[2].strip()
    return "", text


def plain(text: str) -> str:
    """Without marks for bold and italics."""
    return text.replace("**", "").replace("*", "").strip()


def _text(
    row: Said, line: Line, following: Line | None, rows: list[Said], top: int | None, last: int, notes: list[Note]
) -> tuple[Said, int | None]:
    """A paragraph, the end of the point above it, a heading over what follows, or what a picture left behind."""
    if rows and last == line.number - 1 and rows[-1].form in (BULLET, NESTED, NUMBERED):
        return replace(row, parent=rows[-1].line), top
    if SENTENCE_END.search(line.text) or len(line.text) > SHORT:
        return row, None
    if (following is not None and following.kind != "text") or (following is not None and len(following.text) > SHORT):
        return replace(row, form=HEADING), None
    notes.append(Note(line.number, "picture", line.text))
    return replace(row, form=HEADING), None
