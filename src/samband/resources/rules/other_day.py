"""On which other days a visit may be done instead: pure, no Django (issue 6: "what may be moved to another day").

The terms of the action say how many days it may be moved from the day that the plan says, either way.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

MOST = 14  # days, as the terms allow at most


class Why(Enum):
    """Why a day is closed."""

    PAST = "past"
    TAKEN = "taken"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Facts:
    """`planned`: the day that the plan says; `here`: where the visit is now; `late_today`: its window of today is over.

    `taken`: days when the same action is done already. `first`, `last`: between which the action is to be done.
    `outside`: days when the unit does not plan in the pool.
    """

    planned: date
    here: date
    movable: int
    today: date
    late_today: bool = False
    taken: Collection[date] = ()
    first: date | None = None
    last: date | None = None
    outside: Collection[date] = ()


@dataclass(frozen=True)
class Choice:
    """A day within the terms; `why`: what closes it."""

    day: date
    why: Why | None = None


def choices(facts: Facts) -> list[Choice]:
    """The days within the terms, in order, but for the one where the visit is. None where the terms hold it to its day."""
    reach = min(facts.movable, MOST)
    days = [facts.planned + timedelta(days=n) for n in range(-reach, reach + 1)] if reach > 0 else []
    return [Choice(day, _closed(facts, day)) for day in days if day != facts.here]


def _closed(facts: Facts, day: date) -> Why | None:
    if day < facts.today or (day == facts.today and facts.late_today):
        return Why.PAST
    if facts.first is not None and day < facts.first:
        return Why.NOT_BEGUN
    if facts.last is not None and day > facts.last:
        return Why.ENDED
    if day in facts.outside:
        return Why.OUTSIDE
    return Why.TAKEN if day in facts.taken else None
