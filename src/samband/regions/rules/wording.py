"""Swedish wording that the readers of documents, goals and bodies share: sentences, years, who decides, short names. Pure."""

import re
from dataclasses import dataclass

YEAR = r"(?:19|20)\d\d"
PERIOD = re.compile(rf"({YEAR})\s?[–-]\s?({YEAR})")
LONE_YEAR = re.compile(rf"(?<![\d–-])({YEAR})(?![\d–-])(?!\s?[–-]\s?\d)")
# A sentence ends where a capital, a figure or a mark of italics follows; "2.0" and "t.ex." end none.
BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ*”\"\d])")
ITALIC = re.compile(r"(?<!\*)\*([^*]{3,240})\*(?!\*)")
SHORT_NAME = r"[A-ZÅÄÖ]{2,6}|[A-ZÅÄÖ][a-zåäö]{1,3}[A-ZÅÄÖ][a-zåäö]{0,3}"
DECIDERS = re.compile(
    r"(?:region|landstings|kommun)fullmäktige|regionstyrelsen?|landstingsstyrelsen|regionledningen"
    r"|hälso- och sjukvårdsnämnd(?:en)?|hälso- och sjukvårdsstyrelsen|vårdstyrelsen|nämnden för [\wåäö]+(?: och [\wåäö]+)?",
    re.IGNORECASE,
)
DECIDES = re.compile(r"beslut(?!sf)|antog|antagit|fastställ", re.IGNORECASE)


@dataclass(frozen=True)
class Marked:
    """A line with its marks for italics. `text` as we read it, `raw` as it stands."""

    number: int
    text: str
    raw: str
    kind: str = "text"

    @property
    def sentences(self) -> list[str]:
        return BREAK.split(self.text)


def bare(text: str) -> str:
    """Without marks, quotes at the ends and a full stop."""
    return text.replace("*", "").strip(' "”.,:;')


def lower_first(text: str) -> str:
    """As the words stand inside a sentence; a short name or a name of a place keeps its capital by being the caller's concern."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or not text[1:2].strip() else text


SHORTENED = re.compile(rf", ({SHORT_NAME})(?=[,.]|$)| \(({SHORT_NAME})\)")
WORDS_BEFORE = re.compile(r"(?:[\wåäöÅÄÖé-]+,? ){0,12}[\wåäöÅÄÖé-]+$")


def shortened(sentence: str) -> list[tuple[str, str]]:
    """The words before each short name, and the short name: `nämnden för vård, NSV,` and `nämnden för vård (NSV)`."""
    found = []
    for hit in SHORTENED.finditer(sentence):
        before = WORDS_BEFORE.search(sentence[max(0, hit.start() - 200) : hit.start()])
        if before:
            found.append((before[0], hit[1] or hit[2]))
    return found


def short_names(lines: list[Marked]) -> dict[str, str]:
    """What each short name stands for, by where it is first given."""
    found: dict[str, str] = {}
    for line in lines:
        if SHORTENED.search(line.text):
            for sentence in line.sentences:
                for words, short in shortened(bare(sentence)):
                    found.setdefault(short, words)
    return found


def deciders(sentence: str, shorts: dict[str, str] | None = None) -> str:
    """Who decides in the sentence: `regionstyrelsen och regionfullmäktige`, or empty."""
    for short, full in (shorts or {}).items():
        if who := DECIDERS.search(full):
            sentence = re.sub(rf"\b{re.escape(short)}\b", who[0], sentence)
    found: list[str] = []
    for hit in DECIDERS.finditer(sentence):
        name = hit[0][:1].lower() + hit[0][1:]
        if name not in found:
            found.append(name)
    return " och ".join(found[:2])


def decision_year(clause: str, after: int = 0) -> int | None:
    """The year beside the word that tells of a decision: `beslutades … 2018`, `2017 fattade … beslut`, `våren 2019`."""
    verb = DECIDES.search(clause, after)
    if verb is None:
        return None
    if hit := LONE_YEAR.search(clause, verb.end(), verb.end() + 110):
        return int(hit[1])
    before = [hit for hit in LONE_YEAR.finditer(clause, after, verb.start()) if verb.start() - hit.end() < 60]
    return int(before[-1][1]) if before else None


def period_of(text: str) -> str:
    """`2019–2022`, or empty."""
    hit = PERIOD.search(text)
    return f"{hit[1]}–{hit[2]}" if hit else ""
