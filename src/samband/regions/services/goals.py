"""The regions' goals on one line of years, and those that the source gives no year. Two queries."""

from typing import Any

from samband.core.policy import Actor
from samband.regions.models import Goal
from samband.regions.rules import goalline
from samband.regions.services import reading

FIRST, LAST = 2015, 2035


def timeline(actor: Actor) -> dict[str, Any]:
    """`line`: what can be drawn, the nearest year first. `words`: a horizon in words only. `none`: nothing is said."""
    goals = list(reading.current(actor, Goal).select_related("region", "source").order_by("region__sort_name", "order"))
    drawn: list[tuple[goalline.Row, Goal]] = []
    words: list[Goal] = []
    for goal in goals:
        row = _row(goal)
        if row is None:
            words.append(goal)
        else:
            drawn.append((row, goal))
    drawn.sort(key=lambda pair: (pair[0].year or pair[0].last or LAST, pair[1].region.sort_name))
    told = {goal.region_id for goal in goals}
    rows = [row for row, _goal in drawn]
    first = min([FIRST, *(row.first for row in rows if row.first)])
    last = max([LAST, *(row.year for row in rows if row.year)])
    return {
        "line": goalline.draw(rows, max(first, 2010), min(last, 2050)),
        "goals": [goal for _line, goal in drawn],
        "words": words,
        "none": [region for region in reading.regions(actor) if region.pk not in told],
    }


def _row(goal: Goal) -> goalline.Row | None:
    """None where there is no year to draw."""
    span = goalline.period(goal.period)
    if goal.year is None and span is None:
        return None
    first, last = span or (None, None)
    return goalline.Row(goal.region.code, goal.region.name, goal.year, first, last)
