"""Governing documents as a line names them, shape by shape. Pure.

A list under a heading of decisions; a name in italics; a word for a document with its years; a decision about one; an inquiry.
"""

import re
from collections.abc import Iterator

from samband.regions.rules import wording
from samband.regions.rules.parsed import Document
from samband.regions.rules.wording import ITALIC, YEAR, Marked, bare, deciders, decision_year, period_of

WORD = r"[\wåäöÅÄÖé&-]+"
KIND = (
    r"(?:plan(?:en)?|strategi(?:n|er)?|program(?:met)?|riktlinjer|färdplan(?:en)?|målbild(?:en)?|avtal(?:et)?|policy|rapport"
    r"|dokument(?:et)?)"
)
# "målet *…*" and "under rubriken *…*" are no documents.
NO_DOCUMENT = re.compile(
    r"(?:mål(?:et)?|målbilden|området|områdena|rubriken|visionen|perspektivet|frågor|benäm\w+|kallat|kallad)(?: är|:)?\s*$"
)
LISTED = re.compile(
    rf"(.{{5,220}}?), ((?:[\wåäöÅÄÖ-]+ ){{0,5}}[\wåäö]+s) beslut (?:(?:våren|hösten|i [a-z]+) )?({YEAR})"
)
FROM_YEAR = re.compile(rf"\b({WORD}beslut|{WORD}plan|{WORD}program) från ({YEAR}) (för [^.,;]+)")
IN_PLAN = re.compile(rf"^(.{{5,80}}?) har i ({WORD}plan) (?:för )?({YEAR})\b(.*)")
INQUIRY = re.compile(rf"utredning(?:en)? ([A-ZÅÄÖ]{WORD}(?: {WORD}){{0,4}}? {YEAR})\b")
WITH_PERIOD = re.compile(
    rf"((?:{WORD} ){{0,4}}?(?:{WORD})?{KIND}\b(?: {WORD}){{0,8}}? {YEAR}[–-]{YEAR}(?: och budget {YEAR})?)",
    re.IGNORECASE,
)
FOR_YEAR = re.compile(rf"\b(\w*plan(?:en)? för ({YEAR}))\b")
DECIDED_ABOUT = re.compile(
    rf"(?:beslut|beslutade|beslutat)(?: under {YEAR})? om (?:framtagande av )?((?:{WORD} och )?{WORD}(?: {WORD}){{1,7}})"
)
SINCE = re.compile(rf"sedan ({YEAR}) med att ställa om till ([^.,]+? \([A-ZÅÄÖ]{{2,6}}\))")
PICTURE = re.compile(
    r"((?:den |regionens |en )?(målbild) för [^.,:]+?)(?= (?:som|antogs|beslutades|har|finns|återfinns)\b|[.,:]|$)"
)
SMALL = frozenset(
    ("i", "det", "den", "de", "en", "ett", "har", "med", "finns", "tydliggörs", "beskrivs", "dess", "hans")
)


def in_line(line: Marked) -> Iterator[Document]:
    """Every document that the line names."""
    listed = LISTED.fullmatch(bare(line.text))
    if listed and line.kind == "bullet":
        who = deciders(re.sub(r"s$", "", listed[2])) or wording.lower_first(re.sub(r"s$", "", listed[2]))
        yield Document(listed[1], line.number, int(listed[3]), decided_by=who, original=_original(line))
        return
    text = line.text
    for hit in ITALIC.finditer(text):
        before = text[: hit.start()].rstrip('*"” ')
        if hit[1][0].isupper() and not NO_DOCUMENT.search(before) and not (line.kind == "text" and hit.start() == 0):
            yield _named(line, hit[1])
    if line.kind in ("nested", "inner", "table", "text"):
        return
    yield from _plain(line, ITALIC.sub("¤", text))


def _named(line: Marked, name: str) -> Document:
    """A name in italics; "från 2016" at its end is its year."""
    hit = re.search(rf" (?:från|av år|från år) ({YEAR})$", bare(name))
    if hit:
        return Document(bare(name)[: hit.start()], line.number, int(hit[1]), original=_original(line))
    return Document(bare(name), line.number, original=_original(line))


def _plain(line: Marked, text: str) -> Iterator[Document]:
    """Documents without italics."""
    for hit in FROM_YEAR.finditer(text):
        yield Document(f"{hit[1]} {hit[3].strip()}", line.number, int(hit[2]))
    if hit := IN_PLAN.match(text):
        task = re.search(r"(?:i )?uppdrag att ta fram en (?:[\wåäö]+ )?(färdplan|strategi|handlingsplan|plan)", hit[4])
        role = f"uppdrag om {task[1]}" if task else ""
        name = f"{wording.lower_first(hit[1])}s {hit[2]} {hit[3]}"
        yield Document(name, line.number, int(hit[3]), role, decided_by=deciders(hit[1]))
    for hit in INQUIRY.finditer(text):
        year = re.search(rf"{YEAR}$", hit[1])
        yield Document(hit[1], line.number, int(year[0]) if year else None, "utredning")
    for hit in WITH_PERIOD.finditer(text):
        budget = re.search(rf"budget ({YEAR})$", hit[1])
        yield Document(_trimmed(hit[1]), line.number, int(budget[1]) if budget else None, period=period_of(hit[1]),
                       original=_original(line))  # fmt: skip
    for hit in FOR_YEAR.finditer(text):
        yield Document(hit[1], line.number, role="regionplan" if "regionplan" in hit[1].lower() else "")
    for hit in DECIDED_ABOUT.finditer(text):
        name = re.split(r" med (?:målet|syfte)| som | i | under | för att ", hit[1])[0]
        if re.search(rf"\b\w*{KIND}\b", name) and not name.startswith("en revidering"):
            yield Document(name, line.number, decision_year(text))
    if hit := SINCE.search(text):
        yield Document(hit[2], line.number, int(hit[1]), "tidigare omställning")
    if hit := PICTURE.search(text):
        yield Document(re.sub(r"^(?:den|regionens|en) ", "", hit[1]), line.number, role="målbild")


def _trimmed(name: str) -> str:
    """From the last word for a document, with the names and adjectives just before it: what only leads up to it is left out."""
    words = name.split()
    kinds = [place for place, word in enumerate(words) if re.fullmatch(rf"(?:{WORD})?{KIND}", word, re.IGNORECASE)]
    if not kinds:
        return name
    start = kinds[-1]
    while start > 0:
        word = words[start - 1]
        if word == "och" and start > 1 and words[start - 2].endswith("-"):
            start -= 2
        elif (word[0].isupper() and word.lower() not in SMALL) or (word.endswith(("s", "isk")) and word not in SMALL):
            start -= 1
        else:
            break
    return " ".join(words[start:])


def _original(line: Marked) -> str:
    return line.raw if bare(line.raw) != bare(line.text) else ""
