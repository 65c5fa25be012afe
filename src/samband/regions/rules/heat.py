"""How much of a theme a region's account holds, as a state that can be drawn. Pure.

Three things differ (learning.md, "missing ≠ 0"): a number; 0, where every part of the account is there and none speaks of it; and
missing, where nothing speaks of it but a part of the account is not in the source.
"""

from collections.abc import Iterable
from dataclasses import dataclass

LEVELS = 4


@dataclass(frozen=True)
class Cell:
    """`count` None: missing in the source. `partial`: counted, though a part of the account is missing. `level` 0 to 4."""

    count: int | None
    level: int
    partial: bool = False

    @property
    def missing(self) -> bool:
        return self.count is None


def cell(count: int, gaps: bool, most: int) -> Cell:
    """`most`: the highest count on the same scale."""
    if count == 0:
        return Cell(None if gaps else 0, 0)
    return Cell(count, level(count, most), gaps)


def level(count: int, most: int) -> int:
    """1 to 4 by quarters of the highest; a count above 0 is never level 0. Where the highest is less than 4, a level a count:
    a single sentence does not shout.
    """
    if count <= 0:
        return 0
    return min(LEVELS, -(-count * LEVELS // max(most, LEVELS)))


def bounds(most: int) -> list[tuple[int, int, int]]:
    """(level, lowest, highest) of every level that some count up to `most` has: for the legend."""
    spans: dict[int, list[int]] = {}
    for count in range(1, most + 1):
        spans.setdefault(level(count, most), []).append(count)
    return [(number, counts[0], counts[-1]) for number, counts in spans.items()]


def highest(counts: Iterable[int]) -> int:
    return max(counts, default=0)
