"""The whole board for one coordinator and one choice of area and unit, in a bounded number of queries."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from samband.board.services import counts, first, rows, snapshots, today
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
    counted = counts.counted(scope)
    waiting = today.unassigned(scope)
    before = snapshots.yesterday(scope)
    late = first.late_steps(scope)
    chosen = first.choose(waiting, late)
    shown = rows.waiting_rows(dict.fromkeys([*waiting[:SHOWN], *chosen.waiting]))
    steps = rows.of_keys(NEXT_STEP, {step.plan: step.due for step in [*late[:SHOWN], *chosen.late]})
    numbers = counted.numbers | {TODAY.slug: len(waiting)}
    kinds = [kind for kind in KINDS if not only or kind.slug in only]
    oldest = {
        kind: rows.oldest(kind, scope, SHOWN, count=kind.slug not in numbers)
        for kind in kinds
        if kind not in (TODAY, NEXT_STEP) and numbers.get(kind.slug, 1)
    }
    # A number that stands alone was counted on the way to its oldest.
    numbers = {
        kind.slug: found[0]["total"] if found else 0 for kind, found in oldest.items() if kind.slug not in numbers
    } | numbers
    lines = rows.lines(oldest) | {TODAY: shown[:SHOWN], NEXT_STEP: steps[:SHOWN]}
    figures = [
        Figure(kind, numbers[kind.slug], lines.get(kind, []), _change(before, kind, numbers[kind.slug]))
        for kind in kinds
    ]
    silent, since = worker()
    return Board(
        persons=counted.persons,
        with_plan=counted.persons - numbers[NO_PLAN.slug],
        figures=figures,
        first=first.lines(chosen, shown, steps),
        checked=clock.now(),
        silent=silent,
        silent_since=since,
        compared=before is not None,
    )


def _change(before: dict[str, int] | None, kind: Kind, number: int) -> int | None:
    """None where yesterday was not counted, or not this number."""
    if before is None or kind.slug not in before:
        return None
    return number - before[kind.slug]


def worker() -> tuple[bool, datetime | None]:
    """Whether the worker is silent, and when it was last heard (None: never)."""
    beat = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    return (beat is None or clock.now() - beat > SILENT_AFTER), beat
