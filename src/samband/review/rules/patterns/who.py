"""Patterns about who reads whom: oneself, those near, neighbours, colleagues."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from samband.review.rules.facts import Known, Log, Raised, Reader, Visit, Whom, month
from samband.review.rules.near import how_near

Figures = dict[str, float]
Ask = Callable[[Reader, Whom, Visit], dict[str, Any] | None]


def _pairs(pattern: str, log: Log, known: Known, ask: Ask) -> Iterator[Raised]:
    """One check for each reader, person and month that `ask` has something to say about."""
    gathered: dict[tuple[int, int, str], list[Visit]] = defaultdict(list)
    for visit in log.visits:
        if visit.day >= log.since:
            gathered[visit.staff, visit.person, month(visit.day)].append(visit)
    for (staff, person, stamp), visits in gathered.items():
        reader, whom, first = known.readers.get(staff), known.persons.get(person), visits[0]
        if reader is None or whom is None:
            continue
        why = ask(reader, whom, first)
        if why is not None:
            yield Raised(
                pattern, staff, first.unit, first.role, first.day, person, tuple(v.event for v in visits),
                sum(v.times for v in visits), stamp, why,
            )  # fmt: skip


def own(log: Log, known: Known, figures: Figures) -> Iterator[Raised]:
    """She opened herself."""
    return _pairs("own", log, known, lambda reader, whom, _v: {} if reader.own == whom.person else None)


def relative(log: Log, known: Known, figures: Figures) -> Iterator[Raised]:
    """Somebody near: a relative by account, by name, or with a family name that few have."""

    def ask(reader: Reader, whom: Whom, _visit: Visit) -> dict[str, Any] | None:
        if reader.own == whom.person:
            return None
        if whom.person in reader.relative_of:
            return {"how": "account"}
        if reader.name in whom.relatives:
            return {"how": "name"}
        family = reader.name[1]
        if family and family == whom.name[1] and known.surnames.get(family, 0.0) <= figures["rare"]:
            return {"how": "surname"}
        return None

    return _pairs("relative", log, known, ask)


def neighbour(log: Log, known: Known, figures: Figures) -> Iterator[Raised]:
    """Somebody who lives where she lives, or near. Where she lives is known only if she is a person here herself."""

    def ask(reader: Reader, whom: Whom, _visit: Visit) -> dict[str, Any] | None:
        home = known.persons.get(reader.own) if reader.own else None
        if home is None or home.person == whom.person:
            return None
        far = how_near(home, whom, figures["metres"])
        return None if far is None else {"metres": round(far, -1)}

    return _pairs("neighbour", log, known, ask)


def colleague(log: Log, known: Known, figures: Figures) -> Iterator[Raised]:
    """Somebody who works at the same unit, or anywhere in the organisation (`reach` 2)."""

    def ask(reader: Reader, whom: Whom, visit: Visit) -> dict[str, Any] | None:
        if whom.staff is None or whom.staff == reader.staff:
            return None
        same = visit.unit in whom.staff_units
        return {"same": same} if same or figures["reach"] >= 2 else None

    return _pairs("colleague", log, known, ask)
