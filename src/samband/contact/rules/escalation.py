"""When a case that nobody takes, acknowledges or keeps its promise about is carried further. By the clock, not by a visit.

Urgency is what the sender says (never computed); it decides how long each step waits. The times are parameters that a
county can agree otherwise; these are the defaults.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Urgency(StrEnum):
    """How urgent the sender finds it."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"
    WHENEVER = "whenever"


class Step(StrEnum):
    """What the worker does: remind the unit, give it to whoever answers now, tell the coordinators."""

    REMIND = "remind"
    ON_CALL = "on_call"
    COORDINATOR = "coordinator"


STEPS = (Step.REMIND, Step.ON_CALL, Step.COORDINATOR)
WAIT = {
    Urgency.NOW: timedelta(minutes=15),
    Urgency.TODAY: timedelta(hours=2),
    Urgency.WEEK: timedelta(days=1),
    Urgency.WHENEVER: timedelta(days=3),
}
RECEIPT = timedelta(minutes=30)
RANK = {urgency: i for i, urgency in enumerate(Urgency)}


@dataclass(frozen=True)
class State:
    """What the rule looks at."""

    urgency: Urgency
    opened: datetime
    owned: bool = False
    handed: datetime | None = None
    promised: datetime | None = None
    level: int = 0
    since: datetime | None = None
    closed: bool = False


def due(state: State) -> datetime | None:
    """When the next step is taken if nothing happens; None when nothing waits.

    A hand-over waits for its receipt; a case without an owner waits for one; an owned case waits for its promised time.
    """
    if state.closed or state.level >= len(STEPS):
        return None
    wait = WAIT[state.urgency]
    if state.handed:
        return (state.since or state.handed) + min(RECEIPT, wait)
    if not state.owned:
        return (state.since or state.opened) + wait
    if state.promised:
        return state.promised if state.since is None or state.since < state.promised else state.since + wait
    return None


def step(state: State, now: datetime) -> tuple[Step, State] | None:
    """The step that is due at `now`, and the state after it; None if none is."""
    at = due(state)
    if at is None or at > now:
        return None
    return STEPS[state.level], replace(state, level=state.level + 1, since=now)


def mark(state: State, now: datetime) -> str:
    """How a case looks in a list: act when it is carried to the end or a promise is broken, warn when it waits too long."""
    if state.closed:
        return "ok"
    late = state.promised is not None and state.promised <= now
    if late or state.level >= 2 or (state.urgency == Urgency.NOW and not state.owned):
        return "act"
    if state.level == 1 or state.handed or not state.owned:
        return "warn"
    return "ok"
