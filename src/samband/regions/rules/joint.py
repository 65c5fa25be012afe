"""Joint ventures: who takes part and how far it has come, where the point says so. Pure."""

import re

PARTY = re.compile(
    r"\b(?:Region(?: [A-ZÅÄÖ][\wåäö]+){1,2}(?: län)?(?<!s)|[A-ZÅÄÖ][\wåäö]+ (?:kommun|stad)\b|[A-ZÅÄÖ]\w+universitetet"
    r"|Kommunförbundet [A-ZÅÄÖ]\w+|(?:länets |samtliga |berörda )?kommuner(?:na)?\b|\bregionen\b"
    r"|primärvården\b|\bskolan\b|\bpolisen\b|socialtjänst(?:en)?\b"
    r"|civilsamhället|privata? (?:vårdgivare|aktörer)|\w+ universitetssjukhus)"
)
STATES = (
    ("planerad", r"planerad start|planeras|ska genomföras|ska inledas|ambition"),
    ("pilot", r"\bpilot"),
    ("genomförd", r"har (?:genomförts|införts)|har införts|införts\b"),
    ("startad", r"inleddes|inlett|startade|påbörjades"),
    ("pågår", r"pågår|pågående|drivs|fortsätter|utvecklas|breddinförs|\bdriver\b|under framtagande"),
)
SEVERAL = re.compile(r"(?:i samverkan|tillsammans|gemensam|mellan|samarbet|samfinansier|samäg)", re.IGNORECASE)
MOST = 300


def parties(text: str) -> str:
    """Those that are named, once each: `Region X, Y kommun`. Empty where the point names none."""
    if not SEVERAL.search(text):
        return ""
    found: list[str] = []
    for hit in PARTY.finditer(text):
        name = hit[0]
        if name not in found:
            found.append(name)
    return ", ".join(found)[:MOST]


def status(text: str) -> str:
    """How far it has come, in one word; with the year where it began."""
    for state, words in STATES:
        if hit := re.search(words, text, re.IGNORECASE):
            around = re.search(r"(?:20\d\d)", text[max(0, hit.start() - 40) : hit.end() + 20])
            return f"{state} {around[0]}" if state in ("startad", "planerad") and around else state
    return ""
