"""Goal years, plan periods and horizons in words. Pure.

The rule (shared/gold, meta.goal_year_rule): a goal year is one that the text states as target or vision; the last year of a plan is
the plan's period and no goal. Only years after the day the document speaks for are goals.
"""

import re

from samband.regions.rules.layout import DIRECTION, JOINT
from samband.regions.rules.parsed import HEADING, Document, Goal, Said
from samband.regions.rules.wording import PERIOD, YEAR, period_of

NOT_BEFORE = rf"(?<![\d–-])(?P<year>{YEAR})(?![\d–-])"
SENTENCES = (
    re.compile(rf"(?:fram till|framåt till|senast|till) (?:år )?{NOT_BEFORE}"),
    re.compile(rf"(?:vill vara|ska vara|ska ha|mål för|vision för|målbild för)(?: [\wåäö]+){{0,4}}? (?:år )?{NOT_BEFORE}"),
    re.compile(rf"\b[Åå]r {NOT_BEFORE} (?:finns|är|har|ska)\b"),
)  # fmt: skip
IN_NAME = re.compile(rf"(?:\bår )?{NOT_BEFORE}")
NUMBERS = "ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|femton|tjugo"
HORIZON = re.compile(rf"\bom (?:cirka |ungefär )?(?:{NUMBERS}|\d{{1,2}}) år\b")
DRAFT_YEAR = re.compile(rf"(?<![\d–-])({YEAR})(?![\d–-])")


def goals(said: list[Said], documents: list[Document], after: int) -> list[Goal]:
    """The account's own goal first, then the joint one. `after`: the year the document was written."""
    direction = [row for row in said if row.section == DIRECTION]
    own = _from_heading(direction) or _from_name(documents, after) or _from_sentence(direction, after) or Goal()
    horizon, line = ("", None) if own.year else _horizon(said)
    period = own.period or _plan_period(documents)
    found = []
    if own.year or horizon or period:
        text = own.said or horizon
        found.append(Goal(own.year, text, own.line or line or _line_of(documents, period), horizon, period))
    joint = _from_sentence([row for row in said if row.section == JOINT], after, joint=True)
    if joint and joint.year != own.year:
        found.append(joint)
    return found


def _from_heading(rows: list[Said]) -> Goal | None:
    """`Mål – God vård 2019–2022`: the heading says that the goals are for these years."""
    for row in rows:
        hit = PERIOD.search(row.text) if row.form == HEADING else None
        if hit and re.match(r"mål(?:bild|en)?\b", row.text, re.IGNORECASE):
            return Goal(int(hit[2]), f'rubrik "{row.text}"', row.line, period=period_of(row.text))
    return None


def _from_name(documents: list[Document], after: int) -> Goal | None:
    """The main document is named for a year to come, and not for the years that it runs."""
    main = next((row for row in documents if row.role.startswith("huvuddokument")), None)
    hit = IN_NAME.search(main.name) if main and main.name and not PERIOD.search(main.name) else None
    if main is None or hit is None or int(hit["year"]) <= after:
        return None
    return Goal(int(hit["year"]), f"dokumentets namn: {main.name}", main.line)


def _from_sentence(rows: list[Said], after: int, joint: bool = False) -> Goal | None:
    """A sentence that says when: `fram till 2030`, `vill vara 2030`, `År 2030 finns …`."""
    for row in rows:
        for shape in SENTENCES:
            hit = shape.search(row.text)
            if hit and int(hit["year"]) > after:
                return Goal(int(hit["year"]), _around(row.text, hit.start(), hit.end()), row.line, joint=joint)
    return None


def _around(text: str, start: int, end: int) -> str:
    """The words beside the year, no more than needed."""
    begin = max(text.rfind(mark, 0, start) + 1 for mark in ".,:;")
    return text[begin:end].strip()[-120:]


def _horizon(said: list[Said]) -> tuple[str, int | None]:
    """`om fem år`; where the statement is about a draft, with the draft's year."""
    hits = [(row, hit) for row in said if (hit := HORIZON.search(row.text))]
    if not hits:
        return "", None
    row, hit = next(((row, hit) for row, hit in hits if "utkast" in row.text.lower()), hits[0])
    year = DRAFT_YEAR.search(row.text)
    return (f"{hit[0]} (utkast {year[1]})" if "utkast" in row.text.lower() and year else hit[0]), row.line


def _plan_period(documents: list[Document]) -> str:
    """The main document's years; else those of the first that has any."""
    return next((row.period for row in documents if row.period), "")


def _line_of(documents: list[Document], period: str) -> int | None:
    return next((row.line for row in documents if period and row.period == period), None)
