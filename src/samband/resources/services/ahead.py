"""How the day stands: what has been told of each part of the published plan, and when the rest is likely to begin."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from samband.core import clock
from samband.resources.models import DayPlan, Placement, Visit, VisitPart, VisitReport
from samband.resources.models.visits import Sync
from samband.resources.rules import late, told


@dataclass
class Ahead:
    """The placements of a plan by route, with how each stands and what is foreseen, by the key of the part."""

    routes: list[list[Placement]]
    states: dict[int, told.State]
    foreseen: dict[int, late.Foreseen]

    def of(self, placement: Placement) -> tuple[told.State, late.Foreseen]:
        return self.states[placement.part_id], self.foreseen[placement.part_id]


def states(parts: Iterable[int]) -> dict[int, told.State]:
    """How each part stands; one query. A part of which nothing is told waits."""
    keys = list(parts)
    rows: dict[int, list[told.Told]] = {key: [] for key in keys}
    for row in VisitReport.objects.filter(part__in=keys).order_by("at", "pk"):
        rows[row.part_id].append(as_told(row))
    return {key: told.state(reports) for key, reports in rows.items()}


def as_told(row: VisitReport) -> told.Told:
    return told.Told(row.pk, row.kind, row.at, row.minutes, row.reason, row.undoes_id)


def of_plan(plan: DayPlan, now: datetime | None = None, gone: Collection[str] = (Visit.Status.CANCELLED,)) -> Ahead:
    """The whole plan: two queries. What is cancelled takes no time any more."""
    rows = Placement.objects.filter(plan=plan).exclude(part__visit__status__in=gone)
    return of_rows(rows.select_related("part__visit", "shift").order_by("shift_id", "order"), now)


def of_rows(rows: Iterable[Placement], now: datetime | None = None) -> Ahead:
    """Of placements that are at hand, with `part__visit` and `shift`, in order within their shifts."""
    placed = list(rows)
    held = states(row.part_id for row in placed)
    routes: dict[int, list[Placement]] = defaultdict(list)
    for row in placed:
        routes[row.shift_id].append(row)
    stops = [_stops(route, held) for route in routes.values()]
    return Ahead(list(routes.values()), held, late.foresee(stops, now or clock.now(), ties(placed)))


def _stops(route: list[Placement], held: dict[int, told.State]) -> list[late.Stop]:
    shift = route[0].shift
    found = [
        late.Stop(
            row.part_id, clock.local(row.starts_at), (row.ends_at - row.starts_at) / late.MINUTE, row.travel,
            clock.local(max(row.part.visit.window_to, row.starts_at)), held[row.part_id],
        )
        for row in route
    ]  # fmt: skip
    return late.with_pause(found, shift.break_minutes, shift.break_from, shift.break_to)


def ties(placed: Iterable[Placement]) -> list[late.Tie]:
    """Which parts begin together or in order."""
    visits: dict[int, list[Placement]] = defaultdict(list)
    for row in placed:
        visits[row.part.visit_id].append(row)
    found = []
    for rows in visits.values():
        visit: Visit = rows[0].part.visit
        ordered = sorted(rows, key=lambda row: row.part.number)
        for n, (before, after) in enumerate(pairwise(ordered)):
            if visit.sync == Sync.SIMULTANEOUS:
                found += [late.Tie(before.part_id, after.part_id), late.Tie(after.part_id, before.part_id)]
            elif visit.sync == Sync.ORDERED:
                gap = visit.gaps[n][0] if n < len(visit.gaps) else 0
                found.append(late.Tie(before.part_id, after.part_id, gap))
    return found


def of_visit(visit: Visit) -> dict[int, told.State]:
    """The states of a visit's parts, all of them."""
    return states(VisitPart.objects.filter(visit=visit).values_list("pk", flat=True))
