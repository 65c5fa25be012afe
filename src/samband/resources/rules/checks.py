"""What is wrong with a shift or a delegation that somebody wants to keep: the same answers for a form and a row of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from samband.resources.rules.competence import NEEDS_NO_DELEGATION, NO_VISITS

LONGEST = timedelta(hours=24)
YEAR = timedelta(days=366)

Stretch = tuple[datetime, datetime]


class Wrong(StrEnum):
    ORDER = "order"
    LONG = "long"
    OVERLAP = "overlap"
    AWAY = "away"
    NOT_EMPLOYED = "not_employed"
    NO_VISITS = "no_visits"
    NO_COMPETENCE = "no_competence"
    BREAK_PART = "break_part"
    BREAK_LONG = "break_long"
    BREAK_OUTSIDE = "break_outside"
    DAYS = "days"
    YEAR = "year"
    SELF = "self"
    LICENSED = "licensed"
    TWICE = "twice"
    PAST = "past"


@dataclass(frozen=True)
class Found:
    """`field`: where in the form it stands; `other`: what it collides with, where something does."""

    wrong: Wrong
    field: str
    other: Stretch | None = None


@dataclass(frozen=True)
class Rest:
    """A break as it is asked for: begun not before `opens`, begun by `closes`, so many minutes."""

    opens: time | None = None
    closes: time | None = None
    minutes: int = 0


@dataclass(frozen=True)
class Worker:
    """What is known of whoever is to work: role, days of the assignment, competences, other shifts, absences."""

    role: str
    starts_on: date
    ends_on: date | None = None
    skills: frozenset[str] = frozenset()
    taken: tuple[Stretch, ...] = ()
    away: tuple[Stretch, ...] = ()


def meets(one: Stretch, rows: Sequence[Stretch]) -> Stretch | None:
    """The first of the rows that shares time with it; what only touches does not."""
    return next((row for row in rows if row[0] < one[1] and one[0] < row[1]), None)


def shift(start: datetime, end: datetime, days: tuple[date, date], worker: Worker, rest: Rest = Rest()) -> list[Found]:
    """Everything that speaks against the shift. `days`: the days of the wall clock on which it begins and ends."""
    if end <= start:
        return [Found(Wrong.ORDER, "ends_at")]
    found = [Found(Wrong.LONG, "ends_at")] if end - start > LONGEST else []
    if worker.role in NO_VISITS:
        found.append(Found(Wrong.NO_VISITS, "assignment"))
    elif not worker.skills - {"none"}:
        found.append(Found(Wrong.NO_COMPETENCE, "assignment"))
    if days[0] < worker.starts_on or (worker.ends_on is not None and days[0] > worker.ends_on):
        found.append(Found(Wrong.NOT_EMPLOYED, "assignment"))
    for wrong, rows in ((Wrong.OVERLAP, worker.taken), (Wrong.AWAY, worker.away)):
        if other := meets((start, end), rows):
            found.append(Found(wrong, "starts_at", other))
    return [*found, *_rest(start, end, rest)]


def _rest(start: datetime, end: datetime, rest: Rest) -> list[Found]:
    asked = (rest.opens is not None, rest.closes is not None, rest.minutes > 0)
    if any(asked) and not all(asked):
        return [Found(Wrong.BREAK_PART, "break_minutes")]
    if not rest.minutes:
        return []
    if timedelta(minutes=rest.minutes) >= end - start:
        return [Found(Wrong.BREAK_LONG, "break_minutes")]
    return []


def outside(first: time, last: time, rest: Rest) -> bool:
    """Whether the break may begin only when the shift is over or not begun; `first`, `last`: the shift on the wall clock."""
    if rest.opens is None or rest.closes is None:
        return False

    def minute(moment: time) -> int:
        """Minutes since the shift's first one; what is earlier on the clock is the next day."""
        return (moment.hour * 60 + moment.minute - first.hour * 60 - first.minute) % (24 * 60)

    length = minute(last) or 24 * 60
    return minute(rest.opens) > minute(rest.closes) or minute(rest.closes) + rest.minutes > length


def delegation(
    role: str, same: bool, starts_on: date, ends_on: date, today: date, valid: Sequence[tuple[date, date]]
) -> list[Found]:
    """`same`: giver and receiver are one; `valid`: days of what she has already for the same act and person."""
    found = []
    if same:
        found.append(Found(Wrong.SELF, "assignment"))
    elif role in NEEDS_NO_DELEGATION:
        found.append(Found(Wrong.LICENSED, "assignment"))
    elif role in NO_VISITS:
        found.append(Found(Wrong.NO_VISITS, "assignment"))
    if ends_on < starts_on:
        return [*found, Found(Wrong.DAYS, "ends_on")]
    if ends_on < today:
        found.append(Found(Wrong.PAST, "ends_on"))
    if ends_on - starts_on > YEAR:
        found.append(Found(Wrong.YEAR, "ends_on"))
    if any(a <= ends_on and starts_on <= b for a, b in valid):
        found.append(Found(Wrong.TWICE, "act"))
    return found
