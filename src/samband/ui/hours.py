"""Actions of a day laid out by who has them and by the part of the day. Pure: no Django, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from itertools import pairwise
from typing import Any

PARTS = ("morning", "forenoon", "afternoon", "evening", "night")
STARTS = (time(5), time(10), time(12), time(17), time(22))


def part_of_day(moment: time) -> int:
    """0 morning (from 05), 1 forenoon (10), 2 afternoon (12), 3 evening (17), 4 night (22 to 05)."""
    if moment < STARTS[0]:
        return 4
    return sum(moment >= start for start in STARTS) - 1


@dataclass
class Cell:
    """What one row has in one part of the day. `span` 2: a visit together with the row below."""

    actions: list[Mapping[str, Any]] = field(default_factory=list)
    span: int = 1
    joint: bool = False
    covered: bool = False
    current: bool = False


@dataclass
class Row:
    """One who is responsible."""

    key: Any
    name: str
    note: str = ""
    empty: str = ""
    cells: list[Cell] = field(default_factory=list)

    @property
    def has_any(self) -> bool:
        return any(cell.actions or cell.covered for cell in self.cells)

    @property
    def idle(self) -> bool:
        return not self.has_any and not self.empty


@dataclass
class Hours:
    """The grid (wide) and the same as lists by part of the day (narrow)."""

    rows: list[Row]
    lists: list[dict[str, Any]]
    current: int | None

    @property
    def idle(self) -> list[Row]:
        """Those who have nothing to do and nothing to say: gathered in one row."""
        return [row for row in self.rows if row.idle]


def _part(action: Mapping[str, Any]) -> int:
    at = action.get("at")
    return part_of_day(at) if at is not None else int(action.get("part", 0))


def _sort_key(action: Mapping[str, Any]) -> tuple[int, time]:
    at = action.get("at")
    if at is None:
        return (1, time(0))
    return (0, at) if at >= STARTS[0] else (2, at)


def layout(owners: Iterable[Mapping[str, Any]], actions: Iterable[Mapping[str, Any]], now: time | None = None) -> Hours:
    """Place the actions.

    Owners: `key, name, note, empty`. Actions: `owner` (key), or `owners` (two keys) for a visit together; `at` (time)
    or `part` (0–4); what the template draws: `clock, title, note, icon, state (done|late|undone), mark, mark_word, url`.
    The two owners of a joint visit are moved next to each other, so that the thread can run between their rows. Where
    it is not alone in its part of the day, or its owners cannot stand together, it is drawn in both rows.
    """
    current = part_of_day(now) if now else None
    items = sorted(actions, key=_sort_key)
    rows = [Row(o["key"], o["name"], o.get("note", ""), o.get("empty", "")) for o in owners]
    rows = _neighbours(rows, [a["owners"] for a in items if len(a.get("owners", ())) == 2])
    index = {row.key: i for i, row in enumerate(rows)}
    for row in rows:
        row.cells = [Cell(current=part == current) for part in range(len(PARTS))]
    for action in items:
        for key in action.get("owners", (action.get("owner"),)):
            if key in index:
                rows[index[key]].cells[_part(action)].actions.append(action)
    _tie(rows)
    lists = []
    for part, name in enumerate(PARTS):
        mine = [{**a, "who": _who(a, rows)} for a in items if _part(a) == part]
        lists.append({"part": name, "number": part, "actions": mine, "current": part == current})
    return Hours(rows, lists, current)


def _who(action: Mapping[str, Any], rows: list[Row]) -> str:
    """Whose it is, in words: the list has no rows to tell."""
    keys = action.get("owners", (action.get("owner"),))
    return ", ".join(row.name for row in rows if row.key in keys)


def _tie(rows: list[Row]) -> None:
    """Where the same action stands alone in a cell and in the one below it, make them one cell with a thread."""
    for upper, lower in pairwise(rows):
        for above, below in zip(upper.cells, lower.cells, strict=True):
            alone = len(above.actions) == len(below.actions) == 1
            if alone and not above.covered and above.actions[0] is below.actions[0]:
                above.span, above.joint = 2, True
                below.actions, below.covered = [], True


def _neighbours(rows: list[Row], pairs: list) -> list[Row]:
    """Move the second of each pair right under the first, once for each row."""
    order = [row.key for row in rows]
    taken: set = set()
    for first, second in pairs:
        if first not in order or second not in order or {first, second} & taken:
            continue
        top, bottom = sorted((first, second), key=order.index)
        order.remove(bottom)
        order.insert(order.index(top) + 1, bottom)
        taken |= {first, second}
    by_key = {row.key: row for row in rows}
    return [by_key[key] for key in order]
