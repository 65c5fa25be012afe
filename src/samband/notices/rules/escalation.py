"""Who is told next when nobody acknowledges. By the clock, never by somebody opening a page.

The chain: the others at the unit, the coordinators of the unit, and at last the unit's phone on the board. A unit's
others were told from the start. For a person or somebody near her it is the sender's side that hears of it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class To(StrEnum):
    """To whom a receipt is put."""

    UNIT = "unit"
    ASSIGNMENT = "assignment"
    PERSON = "person"
    RELATIVE = "relative"


class Step(StrEnum):
    """Who is told next."""

    OTHERS = "others"
    COORDINATORS = "coordinators"
    SENDER = "sender"
    BOARD = "board"


CHAIN: dict[To, tuple[Step, ...]] = {
    To.ASSIGNMENT: (Step.OTHERS, Step.COORDINATORS, Step.BOARD),
    To.UNIT: (Step.COORDINATORS, Step.BOARD),
    To.PERSON: (Step.SENDER, Step.BOARD),
    To.RELATIVE: (Step.SENDER, Step.BOARD),
}


@dataclass(frozen=True)
class State:
    """What the rule looks at. `wait`: how long each step waits (None: it is never carried further)."""

    to: To
    wait: timedelta | None
    since: datetime
    level: int = 0
    acknowledged: bool = False


def due(state: State) -> datetime | None:
    """When the next step is taken if nobody acknowledges."""
    if state.acknowledged or state.wait is None or state.level >= len(CHAIN[state.to]):
        return None
    return state.since + state.wait


def step(state: State, now: datetime) -> tuple[Step, State] | None:
    """The step that is due at `now`, and the state after it; None if none is."""
    at = due(state)
    if at is None or at > now:
        return None
    return CHAIN[state.to][state.level], replace(state, level=state.level + 1, since=now)


def skip(state: State) -> tuple[Step, State] | None:
    """The step before had nobody to tell: the next one is taken at once, without a wait."""
    if state.acknowledged or state.level >= len(CHAIN[state.to]):
        return None
    return CHAIN[state.to][state.level], replace(state, level=state.level + 1)
