"""When a document was decided on, by whom, and the line that tells it. Pure."""

import re
from dataclasses import replace

from samband.regions.rules.named import FOR_YEAR
from samband.regions.rules.parsed import Document
from samband.regions.rules.wording import DECIDES, YEAR, Marked, bare, deciders, decision_year


def _stem(name: str) -> set[str]:
    """The words by which a later sentence takes the document up again: strategin, planen, målbilden."""
    lowered = name.casefold()
    return {word + end for word, end in (("strategi", "n"), ("plan", "en"), ("målbild", "en"), ("program", "met"))
            if re.search(rf"{word}(?:n|en|met)?\b", lowered)}  # fmt: skip


def decided(row: Document, lines: list[Marked], shorts: dict[str, str]) -> Document:
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
    clause = plain[max(0, plain.rfind(", och ", 0, start)) : start]
    made = re.search(rf"({YEAR}) (?:utarbetades|togs [\w ]*fram|fattade|antog|beslutade)[^.]*$", clause)
    year = int(made[1]) if made else decision_year(plain, end)
    who = deciders(plain[end : end + 140]) if DECIDES.search(plain, end) else ""
    if made and not who:
        who = deciders(clause)
    later = year and not row.year and line.number > row.line
    return replace(
        row, year=row.year or year, decided_by=row.decided_by or who, line=line.number if later else row.line,
    )  # fmt: skip


def dated(row: Document) -> Document:
    """`regionplanen för 2019`, of which nothing else is told, is of that year."""
    hit = FOR_YEAR.search(row.name or "")
    return replace(row, year=int(hit[2])) if hit and not row.year else row


def unnamed(lines: list[Marked], shorts: dict[str, str]) -> list[Document]:
    """No document named: the latest dated decision, without a name."""
    dated = []
    for line in lines:
        for sentence in line.sentences:
            year, who = decision_year(sentence), deciders(sentence, shorts)
            if year and who:
                dated.append(Document(None, line.number, year, "beslut", who))
    return [max(dated, key=lambda row: (row.year or 0, row.line))] if dated else []
