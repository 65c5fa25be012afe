"""Straight line × detour by means of travel: needs nobody else, and is what the other sources fall back to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samband.resources.travel.base import Point

EARTH = 6371.0088


@dataclass(frozen=True)
class Way:
    """How much longer the road is than the line, kilometres an hour, and minutes to get going and to the door."""

    detour: float
    speed: float
    fixed: float


WAYS = {
    "car": Way(1.35, 50.0, 2.0),
    "bike": Way(1.25, 15.0, 1.0),
    "foot": Way(1.2, 4.8, 0.5),
    "transit": Way(1.5, 25.0, 8.0),
}


def kilometres(points: Sequence[Point]) -> np.ndarray:
    """Great-circle distances."""
    lat = np.radians([p.latitude for p in points])
    lon = np.radians([p.longitude for p in points])
    a = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    return 2 * EARTH * np.arcsin(np.sqrt(np.clip(a, 0.0, 1.0)))


class StraightLine:
    """Zero between two doors at one place."""

    def minutes(self, means: str, points: Sequence[Point]) -> np.ndarray:
        way = WAYS.get(means, WAYS["car"])
        away = kilometres(points)
        found = away * way.detour / way.speed * 60.0 + way.fixed
        found[away < 0.005] = 0.0
        return np.round(found, 1)
