"""Reading when the unit is closed and the reader is not usually at work."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from samband.review.rules.facts import Hours, Known, Log, Raised, Visit

DAYS = 5  # other days that it takes to know when somebody usually works


def hours(log: Log, known: Known, figures: dict[str, float]) -> Iterator[Raised]:
    """One check for each reader and day with openings out of hours. Units that answer round the clock are left out."""
    theirs: dict[int, dict[date, set[int]]] = defaultdict(lambda: defaultdict(set))
    for visit in log.visits:
        theirs[visit.staff][visit.day].update(visit.minutes)
    found: dict[tuple[int, date], list[tuple[int, Visit]]] = defaultdict(list)
    for visit in log.visits:
        week = known.hours.get(visit.unit)
        if visit.day < log.since or week is None:
            continue
        odd = [m for m in visit.minutes if not _open(week, visit.day, m, figures["margin"])]
        odd = [m for m in odd if not _usual(theirs[visit.staff], visit.day, m, figures["share"])]
        if odd:
            found[visit.staff, visit.day].append((odd[0], visit))
    for (staff, day), pairs in found.items():
        minute, first = min(pairs, key=lambda pair: (pair[0], pair[1].event))
        persons = {v.person for _m, v in pairs}
        yield Raised(
            "hours", staff, first.unit, first.role, day, first.person if len(persons) == 1 else None,
            tuple(v.event for _m, v in pairs), sum(v.times for _m, v in pairs), f"{day}",
            {"clock": f"{minute // 60:02d}.{minute % 60:02d}", "persons": len(persons)},
        )  # fmt: skip


def _open(week: Hours, day: date, minute: int, margin: float) -> bool:
    return any(
        weekday == day.weekday() and opens - margin <= minute < closes + margin for weekday, opens, closes in week
    )


def _usual(days: dict[date, set[int]], day: date, minute: int, share: float) -> bool:
    """Whether she has read within an hour of that time on at least `share` percent of her other days."""
    others = [minutes for other, minutes in days.items() if other != day]
    if len(others) < DAYS:
        return False
    near = sum(any(abs(m - minute) <= 60 for m in minutes) for minutes in others)
    return 100 * near >= share * len(others)
