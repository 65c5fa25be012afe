"""How a sentence brings a body of collaboration in, shape by shape. Pure.

With its short name beside it, as the subject of what a body does, after "det finns", as a list of groups, as a point of its own with a
colon, by "benämns". Each finder yields what it sees; what is the same body, or none, is sorted out in bodies.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samband.regions.rules import wording
from samband.regions.rules.phrases import CUT, HEAD, W, noun_phrase
from samband.regions.rules.wording import SHORT_NAME, Marked, bare

DOES = (
    r"(?:är|utgörs?|består|syftar|leds|leder|fungerar|ansvarar|hanterar|har i uppdrag|bereder|beslutar"
    r"|som består|som utgör|som bildades)"
)
# Where in a sentence a body stands that is not its subject.
ELSEWHERE = tuple(
    re.compile(shape)
    for shape in (
        rf"^(?:I|Inom) ((?:{W},? ){{0,14}}?{W}) (?:ingår|sitter|finns|sker)\b",
        rf"(?:hanteras|bereds)[^.]*? i ((?:en |ett )?{HEAD}(?: {W}){{0,9}})",
        rf"en särskild ({HEAD}(?: (?:för|inom|i) .+?)?) (?:tillsatts|bildats|inrättats)",
        rf"leds av en ({W} {HEAD})",
    )
)
SERVED = re.compile(rf"är (?:styrgrupp|uppdragsgivare|länk\w*) för ({W}grupp(?:en)?(?: (?:inom|för) .+)?)$")
FROM_THE = re.compile(rf"(?:från|via) de ((?:{W} )?{HEAD}), ([A-ZÅÄÖ]{W}) samt")
SUBJECT = re.compile(rf"((?:{W},? ){{0,14}}?{W}),? {DOES}\b")
NAME = re.compile(rf"(?:{W} ){{0,5}}?{HEAD}(?: (?:för|inom|i|kring|av|mellan) .+| [A-ZÅÄÖ]{W})*")
BETWEEN = re.compile(
    r", (?=en |ett |de |samt )| samt (?=en |ett |de |\w+- och |operativ|lokal|region)| och (?=en |ett )"
)


@dataclass(frozen=True)
class Found:
    """A name as the sentence has it, its short name, the sentence (empty: it says nothing of the body itself), the line."""

    name: str
    short: str
    sentence: str
    line: Marked


def of_line(line: Marked, shorts: dict[str, str]) -> Iterator[Found]:
    """What a line of the section on collaboration introduces."""
    text = line.text
    if line.kind in ("nested", "inner") and (
        hit := re.match(rf"({W}(?: {W}){{0,4}}?)(?: \(({SHORT_NAME})\))?: ", bare(text) + " ")
    ):
        yield Found(hit[1], hit[2] or "", text, line)
        return
    if line.kind in ("nested", "inner"):
        return
    for sentence in line.sentences:
        yield from _of_sentence(sentence, line, shorts)


def _of_sentence(sentence: str, line: Marked, shorts: dict[str, str]) -> Iterator[Found]:
    plain = bare(sentence)
    yield from _grouped(sentence, line)
    yield from _named(sentence, line)
    yield from _shortened(plain, line)
    yield from _subject(plain, line, shorts)
    yield from _elsewhere(plain, line)
    yield from _listed(plain, line)


def _grouped(sentence: str, line: Marked) -> Iterator[Found]:
    """`tre strategigrupper: *Barn*, *Äldre*`; `tre tvärgrupper (barn, vuxna)`."""
    plain = sentence.replace("*", "")
    hit = re.search(rf"(?:två|tre|fyra|fem|sex|\d+) ((?:{W} )?(?:{W})?grupper)(?::? (.+)| \(([^)]+)\))", plain)
    if hit is None or not re.search(rf"{re.escape(hit[1])}(?:: | \()", plain):
        return
    one = re.sub(r"grupper$", "grupp", hit[1])
    one = re.sub(r"^(\w+?)a (?=\w*grupp$)", r"\1 ", one)
    italics = wording.ITALIC.findall(sentence)
    inside = re.search(rf"{re.escape(hit[1])} \(([^)]+)\)", plain)
    names = [inside[1]] if inside and not italics else italics
    if inside and not italics:
        names = re.split(r", | och ", inside[1])
    for name in names:
        yield Found(f"{one} {name.strip()}", "", plain, line)


def _named(sentence: str, line: Marked) -> Iterator[Found]:
    """`struktur som benämns *Nya perspektiv*`; `samverkan sker inom *Nätverk Välfärd*`; `”lill-ReKo”`."""
    plain = sentence.replace("*", "")
    for hit in re.finditer(rf"benämns (?:\*([^*]+)\*|([A-ZÅÄÖ]{W}))", sentence):
        yield Found(hit[1] or hit[2], "", plain, line)
    for hit in re.finditer(r"\b[Ii](?:nom)? \*([A-ZÅÄÖ][^*]{3,60})\*(?=,| sker|\.)", sentence):
        yield Found(hit[1], "", plain, line)
    for hit in re.finditer(rf"kompletterats med [\"”“]({W}(?: {W}){{0,2}})[\"”“]", plain):
        yield Found(hit[1], "", plain, line)


def _shortened(plain: str, line: Marked) -> Iterator[Found]:
    """A full name with its short one: `Samrådsorganet, SRO,` · `nämnden för … (NSV)` · `SVOM (Sociala … gruppen)`."""
    for hit in re.finditer(rf"\b({SHORT_NAME}) \(([A-ZÅÄÖa-zåäö][^)]{{6,80}})\)", plain):
        if re.search(HEAD, hit[2]):
            yield Found(hit[2], hit[1], plain, line)
    for words, short in wording.shortened(plain):
        if name := noun_phrase(words):
            yield Found(name, short, plain, line)


def _subject(plain: str, line: Marked, shorts: dict[str, str]) -> Iterator[Found]:
    """`Kommunalt forum är …` · `LGVO utgörs av …`."""
    hit = SUBJECT.match(plain)
    if hit is None or plain.startswith("Det finns"):
        return
    name = hit[1].rstrip(",")
    if name in shorts and re.search(HEAD, shorts[name]):
        if full := noun_phrase(shorts[name]):
            yield Found(full, name, plain, line)
    elif NAME.fullmatch(name):
        yield Found(name, "", plain, line)


def _elsewhere(plain: str, line: Marked) -> Iterator[Found]:
    """`I ledningsgruppen för … sitter …` · `är styrgrupp för länsstyrgruppen inom …`: of that one the sentence says nothing more."""
    for shape in ELSEWHERE:
        hit = shape.search(plain)
        if hit and re.search(HEAD, hit[1]):
            yield Found(CUT.sub("", hit[1]), "", plain, line)
    if hit := SERVED.search(plain):
        yield Found(hit[1], "", hit[1], line)
    for hit in FROM_THE.finditer(plain):
        yield Found(hit[1], "", plain, line)
        yield Found(hit[2], "", "", line)


def _listed(plain: str, line: Marked) -> Iterator[Found]:
    """`Det finns ett råd, en chefsgrupp samt operativa grupper` · `en struktur genom nämnden …, en styrgrupp samt …`."""
    hit = re.search(r"(?:\b[Ff]inns|\bgenom|^Ett|^En)\b ?(.*)", plain)
    if hit is None or re.search(r"(?:två|tre|fyra|fem|sex|\d+) (?:\w+ )?\w*grupper(?::| \()", plain):
        return
    listed = re.sub(r"^(?:även|också|sedan [^,]*?|för närvarande) ", "", hit[1])
    if re.match(r"Ett |En ", plain):
        listed = plain
    for piece in BETWEEN.split(listed):
        piece = re.sub(r"^samt ", "", piece)
        coordinated = re.match(rf"(\w+- och {HEAD})", piece)
        name = coordinated[1] if coordinated else noun_phrase(piece)
        if name and not re.match(r"(?:grupp|råd|nämnd|forum)$", name):
            yield Found(name, "", piece if len(hit[1]) > len(piece) else plain, replace(line, text=plain))


def beside(line: Marked) -> Iterator[Found]:
    """In what is done together, only what is plainly named: `FoU i X som samägs`, `… benämns X`, `HSVO bildades`."""
    for sentence in line.sentences:
        plain = bare(sentence)
        if hit := re.search(rf"(?:inom|av|genom) ([A-ZÅÄÖ][\wåäö]+(?: i)? [A-ZÅÄÖ]{W}) som samägs", plain):
            yield Found(hit[1], "", plain, line)
        if hit := re.search(r"(Samverkansstrukturen|Samverkan|Strukturen) för (.+?) benämns ([A-ZÅÄÖ][\wåäö]+)", plain):
            yield Found(hit[3], "", hit[0], line)
        if hit := re.search(
            rf"(?:struktur\w*|samverkan) inom ([^.]+?), och ({SHORT_NAME}|[A-ZÅÄÖ]{{3,6}}) bildades", plain
        ):
            yield Found(f"{hit[2]} ({hit[1]})", hit[2], plain, line)
