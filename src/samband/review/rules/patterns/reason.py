"""Reading that led to nothing: no act by the unit, or a care relation begun just to read."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from samband.review.rules.facts import Begun, Known, Log, Raised, Visit, month
from samband.review.rules.patterns.acts import Acts, units_of


def no_act(log: Log, known: Known, figures: dict[str, float]) -> Iterator[Raised]:
    """Nobody at the reader's units wrote anything about the person within `days`, and nobody else there opened her.

    A person's own contact may read without writing. Judged when the days have passed.
    """
    days = int(figures["days"])
    acts = Acts(log.acts)
    seen: dict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    for visit in log.visits:
        seen[visit.unit, visit.person].append((visit.day, visit.staff))
    found: dict[tuple[int, int, str], list[Visit]] = defaultdict(list)
    for visit in log.visits:
        if log.since <= visit.day <= log.today - timedelta(days) and _idle(visit, known, acts, seen, days):
            found[visit.staff, visit.person, month(visit.day)].append(visit)
    for (staff, person, stamp), visits in found.items():
        first = visits[0]
        yield Raised(
            "no_act", staff, first.unit, first.role, first.day, person, tuple(v.event for v in visits),
            sum(v.times for v in visits), stamp, {"days": days},
        )  # fmt: skip


def _idle(
    visit: Visit, known: Known, acts: Acts, seen: dict[tuple[int, int], list[tuple[date, int]]], days: int
) -> bool:
    whom = known.persons.get(visit.person)
    if whom is not None and visit.staff in whom.contacts:
        return False
    if any(acts.around(unit, visit.person, visit.day, days) for unit in units_of(visit, known)):
        return False
    near = timedelta(days)
    return not any(
        staff != visit.staff and abs(day - visit.day) <= near for day, staff in seen[visit.unit, visit.person]
    )


def started(log: Log, known: Known, figures: dict[str, float]) -> Iterator[Raised]:
    """She began the care relation herself, read within `minutes`, and the unit did nothing more within `days`."""
    days = int(figures["days"])
    acts = Acts(log.acts)
    begun: dict[tuple[int, int, date], list[Begun]] = defaultdict(list)
    for row in log.begun:
        begun[row.staff, row.person, row.day].append(row)
    for visit in log.visits:
        if not log.since <= visit.day <= log.today - timedelta(days):
            continue
        gap = _gap(visit, begun.get((visit.staff, visit.person, visit.day), []), figures["minutes"])
        last = visit.day + timedelta(days)
        if gap is None or any(acts.between(u, visit.person, visit.day, last) for u in units_of(visit, known)):
            continue
        yield Raised(
            "started", visit.staff, visit.unit, visit.role, visit.day, visit.person, (visit.event,), visit.times,
            f"{visit.day}", {"minutes": gap, "days": days},
        )  # fmt: skip


def _gap(visit: Visit, rows: list[Begun], minutes: float) -> int | None:
    """The shortest time between the beginning and a reading after it."""
    gaps = [m - row.minute for row in rows if row.unit == visit.unit for m in visit.minutes if m >= row.minute]
    return min(gaps) if gaps and min(gaps) <= minutes else None
