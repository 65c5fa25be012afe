"""The plain facts that the patterns stand on, gathered from the log and the register. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Place = tuple[float, float]  # latitude, longitude; degrees
Name = tuple[str, str]  # given, family; folded


@dataclass(frozen=True)
class Visit:
    """One member of staff opened one person on one day, from one unit. `minutes`: of the local day, ascending."""

    staff: int
    person: int
    unit: int
    role: str
    day: date
    minutes: tuple[int, ...]
    event: int
    times: int = 1


@dataclass(frozen=True)
class Refusals:
    """How often somebody was told no on one day."""

    staff: int
    unit: int
    role: str
    day: date
    times: int
    event: int


@dataclass(frozen=True)
class Act:
    """A unit wrote something about the person: a visit, a note, a change."""

    unit: int
    person: int
    day: date


@dataclass(frozen=True)
class Begun:
    """Somebody started a care relation between her unit and the person, at a minute of the local day."""

    staff: int
    unit: int
    person: int
    day: date
    minute: int


@dataclass(frozen=True)
class Reader:
    """A member of staff. `own`: her own record as a person; `units`: all that her assignments reach."""

    staff: int
    name: Name
    own: int | None = None
    relative_of: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Whom:
    """A person who was read about. A hidden address (protected identity) is never compared with anybody's."""

    person: int
    name: Name
    address: str = ""
    place: Place | None = None
    hidden: bool = False
    staff: int | None = None
    staff_units: frozenset[int] = frozenset()
    relatives: frozenset[Name] = frozenset()
    contacts: frozenset[int] = frozenset()
    public: bool = False


Hours = tuple[tuple[int, int, int], ...]  # weekday, opens, closes: minutes of the day
Spans = tuple[tuple[date, date | None], ...]


@dataclass(frozen=True)
class Log:
    """What is looked at. Days before `since` are history only; `today` says how far one can see."""

    since: date
    today: date
    visits: tuple[Visit, ...] = ()
    refusals: tuple[Refusals, ...] = ()
    acts: tuple[Act, ...] = ()
    begun: tuple[Begun, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the register knows. `hours` of a unit is None where it answers round the clock or nobody has said when.

    `surnames`: how many of a thousand persons have the folded family name.
    """

    readers: Mapping[int, Reader] = field(default_factory=dict)
    persons: Mapping[int, Whom] = field(default_factory=dict)
    hours: Mapping[int, Hours | None] = field(default_factory=dict)
    relations: Mapping[tuple[int, int], Spans] = field(default_factory=dict)
    surnames: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Raised:
    """Something to check: about one member of staff, at a unit, on a day, mostly about one person.

    `stamp` (a day or a month) makes the same thing found twice one check; `why` holds the figures of the sentence.
    """

    pattern: str
    staff: int
    unit: int
    role: str
    day: date
    person: int | None
    events: tuple[int, ...]
    times: int
    stamp: str
    why: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.pattern}:{self.staff}:{self.person or ''}:{self.stamp}"


def month(day: date) -> str:
    return f"{day:%Y-%m}"
