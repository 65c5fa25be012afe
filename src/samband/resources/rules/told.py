"""What staff have told of a part of a visit, and what that makes of it. Pure: no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

WAITING, ARRIVED, DONE, NOT_DONE, LATE, HELP, UNDONE = (
    "waiting", "arrived", "done", "not_done", "late", "help", "undone",
)  # fmt: skip
ENDED = frozenset({DONE, NOT_DONE})
# What may be told after what. Who forgot to say that she came may say that she is done.
AFTER = {
    WAITING: frozenset({ARRIVED, DONE, NOT_DONE, LATE, HELP}),
    ARRIVED: frozenset({DONE, NOT_DONE, LATE, HELP}),
    DONE: frozenset(),
    NOT_DONE: frozenset(),
}


@dataclass(frozen=True)
class Told:
    """One report, as the phone sent it."""

    id: Any
    kind: str
    at: datetime
    minutes: int | None = None
    reason: str = ""
    undoes: Any = None


@dataclass(frozen=True)
class State:
    """How it stands: `late`: minutes after the promised start; `longer`: minutes more than planned, told at the visit."""

    kind: str = WAITING
    arrived: datetime | None = None
    ended: datetime | None = None
    late: int = 0
    longer: int = 0
    help: datetime | None = None
    reason: str = ""
    last: Told | None = None

    @property
    def over(self) -> bool:
        return self.kind in ENDED

    @property
    def silent(self) -> bool:
        return self.last is None


def standing(rows: Iterable[Told]) -> list[Told]:
    """In the order they were told, without what was taken back and without the taking back."""
    told = list(rows)
    back = {row.undoes for row in told if row.kind == UNDONE}
    return [row for row in told if row.kind != UNDONE and row.id not in back]


def state(rows: Iterable[Told]) -> State:
    """Read the reports of a part, oldest first."""
    kind, arrived, ended, late, longer, asked, reason = WAITING, None, None, 0, 0, None, ""
    told = standing(rows)
    for row in told:
        if row.kind == LATE and arrived is None:
            late = row.minutes or 0
        elif row.kind == LATE:
            longer = row.minutes or 0
        elif row.kind == HELP:
            asked = row.at
        elif row.kind == ARRIVED:
            kind, arrived = ARRIVED, row.at
        else:
            kind, ended, reason = row.kind, row.at, row.reason
    return State(kind, arrived, ended, late, longer, asked, reason, told[-1] if told else None)


def may_tell(now: State, kind: str) -> bool:
    return kind in AFTER[now.kind]


def whole(parts: Iterable[State]) -> str:
    """The visit, from its parts (Visit.Status): it is over when every part is, and done when anybody did something."""
    kinds = {part.kind for part in parts}
    if kinds <= ENDED and kinds:
        return DONE if DONE in kinds else NOT_DONE
    return "started" if kinds - {WAITING} else "planned"
