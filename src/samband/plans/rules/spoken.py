"""A recurrence said as people say it, in Swedish and English."""

from datetime import date
from typing import Any

from samband.plans.rules.recurrence import BadRule, Parsed, parse

WORDS: dict[str, dict[str, Any]] = {
    "sv": {
        "days": ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
        "months": ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
                   "november", "december"],
        "and": "och",
        "once": "en gång",
        "every": {"DAILY": "varje dag", "WEEKLY": "varje vecka", "MONTHLY": "varje månad", "YEARLY": "varje år"},
        "units": {"DAILY": "dag", "WEEKLY": "vecka", "MONTHLY": "månad", "YEARLY": "år"},
        "second": {"DAILY": "varannan dag", "WEEKLY": "varannan vecka", "MONTHLY": "varannan månad", "YEARLY": "vartannat år"},
        "ordinals": ["", "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde"],
        "last": "sista",
        "weekdays": "vardagar",
        "weekday": "vardagen",
        "times": "%d gånger",
        "at": "kl",
        "in": "i",
        "until": "till och med",
    },
    "en": {
        "days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                   "November", "December"],
        "and": "and",
        "once": "once",
        "every": {"DAILY": "every day", "WEEKLY": "every week", "MONTHLY": "every month", "YEARLY": "every year"},
        "units": {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"},
        "second": {"DAILY": "every other day", "WEEKLY": "every other week",
                   "MONTHLY": "every other month", "YEARLY": "every other year"},
        "ordinals": ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        "last": "last",
        "weekdays": "weekdays",
        "weekday": "weekday",
        "times": "%d times",
        "at": "at",
        "in": "in",
        "until": "until",
    },
}  # fmt: skip


def spoken_rule(text: str, starts: date | None = None, lang: str = "sv") -> str:
    """`varje dag`, `måndag och torsdag`, `var tredje vecka, tisdag`, `den 15 varje månad`."""
    w = WORDS["en" if lang.startswith("en") else "sv"]
    if not text:
        return w["once"]
    try:
        rule = parse(text)
    except BadRule:
        return text
    pieces = [_core(rule, starts, w)]
    if rule.byhour:
        minutes = rule.byminute or (0,)
        clocks = [f"{hour:02d}.{minute:02d}" for hour in rule.byhour for minute in minutes]
        pieces.append(f"{w['at']} {_list(clocks, w)}")
    if rule.count:
        pieces.append(w["times"] % rule.count)
    if rule.until:
        pieces.append(f"{w['until']} {rule.until.day} {w['months'][rule.until.month - 1]} {rule.until.year}")
    return ", ".join(pieces)


def _core(rule: Parsed, starts: date | None, w: dict) -> str:
    days, sv = _days(rule, w), w["at"] == "kl"
    if rule.freq == "WEEKLY" and not days and starts:
        days = w["days"][starts.weekday()]
    if rule.freq in ("MONTHLY", "YEARLY") and not days:
        days = _dates(rule, starts, sv, w)
    months = _list([w["months"][m - 1] for m in rule.bymonth], w)
    if rule.freq == "YEARLY" and not months and starts and not rule.byday and not rule.bymonthday:
        months = w["months"][starts.month - 1]
    if months:
        days = (
            f"{days} {months}".strip()
            if rule.freq == "YEARLY" and not rule.byday
            else f"{days} {w['in']} {months}".strip()
        )
    if rule.freq in ("DAILY", "WEEKLY") and days and rule.interval == 1:
        return days if rule.byday or rule.freq == "WEEKLY" else f"{_every(rule, w)} {days}"
    return (
        f"{days} {_every(rule, w)}"
        if rule.freq in ("MONTHLY", "YEARLY")
        else ", ".join(filter(None, [_every(rule, w), days]))
    )


def _every(rule: Parsed, w: dict) -> str:
    if rule.interval == 1:
        return w["every"][rule.freq]
    if rule.interval == 2:
        return w["second"][rule.freq]
    ordinal = w["ordinals"][rule.interval] if rule.interval <= 10 else ""
    unit = w["units"][rule.freq]
    if w["at"] == "kl":
        lead = "vart" if rule.freq == "YEARLY" else "var"
        return f"{lead} {ordinal or f'{rule.interval}:e'} {unit}"
    return f"every {ordinal or f'{rule.interval}th'} {unit}"


def _days(rule: Parsed, w: dict) -> str:
    plain = [day for day, nth in rule.byday if not nth]
    named = [f"{_nth(nth, w)} {_definite(w['days'][day], w)}" for day, nth in rule.byday if nth]
    if rule.bysetpos and len(plain) == 1:
        named, plain = [f"{_nth(n, w)} {_definite(w['days'][plain[0]], w)}" for n in rule.bysetpos], []
    lead = "".join(f"{_nth(n, w)} " for n in rule.bysetpos[:1]) if plain and rule.bysetpos else ""
    if sorted(plain) == [0, 1, 2, 3, 4]:
        return lead + (w["weekday"] if lead else w["weekdays"])
    return lead + _list([w["days"][day] for day in sorted(plain)] + named, w)


def _dates(rule: Parsed, starts: date | None, sv: bool, w: dict) -> str:
    numbers = rule.bymonthday or ((starts.day,) if starts else ())
    said = [
        ("sista dagen" if sv else "the last day") if n == -1 else _date(n, sv or rule.freq == "YEARLY")
        for n in numbers
        if n >= -1
    ]
    said += [f"{-n}:e dagen från slutet" if sv else f"{-n}th day from the end" for n in numbers if n < -1]
    lead = "" if all(n < 0 for n in numbers) else ("den " if sv else "on the ")
    if not sv and rule.freq == "YEARLY":
        lead = "on "
    return lead + _list(said, w)


def _date(number: int, bare: bool) -> str:
    """`15`, or `15th` in an English month."""
    if bare:
        return str(number)
    return f"{number}{'th' if 10 < number < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _nth(nth: int, w: dict) -> str:
    if nth == -1:
        return w["last"]
    word = w["ordinals"][abs(nth)] if abs(nth) <= 10 else str(abs(nth))
    return word if nth > 0 else f"{word} {w['last']}"


def _definite(day: str, w: dict) -> str:
    """`måndag` → `måndagen` after an ordinal in Swedish."""
    return f"{day}en" if w["at"] == "kl" else day


def _list(items: list[str], w: dict) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {w['and']} {items[-1]}"
