"""Median and its deviation: one wild day moves neither, so that it is seen against the ordinary ones."""

from collections.abc import Sequence
from statistics import median

SIGMA = 1.4826  # what makes the deviation of a normal distribution's median comparable to its standard deviation


def middle(values: Sequence[float]) -> tuple[float, float]:
    """The median and the median distance from it (at least 1: counts of persons are whole)."""
    centre = median(values)
    return centre, max(1.0, SIGMA * median(abs(v - centre) for v in values))


def above(value: float, values: Sequence[float], times: float) -> bool:
    """Whether `value` lies more than `times` deviations over the middle of `values`; empty values say no."""
    if not values:
        return False
    centre, spread = middle(values)
    return value > centre + times * spread
