"""Days and minutes: the wall clock in Sweden to minutes that can be counted, public holidays, weekdays."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from holidays.countries import Sweden

from samband.contact.rules.model import DAY, ZONE

SUNDAY = 6


def to_minutes(moment: datetime) -> int:
    """Whole minutes since 1970; seconds are cut."""
    return int(moment.timestamp() // 60)


def moment_of(minutes: int) -> datetime:
    """The way back, in UTC: moments of the same local zone are compared by the wall clock, which lies twice a year."""
    return datetime.fromtimestamp(minutes * 60, tz=UTC)


def day_of(minutes: int) -> date:
    """The day in Sweden."""
    return datetime.fromtimestamp(minutes * 60, tz=ZONE).date()


@lru_cache(maxsize=16384)
def wall(day: date, minute: int) -> int:
    """Wall-clock minute `minute` of the day (may pass midnight). A time that spring skips becomes the one an hour later."""
    away, minute = divmod(minute, DAY)
    clock = time(minute // 60, minute % 60)
    return to_minutes(datetime.combine(day + timedelta(days=away), clock, tzinfo=ZONE))


def days_between(start: int, end: int, margin: int = 1) -> Iterator[date]:
    """Every local day that the stretch touches, and `margin` days before, whose nights may reach into it."""
    day = day_of(start) - timedelta(days=margin)
    last = day_of(max(start, end - 1))
    while day <= last:
        yield day
        day += timedelta(days=1)


def weekday_of(day: date, holidays: frozenset[date]) -> int:
    """0 is Monday; a public holiday counts as Sunday."""
    return SUNDAY if day in holidays else day.weekday()


@lru_cache(maxsize=64)
def _year(year: int) -> frozenset[date]:
    found = set(Sweden(years=[year], include_sundays=False))
    midsummer = next(date(year, 6, d) for d in range(20, 27) if date(year, 6, d).weekday() == 5)
    return frozenset(found | {midsummer - timedelta(days=1), date(year, 12, 24), date(year, 12, 31)})


def public_holidays(years: Iterable[int]) -> frozenset[date]:
    """Sweden's public holidays, with the three eves on which care keeps Sunday hours: midsummer, Christmas, New Year."""
    return frozenset().union(*(_year(year) for year in years))
