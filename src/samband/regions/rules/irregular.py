"""What does not fit the usual shape, found by counting: told beside the facts, so that nobody takes a gap for a nought. Pure."""

import re

from samband.regions.rules.layout import CASE, COLLABORATION, JOINT, KEYS, PRIORITIES, Region
from samband.regions.rules.parsed import BULLET, TEXT, Account, Odd

STATED = re.compile(r"finns (\d{2,3}) (?:olika )?(del)?områden")
EXPECTED = tuple(key for key in KEYS if key != CASE)


def irregularities(account: Account, region: Region) -> list[Odd]:
    """In the order of the source; what is missing first."""
    rows = [Odd("missing", None, key) for key in EXPECTED if not account.has(key)]
    if account.known and account.known.both:
        rows.append(Odd("both", account.start))
    rows += _headings(account)
    rows += _priorities(account)
    if account.has(COLLABORATION) and not account.counts(COLLABORATION).total:
        prose = [row for row in account.of(COLLABORATION) if row.form == TEXT]
        rows.append(
            Odd("prose" if prose else "picture", _line(account, COLLABORATION), values={"section": COLLABORATION})
        )
    tables = [line.number for section in region.sections for line in section.lines if line.kind == "table"]
    if tables:
        html = any("<" in line.raw for section in region.sections for line in section.lines if line.kind == "table")
        rows.append(Odd("table_html" if html else "table", tables[0]))
    if account.has(CASE):
        rows.append(Odd("case", _line(account, CASE)))
    return rows


def _line(account: Account, key: str) -> int | None:
    return next((heading.line for heading in account.headings if heading.key == key), None)


def _headings(account: Account) -> list[Odd]:
    rows = []
    for key in EXPECTED:
        mine = [heading for heading in account.headings if heading.key == key]
        if len(mine) > 1:
            rows.append(Odd("twice", mine[1].line, values={"section": key, "n": len(mine)}))
        other = [heading for heading in mine if not heading.usual and heading.key in (COLLABORATION, JOINT, PRIORITIES)]
        if other:
            rows.append(Odd("wording", other[0].line, values={"section": key, "heading": other[0].heading}))
    return rows


def _priorities(account: Account) -> list[Odd]:
    if not account.has(PRIORITIES):
        return []
    counts, line = account.counts(PRIORITIES), _line(account, PRIORITIES)
    mine = account.of(PRIORITIES)
    rows: list[Odd] = []
    if not counts.total:
        prose = any(row.form == TEXT for row in mine)
        return [Odd("prose" if prose else "picture", line, values={"section": PRIORITIES})]
    rows += [
        Odd("meta", row.line, values={"n": counts.total, "stated": int(hit[1])})
        for row in mine
        if (hit := STATED.search(row.text)) and int(hit[1]) > counts.total
    ]
    inside = sum(row.form == BULLET and bool(re.match(r"\d+[.)] ", row.text)) for row in mine)
    if inside:
        rows.append(Odd("numbered", line, values={"n": inside, "total": counts.total}))
    if counts.nested:
        rows.append(Odd("nested", line, values={"n": counts.top, "nested": counts.nested}))
    return rows
