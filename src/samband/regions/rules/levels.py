"""What sort of body it is and at which level it works. Pure."""

import re

from samband.regions.rules.introduced import Found
from samband.regions.rules.parsed import Body
from samband.regions.rules.wording import Marked, bare

KINDS = (
    ("styrgrupp", "styrgrupp"), ("ledningsgrupp", "ledningsgrupp"), ("strategigrupp", "strategigrupp"),
    ("ledningsstruktur", "ledningsstruktur"), ("samverkansorgan", "samverkansorgan"), ("nätverk", "nätverk"), ("grupp", "grupp"),
    ("beredning", "beredning"), ("samråd", "samråd"), ("nämnd", "nämnd"), ("råd", "råd"), ("forum", "forum"),
    ("aren", "arena"), ("arbetsutskott", "arbetsutskott"),
    ("organ", "organ"),
    ("struktur", "samverkansstruktur"), ("ledning", "ledningsgrupp"), ("fou", "FoU"),
)  # fmt: skip
LEVELS = (
    ("politisk", r"\bpoliti\w+|kommunalråd|regionråd|förtroendevald|^nämnd"),
    ("delregional", r"delregional"),
    ("operativ", r"\boperativ"),
    ("taktisk", r"\btaktisk"),
    ("strategisk", r"\bstrategi"),
    ("gemensam region–kommun", r"representanter från (?:läns?ets )?(?:kommun|primärvård och kommun)"),
    ("tjänstemän", r"tjänste(?:män|man|person)|\w*chef\w*|direktör|ledningsstruktur|ledningsgrupp"),
    ("lokal", r"\blokala?\b"),
)  # fmt: skip
WIDER = (
    ("politisk", r"presidi|ordförande i|\bpoliti"),
    ("tjänstemän", r"direktör|chefer"),
    ("gemensam region–kommun", r"kommun\w*.*region|region\w*.*kommun|samverkansstruktur"),
)
PREDICATE = re.compile(
    r"(?:är|utgör) (?:ett |en |regional |etablerad |övergripande )*(\w*(?:nätverk|organ|ledningsstruktur|samråds)\w*)"
)
MEMBERS = re.compile(r"(?:består av|bestående av|utgörs av|som består av|representeras av|sitter|ingår) (.+)")
STATED_LEVEL = re.compile(r"på ([a-zåäö]+(?: och [a-zåäö]+)?) nivå")


def told(found: list[Found], lines: list[Marked]) -> list[Body]:
    """With kind and level, from the name first and then from the sentence that introduces it."""
    rows = []
    for row in found:
        full = f"{row.name} ({row.short})" if row.short and row.short not in row.name else row.name
        original = row.line.raw if bare(row.line.raw) != bare(row.line.text) and row.name not in row.line.raw else ""
        level = _level(row, lines)
        rows.append(Body(full, row.line.number, row.short, _kind(row.name, row.sentence), level, original))
    return rows


def _kind(name: str, sentence: str) -> str:
    """What sort of body: by its own name, else by what the sentence says that it is."""
    lowered = name.casefold().split("- och ")[-1]
    if not sentence:
        return ""
    predicate = PREDICATE.search(sentence)
    own = next((kind for word, kind in KINDS if word in lowered), "")
    told = next((kind for word, kind in KINDS if predicate and word in predicate[1].casefold()), "")
    if told and own in ("", "forum", "samverkansstruktur"):
        return told
    return own or next((kind for word, kind in KINDS if word in sentence.casefold()), "")


def _level(row: Found, lines: list[Marked]) -> str:
    """At which level it works: as stated, by its name, by who sits there, by what is said of it further on."""
    if hit := re.search(r"för (barn och unga[^.]*?|vuxna och äldre[^.]*?) benämns", row.sentence):
        return f"målgrupp {hit[1]}"
    if re.match(r"nämnd", row.name, re.IGNORECASE):
        return "politisk"
    if (hit := STATED_LEVEL.search(row.sentence)) and not hit[1].startswith("polit"):
        return hit[1]
    members = MEMBERS.search(row.sentence)
    for where in (row.name, members[1] if members else "", row.sentence):
        for level, words in LEVELS:
            if re.search(words, where, re.IGNORECASE):
                return level
    if not row.sentence:
        return "ej angivet"
    called = row.short or row.name
    later = " ".join(line.text for line in lines if re.search(rf"(?i)\b{re.escape(called)}", line.text))
    return next(
        (level for level, words in WIDER if re.search(words, f"{row.sentence} {later}", re.IGNORECASE)), "ej angivet"
    )
