"""Coordinates of the sheet's pictures: today → wanted on one scale 1–5, and a statement over the years. Pure; SVG user units."""

from collections.abc import Sequence
from typing import Any

WIDTH, HEIGHT, SIDE = 320, 44, 16
LEVELS = (1, 2, 3, 4, 5)


def place(value: float, width: int = WIDTH) -> float:
    """Where a level stands on the line."""
    return round(SIDE + (value - 1) / 4 * (width - 2 * SIDE), 1)


def dumbbell(today: float, wanted: float) -> dict[str, Any]:
    """Two points and the line between them. Where they fall together their figures stand on either side."""
    a, b = place(today), place(wanted)
    close = abs(a - b) < 22
    left = a <= b
    return {
        "today": a, "wanted": b, "line": (min(a, b), max(a, b)), "ticks": [(place(level), level) for level in LEVELS],
        "today_text": a - 12 if close and left else a + 12 if close else a,
        "wanted_text": b + 12 if close and left else b - 12 if close else b,
    }  # fmt: skip


def over_years(
    values: Sequence[tuple[int, float | None, float | None]], width: int = 320, height: int = 120
) -> dict[str, Any]:
    """Two lines (today, wanted) over `(year, today, wanted)`; a year without values breaks the line, and is never 0."""
    top, bottom = 12, height - 24

    def x(i: int) -> float:
        return round(SIDE + 12 + i * (width - 2 * SIDE - 24) / max(1, len(values) - 1), 1)

    def y(value: float) -> float:
        return round(bottom - (value - 1) / 4 * (bottom - top), 1)

    picture: dict[str, Any] = {
        "width": width, "height": height, "levels": [(y(level), level) for level in (1, 3, 5)],
        "years": [(x(i), row[0]) for i, row in enumerate(values)], "foot": height - 6, "right": width - SIDE,
    }  # fmt: skip
    for name, column in (("today", 1), ("wanted", 2)):
        points = [(x(i), y(row[column])) if row[column] is not None else None for i, row in enumerate(values)]  # type: ignore[arg-type]
        picture[name] = [point for point in points if point]
        picture[f"{name}_path"] = _path(points)
    return picture


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    parts, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        parts.append(f"{pen}{point[0]} {point[1]}")
        pen = "L"
    return " ".join(parts)
