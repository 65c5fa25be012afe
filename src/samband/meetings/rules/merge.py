"""Two who write minutes at once: what each changed is put together; where they changed the same place, both texts stay."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Merged:
    """`clash`: they changed the same place, and both texts stand there, the one saved first on top."""

    text: str
    clash: bool = False


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    lines: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Put together line by line. Every line that either wrote is in the answer; nothing is chosen away."""
    if mine in (theirs, base):
        return Merged(theirs)
    if theirs == base:
        return Merged(mine)
    old = base.splitlines()
    ours, other = _changes(old, mine.splitlines()), _changes(old, theirs.splitlines())
    return _together(old, ours, other)


def _changes(old: list[str], new: list[str]) -> list[_Change]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Change(a, b, tuple(new[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def _together(old: list[str], mine: list[_Change], theirs: list[_Change]) -> Merged:
    out: list[str] = []
    at, clash = 0, False
    mine, theirs = list(mine), list(theirs)
    while mine or theirs:
        start = min(c.start for c in (*mine[:1], *theirs[:1]))
        end = start
        one: list[_Change] = []
        two: list[_Change] = []
        grown = True
        while grown:
            grown = False
            for rows, picked in ((mine, one), (theirs, two)):
                while rows and (rows[0].start < end or rows[0].start == start):
                    picked.append(rows.pop(0))
                    end, grown = max(end, picked[-1].end), True
        out += old[at:start]
        ours, others = _applied(old, one, start, end), _applied(old, two, start, end)
        if one and two and ours != others:
            inserts = start == end
            out += others + [line for line in ours if inserts or line not in others]
            clash = clash or not inserts
        else:
            out += ours if one else others
        at = end
    return Merged("\n".join(out + old[at:]), clash)


def _applied(old: list[str], changes: list[_Change], start: int, end: int) -> list[str]:
    out, at = [], start
    for change in changes:
        out += [*old[at : change.start], *change.lines]
        at = change.end
    return out + old[at:end]
