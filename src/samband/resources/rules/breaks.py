"""Which rule a visit at a time by somebody breaks. Pure: told as codes with numbers, put into words by the service.

Competence, delegation, "never her" and the terms of a loan hold for everybody and are never broken by hand. Time is the
planner's to judge: she may know that two who live next door need no travel, so it is said and not refused, save what nobody
can do: two visits at once are told by `clashes`, which publishing refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Breach:
    """`code`, whether it stops the move, and the minutes it is about (lateness, missing travel) with the time it stands beside."""

    code: str
    hard: bool
    minutes: int = 0
    beside: int = 0


@dataclass(frozen=True)
class Span:
    """What is done from `start` to `end` (minutes), after `travel` minutes on the road from the one before."""

    start: float
    end: float
    travel: float = 0.0


def shift(start: float, end: float, opens: float, closes: float) -> list[Breach]:
    """Within the working hours; what begins outside them is nobody's."""
    if start < opens or start >= closes:
        return [Breach("outside", True)]
    return [Breach("overtime", False, round(end - closes))] if end > closes else []


def window(start: float, opens: float, closes: float, strict: bool) -> list[Breach]:
    if start < opens:
        return [Breach("early", False, round(opens - start))]
    if start > closes:
        return [Breach("strict" if strict else "late", False, round(start - closes))]
    return []


def neighbours(me: Span, before: Span | None, after: Span | None) -> list[Breach]:
    """`after.travel` is from me to it. Two at once, or too little time for the road."""
    found = []
    for first, then in ((before, me), (me, after)):
        if first is None or then is None:
            continue
        short, beside = round(first.end + then.travel - then.start), round((then if first is me else first).start)
        if then.start < first.end:
            found.append(Breach("overlap", False, short, beside))
        elif short > 0:
            found.append(Breach("travel", False, short, beside))
    return found


def clashes(route: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Pairs that follow each other and overlap in time."""
    ordered = sorted(route, key=lambda s: (s.start, s.end))
    return [(a, b) for a, b in pairwise(ordered) if b.start < a.end]
