"""A file of figures, read row by row: which place, which year, which value. Pure.

Columns: `kod` (two digits a region, four a municipality), `år`, `värde`. An empty value means asked and not there: missing, not 0.
"""

import csv
import io
from collections.abc import Container, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

COLUMNS = ("kod", "år", "värde")
MOST_ROWS = 20_000
YEARS = range(1990, 2101)
WHOLE = 10  # digits before the decimal comma
PARTS = 4  # digits after it


@dataclass(frozen=True)
class Figure:
    """`code` of a region or municipality; `value` None: missing."""

    line: int
    code: str
    year: int
    value: Decimal | None


@dataclass(frozen=True)
class Wrong:
    """`line` of the file, from 1; `what` was expected, as a key of `services.indicators.EXPECTED`; `given`, cut."""

    line: int
    what: str
    given: str


def decoded(content: bytes) -> str | None:
    """UTF-8 with or without a mark, else Windows' Swedish; None for what is no text."""
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read(text: str, codes: Container[str]) -> tuple[list[Figure], list[Wrong]]:
    """Every row understood, and every row that was not. `codes`: the places that are known."""
    lines = text.splitlines()
    if not lines or not any(line.strip() for line in lines):
        return [], [Wrong(1, "empty", "")]
    mark = ";" if ";" in lines[0] else "\t" if "\t" in lines[0] else ","
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        return _rows(rows, codes, lambda: rows.line_num)
    except csv.Error:
        return [], [Wrong(rows.line_num, "row", "")]


def _rows(rows: Iterable[list[str]], codes: Container[str], line) -> tuple[list[Figure], list[Wrong]]:
    found: list[Figure] = []
    wrong: list[Wrong] = []
    at: dict[str, int] = {}
    seen: set[tuple[str, int]] = set()
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if not at:
            heads = [cell.strip().lower() for cell in row]
            if any(name not in heads for name in COLUMNS):
                return [], [Wrong(line(), "heads", ";".join(row)[:60])]
            at = {name: heads.index(name) for name in COLUMNS}
            continue
        if len(found) + len(wrong) >= MOST_ROWS:
            return found, [*wrong, Wrong(line(), "rows", "")]
        figure = _figure(line(), [row[at[n]].strip() if at[n] < len(row) else "" for n in COLUMNS], codes)
        if isinstance(figure, Figure) and (figure.code, figure.year) in seen:
            figure = Wrong(figure.line, "twice", f"{figure.code} {figure.year}")
        if isinstance(figure, Wrong):
            wrong.append(figure)
        else:
            seen.add((figure.code, figure.year))
            found.append(figure)
    return found, wrong


def _figure(line: int, cells: list[str], codes: Container[str]) -> Figure | Wrong:
    code, year, value = cells
    code = code.zfill(4) if len(code) == 3 else code.zfill(2)  # a spreadsheet takes the leading 0 away
    if code not in codes:
        return Wrong(line, "code", cells[0][:60])
    if not (year.isascii() and year.isdecimal() and int(year) in YEARS):
        return Wrong(line, "year", year[:60])
    number = decimal(value)
    if value and number is None:
        return Wrong(line, "value", value[:60])
    return Figure(line, code, int(year), number)


def decimal(text: str) -> Decimal | None:
    """A number as it is written in Swedish or English, without what parts its thousands; None where it is none, or too large."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace("\u2212", "-").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= Decimal(10) ** WHOLE:
        return None
    return number.quantize(Decimal(1).scaleb(-PARTS)).normalize() + 0
