"""What a source of travel times is asked and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class Point:
    """A place on earth (degrees). `private`: never told to anybody outside Samband."""

    latitude: float
    longitude: float
    private: bool = False


class TravelTimes(Protocol):
    """Minutes between all pairs of points, by a means of travel."""

    def minutes(self, means: str, points: Sequence[Point]) -> np.ndarray: ...
