"""Times of a meeting: what cannot be, what clashes, and times that would fit. Pure; moments carry their zone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from samband.contact.rules import ZONE

LONGEST = timedelta(hours=8)
FARTHEST = timedelta(days=731)
FIRST, LAST = time(8), time(17)
STEP = timedelta(minutes=30)
DAYS = 21
MOST, MOST_A_DAY = 5, 2


class Wrong(StrEnum):
    """Why a time cannot be."""

    PAST = "past"
    ORDER = "order"
    LONG = "long"
    FAR = "far"


@dataclass(frozen=True)
class Busy:
    """Somebody who is taken between two moments; `what` is never told to others, only that she is taken."""

    who: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class UnitHours:
    """When a unit answers: weekday (0 Monday) → stretches. Nothing known is told as not known, never as closed."""

    name: str
    always: bool = False
    week: Mapping[int, Sequence[tuple[time, time]]] = field(default_factory=dict)

    def open_during(self, start: datetime, end: datetime) -> bool | None:
        if self.always:
            return True
        if not self.week:
            return None
        first, last = start.astimezone(ZONE), end.astimezone(ZONE)
        if first.date() != last.date():
            return False
        return any(o <= first.time() and last.time() <= c for o, c in self.week.get(first.weekday(), ()))


def wrong(start: datetime, end: datetime, now: datetime) -> Wrong | None:
    """The first thing that is wrong with the time."""
    if end <= start:
        return Wrong.ORDER
    if start < now:
        return Wrong.PAST
    if end - start > LONGEST:
        return Wrong.LONG
    return Wrong.FAR if start - now > FARTHEST else None


def clashes(start: datetime, end: datetime, busy: Iterable[Busy]) -> list[Busy]:
    """Who is taken then. Two that only touch do not clash."""
    return [row for row in busy if row.start < end and start < row.end]


def closed(start: datetime, end: datetime, hours: Iterable[UnitHours]) -> list[str]:
    """Units that are known not to be open all through."""
    return [unit.name for unit in hours if unit.open_during(start, end) is False]


def suggest(
    length: timedelta, now: datetime, busy: Sequence[Busy], hours: Sequence[UnitHours], holidays: frozenset[date] = frozenset()
) -> list[datetime]:  # fmt: skip
    """Up to five starts on working days from tomorrow, when nobody is taken and no unit is known to be closed."""
    found: list[datetime] = []
    today = now.astimezone(ZONE).date()
    for away in range(1, DAYS + 1):
        day = today + timedelta(days=away)
        if day.weekday() >= 5 or day in holidays:
            continue
        found += _of_day(day, length, busy, hours)[:MOST_A_DAY]
        if len(found) >= MOST:
            break
    return found[:MOST]


def _of_day(day: date, length: timedelta, busy: Sequence[Busy], hours: Sequence[UnitHours]) -> list[datetime]:
    start = datetime.combine(day, FIRST, tzinfo=ZONE)
    last = datetime.combine(day, LAST, tzinfo=ZONE)
    found: list[datetime] = []
    while start + length <= last:
        apart = not found or start - found[-1] >= timedelta(hours=3)
        if apart and not clashes(start, start + length, busy) and not closed(start, start + length, hours):
            found.append(start)
        start += STEP
    return found
