"""Two who swap shifts: what must hold when the one who was asked says yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """Why a swap cannot be made."""

    CHANGED = "changed"
    PAST = "past"
    SAME = "same"
    BUSY_MINE = "busy_mine"
    BUSY_THEIRS = "busy_theirs"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Turn:
    """A shift as the swap sees it: who holds it, and the version it had when the swap was asked for."""

    key: int
    start: int
    end: int
    assignment: int | None
    version: int


def problem(
    mine: Turn, theirs: Turn, asked: tuple[int, int], now: int, others: Iterable[Turn], open_: bool = True
) -> Problem | None:
    """Nothing, or the first thing that stands in the way. `asked` are the versions when it was asked; `others` all
    further shifts of the two. Swapping twice brings both back: nothing here depends on who had the shift first.
    """
    if not open_:
        return Problem.ANSWERED
    if (mine.version, theirs.version) != asked or mine.assignment is None or theirs.assignment is None:
        return Problem.CHANGED
    if mine.assignment == theirs.assignment or mine.key == theirs.key:
        return Problem.SAME
    if min(mine.start, theirs.start) <= now:
        return Problem.PAST
    rest = [t for t in others if t.key not in (mine.key, theirs.key)]
    if any(_clash(t, theirs) for t in rest if t.assignment == mine.assignment):
        return Problem.BUSY_MINE
    if any(_clash(t, mine) for t in rest if t.assignment == theirs.assignment):
        return Problem.BUSY_THEIRS
    return None


def _clash(a: Turn, b: Turn) -> bool:
    return a.start < b.end and b.start < a.end
