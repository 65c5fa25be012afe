"""The whole board for one coordinator and one choice of area and unit, in a bounded number of queries."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from samband.board.services import first, gaps, rows, snapshots, today
from samband.board.services.kinds import KINDS, NEXT_STEP, NO_PLAN, TODAY, Kind
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
    checked: datetime
    silent: bool
    silent_since: datetime | None
    compared: bool = field(default=False)

    @property
    def seen(self) -> set[int]:
        """The persons who show, for the audit (A2)."""
        return {row.person for figure in self.figures for row in figure.rows} | {f.row.person for f in self.first}


def board(scope: Scope, only: Collection[str] = ()) -> Board:
    """Count, choose what comes first, compare with yesterday. `only`: the numbers that were chosen (none: all)."""
    persons = scope.persons().count()
    waiting = today.unassigned(scope)
    before = snapshots.yesterday(scope)
    late_number, late = first.late_steps(scope)
    chosen = first.choose(waiting, late)
    shown = rows.waiting_rows(dict.fromkeys([*waiting[:SHOWN], *chosen.waiting]))
    steps = rows.of_keys(NEXT_STEP, {step.plan: step.due for step in [*late[:SHOWN], *chosen.late]})
    numbers: dict[str, tuple[int, list[rows.Row]]] = {
        TODAY.slug: (len(waiting), shown[:SHOWN]),
        NEXT_STEP.slug: (late_number, steps[:SHOWN]),
    }
    shown_kinds = [kind for kind in KINDS if not only or kind.slug in only]
    for kind in shown_kinds:
        if kind.slug not in numbers:
            numbers[kind.slug] = rows.top(kind, scope, SHOWN)
    figures = [Figure(kind, *numbers[kind.slug], change=_change(before, kind, numbers)) for kind in shown_kinds]
    silent, since = worker()
    return Board(
        persons=persons,
        with_plan=persons - (numbers[NO_PLAN.slug][0] if NO_PLAN.slug in numbers else gaps.without_plan(scope).count()),
        figures=figures,
        first=first.lines(chosen, shown, steps),
        checked=clock.now(),
        silent=silent,
        silent_since=since,
        compared=before is not None,
    )


def _change(before: dict[str, int] | None, kind: Kind, numbers: dict[str, tuple[int, list[rows.Row]]]) -> int | None:
    """None where yesterday was not counted, or not this number."""
    if before is None or kind.slug not in before:
        return None
    return numbers[kind.slug][0] - before[kind.slug]


def worker() -> tuple[bool, datetime | None]:
    """Whether the worker is silent, and when it was last heard (None: never)."""
    beat = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    return (beat is None or clock.now() - beat > SILENT_AFTER), beat
