"""Coordinates of charts: plain numbers for SVG attributes, so that no style attribute is needed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Lanes:
    """A lane chart over a span of time: bars, holes, hour lines."""

    width: int
    height: int
    left: int
    top: int
    ticks: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    now: float | None = None


def lanes(
    rows: Iterable[Mapping[str, Any]],
    start: datetime,
    end: datetime,
    *,
    hours: int = 2,
    width: int = 424,
    left: int = 104,
    row: int = 29,
    now: datetime | None = None,
) -> Lanes:
    """Lay out rows of `{label, strong, bars: [{start, end, label, hole, unknown, url}]}` between two times.

    A bar that begins before or ends after the span is cut at its edge. A label that cannot fit is left to the title.
    """
    top = 26
    span = (end - start).total_seconds()
    rows = list(rows)

    def x(moment: datetime) -> float:
        share = max(0.0, min(1.0, (moment - start).total_seconds() / span))
        return round(left + share * (width - left), 1)

    chart = Lanes(width, top + row * len(rows) + 6, left, top, now=x(now) if now and start <= now <= end else None)
    count = int(span // 3600)
    for hour in range(0, count + 1, hours):
        place = round(left + hour / (span / 3600) * (width - left), 1)
        label = f"{(start.hour + hour) % 24:02d}" if hour % (2 * hours) == 0 else ""
        anchor = "end" if hour == count else "start" if hour == 0 else "middle"
        chart.ticks.append({"x": place, "label": label, "anchor": anchor})
    for i, item in enumerate(rows):
        y = top + i * row
        bars = [_bar(bar, x, y) for bar in item["bars"] if bar["end"] > start and bar["start"] < end]
        chart.rows.append(
            {"label": item["label"], "strong": item.get("strong"), "y": y, "text_y": y + 15, "bars": bars}
        )
    return chart


def _bar(bar: Mapping[str, Any], x: Any, y: int) -> dict[str, Any]:
    left, right = x(bar["start"]), x(bar["end"])
    width = round(max(2.0, right - left - 1), 1)
    fits = len(bar.get("label", "")) * 6.4 + 12 < width
    place = {"x": left, "y": y, "width": width, "text_x": left + 7, "edge_y": y + 20}
    return {**bar, **place, "fits": fits, "mark_x": round(left + width / 2 - 4.5, 1), "mark_y": y + 6.5}


def _path(points: Sequence[Mapping[str, Any]]) -> str:
    """From point to point, begun anew after each gap."""
    steps, drawing = [], False
    for point in points:
        if point["y"] is not None:
            steps.append(f"{'L' if drawing else 'M'}{point['x']} {point['y']}")
        drawing = point["y"] is not None
    return " ".join(steps)


@dataclass
class Line:
    """A run of values with its middle lines, ready for SVG."""

    width: int
    height: int
    foot_y: int
    points: list[dict[str, Any]] = field(default_factory=list)
    path: str = ""
    levels: list[dict[str, Any]] = field(default_factory=list)
    middles: list[dict[str, Any]] = field(default_factory=list)
    change: dict[str, Any] | None = None


def line(
    values: Sequence[Mapping[str, Any]],
    *,
    levels: Sequence[float],
    change_at: int | None = None,
    change_label: str = "",
    middles: Sequence[Mapping[str, Any]] = (),
    width: int = 480,
    height: int = 200,
) -> Line:
    """Values `{label, value}` in order; `middles` `{from, to, value, label}` by index; after `change_at` points are filled.

    A value of None is a gap: its label stands, the line is broken there.
    """
    low, high = min(levels), max(*levels, *(item["value"] for item in values if item["value"] is not None))
    left, right, top, bottom = 34, width - 34, 34, height - 24

    def x(i: float) -> float:
        return round(left + i * (right - left) / max(1, len(values) - 1), 1)

    def y(value: float) -> float:
        return round(bottom - (value - low) * (bottom - top) / ((high - low) or 1), 1)

    chart = Line(width, height, height - 6)
    for i, item in enumerate(values):
        after = change_at is not None and i >= change_at
        at = None if item["value"] is None else y(item["value"])
        chart.points.append({**item, "x": x(i), "y": at, "after": after})
    chart.path = _path(chart.points)
    chart.levels = [{"y": y(v), "text_y": y(v) + 4, "label": v, "x2": right} for v in levels]
    for m in middles:
        at, end = y(m["value"]), x(m["to"])
        chart.middles.append(
            {"x1": x(m["from"]), "x2": end, "y": at, "label": m["label"], "text_x": end + 5, "text_y": at - 4}
        )
    if change_at is not None:
        at = x(change_at - 0.5)
        chart.change = {"x": at, "y2": bottom, "label": change_label, "text_x": at - 6}
    return chart
