"""How often: an iCalendar RRULE (RFC 5545) in Swedish wall-clock time, checked and unfolded.

Pure: naive datetimes are wall-clock times; the zone is laid on afterwards, so a daily 07.30 stays 07.30 when the clocks
change. DTSTART is moved forward in whole intervals before the walk: a daily rule begun years ago costs the days asked for.
"""

from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from dateutil import rrule as du

FREQS: dict[str, Any] = {"DAILY": du.DAILY, "WEEKLY": du.WEEKLY, "MONTHLY": du.MONTHLY, "YEARLY": du.YEARLY}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = {
    "FREQ",
    "INTERVAL",
    "BYDAY",
    "BYMONTHDAY",
    "BYMONTH",
    "BYSETPOS",
    "BYHOUR",
    "BYMINUTE",
    "COUNT",
    "UNTIL",
    "WKST",
}
RANGES = {"BYMONTHDAY": (-31, 31), "BYMONTH": (1, 12), "BYSETPOS": (-31, 31), "BYHOUR": (0, 23), "BYMINUTE": (0, 59)}
MOST_A_DAY = 24
MOST_COUNT = 400
MOST_INTERVAL = 400
HORIZON = timedelta(days=9 * 366)  # the rarest rule allowed: 29 February, at most eight years apart


class BadRule(ValueError):
    """A recurrence that cannot be used, with a sentence in Swedish and English for whoever wrote it."""

    def __init__(self, sv: str, en: str):
        super().__init__(en)
        self.sv, self.en = sv, en


@dataclass(frozen=True)
class Parsed:
    """The parts of a rule; empty tuples where a part is not given."""

    freq: str
    interval: int = 1
    byday: tuple[tuple[int, int], ...] = ()
    bymonthday: tuple[int, ...] = ()
    bymonth: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()
    byhour: tuple[int, ...] = ()
    byminute: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None


@lru_cache(maxsize=4096)
def parse(text: str) -> Parsed:
    """Read an RRULE without DTSTART. Raises BadRule with what was expected."""
    given: dict[str, str] = {}
    for piece in text.strip().removeprefix("RRULE:").upper().split(";"):
        name, eq, value = piece.partition("=")
        if not eq or not value or name not in PARTS or name in given:
            raise BadRule(
                f"Regeln går inte att läsa vid ”{piece[:30]}”.", f"The rule cannot be read at “{piece[:30]}”."
            )
        given[name] = value
    freq = given.get("FREQ", "")
    if freq not in FREQS:
        raise BadRule("Välj varje dag, vecka, månad eller år.", "Choose every day, week, month or year.")
    if given.get("WKST", "MO") != "MO":
        raise BadRule("Veckan börjar på en måndag.", "The week begins on a Monday.")
    if "COUNT" in given and "UNTIL" in given:
        raise BadRule(
            "Välj antal gånger eller en sista dag, inte båda.", "Choose a number of times or a last day, not both."
        )
    parsed = Parsed(
        freq=freq,
        interval=_number(given.get("INTERVAL", "1"), 1, MOST_INTERVAL),
        byday=tuple(_weekday(day, freq) for day in given["BYDAY"].split(",")) if "BYDAY" in given else (),
        count=_number(given["COUNT"], 1, MOST_COUNT) if "COUNT" in given else None,
        until=_day(given["UNTIL"]) if "UNTIL" in given else None,
        **{name.lower(): _numbers(given[name], name) for name in RANGES if name in given},
    )
    return _sound(parsed)


def _sound(rule: Parsed) -> Parsed:
    """What RFC 5545 forbids, and more times a day than anybody can keep."""
    if rule.freq == "WEEKLY" and rule.bymonthday:
        raise BadRule("En veckoregel kan inte ha dag i månaden.", "A weekly rule cannot have a day of the month.")
    if rule.bysetpos and not (rule.byday or rule.bymonthday or rule.bymonth):
        raise BadRule("BYSETPOS behöver dagar att välja bland.", "BYSETPOS needs days to choose from.")
    if rule.byminute and not rule.byhour:
        raise BadRule("Minuter behöver timmar.", "Minutes need hours.")
    if len(rule.byhour or (0,)) * len(rule.byminute or (0,)) > MOST_A_DAY:
        raise BadRule(
            f"Högst {MOST_A_DAY} gånger om dagen går att planera.", f"At most {MOST_A_DAY} times a day can be planned."
        )
    return rule


def _number(text: str, low: int, high: int) -> int:
    if not text.lstrip("-+").isdigit() or not text.isascii() or not low <= int(text) <= high:
        raise BadRule(
            f"Talet {text[:10]} ska vara mellan {low} och {high}.", f"{text[:10]} should be between {low} and {high}."
        )
    return int(text)


def _numbers(text: str, name: str) -> tuple[int, ...]:
    low, high = RANGES[name]
    found = tuple(sorted({_number(piece, low, high) for piece in text.split(",")}))
    if low < 0 and 0 in found:
        raise BadRule("Dag 0 finns inte.", "There is no day 0.")
    return found


def _weekday(text: str, freq: str) -> tuple[int, int]:
    """`TH` → (3, 0); `2TH` → (3, 2), the second Thursday, in months and years only."""
    if text[-2:] not in DAYS:
        raise BadRule(f"”{text[:10]}” är ingen veckodag.", f"“{text[:10]}” is no weekday.")
    nth = _number(text[:-2], -53, 53) if text[:-2] else 0
    if nth and freq not in ("MONTHLY", "YEARLY"):
        raise BadRule(
            "Första eller sista veckodagen finns bara i en månad eller ett år.",
            "A first or last weekday exists only in a month or a year.",
        )
    return DAYS.index(text[-2:]), nth


def _day(text: str) -> date:
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()
    except ValueError:
        raise BadRule("Sista dagen finns inte i kalendern.", "The last day does not exist in the calendar.") from None


@lru_cache(maxsize=8192)
def _walk(rule: Parsed, start: datetime, after: datetime, before: datetime) -> tuple[datetime, ...]:
    kwargs: dict = {"interval": rule.interval, "wkst": du.MO, "cache": False}
    for name in ("bymonthday", "bymonth", "bysetpos", "byhour", "byminute"):
        if getattr(rule, name):
            kwargs[name] = getattr(rule, name)
    if rule.byday:
        kwargs["byweekday"] = [du.weekday(day, nth) if nth else du.weekday(day) for day, nth in rule.byday]
    if rule.byhour and not rule.byminute:
        kwargs["byminute"] = 0
    # Counted from the start and cut here: a rule that never occurs would else be walked to the end of the calendar.
    found = islice(du.rrule(FREQS[rule.freq], dtstart=start, until=before, **kwargs), rule.count)
    return tuple(moment for moment in found if moment >= after)


def _settled(rule: Parsed, start: date) -> Parsed:
    """Write out what a rule takes from its start, so that the start may be moved."""
    changes: dict = {}
    if rule.freq == "WEEKLY" and not rule.byday:
        changes["byday"] = ((start.weekday(), 0),)
    if rule.freq in ("MONTHLY", "YEARLY") and not rule.byday and not rule.bymonthday:
        changes["bymonthday"] = (start.day,)
    if rule.freq == "YEARLY" and not (rule.byday or rule.bymonth or rule.bymonthday):
        # A day of the month alone means that day in every month (RFC 5545, as dateutil reads it).
        changes["bymonth"] = (start.month,)
    return Parsed(**{**rule.__dict__, **changes}) if changes else rule


def _forward(rule: Parsed, start: date, first: date) -> date:
    """The latest start in step with the rule that leaves nothing out from `first` on."""
    if first <= start or rule.count:
        return start
    step = rule.interval
    if rule.freq == "DAILY":
        return start + timedelta(days=(first - start).days // step * step)
    if rule.freq == "WEEKLY":
        monday = start - timedelta(days=start.weekday())
        weeks = (first - monday).days // 7 // step * step
        return max(start, monday + timedelta(weeks=weeks))
    if rule.freq == "MONTHLY":
        months = ((first.year - start.year) * 12 + first.month - start.month) // step * step
        place = start.year * 12 + start.month - 1 + months
        return max(start, date(place // 12, place % 12 + 1, 1))
    return max(start, date(start.year + (first.year - start.year) // step * step, 1, 1))


def series(
    text: str, starts: date, stops: date | None, at: time | None, first: date, last: date
) -> tuple[datetime, ...]:
    """Every wall-clock time from `first` to `last` (both included). Without a rule: once, on the day it starts."""
    moment = at or time()
    low, high = max(first, starts), min(last, stops or last)
    if low > high:
        return ()
    if not text:
        return (datetime.combine(starts, moment),) if low <= starts <= high else ()
    rule = _settled(parse(text), starts)
    high = min(high, rule.until or high)
    if low > high:
        return ()
    # Hours in the rule are the times; the action's own time stands where the rule has none.
    start = datetime.combine(_forward(rule, starts, low), time() if rule.byhour else moment)
    return _walk(rule, start, datetime.combine(low, time()), datetime.combine(high, time(23, 59, 59)))


def first_from(text: str, starts: date, stops: date | None, at: time | None, day: date) -> datetime | None:
    """The first wall-clock time on or after `day`; None where there is no more. Looks further in growing steps."""
    end = min(stops or date(MAXYEAR, 12, 31), max(day, starts) + HORIZON)
    low, days = max(day, starts), 7
    while low <= end:
        high = min(end, low + timedelta(days=days))
        found = series(text, starts, stops, at, low, high)
        if found:
            return found[0]
        low, days = high + timedelta(days=1), days * 4
    return None


def check_rrule(text: str, starts: date, stops: date | None = None) -> None:
    """Refuse a recurrence that cannot be read, or that never occurs between its first and last day. Raises BadRule."""
    if text and len(text) > 300:
        raise BadRule("Regeln är för lång.", "The rule is too long.")
    if stops and stops < starts:
        raise BadRule("Sista dagen ligger före den första.", "The last day lies before the first.")
    if text:
        parse(text)
    if first_from(text, starts, stops, None, starts) is None:
        raise BadRule(
            "Det här inträffar aldrig mellan första och sista dagen. Välj en annan dag eller en längre tid.",
            "This never occurs between the first and the last day. Choose another day or a longer time.",
        )
