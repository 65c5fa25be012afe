"""What the resolver is told: needs, places, rotas with shifts and weekly patterns, unit hours, absences."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
DAY = 24 * 60


class Need(StrEnum):
    """What somebody may need at any hour. `LIFE` is 112 and nothing else."""

    ADVICE = "advice"
    VISIT = "visit"
    DOCTOR = "doctor"
    MEDICINES = "medicines"
    CRISIS = "crisis"
    LIFE = "life"


COUNTED = (Need.ADVICE, Need.VISIT, Need.DOCTOR, Need.MEDICINES, Need.CRISIS)


class Reason(StrEnum):
    """Why nobody answers; in the order in which the most telling one is named."""

    ABSENT = "absent"
    VACANT = "vacant"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    GAP = "gap"
    NO_ROTA = "no_rota"


REASON_ORDER = {reason: i for i, reason in enumerate(Reason)}


@dataclass(frozen=True)
class Line:
    """A human at the end of a number. `assignment` ties the line to absences; without it nobody is ever absent."""

    who: str
    number: str
    channel: str = "phone"
    assignment: int | None = None


@dataclass(frozen=True)
class Hours:
    """A unit's week: (weekday, opens, closes) in minutes of the day. A public holiday counts as a Sunday.

    `known=False`: nobody has entered the hours; that is a named hole and never taken for open.
    """

    key: int
    name: str
    number: str = ""
    always: bool = False
    known: bool = True
    week: tuple[tuple[int, int, int], ...] = ()
    closed_from: date | None = None


@dataclass(frozen=True)
class Shift:
    """Somebody is on from `start` to `end` (minutes). A vacant shift says that nobody is, and masks the pattern."""

    key: int
    start: int
    end: int
    line: Line | None


@dataclass(frozen=True)
class Pattern:
    """A weekly pattern in wall-clock time: `closes` not after `opens` goes on past midnight; equal is a whole day."""

    key: int
    weekdays: frozenset[int]
    opens: int
    closes: int
    line: Line
    starts_on: date | None = None
    ends_on: date | None = None
    holidays_as_sunday: bool = True


@dataclass(frozen=True)
class Rota:
    """Who answers one need for some areas. `by_hours`: whoever is at the unit answers while it is open.

    The lower `order`, the earlier asked.
    """

    key: int
    name: str
    need: Need
    areas: frozenset[int]
    unit: Hours
    line: Line
    order: int = 50
    by_hours: bool = False
    shifts: tuple[Shift, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    ends_on: date | None = None


@dataclass(frozen=True)
class Absence:
    """Away from `start` to `end`; somebody stands in, or nobody."""

    key: int
    assignment: int
    start: int
    end: int
    substitute: Line | None = None


@dataclass(frozen=True)
class ContactPerson:
    """One of the person's three contacts (A13): answers these needs, at her unit's hours within office hours."""

    needs: frozenset[Need]
    unit: Hours
    line: Line


@dataclass(frozen=True)
class Place:
    """Where, and for whom: areas from the narrowest to the municipality, units that know the person, her contacts."""

    name: str
    areas: tuple[int, ...]
    units: frozenset[int] = frozenset()
    contacts: tuple[ContactPerson, ...] = ()


OFFICE = (8 * 60, 17 * 60)  # minutes of the day; a county sets its own (SAMBAND_OFFICE_HOURS)


def read_office(text: str) -> tuple[int, int]:
    """`08:00-17:00` → minutes of the day. Raises ValueError with a sentence."""
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", text.strip())
    if found:
        opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if opens < closes:
            return opens, closes
    raise ValueError(f"{text!r} are no office hours; expected for example 08:00-17:00, on one day.")


EMERGENCY = Line("112", "112")
ADVICE_LINE = Line("1177", "1177")
LAST: dict[Need, Line] = dict.fromkeys(COUNTED, ADVICE_LINE) | {Need.CRISIS: EMERGENCY, Need.LIFE: EMERGENCY}


@dataclass(frozen=True)
class Book:
    """Everything the resolver looks in. `last` is the human at the end of every chain, by need."""

    rotas: tuple[Rota, ...] = ()
    absences: tuple[Absence, ...] = ()
    holidays: frozenset[date] = frozenset()
    office: tuple[int, int] = OFFICE
    last: dict[Need, Line] = field(default_factory=lambda: dict(LAST))
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
