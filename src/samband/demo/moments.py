"""Moments relative to now, so that the demo county is alive on whichever day it is loaded: `-41d`, `+6d`, `-2h`."""

import re
from datetime import date, datetime, time, timedelta

from samband.core import clock

NOON = time(12)


def day(text: str | None, today: date | None = None) -> date | None:
    """`+6d` → six days from today; a date written out stays as it is; nothing stays nothing."""
    if not text:
        return None
    found = re.fullmatch(r"([+-]?\d+)d", str(text))
    if found:
        return (today or clock.today()) + timedelta(days=int(found[1]))
    return date.fromisoformat(str(text))


def moment(text: str | None, at: str | None = None) -> datetime | None:
    """`-2h` → two hours ago; `-41d` → that day at `at` (noon where nothing is said)."""
    if not text:
        return None
    found = re.fullmatch(r"([+-]?\d+)h", str(text))
    if found:
        return clock.now() + timedelta(hours=int(found[1]))
    on = day(text)
    return clock.at(on, of_day(at) or NOON) if on else None


def of_day(text: str | None) -> time | None:
    """`14:10` → a time of day."""
    return time.fromisoformat(text) if text else None
