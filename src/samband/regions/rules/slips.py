"""Slips of scanning: a small table that anybody may add to, read over every line. Nothing is lost: the source's text is kept.

The table: data/slips.yaml. A slip that is a word in itself is only read otherwise where the region's own account says so.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parents[1] / "data" / "slips.yaml"


@dataclass(frozen=True)
class Slip:
    """One row of the table."""

    pattern: re.Pattern[str]
    to: str
    needs: str = ""


class BadTable(ValueError):
    """The table itself is wrong; the message says which row and what was expected."""


@lru_cache(maxsize=1)
def table() -> tuple[tuple[Slip, ...], re.Pattern[str]]:
    """The slips, and one pattern that finds whether a line has any."""
    return built(yaml.safe_load(FILE.read_text(encoding="utf-8")) or [])


def built(rows: list[dict]) -> tuple[tuple[Slip, ...], re.Pattern[str]]:
    """From rows of from, to, word, needs. Raises BadTable."""
    slips = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not row.get("from") or "to" not in row:
            raise BadTable(f"slips.yaml, row {number}: expected from and to")
        source = rf"\b(?:{row['from']})(?!\w)" if row.get("word") else f"(?:{row['from']})"
        try:
            slips.append(Slip(re.compile(source), str(row["to"]), str(row.get("needs") or "")))
        except re.error as error:
            raise BadTable(f"slips.yaml, row {number}: {error}") from None
    return tuple(slips), re.compile("|".join(slip.pattern.pattern for slip in slips) or r"(?!)")


def corrected(text: str, account: str) -> str:
    """The line as we read it. `account`: the whole text of the region, in lower case."""
    slips, any_of = table()
    if any_of.search(text) is None:
        return text
    for slip in slips:
        if not slip.needs or slip.needs in account:
            text = slip.pattern.sub(slip.to, text)
    return text


def changes(text: str, account: str) -> str:
    """What was read otherwise: `Hälsa- och → Hälso- och, …`. Empty where nothing was."""
    found = []
    for slip in table()[0]:
        if not slip.needs or slip.needs in account:
            found += [f"{hit[0]} → {hit.expand(slip.to)}" for hit in slip.pattern.finditer(text)]
    return ", ".join(found)
