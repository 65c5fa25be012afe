"""Numbers for the month and for the year's report: what was drawn and raised, what was looked into, what came of it (A2)."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from samband.core.policy import Actor
from samband.people.models import Unit
from samband.review.models import Check
from samband.review.rules.steps import CLOSED, UNJUSTIFIED
from samband.review.services.own import ours

OPEN = [s for s in Check.Status.values if s not in CLOSED]


@dataclass
class Tally:
    """Checks of a month or a unit: all, closed, and those that were not justified."""

    total: int = 0
    done: int = 0
    wrong: int = 0

    def add(self, status: str, n: int) -> None:
        self.total += n
        self.done += n if status in CLOSED else 0
        self.wrong += n if status == UNJUSTIFIED else 0

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def share(self) -> int | None:
        """Percent that are done; None where there was nothing to do."""
        return self.done * 100 // self.total if self.total else None


@dataclass
class Row:
    name: str
    months: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    whole: Tally = field(default_factory=Tally)

    def cells(self, periods: list[str]) -> list[Tally]:
        return [self.months.get(period, Tally()) for period in periods]


@dataclass
class Year:
    year: int
    periods: list[str]
    units: list[Row]
    sources: list[Row]
    whole: Row

    @property
    def rows(self) -> list[tuple[Row, list[Tally]]]:
        return [(row, row.cells(self.periods)) for row in self.units]

    @property
    def sums(self) -> list[Tally]:
        return self.whole.cells(self.periods)


def year(actor: Actor, number: int) -> Year:
    """The whole organisation's numbers, the reviewer's own included: they are numbers only. Two questions."""
    periods = [f"{number}-{m:02d}" for m in range(1, 13)]
    counted: Any = (
        Check.objects.filter(organization_id=ours(actor), period__gte=periods[0], period__lte=periods[-1])
        .order_by()
        .values_list("unit_id", "period", "status", "source")
        .annotate(n=Count("pk"))
    )
    names = dict(Unit.objects.filter(organization_id=ours(actor)).values_list("pk", "name"))
    units: dict[int, Row] = {}
    sources: dict[str, Row] = {}
    whole = Row("")
    for unit, period, status, source, n in counted:
        mine = units.setdefault(unit, Row(names.get(unit, "")))
        kind = sources.setdefault(source, Row(str(Check.Source(source).label)))
        for row in (mine, kind, whole):
            row.months[period].add(status, n)
            row.whole.add(status, n)
    return Year(
        number, [p for p in periods if p in whole.months], sorted(units.values(), key=lambda r: r.name),
        sorted(sources.values(), key=lambda r: r.name), whole,
    )  # fmt: skip


def waiting(actor: Actor) -> list[tuple[str, str, int]]:
    """Open checks by source and pattern: `[("sample", "", 12), ("pattern", "neighbour", 1)]`."""
    rows = Check.objects.filter(organization_id=ours(actor), status__in=OPEN)
    return list(rows.order_by().values_list("source", "pattern").annotate(n=Count("pk")).order_by("source", "pattern"))
