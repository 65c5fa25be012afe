"""Swedish text: folding for search, keys for sorting, time as people speak of it.

In Swedish å, ä and ö are letters of their own, after z. They are never folded to a and o, in search or order.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.letters import fold

__all__ = [
    "age", "clock_time", "fold", "search_key", "short_date", "sort_key", "spoken_date", "spoken_delta", "spoken_span",
    "spoken_time", "weekday",
]  # fmt: skip

# Sorts as Swedish does with any collation, as only a–z and 0–9 are used: å, ä, ö come after every other letter.
SORT = {"å": "zza", "ä": "zzb", "æ": "zzb", "ö": "zzc", "ø": "zzc"}


def search_key(*parts: str) -> str:
    """Every word with a blank before it, so that `contains(" ber")` finds words that begin with `ber`."""
    return " " + fold(" ".join(parts))


def sort_key(*parts: str) -> str:
    """An ASCII key in Swedish order, the same in every database."""
    return "0".join(
        "".join(SORT.get(c, c if c.isascii() else "") for c in fold(part)).replace(" ", "0") for part in parts
    )


WEEKDAYS = {
    "sv": ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
MONTHS = {
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def _lang() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def weekday(day: date) -> str:
    """`måndag`."""
    return WEEKDAYS[_lang()][day.weekday()]


def clock_time(moment: datetime) -> str:
    """`14.10`, in Swedish time."""
    return f"{clock.local(moment):%H.%M}"


def short_date(day: date) -> str:
    """`4 november`, with the year when it is another one than this."""
    name = MONTHS[_lang()][day.month - 1]
    return f"{day.day} {name}" if day.year == clock.today().year else f"{day.day} {name} {day.year}"


def spoken_date(day: date) -> str:
    """`i dag`, `i morgon`, `i går`, a weekday within the week, else the date."""
    away = (day - clock.today()).days
    if away == 0:
        return _("i dag")
    if away in (1, -1):
        return _("i morgon") if away == 1 else _("i går")
    if 1 < away < 7:
        return f"{weekday(day)} {short_date(day)}" if away > 5 else weekday(day)
    return short_date(day)


def spoken_time(moment: datetime) -> str:
    """`i dag 14.10`, `onsdag 13.00`, `30 november 09.00`."""
    return f"{spoken_date(clock.local(moment).date())} {clock_time(moment)}"


def spoken_span(length: timedelta) -> str:
    """`12 min`, `2 h 18 min`, `14 h`, `2 dagar`: as exact as it matters."""
    minutes = int(abs(length.total_seconds()) // 60)
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    if hours < 3 and rest:
        return _("%(h)d h %(m)d min") % {"h": hours, "m": rest}
    hours = hours if hours < 3 else round(minutes / 60)
    if hours < 36:
        return _("%(h)d h") % {"h": hours}
    days = round(hours / 24)
    return ngettext("%(n)d dag", "%(n)d dagar", days) % {"n": days}


def spoken_delta(moment: datetime) -> str:
    """From now: `om 5 h`, `2 dagar sen`, `nu`."""
    away = moment - clock.now()
    if abs(away) < timedelta(minutes=1):
        return _("nu")
    if away > timedelta():
        return _("om %(span)s") % {"span": spoken_span(away)}
    return _("%(span)s sen") % {"span": spoken_span(away)}


def age(born: date | None, on: date | None = None) -> int | None:
    """Whole years."""
    if born is None:
        return None
    on = on or clock.today()
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
