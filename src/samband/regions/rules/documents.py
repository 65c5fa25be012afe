"""Governing documents: names, years, roles, who decided. Read from what the first section says, by how it says it. Pure.

The rules are shapes of Swedish sentences, tried in order: a list under a heading of decisions; a name in italics; a word for a
document with its years; a decision about one. Where nothing is named but a decision is dated, the latest stands without a name.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from samband.regions.rules import wording
from samband.regions.rules.parsed import Document
from samband.regions.rules.wording import DECIDES, ITALIC, LONE_YEAR, YEAR, Marked, bare, deciders, decision_year, period_of

MAIN = "huvuddokument"
WORD = r"[\wåäöÅÄÖé&-]+"
KIND = r"(?:plan(?:en)?|strategi(?:n|er)?|program(?:met)?|riktlinjer|färdplan(?:en)?|målbild(?:en)?|avtal(?:et)?|policy|rapport|dokument(?:et)?)"
# "målet *…*" and "under rubriken *…*" are no documents.
NO_DOCUMENT = re.compile(r"(?:mål(?:et)?|målbilden|området|områdena|rubriken|visionen|perspektivet|frågor|benäm\w+|kallat|kallad)\s*$")
LISTED = re.compile(rf"(.{{5,220}}?), ((?:[\wåäöÅÄÖ-]+ ){{0,5}}[\wåäö]+s) beslut (?:(?:våren|hösten|i [a-z]+) )?({YEAR})")
FROM_YEAR = re.compile(rf"\b({WORD}beslut|{WORD}plan|{WORD}program) från ({YEAR}) (för [^.,;]+)")
IN_PLAN = re.compile(rf"^(.{{5,80}}?) har i ({WORD}plan) (?:för )?({YEAR})\b(.*)")
INQUIRY = re.compile(rf"utredning(?:en)? ([A-ZÅÄÖ]{WORD}(?: {WORD}){{0,4}}? {YEAR})\b")
WITH_PERIOD = re.compile(
    rf"((?:{WORD} ){{0,5}}?{WORD}?{KIND}\b(?: (?:för|med|i|om|till|av|och|mot|[\wåäöÅÄÖ-]+)){{0,8}}? {YEAR}[–-]{YEAR}(?: och budget {YEAR})?)"
)
FOR_YEAR = re.compile(rf"\b(\w*plan(?:en)? för ({YEAR}))\b")
DECIDED_ABOUT = re.compile(rf"(?:beslut|beslutade|beslutat)(?: under {YEAR})? om (?:framtagande av )?((?:{WORD} och )?{WORD}(?: {WORD}){{1,7}})")
SINCE = re.compile(rf"sedan ({YEAR}) med att ställa om till ([^.,]+? \([A-ZÅÄÖ]{{2,6}}\))")
PICTURE = re.compile(r"((?:den |regionens |en )?(målbild) för [^.,:]+?)(?= (?:som|antogs|beslutades|har|finns|återfinns)\b|[.,:]|$)")
LEADING = re.compile(r"^(?:i|inom|med|av|för|det|den|de|en|ett|till|sitt|arbetet?|arbete|och|som|tydliggörs|framgår|regionens|har|inarbetats|strategin|ramen|över|\w+ar|\w+s arbete) ", re.IGNORECASE)
ROLES = (("handlingsplan", "handlingsplan"), ("lägesrapport", "lägesrapport"), ("inriktningsbeslut", "beslut"),
         ("riktlinjer", "grund"), ("färdplan", "färdplan"), ("regionplan", "regionplan"))  # fmt: skip


def documents(lines: list[Marked], shorts: dict[str, str]) -> list[Document]:
    """The documents of the section, the main one first. `shorts`: what the region's short names stand for."""
    found: list[Document] = []
    for line in lines:
        for row in _in_line(line):
            _join(found, row)
    found = [_decided(row, lines, shorts) for row in found]
    found = [row for row in found if row.year or row.period or row.role != "målbild"]
    if not found:
        return _unnamed(lines, shorts)
    return _with_roles(found)


def _in_line(line: Marked) -> Iterator[Document]:
    """Every document that the line names."""
    listed = LISTED.fullmatch(bare(line.text))
    if listed and line.kind == "bullet":
        who = deciders(re.sub(r"s$", "", listed[2])) or wording.lower_first(re.sub(r"s$", "", listed[2]))
        yield Document(listed[1], line.number, int(listed[3]), decided_by=who, original=_original(line))
        return
    text = line.text
    for hit in ITALIC.finditer(text):
        before = text[: hit.start()].rstrip("*\"” ")
        if not NO_DOCUMENT.search(before) and not (line.kind == "text" and hit.start() == 0):
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
        yield Document(hit[1], line.number, int(hit[2]), "regionplan" if "regionplan" in hit[1].lower() else "")
    for hit in DECIDED_ABOUT.finditer(text):
        name = re.split(r" med (?:målet|syfte)| som | i | under | för att ", hit[1])[0]
        if re.search(rf"\b\w*{KIND}\b", name) and not name.startswith("en revidering"):
            yield Document(name, line.number, decision_year(text))
    if hit := SINCE.search(text):
        yield Document(hit[2], line.number, int(hit[1]), "tidigare omställning")
    if hit := PICTURE.search(text):
        yield Document(re.sub(r"^(?:den|regionens|en) ", "", hit[1]), line.number, role="målbild")


def _trimmed(name: str) -> str:
    """Without the words that only lead up to the name."""
    while hit := LEADING.match(name):
        if name[hit.end() :][:1].isdigit() or not re.search(KIND, name[hit.end() :], re.IGNORECASE):
            break
        name = name[hit.end() :]
    return name


def _original(line: Marked) -> str:
    return line.raw if bare(line.raw) != bare(line.text) else ""


def _join(found: list[Document], row: Document) -> None:
    """Once for each name; what the later mention adds is taken in."""
    for place, old in enumerate(found):
        if (old.name or "").casefold() == (row.name or "").casefold():
            found[place] = replace(old, year=old.year or row.year, role=old.role or row.role, period=old.period or row.period)
            return
    found.append(replace(row, period=row.period or period_of(row.name or "")))


def _stem(name: str) -> set[str]:
    """The words by which a later sentence takes the document up again: strategin, planen, målbilden."""
    lowered = name.casefold()
    return {word + end for word, end in (("strategi", "n"), ("plan", "en"), ("målbild", "en"), ("program", "met"))
            if re.search(rf"{word}(?:n|en|met)?\b", lowered)}  # fmt: skip


def _decided(row: Document, lines: list[Marked], shorts: dict[str, str]) -> Document:
    """With the year and the deciders that the section tells of it, and the line that tells both name and year."""
    name = row.name or ""
    for line in lines:
        for sentence in line.sentences:
            told = bare(sentence) if name in bare(sentence) else ""
            if told:
                row = _from_own_sentence(row, line, sentence)
            words = _stem(name + " " + _before(name, lines))
            if told or line.number < row.line or not DECIDES.search(sentence):
                continue
            taken_up = any(re.search(rf"\w*{word}\b", sentence, re.IGNORECASE) for word in words)
            if taken_up and not re.search(r"\brevid|reviderat", sentence):
                who = deciders(sentence, shorts)
                year = decision_year(sentence)
                row = replace(row, year=row.year or year, decided_by=row.decided_by or who)
    return row


def _before(name: str, lines: list[Marked]) -> str:
    """The word just before the name, which says what it is: `utvecklingsstrategin *Vägen …*`."""
    for line in lines:
        if (place := line.text.find(name)) > 0:
            return " ".join(line.text[:place].replace("*", "").split()[-3:])
    return ""


def _from_own_sentence(row: Document, line: Marked, sentence: str) -> Document:
    """Year and deciders from the clause that has the name itself."""
    plain = sentence.replace("*", "")
    start = plain.find(row.name or "")
    end = start + len(row.name or "")
    if plain[end : end + 4] in (" 2.0", " 3.0") or start < 0:
        return row
    clause = plain[max(0, plain.rfind(", och ", 0, start)) : end]
    made = re.search(rf"({YEAR}) (?:utarbetades|togs [\w ]*fram|fattade|antog|beslutade)[^.]*$", clause)
    year = int(made[1]) if made else decision_year(plain, end)
    who = deciders(plain[end : end + 140]) if DECIDES.search(plain, end) else ""
    if made and not who:
        who = deciders(clause)
    later = year and not row.year and line.number > row.line
    return replace(
        row, year=row.year or year, decided_by=row.decided_by or who, line=line.number if later else row.line,
    )  # fmt: skip


def _unnamed(lines: list[Marked], shorts: dict[str, str]) -> list[Document]:
    """No document named: the latest dated decision, without a name."""
    dated = []
    for line in lines:
        for sentence in line.sentences:
            year, who = decision_year(sentence), deciders(sentence, shorts)
            if year and who:
                dated.append(Document(None, line.number, year, "beslut", who))
    return [max(dated, key=lambda row: (row.year or 0, row.line))] if dated else []


def _with_roles(found: list[Document]) -> list[Document]:
    """One is the main document: the first that is no forerunner, task or action plan."""
    def rank(row: Document) -> tuple[int, int]:
        name = (row.name or "").casefold()
        later = row.role in ("tidigare omställning",) or row.role.startswith("uppdrag")
        later = later or any(name.startswith(word) for word in ("handlingsplan", "lägesrapport", "inriktningsbeslut", "riktlinjer"))
        older = any(name and name != (other.name or "").casefold() and (other.name or "").casefold().startswith(name) for other in found)
        return (2 if later else 1 if older else 0, row.line)

    ordered = sorted(found, key=rank)
    main, rest = ordered[0], ordered[1:]
    names = [(row.name or "").casefold() for row in found]
    named = f"{MAIN} (utredning)" if main.role == "utredning" else MAIN
    rows = [replace(main, role=named)]
    for row in sorted(rest, key=lambda row: row.line):
        name = (row.name or "").casefold()
        role = row.role or next((role for begins, role in ROLES if begins in name), "")
        if any(other != name and other.startswith(name) for other in names):
            role = "föregångare"
        rows.append(replace(row, role=role or "dokument"))
    return rows


__all__ = ["LONE_YEAR", "MAIN", "documents"]
