"""Whether a unit had anything to do with a person around a day: what several patterns ask."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from samband.review.rules.facts import Act, Known, Visit


class Acts:
    """The acts by unit and person, in the order of days."""

    def __init__(self, acts: Iterable[Act]):
        found: dict[tuple[int, int], set[date]] = defaultdict(set)
        for act in acts:
            found[act.unit, act.person].add(act.day)
        self._days = {key: sorted(days) for key, days in found.items()}

    def between(self, unit: int, person: int, first: date, last: date) -> bool:
        """Whether the unit acted between two days, both included."""
        days = self._days.get((unit, person), [])
        at = bisect_left(days, first)
        return at < len(days) and days[at] <= last

    def around(self, unit: int, person: int, day: date, days: int) -> bool:
        return self.between(unit, person, day - timedelta(days), day + timedelta(days))


def units_of(visit: Visit, known: Known) -> frozenset[int]:
    """The unit she read from, and what her assignments reach besides."""
    reader = known.readers.get(visit.staff)
    return (reader.units if reader else frozenset()) | {visit.unit}


def related(unit: int, person: int, day: date, known: Known) -> bool:
    """Whether the unit took part in the person's care on the day."""
    return any(
        first <= day and (last is None or day <= last) for first, last in known.relations.get((unit, person), ())
    )
