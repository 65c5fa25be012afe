"""Where units and homes lie, and how long it takes between them. What lies nowhere lies in the middle of its area."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from samband.people.models import Area, Person, Unit
from samband.resources.travel import Point, TravelTimes, provider


@dataclass
class Places:
    """Numbered places. `private` ones are told to no travel service and are on no map."""

    middle: tuple[float, float]
    names: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def unit(self, unit: Unit) -> int:
        return self._number(f"u{unit.pk}", unit.latitude, unit.longitude, unit.area, False)

    def home(self, person: Person) -> int:
        where = (person.latitude, person.longitude, person.area)
        return self._number(f"p{person.pk}", *where, private=person.is_protected)

    def _number(
        self, name: str, latitude: float | None, longitude: float | None, area: Area | None, private: bool
    ) -> int:
        if name not in self.numbers:
            if latitude is None or longitude is None:
                latitude, longitude = (area.latitude, area.longitude) if area is not None else (None, None)
            if latitude is None or longitude is None:
                latitude, longitude = self.middle
            self.numbers[name] = len(self.names)
            self.names.append(name)
            self.points.append(Point(latitude, longitude, private))
        return self.numbers[name]

    def travel(self, means: Iterable[str], source: TravelTimes | None = None) -> dict[str, np.ndarray]:
        """Minutes between all places, for each means of travel."""
        source = source or provider()
        return {name: source.minutes(name, self.points) for name in sorted(set(means)) or ["car"]}

    def shown(self) -> tuple[tuple[float, float] | None, ...]:
        """Longitude and latitude for a map."""
        return tuple(None if p.private else (p.longitude, p.latitude) for p in self.points)


def middle(areas: Iterable[Area]) -> tuple[float, float]:
    found = [(a.latitude, a.longitude) for a in areas if a.latitude is not None and a.longitude is not None]
    if not found:
        return 60.0, 17.0
    return sum(a for a, _ in found) / len(found), sum(b for _, b in found) / len(found)
