"""Much more than usual: persons opened in a day, refusals in a day."""

from collections import defaultdict
from collections.abc import Iterator

from samband.review.rules.facts import Known, Log, Raised, Visit
from samband.review.rules.robust import above, middle

HISTORY = 5  # days that it takes to know what is usual for somebody


def volume(log: Log, known: Known, figures: dict[str, float]) -> Iterator[Raised]:
    """More persons in a day than the reader's own days before, and than a day of others in her role."""
    days: dict[tuple[int, object], list[Visit]] = defaultdict(list)
    for visit in log.visits:
        days[visit.staff, visit.day].append(visit)
    mine: dict[int, list[tuple[object, int]]] = defaultdict(list)
    roles: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (staff, day), visits in days.items():
        count = len({v.person for v in visits})
        mine[staff].append((day, count))
        roles[visits[0].role].append((staff, count))
    for (staff, day), visits in days.items():
        first = min(visits, key=lambda v: (v.minutes, v.event))
        count = len({v.person for v in visits})
        if first.day < log.since or count < figures["least"]:
            continue
        before = [n for other, n in mine[staff] if other < day]  # type: ignore[operator]
        peers = [n for other, n in roles[visits[0].role] if other != staff]
        usual = len(before) < HISTORY or above(count, before, figures["times"])
        if usual and (not peers or above(count, peers, figures["times"])) and (peers or len(before) >= HISTORY):
            compared = before if len(before) >= HISTORY else peers
            yield Raised(
                "volume", staff, first.unit, first.role, first.day, None, tuple(sorted(v.event for v in visits))[:50], count,
                f"{first.day}", {"persons": count, "usual": round(middle(compared)[0])},
            )  # fmt: skip


def refusals(log: Log, known: Known, figures: dict[str, float]) -> Iterator[Raised]:
    """Told no many times in one day: somebody tries doors."""
    for row in log.refusals:
        if row.day >= log.since and row.times >= figures["least"]:
            yield Raised(
                "refusals", row.staff, row.unit, row.role, row.day, None, (row.event,), row.times, f"{row.day}",
                {"times": row.times},
            )  # fmt: skip
