"""Regions, sections and bullets, by how the lines stand. No region is known by its name here. Pure.

A region begins with a line of its own that reads as a region's name and has a section heading as the next line with text.
So a name in a picture's leftovers begins nothing. Line numbers count from 1, as in the source.
"""

import re
from dataclasses import dataclass, field

from samband.regions.rules import known
from samband.regions.rules.known import Known

DIRECTION, ORGANISATION, PRIORITIES = "inriktning", "organisation", "prioriterade"
COLLABORATION, JOINT, CASE = "samverkan", "gemensamma", "fallstudie"
KEYS = (DIRECTION, ORGANISATION, PRIORITIES, COLLABORATION, JOINT, CASE)

# The usual heading of each, and the shapes that others have been seen to take.
USUAL = {
    DIRECTION: "Inriktning, målbild och målområden",
    ORGANISATION: "Organisation för att styra och leda omställningsarbetet mot en god och nära vård",
    PRIORITIES: "Exempel på prioriterade utvecklingsområden",
    COLLABORATION: "Samverkan mellan region och kommuner i omställningsarbetet",
    JOINT: "Exempel på gemensamma satsningar i samverkan mellan region och kommuner",
}
SHAPES = (
    (DIRECTION, re.compile(r"inriktning(?:,| och| –).*mål(?:bild|område|\b).*|målbild och mål(?:område|\b).*|inriktning")),
    (ORGANISATION, re.compile(r"organisation(?:en)? (?:för att |av ).*(?:styr|led|omställning).*|organisation(?: och ledning)?")),
    (PRIORITIES, re.compile(r"(?:exempel på )?prioriterade (?:utvecklings|insats)?områden(?: (?:år )?\d{4})?")),
    (COLLABORATION, re.compile(r"samverkan(?: (?:mellan|inom|med) [^.]{3,100})?")),
    (JOINT, re.compile(r"(?:exempel på )?gemensamma satsningar\b[^.]{0,120}")),
)  # fmt: skip

BULLET = re.compile(r"([ \t]*)[-•–*‣▪·]\s+(\S.*)")
NUMBER = re.compile(r"([ \t]*)(\d{1,2}[.)])\s+(\S.*)")
SENTENCE_END = re.compile(r"[.!?…:;,][\"”’*)]*$")


@dataclass(frozen=True)
class Line:
    """A line with text. `kind`: bullet, nested, numbered (at the margin), inner (numbered, indented), table, text."""

    number: int
    kind: str
    text: str
    raw: str
    alone: bool = False  # a blank line (or a heading) before it and after it


@dataclass
class Section:
    """One heading with its lines. The same key may come twice in a region."""

    key: str
    heading: str
    line: int
    lines: list[Line] = field(default_factory=list)
    usual: bool = True


@dataclass
class Region:
    """`start` is the line with the name, `end` the last line before the next region."""

    name: str
    start: int
    end: int
    known: Known | None = None
    sections: list[Section] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)  # between the name and the first heading


def heading_key(text: str) -> str | None:
    """Which section the line would head, or None. Wording may differ; a bullet or a sentence is no heading."""
    plain = " ".join(text.replace("*", "").split()).casefold().rstrip(": ")
    if not 5 <= len(plain) <= 140 or plain[-1] in ".!?;,":
        return None
    return next((key for key, shape in SHAPES if shape.fullmatch(plain)), None)


def classified(number: int, row: str) -> Line | None:
    """The line by its own looks, or None where it is blank."""
    text = row.strip()
    if not text:
        return None
    if "\t" in text or text.count(" | ") >= 2 or (text.startswith("|") and text.count("|") >= 3):
        return Line(number, "table", text, row)
    if found := BULLET.fullmatch(row.rstrip()):
        return Line(number, "nested" if found[1] else "bullet", found[2], row)
    if found := NUMBER.fullmatch(row.rstrip()):
        return Line(number, "inner" if found[1] else "numbered", found[3], row)
    return Line(number, "text", text, row)


def regions(rows: tuple[str, ...]) -> tuple[list[Region], list[Line]]:
    """Every account of the document in its order, and the lines before the first."""
    lines = [line for number, row in enumerate(rows, 1) if (line := classified(number, row))]
    starts = _starts(lines)
    if not starts:
        return [], lines
    found = []
    for place, nxt in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = lines[nxt].number - 1 if nxt < len(lines) else len(rows)
        name = lines[place].text.strip("*# ")
        region = Region(name, lines[place].number, end, known.find(name))
        _fill(region, _lonely(lines[place + 1 : nxt], rows))
        found.append(region)
    return found, lines[: starts[0]]


def _starts(lines: list[Line]) -> list[int]:
    """Where accounts begin. The name again, over another slide of the same region, begins nothing."""
    starts: list[int] = []
    for place in range(len(lines)):
        same = starts and lines[starts[-1]].text.strip("*# ") == lines[place].text.strip("*# ")
        if not same and _begins(lines, place):
            starts.append(place)
    return starts


def _begins(lines: list[Line], place: int) -> bool:
    if lines[place].kind != "text" or not known.looks_like_one(lines[place].text.strip("*# ")):
        return False
    following = lines[place + 1] if place + 1 < len(lines) else None
    return following is not None and following.kind == "text" and heading_key(following.text) is not None


def _lonely(lines: list[Line], rows: tuple[str, ...]) -> list[Line]:
    """With a mark on lines that stand by themselves between blank ones."""

    def blank(number: int) -> bool:
        return not 1 <= number <= len(rows) or not rows[number - 1].strip()

    return [
        Line(line.number, line.kind, line.text, line.raw, blank(line.number - 1) and blank(line.number + 1))
        if line.kind == "text"
        else line
        for line in lines
    ]


def _fill(region: Region, lines: list[Line]) -> None:
    """Lay the lines under their headings. A heading that comes again (a second slide) begins a section of its own."""
    for place, line in enumerate(lines):
        key = heading_key(line.text) if line.kind == "text" else None
        if key is None and line.kind == "text" and _case(lines, place):
            key = CASE
        if key and _usable(key, line, region):
            text = line.text.strip("*# ")
            region.sections.append(Section(key, text, line.number, usual=text.rstrip(": ") == USUAL.get(key)))
        elif region.sections:
            region.sections[-1].lines.append(line)
        else:
            region.before.append(line)


def _usable(key: str, line: Line, region: Region) -> bool:
    """A heading in other words than the usual ones must stand by itself, and not begin again what is behind us."""
    if key == CASE or line.text.rstrip(": ") == USUAL.get(key):
        return True
    seen = [section.key for section in region.sections]
    return line.alone or key not in seen


def _case(lines: list[Line], place: int) -> bool:
    """A short line by itself, and then a paragraph that tells of a case study: a slide of its own."""
    line = lines[place]
    if not line.alone or len(line.text) > 100 or SENTENCE_END.search(line.text):
        return False
    following = lines[place + 1] if place + 1 < len(lines) else None
    return following is not None and following.kind == "text" and "fallstudie" in following.text.casefold()
