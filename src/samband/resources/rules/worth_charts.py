"""Coordinates of bars lying down, one or two to a row, with the spread between seeds as a thin line. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

BAR, BETWEEN, TOP = 13, 9, 8
LETTERS = 27  # of a label; the whole stands in the table


@dataclass
class Bars:
    """`rows`: label, text_y, bars [{kind, x, y, width, text, text_x, text_y, anchor, low_x, high_x, mid_y}]; `zero`: x of nothing."""

    width: int
    height: int
    zero: float
    rows: list[dict[str, Any]] = field(default_factory=list)


def bars(rows: Iterable[Mapping[str, Any]], *, width: int = 520, left: int = 188, right: int = 74) -> Bars:
    """Rows of {label, bars: [{value, text, kind, low, high}]}. Values below nothing go to the left of the line of nothing."""
    rows = list(rows)
    ends = [v for row in rows for bar in row["bars"] for v in (bar["value"], bar.get("low", 0.0), bar.get("high", 0.0))]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    # Where something is less than nothing, its figure needs a place between the labels and the bars.
    begin = left + (right if low < 0 else 0)
    scale = (width - right - begin) / ((high - low) or 1.0)

    def x(value: float) -> float:
        return round(begin + (value - low) * scale, 1)

    chart, y = Bars(width, 0, x(0.0)), TOP
    for row in rows:
        label = str(row["label"])
        drawn = [_bar(bar, x, y + k * BAR) for k, bar in enumerate(row["bars"])]
        cut = label if len(label) <= LETTERS else f"{label[: LETTERS - 1].rstrip()}…"
        chart.rows.append({"label": cut, "whole": label, "bars": drawn, "text_y": y + len(drawn) * BAR / 2 + 3.5})
        y += len(drawn) * BAR + BETWEEN
    chart.height = y + TOP - BETWEEN
    return chart


def _bar(bar: Mapping[str, Any], x: Any, y: int) -> dict[str, Any]:
    start, end = sorted((x(0.0), x(bar["value"])))
    span = [x(bar[name]) for name in ("low", "high")] if bar.get("low", 0.0) != bar.get("high", 0.0) else None
    back = bar["value"] < 0
    edge = min(start, *(span or [start])) - 6 if back else max(end, *(span or [end])) + 6
    return {
        "kind": bar.get("kind", "joint"), "x": start, "y": y, "width": round(max(1.0, end - start), 1), "height": BAR - 3,
        "text": bar.get("text", ""), "text_x": round(edge, 1), "text_y": y + BAR - 4, "anchor": "end" if back else "start",
        "low_x": span[0] if span else None, "high_x": span[1] if span else None, "mid_y": y + (BAR - 3) / 2,
    }  # fmt: skip
