"""The whole board for one coordinator and one choice of area and unit, in a bounded number of queries."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from samband.board.services import counts, first, marks, rows, snapshots, today
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
    with marks.settled():
        return _board(scope, [kind for kind in KINDS if not only or kind.slug in only])


def _board(scope: Scope, kinds: list[Kind]) -> Board:
    counted = counts.counted(scope)
    waiting = today.unassigned(scope)
    before = snapshots.yesterday(scope)
    late = first.late_steps(scope)
    chosen = first.choose(waiting, late)
    shown = rows.waiting_rows(dict.fromkeys([*waiting[:SHOWN], *chosen.waiting]))
    steps = rows.of_keys(NEXT_STEP, {step.plan: step.due for step in [*late[:SHOWN], *chosen.late]})
    numbers = counted.numbers | {TODAY.slug: len(waiting)}
    others = _oldest([kind for kind in kinds if kind not in (TODAY, NEXT_STEP)], scope, numbers)
    lines = rows.lines(others) | {TODAY: shown[:SHOWN], NEXT_STEP: steps[:SHOWN]}
    silent, since = worker()
    return Board(
        persons=counted.persons,
        with_plan=counted.persons - numbers[NO_PLAN.slug],
        figures=[Figure(k, numbers[k.slug], lines[k], _change(before, k, numbers[k.slug])) for k in kinds],
        first=first.lines(chosen, shown, steps),
        checked=clock.now(),
        silent=silent,
        silent_since=since,
        compared=before is not None,
    )


def _oldest(kinds: Collection[Kind], scope: Scope, numbers: dict[str, int]) -> dict[Kind, list[dict[str, Any]]]:
    """The oldest of each number. One that no pass counted is counted on the way, and put into `numbers`."""
    found: dict[Kind, list[dict[str, Any]]] = {}
    for kind in kinds:
        alone = kind.slug not in numbers
        found[kind] = rows.oldest(kind, scope, SHOWN, count=alone) if alone or numbers[kind.slug] else []
        if alone:
            numbers[kind.slug] = found[kind][0]["total"] if found[kind] else 0
    return found


def _change(before: dict[str, int] | None, kind: Kind, number: int) -> int | None:
    """None where yesterday was not counted, or not this number."""
    if before is None or kind.slug not in before:
        return None
    return number - before[kind.slug]


def worker() -> tuple[bool, datetime | None]:
    """Whether the worker is silent, and when it was last heard (None: never)."""
    beat = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    return (beat is None or clock.now() - beat > SILENT_AFTER), beat
