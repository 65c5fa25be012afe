"""The whole board for one coordinator and one choice of area and unit, in a bounded number of queries."""

from dataclasses import dataclass, field
from datetime import datetime

from samband.board.services import first, kept, rows, snapshots
from samband.board.services.kinds import KINDS, TODAY, Kind
from samband.board.services.scope import Scope
from samband.core import clock
from samband.core.jobs import SILENT_AFTER, WORKER
from samband.core.models import Heartbeat

SHOWN = 3


@dataclass(frozen=True)
class Figure:
    """A number, its oldest rows, and the difference from yesterday (None where yesterday was not counted)."""

    kind: Kind
    number: int
    rows: list[rows.Row]
    change: int | None


@dataclass(frozen=True)
class Board:
    """What is shown. `silent_since`: when the worker was last heard; None while it is alive."""

    persons: int
    with_plan: int
    figures: list[Figure]
    first: list[first.First]
    kept: list[kept.Kept]
    checked: datetime
    silent: bool
    silent_since: datetime | None
    compared: bool = field(default=False)

    @property
    def seen(self) -> set[int]:
        """The persons who show, for the audit (A2)."""
        return {row.person for figure in self.figures for row in figure.rows} | {f.row.person for f in self.first}


def board(scope: Scope) -> Board:
    """Count, choose what comes first, compare with yesterday."""
    persons = scope.persons().count()
    waiting = rows.today_rows(scope)
    before = snapshots.yesterday(scope)
    numbers: dict[str, tuple[int, list[rows.Row]]] = {TODAY.slug: (len(waiting), waiting[:SHOWN])}
    for kind in KINDS:
        if kind is not TODAY:
            numbers[kind.slug] = rows.top(kind, scope, SHOWN)
    figures = [
        Figure(kind, *numbers[kind.slug], change=None if before is None else numbers[kind.slug][0] - before[kind.slug])
        for kind in KINDS
    ]
    silent, since = worker()
    return Board(
        persons=persons,
        with_plan=persons - numbers["no-plan"][0],
        figures=figures,
        first=first.first(scope, waiting, numbers["next-step"][1]) if numbers["next-step"][0] or waiting else [],
        kept=kept.since_yesterday(scope),
        checked=clock.now(),
        silent=silent,
        silent_since=since,
        compared=before is not None,
    )


def worker() -> tuple[bool, datetime | None]:
    """Whether the worker is silent, and when it was last heard (None: never)."""
    beat = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    return (beat is None or clock.now() - beat > SILENT_AFTER), beat
