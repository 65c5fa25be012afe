"""When a case that nobody takes, acknowledges or keeps its promise about is carried further. By the clock, not by a visit.

Urgency is what the sender says (never computed); it decides how long each step waits. The times are `Times`: a county
sets its own (SAMBAND_CONTACT_WAITS), these are the defaults.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Times:
    """How long a case waits at each step, by urgency, and how long a hand-over waits for its receipt."""

    wait: Mapping[Urgency, timedelta] = field(default_factory=lambda: dict(WAIT))
    receipt: timedelta = RECEIPT


DEFAULT = Times()


def read_times(text: str) -> Times:
    """`now=15m today=2h week=1d whenever=3d receipt=30m`; what is left out keeps its default. Raises ValueError with a sentence."""
    wait, receipt = dict(WAIT), RECEIPT
    for part in text.split():
        found = re.fullmatch(r"([a-z]+)=([1-9][0-9]{0,3})([mhd])", part)
        if not found or found[1] not in {*Urgency, "receipt"}:
            names = ", ".join([*Urgency, "receipt"])
            raise ValueError(
                f"{part!r} is no time; expected for example now=15m, with a name among {names} and m, h or d."
            )
        length = timedelta(**{UNITS[found[3]]: int(found[2])})
        if found[1] == "receipt":
            receipt = length
        else:
            wait[Urgency(found[1])] = length
    ordered = [wait[urgency] for urgency in Urgency]
    if ordered != sorted(ordered):
        raise ValueError("the more urgent waits longer than the less; expected now ≤ today ≤ week ≤ whenever.")
    return Times(wait, receipt)


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


def due(state: State, times: Times = DEFAULT) -> datetime | None:
    """When the next step is taken if nothing happens; None when nothing waits.

    A hand-over waits for its receipt; a case without an owner waits for one; an owned case waits for its promised time.
    """
    if state.closed or state.level >= len(STEPS):
        return None
    wait = times.wait[state.urgency]
    if state.handed:
        return (state.since or state.handed) + min(times.receipt, wait)
    if not state.owned:
        return (state.since or state.opened) + wait
    if state.promised:
        return state.promised if state.since is None or state.since < state.promised else state.since + wait
    return None


def step(state: State, now: datetime, times: Times = DEFAULT) -> tuple[Step, State] | None:
    """The step that is due at `now`, and the state after it; None if none is."""
    at = due(state, times)
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
