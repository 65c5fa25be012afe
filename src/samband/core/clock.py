"""The one clock. Code asks here for the time, so that a test can stand on any day (summer time included)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("samband_clock", default=None)


def now() -> datetime:
    """The time with its zone. In demo mode it may be moved as a whole, to see another day (`SAMBAND_CLOCK_OFFSET`)."""
    return _frozen.get() or timezone.now() + settings.CLOCK_OFFSET


def local(moment: datetime) -> datetime:
    """A moment in Sweden's time. Django's own asks for the thread's zone first, which costs more than the rest of it."""
    return moment.astimezone(timezone.get_default_timezone())


def local_now() -> datetime:
    """The time in Sweden."""
    return local(now())


def today() -> date:
    """The day in Sweden, which is not the day in UTC around midnight."""
    return local_now().date()


def at(day: date, moment: time) -> datetime:
    """Wall-clock time on a day in Sweden. A time that does not exist (spring) becomes the one an hour later."""
    return datetime.combine(day, moment, tzinfo=timezone.get_default_timezone())


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight, 23 to 25 hours long."""
    return at(day, time()), at(day + timedelta(days=1), time())


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stand still at `moment` (with zone) inside the block."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
