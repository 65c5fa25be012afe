"""Moments relative to now, so that the demo county is alive on whichever day it is loaded: `-41d`, `+6d`, `-2h`."""

import re
from datetime import date, datetime, time, timedelta
from typing import overload

from samband.core import clock

NOON = time(12)
HOLIDAYS = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}


@overload
def day(text: str) -> date: ...
@overload
def day(text: None) -> None: ...
def day(text: str | None) -> date | None:
    """`+6d` → six days from today; a date written out stays as it is; nothing stays nothing."""
    if not text:
        return None
    found = re.fullmatch(r"([+-]?\d+)d", str(text))
    return clock.today() + timedelta(days=int(found[1])) if found else date.fromisoformat(str(text))


@overload
def moment(text: str, at: str | None = None) -> datetime: ...
@overload
def moment(text: None, at: str | None = None) -> None: ...
def moment(text: str | None, at: str | None = None) -> datetime | None:
    """`-2h` → two hours ago; `-41d` → that day at `at` (noon where nothing is said)."""
    if not text:
        return None
    found = re.fullmatch(r"([+-]?\d+)h", text)
    if found:
        return clock.now() + timedelta(hours=int(found[1]))
    return clock.at(day(text), of_day(at) or NOON)


@overload
def of_day(text: str) -> time: ...
@overload
def of_day(text: None) -> None: ...
def of_day(text: str | None) -> time | None:
    """`14:10` → a time of day."""
    return time.fromisoformat(text) if text else None


def workday(on: date) -> date:
    """The nearest ordinary weekday: later for what lies ahead, earlier for what is past; today stays today."""
    step = timedelta(days=1 if on >= clock.today() else -1)
    while on != clock.today() and (on.weekday() >= 5 or (on.month, on.day) in HOLIDAYS):
        on += step
    return on
