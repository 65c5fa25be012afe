"""Stretches of time as people speak of them."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from samband.core import clock, text


def stretch(start: datetime, end: datetime) -> str:
    """`i kväll 21.30–00.00`, `fredag 22.00–måndag 08.00`. Midnight at the end belongs to the day that ends."""
    a, b = clock.local(start), clock.local(end)
    last = b - timedelta(minutes=1)
    if a.date() == last.date() or b - a <= timedelta(hours=14):
        return f"{day(start)} {text.clock_time(start)}–{text.clock_time(end)}"
    return f"{day(start)} {text.clock_time(start)}–{text.spoken_date(last.date())} {text.clock_time(end)}"


def day(moment: datetime) -> str:
    """`i kväll`, `i natt` today, else the day."""
    local = clock.local(moment)
    if text.spoken_date(local.date()) != _("i dag"):
        return text.spoken_date(local.date())
    if local.hour >= 22 or local.hour < 5:
        return _("i natt") if local.hour >= 22 else _("i dag")
    return _("i kväll") if local.hour >= 17 else _("i dag")
