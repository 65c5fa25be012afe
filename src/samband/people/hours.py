"""Opening hours as people write them: `mån–fre 08.00–17.00, lör 10–14`. Pure: no database."""

import re
from datetime import time
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext_noop

from samband.core.text import fold

DAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
DASH = r"\s*[-–—]\s*"
CLOCK = r"([0-9]{1,2})(?:[.:]([0-9]{2}))?"
SPAN = re.compile(rf"{CLOCK}{DASH}{CLOCK}")
PART = re.compile(rf"([a-zåäö]+)(?:{DASH}([a-zåäö]+))?\s+(.+)")

FORM = gettext_noop("Skriv öppettider som ”mån–fre 08.00–17.00, lör 10.00–14.00”.")
SPAN_FORM = gettext_noop("Skriv tider som 08.00–17.00.")
NO_TIME = gettext_noop("Den tiden finns inte. Skriv tider mellan 00.00 och 23.59.")
ORDER = gettext_noop("Stängningstiden ska vara efter öppningstiden. Dela tider över midnatt på två dagar.")
OVERLAP = gettext_noop("Två öppettider samma dag går in i varandra.")


class BadHours(ValueError):
    """`reason` is a Swedish sentence that says what was expected."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class Stretch(NamedTuple):
    weekday: int
    opens: time
    closes: time


def parse_week(text: str) -> list[Stretch]:
    """All stretches of the week, in order. A day with two stretches is written twice."""
    found: list[Stretch] = []
    for part in (p.strip() for p in re.split(r"[,;\n]", text.lower())):
        if not part:
            continue
        match = PART.fullmatch(part)
        if not match:
            raise BadHours(FORM)
        first = _weekday(match[1])
        last = _weekday(match[2]) if match[2] else first
        if last < first:
            raise BadHours(FORM)
        for weekday in range(first, last + 1):
            found.extend(parse_day(weekday, match[3]))
    return _in_order(found)


def parse_day(weekday: int, text: str) -> list[Stretch]:
    """One day's stretches, parted by comma or `och`: `08.00–12.00, 13.00–17.00`."""
    found = []
    for part in (p.strip() for p in re.split(r",|\boch\b|\band\b", text)):
        if not part:
            continue
        match = SPAN.fullmatch(part)
        if not match:
            raise BadHours(SPAN_FORM)
        opens, closes = _clock(match[1], match[2]), _clock(match[3], match[4])
        if opens >= closes:
            raise BadHours(ORDER)
        found.append(Stretch(weekday, opens, closes))
    return _in_order(found)


def written_day(stretches: list[Stretch]) -> str:
    """The way back: `08.00–12.00, 13.00–17.00`."""
    return ", ".join(f"{s.opens:%H.%M}–{s.closes:%H.%M}" for s in stretches)


def _weekday(word: str) -> int:
    short = fold(word)[:3]
    if short not in DAYS:
        raise BadHours(FORM)
    return DAYS.index(short)


def _clock(hour: str, minute: str | None) -> time:
    # 24.00 is what people write for midnight; a stretch ends at 23.59 at the latest.
    if int(hour) == 24 and not int(minute or 0):
        return time(23, 59)
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise BadHours(NO_TIME) from error


def _in_order(stretches: list[Stretch]) -> list[Stretch]:
    ordered = sorted(stretches)
    for earlier, later in pairwise(ordered):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            raise BadHours(OVERLAP)
    return ordered
