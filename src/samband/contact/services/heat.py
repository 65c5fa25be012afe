"""The heat map week × hour and its table, and holes that recur told once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.contact import rules
from samband.contact.models import NeedKind
from samband.contact.rules.model import ZONE
from samband.contact.services import spoken
from samband.contact.services.answers import reason_word
from samband.contact.services.coverage import Picture
from samband.contact.services.tonight import concerns
from samband.core import text

CELL, ROW, LEFT, TOP = 5, 24, 62, 34


def heat(picture: Picture) -> dict[str, Any]:
    """SVG geometry: a row a week, a column an hour; the stronger the colour, the more municipalities and needs without an answer."""
    uncovered = picture.coverage.uncovered()
    cells: list[dict[str, Any]] = []
    table = [[0] * 7 for _week in range(picture.weeks)]
    for i, count in enumerate(uncovered):
        local = rules.moment_of(picture.coverage.start + 60 * i).astimezone(ZONE)
        day = (local.date() - picture.first).days
        week, weekday = divmod(day, 7)
        if week >= picture.weeks:
            continue
        table[week][weekday] += count
        if not count:
            continue
        if cells and cells[-1]["count"] == count and cells[-1]["next"] == (week, weekday * 24 + local.hour):
            cells[-1]["width"] += CELL
            cells[-1]["next"] = (week, weekday * 24 + local.hour + 1)
            continue
        cells.append({
            "x": LEFT + CELL * (weekday * 24 + local.hour), "y": TOP + week * (ROW + 6), "width": CELL, "count": count,
            "level": min(count, 4), "next": (week, weekday * 24 + local.hour + 1), "when": text.spoken_time(local),
        })  # fmt: skip
    days = [picture.first + timedelta(days=n) for n in range(7)]
    return {
        "width": LEFT + CELL * 168,
        "height": TOP + picture.weeks * (ROW + 6),
        "row": ROW,
        "cells": cells,
        "days": [{"x": LEFT + CELL * 24 * n, "label": text.weekday(day)[:3]} for n, day in enumerate(days)],
        "weeks": [
            {"y": TOP + n * (ROW + 6), "text_y": TOP + n * (ROW + 6) + 16, "label": _("v. %(n)d") % {"n": first.isocalendar().week},
             "sums": table[n], "first": first, "total": sum(table[n])}
            for n in range(picture.weeks)
            for first in [picture.first + timedelta(weeks=n)]
        ],
        "right": LEFT + CELL * 168,
        "levels": [1, 2, 3, 4],
    }  # fmt: skip


@dataclass(frozen=True)
class Recurring:
    """Holes of the same place, need and hours told as one: `mån–tors 21.30–00.00, 24 gånger`."""

    place: str
    need: str
    when: str
    times: int
    hours: float
    first: str
    persons: int
    concerns: str
    reason: str
    soonest: Any


def recurring(picture: Picture) -> list[Recurring]:
    """Holes grouped by what recurs, the soonest first."""
    groups: dict[tuple, list[rules.Gap]] = defaultdict(list)
    for gap in picture.gaps:
        a, b = gap.start.astimezone(ZONE), gap.end.astimezone(ZONE)
        groups[gap.area, gap.need, f"{a:%H.%M}", f"{b:%H.%M}", (b.date() - a.date()).days, gap.reason].append(gap)
    _join_cut(groups, picture)
    found = []
    for (area, need, a, b, nights, reason), gaps in groups.items():
        persons = picture.persons.get(area, 0)
        first = gaps[0]
        when = spoken.stretch(first.start, first.end) if len(gaps) == 1 or nights > 1 else f"{days_of(gaps)} {a}–{b}"
        found.append(
            Recurring(
                first.place, str(NeedKind(need).label), when, len(gaps), sum(g.minutes for g in gaps) / 60,
                text.spoken_time(first.start), persons, concerns(persons), reason_word(reason), first.start,
            )
        )  # fmt: skip
    return sorted(found, key=lambda row: row.soonest)


def _join_cut(groups: dict[tuple, list[rules.Gap]], picture: Picture) -> None:
    """A hole that the edge of the picture cuts belongs with those that begin (or end) at the same hour."""
    edges = (rules.moment_of(picture.coverage.start), rules.moment_of(picture.coverage.end))
    for key, gaps in list(groups.items()):
        if len(gaps) > 1 or not (gaps[0].start == edges[0] or gaps[0].end == edges[1]):
            continue
        clock = 3 if gaps[0].start == edges[0] else 2
        like = [k for k in groups if k != key and k[:2] == key[:2] and k[clock] == key[clock] and k[5] == key[5]]
        if like:
            groups[like[0]] = sorted([*groups[like[0]], *groups.pop(key)], key=lambda gap: gap.start)


def days_of(gaps: list[rules.Gap]) -> str:
    """`mån, tis, ons, tors`, `varje dag`."""
    numbers = sorted({gap.start.astimezone(ZONE).weekday() for gap in gaps})
    if len(numbers) == 7:
        return _("varje dag")
    names = text.WEEKDAYS[text._lang()]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{names[numbers[0]][:3]}–{names[numbers[-1]][:3]}"
    return ", ".join(names[n][:3] for n in numbers)


def finding(picture: Picture) -> str:
    """The heading that says what was found."""
    count = len(picture.gaps)
    if not count:
        return _("Någon svarar varje timme, överallt")
    hours = round(sum(gap.minutes for gap in picture.gaps) / 60)
    places = len({gap.area for gap in picture.gaps})
    return ngettext(
        "%(n)d lucka på %(h)d timmar, i %(p)d av %(all)d kommuner", "%(n)d luckor på %(h)d timmar, i %(p)d av %(all)d kommuner", count
    ) % {"n": count, "h": hours, "p": places, "all": len({row.place.areas for row in picture.coverage.rows})}  # fmt: skip
