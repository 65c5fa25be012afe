"""Goals on a line of years: coordinates for SVG. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

NAME = 172  # room for names, left of the line
YEAR = 34  # the width of a year
ROW = 30
TOP = 30
YEARS_IN = re.compile(r"(?<!\d)(\d{4})\D+(\d{4})(?!\d)")


@dataclass(frozen=True)
class Row:
    """What a region has said: a goal year, a period of its plan, or both. Years may be None."""

    code: str
    name: str
    year: int | None = None
    first: int | None = None
    last: int | None = None


@dataclass
class GoalLine:
    width: int
    height: int
    foot: int
    ticks: list[dict] = field(default_factory=list)
    rows: list[dict] = field(default_factory=list)


def period(text: str) -> tuple[int, int] | None:
    """`2019–2022` as two years; None where there are not two, or they stand the wrong way round."""
    found = YEARS_IN.search(text)
    if not found:
        return None
    first, last = int(found[1]), int(found[2])
    return (first, last) if first <= last else None


def draw(rows: Sequence[Row], first: int, last: int) -> GoalLine:
    """`first` and `last` years of the line; what lies outside stands at its end and is said in words."""
    height = TOP + ROW * len(rows)
    line = GoalLine(NAME + YEAR * (last - first + 1), height + 4, height)

    def x(year: int) -> float:
        return NAME + YEAR * (min(max(year, first), last) - first + 0.5)

    line.ticks = [
        {"x": x(year), "label": str(year) if year % 5 == 0 else "", "strong": year % 5 == 0}
        for year in range(first, last + 1)
    ]
    for number, row in enumerate(rows):
        y = TOP + ROW * number + ROW / 2
        drawn: dict = {"row": row, "y": y, "text_y": y + 4.5, "bar": None, "knot": None}
        if row.first is not None and row.last is not None:
            left, right = x(row.first) - YEAR / 2, x(row.last) + YEAR / 2
            drawn["bar"] = {"x": left, "y": y - 7, "width": right - left}
        if row.year is not None:
            drawn["knot"] = x(row.year)
        line.rows.append(drawn)
    return line
