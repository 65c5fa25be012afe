"""The whole board for one coordinator and one choice of area and unit, in a bounded number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
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
class Worker:
    """Whether the worker is silent, and when it was last heard (None: never)."""

    silent: bool
    heard: datetime | None


@dataclass(frozen=True)
class Board:
    """What is shown; `waiting` are the numbers that come after the page."""

    persons: int
    with_plan: int
    figures: list[Figure]
    waiting: list[Kind]
    first: list[first.First]
    checked: datetime
    worker: Worker

    @property
    def seen(self) -> set[int]:
        """The persons who show, for the audit (A2)."""
        return seen(self.figures) | {f.row.person for f in self.first}


def board(scope: Scope, only: Collection[str] = ()) -> Board:
    """Count, choose what comes first, compare with yesterday. `only`: the numbers that were chosen (none: all).

    What somebody may be harmed by first is in `figures`; what is left for `later` stands in `waiting`.
    """
    with marks.settled():
        return _board(scope, *chosen(only))


def chosen(only: Collection[str]) -> tuple[list[Kind], list[Kind]]:
    """The numbers of the page, and those that are fetched after it."""
    kinds = [kind for kind in KINDS if not only or kind.slug in only]
    return [k for k in kinds if not k.later], [k for k in kinds if k.later]


def _board(scope: Scope, kinds: list[Kind], waiting: list[Kind]) -> Board:
    persons, numbers = counts.of_persons(scope)
    nobodys = today.unassigned(scope)
    late_number, late = first.late_steps(scope)
    strip = first.choose(nobodys, late)
    shown = rows.waiting_rows(dict.fromkeys([*nobodys[:SHOWN], *strip.waiting]))
    steps = rows.of_keys(NEXT_STEP, {step.plan: step.due for step in [*late[:SHOWN], *strip.late]})
    numbers |= counts.of_plans(scope, {k.slug for k in kinds})
    numbers |= {TODAY.slug: len(nobodys), NEXT_STEP.slug: late_number}
    others = _oldest([kind for kind in kinds if kind not in (TODAY, NEXT_STEP)], scope, numbers)
    lines = rows.lines(others) | {TODAY: shown[:SHOWN], NEXT_STEP: steps[:SHOWN]}
    return Board(
        persons=persons,
        with_plan=persons - numbers[NO_PLAN.slug],
        figures=_figures(kinds, numbers, lines, snapshots.yesterday(scope)),
        waiting=waiting,
        first=first.lines(strip, shown, steps),
        checked=clock.now(),
        worker=worker(),
    )


def later(scope: Scope, only: Collection[str] = ()) -> list[Figure]:
    """The numbers that are fetched after the page."""
    kinds = chosen(only)[1]
    with marks.settled():
        numbers = counts.of_plans(scope, {k.slug for k in kinds})
        lines = rows.lines(_oldest(kinds, scope, numbers))
        return _figures(kinds, numbers, lines, snapshots.yesterday(scope))


def _figures(
    kinds: Collection[Kind], numbers: dict[str, int], lines: dict[Kind, list[rows.Row]], before: dict[str, int] | None
) -> list[Figure]:
    return [Figure(k, numbers[k.slug], lines[k], _change(before, k, numbers[k.slug])) for k in kinds]


def seen(figures: Collection[Figure]) -> set[int]:
    """The persons who show, for the audit (A2)."""
    return {row.person for figure in figures for row in figure.rows}


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


def worker() -> Worker:
    beat = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    return Worker(beat is None or clock.now() - beat > SILENT_AFTER, beat)
