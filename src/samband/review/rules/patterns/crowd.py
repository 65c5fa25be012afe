"""A person whom many look at who have nothing to do with her care: somebody known, or somebody talked about."""

from collections import defaultdict
from collections.abc import Iterator

from samband.review.rules.facts import Known, Log, Raised, Visit, month
from samband.review.rules.patterns.acts import Acts, related, units_of
from samband.review.rules.robust import middle


def celebrity(log: Log, known: Known, figures: dict[str, float]) -> Iterator[Raised]:
    """Each outside reader of a person with more of them than others have; one is enough where a reviewer has marked her.

    Outside: none of the reader's units takes part in the care that day, or none of them wrote anything about the person
    within `days`.
    """
    acts = Acts(log.acts)
    outside: dict[tuple[int, str], dict[int, list[Visit]]] = defaultdict(lambda: defaultdict(list))
    read: set[tuple[int, str]] = set()
    for visit in log.visits:
        if visit.day < log.since:
            continue
        read.add((visit.person, month(visit.day)))
        if not _at_work(visit, known, acts, int(figures["days"])):
            outside[visit.person, month(visit.day)][visit.staff].append(visit)
    if not read:
        return
    centre, spread = middle([len(outside.get(key, ())) for key in sorted(read)])
    many = max(figures["readers"], centre + figures["times"] * spread)
    for (person, stamp), readers in outside.items():
        whom = known.persons.get(person)
        public = whom is not None and whom.public
        if len(readers) < many and not public:
            continue
        for staff, visits in readers.items():
            if whom is not None and whom.staff == staff:
                continue  # that she opened herself has a pattern of its own
            first = visits[0]
            yield Raised(
                "celebrity", staff, first.unit, first.role, first.day, person, tuple(v.event for v in visits),
                sum(v.times for v in visits), stamp, {"readers": len(readers), "public": public},
            )  # fmt: skip


def _at_work(visit: Visit, known: Known, acts: Acts, days: int) -> bool:
    units = units_of(visit, known)
    return any(related(unit, visit.person, visit.day, known) for unit in units) and any(
        acts.around(unit, visit.person, visit.day, days) for unit in units
    )
