"""Bodies of collaboration: who meets, by which name, at which level. Read from how sentences introduce them. Pure.

A body is introduced in a few ways: with its short name beside it, as the subject of what a body does, after "det finns", as a list of
groups, as a point of its own with a colon, by "benämns". Generic words ("en samverkansstruktur") are none until they have a name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samband.regions.rules import wording
from samband.regions.rules.layout import CASE, COLLABORATION, JOINT
from samband.regions.rules.parsed import Body
from samband.regions.rules.wording import SHORT_NAME, Marked, bare

W = r"[\wåäöÅÄÖé&/’'-]+"
ENDING = (
    r"(?:grupp(?:en|er|erna)?|råd(?:et)?|nämnd(?:en)?|forum(?:et)?|nätverk(?:et|en)?|beredning(?:en)?|organ(?:et)?|samråd(?:et)?"
    r"|aren(?:a|an|or|orna)|konferens(?:en|er|erna)?|ledningsstruktur|ledningsgrupp\w*)"
)
HEAD = rf"(?:{W})?{ENDING}\b"
NO_BODY = re.compile(r"(?:mål|risk|ålders|patient|yrkes|person|med|resurs|process|projekt|program|arbets)grupp|^organ$|^råd$", re.IGNORECASE)
GENERIC = re.compile(r"^(?:(?:en|ett|den|det|de|ny|etablerad|olika|gemensam|länsgemensam|övergripande)\s)*"
                     r"(?:samverkans- och stödstruktur\w*|samverkansstruktur\w*|samverkansorganisation\w*|samverkansgruppe\w+|mötesplats|mötesarena"
                     r"|samverkansorgan)$", re.IGNORECASE)  # fmt: skip
DOES = r"(?:är|utgör|utgörs|består|syftar|leds|leder|fungerar|ansvarar|hanterar|har i uppdrag|bereder|beslutar|som består|som utgör|som bildades)"
CUT = re.compile(r"\s(?:som|med representanter|med politiker|där|vars|bestående|för att|när|vilka?|med uppdrag|i syfte)\b.*|,?\s(?:med|på|inom länet)\s.*")
ARTICLE = re.compile(r"^(?:det finns|det|finns|även|också|därtill|dessutom|ett|en|den|de|särskil[dt]a?|nya?|nytt|tre|två|fyra|fem|sex|flera)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class _Found:
    name: str
    short: str
    sentence: str
    line: Marked


def bodies(sections: dict[str, list[Marked]]) -> list[Body]:
    """The bodies that an account names, in the order in which they are named."""
    shorts = wording.short_names([line for lines in sections.values() for line in lines])
    found: list[_Found] = []
    for line in sections.get(COLLABORATION, []):
        found += _of_line(line, shorts)
    for key in (JOINT, CASE):
        for line in sections.get(key, []):
            found += _beside(line)
    return _told(_unique(found))


def _of_line(line: Marked, shorts: dict[str, str]) -> Iterator[_Found]:
    """What a line of the section on collaboration introduces."""
    text = line.text
    if line.kind in ("nested", "inner") and (hit := re.match(rf"({W}(?: {W}){{0,4}}?)(?: \(({SHORT_NAME})\))?: ", bare(text) + " ")):
        yield _Found(hit[1], hit[2] or "", text, line)
        return
    if line.kind in ("nested", "inner"):
        return
    for sentence in line.sentences:
        yield from _of_sentence(sentence, line, shorts)


def _of_sentence(sentence: str, line: Marked, shorts: dict[str, str]) -> Iterator[_Found]:
    plain = bare(sentence)
    yield from _grouped(sentence, line)
    yield from _named(sentence, line)
    yield from _shortened(plain, line)
    yield from _subject(plain, line, shorts)
    yield from _listed(plain, line)


def _grouped(sentence: str, line: Marked) -> Iterator[_Found]:
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
        yield _Found(f"{one} {name.strip()}", "", plain, line)


def _named(sentence: str, line: Marked) -> Iterator[_Found]:
    """`struktur som benämns *Nya perspektiv*`; `samverkan sker inom *Nätverk Välfärd*`; `”lill-ReKo”`."""
    plain = sentence.replace("*", "")
    for hit in re.finditer(rf"benämns ({W}(?: [a-zåäö]{W}){{0,2}}?)(?=[.,: ]|$)", plain):
        yield _Found(hit[1], "", plain, line)
    for hit in re.finditer(r"\b[Ii](?:nom)? \*([A-ZÅÄÖ][^*]{3,60})\*(?=,| sker|\.)", sentence):
        yield _Found(hit[1], "", plain, line)
    for hit in re.finditer(rf"kompletterats med [\"”“]({W}(?: {W}){{0,2}})[\"”“]", plain):
        yield _Found(hit[1], "", plain, line)


def _shortened(plain: str, line: Marked) -> Iterator[_Found]:
    """A full name with its short one: `Samrådsorganet, SRO,` · `nämnden för … (NSV)` · `SVOM (Sociala … gruppen)`."""
    for hit in re.finditer(rf"\b({SHORT_NAME}) \(([A-ZÅÄÖa-zåäö][^)]{{6,80}})\)", plain):
        if re.search(HEAD, hit[2]):
            yield _Found(hit[2], hit[1], plain, line)
    pattern = rf"((?:{W},? ){{0,12}}?{W})(?:, ({SHORT_NAME})(?=,)| \(({SHORT_NAME})\))"
    for hit in re.finditer(pattern, plain):
        name = _noun_phrase(hit[1])
        if name:
            yield _Found(name, hit[2] or hit[3], plain, line)


def _subject(plain: str, line: Marked, shorts: dict[str, str]) -> Iterator[_Found]:
    """`Kommunalt forum är …` · `I ledningsgruppen för … sitter …` · `är styrgrupp för länsstyrgruppen inom …`."""
    if hit := re.match(rf"((?:{W},? ){{0,14}}?{W}),? {DOES}\b", plain):
        name = hit[1].rstrip(",")
        if name in shorts and re.search(HEAD, shorts[name]):
            full = _noun_phrase(shorts[name])
            if full:
                yield _Found(full, name, plain, line)
        elif re.search(rf"^(?:(?:Den|Det|De|En|Ett) )?(?:{W} ){{0,5}}?{HEAD}", name) and not re.search(r"\d|\boch ger\b", name):
            yield _Found(name, "", plain, line)
        elif re.match(rf"[A-ZÅÄÖ]{W}(?: {W})* leds av ", plain) and " " in name and len(name.split()) <= 3 and name[0].isupper():
            pass
    if hit := re.match(rf"(?:I|Inom) ((?:{W},? ){{0,14}}?{W}) (?:ingår|sitter|finns|sker)\b", plain):
        if re.search(HEAD, hit[1]):
            yield _Found(hit[1], "", plain, line)
    if hit := re.search(rf"är (?:styrgrupp|uppdragsgivare|länk\w*) för ({W}grupp(?:en)?(?: (?:inom|för) .+)?)$", plain):
        yield _Found(hit[1], "", plain, line)
    if hit := re.search(rf"(?:hanteras|bereds)[^.]*? i ((?:en |ett )?{HEAD}(?: {W}){{0,9}})", plain):
        yield _Found(re.sub(CUT, "", hit[1]), "", plain, line)
    if hit := re.search(rf"en ((?:särskild )?styrgrupp for|särskild {HEAD}(?: (?:för|inom|i) .+?)?) (?:tillsatts|bildats|inrättats)", plain):
        yield _Found(hit[1], "", plain, line)
    if hit := re.search(rf"leds av en ({W} {HEAD})", plain):
        yield _Found(hit[1], "", plain, line)
    for hit in re.finditer(rf"(?:från|via) de ((?:{W} )?{HEAD}), ([A-ZÅÄÖ]{W}) samt", plain):
        yield _Found(hit[1], "", plain, line)
        yield _Found(hit[2], "", plain, line)


def _listed(plain: str, line: Marked) -> Iterator[_Found]:
    """`Det finns ett råd, en chefsgrupp samt operativa grupper` · `en struktur genom nämnden …, en styrgrupp samt …`."""
    hit = re.search(r"(?:\b[Ff]inns|\bgenom|^Ett|^En)\b ?(.*)", plain)
    if hit is None or re.search(r"(?:två|tre|fyra|fem|sex|\d+) (?:\w+ )?\w*grupper(?::| \()", plain):
        return
    listed = re.sub(r"^(?:även|också|sedan [^,]*?|för närvarande) ", "", hit[1])
    if re.match(r"Ett |En ", plain):
        listed = plain
    for piece in re.split(r", (?=en |ett |de |samt )| samt (?=en |ett |de |\w+- och |operativ|lokal|region)| och (?=en |ett )", listed):
        piece = re.sub(r"^samt ", "", piece)
        coordinated = re.match(rf"(\w+- och {HEAD})", piece)
        name = coordinated[1] if coordinated else _noun_phrase(piece)
        if name and not re.match(r"(?:grupp|råd|nämnd|forum)$", name):
            yield _Found(name, "", piece if len(hit[1]) > len(piece) else plain, replace(line, text=plain))


def _noun_phrase(text: str) -> str:
    """The words of the body alone, or empty where there is none: `en styrgrupp för nära vård med …` → `styrgrupp för nära vård`."""
    text = CUT.sub("", text).strip(" ,")
    while hit := ARTICLE.match(text):
        text = text[hit.end() :]
    hit = re.search(rf"((?:[\wåäöÅÄÖ-]+ ){{0,2}}?{HEAD}(?: (?:för|kring|inom|i|av) .{{3,90}})?|{ENDING.replace('?:grupp', '?:Lednings')}\b)", text)
    leading = re.search(rf"(?:[A-ZÅÄÖ]{W} )*{W}samverkan (?:kring|i|inom|Västra)?.*|[A-ZÅÄÖ]{W}samverkan(?: [A-ZÅÄÖ]{W})*.*|{W}råde?t? för .*|samverkans- och stödstruktur$", text)
    if leading and (hit is None or leading.start() <= hit.start()):
        return leading[0].strip()
    return hit[0].strip() if hit else ""


def _beside(line: Marked) -> Iterator[_Found]:
    """In what is done together, only what is plainly named: `FoU i X som samägs`, `… benämns X`, `HSVO bildades`."""
    for sentence in line.sentences:
        plain = bare(sentence)
        if hit := re.search(rf"(?:inom|av|genom) ([A-ZÅÄÖ][\wåäö]+(?: i)? [A-ZÅÄÖ]{W}) som samägs", plain):
            yield _Found(hit[1], "", plain, line)
        if hit := re.search(r"(Samverkansstrukturen|Samverkan|Strukturen) för (.+?) benämns ([A-ZÅÄÖ][\wåäö]+)", plain):
            yield _Found(hit[3], "", hit[0], line)
        if hit := re.search(rf"(?:struktur\w*|samverkan) inom ([^.]+?), och ({SHORT_NAME}|[A-ZÅÄÖ]{{3,6}}) bildades", plain):
            yield _Found(f"{hit[2]} ({hit[1]})", hit[2], plain, line)


def _stems(name: str) -> list[str]:
    """The words without article and definite ending, for telling whether two names are one body."""
    words = re.findall(r"[\wåäöÅÄÖé-]+", name.casefold())
    return [re.sub(r"(?:erna|er|en|et|n)$", "", word) for word in words if word not in ("den", "det", "de", "en", "ett")]


def _unique(found: list[_Found]) -> list[_Found]:
    """Once each: the fuller name stays; a generic word without a name of its own is no body."""
    kept: list[_Found] = []
    for row in found:
        name = row.name.strip(" ,.:")
        head = name.split(" (")[0]
        if len(name) < 3 or NO_BODY.search(head.split(" ")[0]) or (GENERIC.match(head) and not row.short):
            continue
        row = replace(row, name=name)
        same = next((place for place, old in enumerate(kept) if _same(old, row)), None)
        if same is None:
            kept.append(row)
        elif len(_stems(row.name)) > len(_stems(kept[same].name)) and not kept[same].short:
            kept[same] = replace(row, line=kept[same].line)
        elif row.short and not kept[same].short and set(_stems(kept[same].name)) == set(_stems(row.name)):
            kept[same] = replace(kept[same], short=row.short)
    return kept


def _same(old: _Found, new: _Found) -> bool:
    if new.short and new.short == old.short or new.name == old.short:
        return True
    one, other = set(_stems(old.name)), set(_stems(new.name))
    return bool(one and other) and (one <= other or other <= one) and (_stems(old.name)[0] == _stems(new.name)[0])


KINDS = (
    ("styrgrupp", "styrgrupp"), ("ledningsgrupp", "ledningsgrupp"), ("strategigrupp", "strategigrupp"), ("chefsgrupp", "chefsgrupp"),
    ("beredningsgrupp", "beredningsgrupp"), ("ledningsstruktur", "ledningsstruktur"), ("samverkansorgan", "samverkansorgan"),
    ("nätverk", "nätverk"), ("beredning", "beredning"), ("samråd", "samråd"), ("nämnd", "nämnd"), ("råd", "råd"), ("forum", "forum"),
    ("arena", "arena"), ("organ", "organ"), ("grupp", "grupp"), ("struktur", "samverkansstruktur"), ("ledning", "ledningsgrupp"),
    ("fou", "FoU"),
)  # fmt: skip
LEVELS = (
    ("politisk", r"\bpoliti\w+|kommunalråd|regionråd|förtroendevald|\bnämnden\b|^nämnd"),
    ("delregional", r"delregional"),
    ("operativ", r"\boperativ"),
    ("taktisk", r"\btaktisk"),
    ("strategisk", r"\bstrategi"),
    ("tjänstemän", r"tjänste(?:män|man|person)|\w*chef\w*|direktör|ledningsstruktur|ledning\b"),
    ("lokal", r"\blokala?\b"),
    ("gemensam region–kommun", r"kommun\w*.*region|region\w*.*kommun|samverkansstruktur"),
)  # fmt: skip


def _told(found: list[_Found]) -> list[Body]:
    """With kind and level, from the name first and then from the sentence that introduces it."""
    rows = []
    for row in found:
        name = re.sub(r"^(?:en|ett) ", "", row.name)
        full = f"{name} ({row.short})" if row.short and f"({row.short})" not in name and row.short != name else name
        original = row.line.raw if bare(row.line.raw) != bare(row.line.text) and row.name not in row.line.raw else ""
        rows.append(Body(full, row.line.number, row.short, _kind(name, row.sentence), _level(name, row.sentence), original))
    return rows


def _kind(name: str, sentence: str) -> str:
    lowered = name.casefold()
    predicate = re.search(r"(?:är|utgör) (?:ett |en |regional |etablerad |övergripande )*(\w*(?:nätverk|organ|ledningsstruktur|samråds)\w*)", sentence)
    own = next((kind for word, kind in KINDS if word in lowered), "")
    told = next((kind for word, kind in KINDS if predicate and word in predicate[1].casefold()), "")
    return (told if own in ("", "forum", "samverkansstruktur") and told else own) or told or _from_sentence(sentence)


def _from_sentence(sentence: str) -> str:
    return next((kind for word, kind in KINDS if word in sentence.casefold()), "")


def _level(name: str, sentence: str) -> str:
    if hit := re.search(r"för (barn och unga[^.]*?|vuxna och äldre[^.]*?) benämns", sentence):
        return f"målgrupp {hit[1]}"
    for where in (name, sentence):
        for level, words in LEVELS:
            if re.search(words, where, re.IGNORECASE):
                return level
    return "ej angivet"
