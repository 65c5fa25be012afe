"""A day in a narrow column."""

from datetime import date

from samband.core import clock, text


def brief(day: date) -> str:
    """`i dag`, `onsdag`, `30 nov`: a date in a narrow column."""
    if -2 < (day - clock.today()).days < 7:
        return text.spoken_date(day)
    words = text.short_date(day).split(" ")
    return " ".join([words[0], words[1][:3], *words[2:]])
