"""How a check moves. Every step stays; a step is undone by another one, never taken away (A2, A15)."""

from collections.abc import Iterable
from typing import NamedTuple

TODO, ASKED, JUSTIFIED, UNJUSTIFIED = "todo", "asked", "justified", "unjustified"
CLOSED = frozenset({JUSTIFIED, UNJUSTIFIED})
# What may follow. A closed check is opened again by undoing what closed it.
NEXT: dict[str, frozenset[str]] = {
    TODO: frozenset({"note", "asked", "justified", "unjustified"}),
    ASKED: frozenset({"note", "asked", "justified", "unjustified", "undone"}),
    JUSTIFIED: frozenset({"note", "undone"}),
    UNJUSTIFIED: frozenset({"note", "undone"}),
}
MOVES = frozenset({ASKED, JUSTIFIED, UNJUSTIFIED})


class Step(NamedTuple):
    """`undoes` is the key of the step that this one takes back."""

    key: int
    kind: str
    undoes: int | None = None


def status_of(steps: Iterable[Step]) -> str:
    """Where the check stands after its steps: the last move that was not taken back."""
    last = last_move(steps)
    return last.kind if last else TODO


def last_move(steps: Iterable[Step]) -> Step | None:
    """The step that an undo would take back."""
    rows = list(steps)
    gone = {row.undoes for row in rows if row.kind == "undone"}
    moves = [row for row in rows if row.kind in MOVES and row.key not in gone]
    return moves[-1] if moves else None
