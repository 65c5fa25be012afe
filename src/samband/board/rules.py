"""What comes first, and how a change is told. Pure functions: no Django, no database.

The strip holds at most three things that need somebody first. Order: what has nobody and is near in time; what is late
and has nobody; the rest of today that has nobody; the rest that is late. One line a person: a second worry about the
same person does not push another person out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

NEAR = timedelta(hours=4)
MOST = 3
# How many days late before a follow-up or a missing contact is no longer only amber in the list (parameter, not law).
LONG = timedelta(days=30)


@dataclass(frozen=True)
class Need:
    """Something that may have to come first. `due` is when it is late; `owned` whether somebody is responsible."""

    person: int
    due: datetime
    owned: bool
    today: bool


def rank(need: Need, now: datetime) -> int:
    """0 near and nobody's, 1 late and nobody's, 2 today and nobody's, 3 late; see the module's text."""
    if need.today and not need.owned:
        return 0 if need.due - now <= NEAR else 2
    return 3 if need.owned else 1


def first(needs: Iterable[Need], now: datetime, most: int = MOST) -> list[Need]:
    """The strip: by rank, then by time, one line a person."""
    chosen: dict[int, Need] = {}
    for need in sorted(needs, key=lambda n: (rank(n, now), n.due, n.person)):
        chosen.setdefault(need.person, need)
        if len(chosen) == most:
            break
    return list(chosen.values())


def lateness(since: date | datetime, now: datetime) -> timedelta:
    """How long ago `since` was: by the clock for a moment, by whole days for a date."""
    if isinstance(since, datetime):
        return now - since
    return timedelta(days=(now.date() - since).days)
