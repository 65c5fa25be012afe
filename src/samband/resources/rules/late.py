"""When the rest of the day is likely to begin, from what has been told: actual times carry on through roads and durations. Pure.

A route that has told nothing runs by its plan as far as anybody knows. One that has told something is held to it: what lies
before the last that was told is behind her, what lies after waits for her.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from samband.resources.rules.told import ARRIVED, WAITING, State

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stop:
    """A part of a visit on somebody's route. `latest`: the end of the window for the start; `pause`: a break before it."""

    key: int
    planned: datetime
    minutes: float
    travel: float
    latest: datetime
    state: State = field(default_factory=State)
    pause: float = 0

    @property
    def until(self) -> datetime:
        return self.planned + self.minutes * MINUTE


@dataclass(frozen=True)
class Tie:
    """`after` begins at least `gap` minutes after `before` begins; together: a tie each way."""

    before: int
    after: int
    gap: float = 0


@dataclass(frozen=True)
class Foreseen:
    """`behind`: minutes after the promised start; `late`: minutes after the window; `known`: whether she has told anything."""

    key: int
    starts: datetime
    ends: datetime
    behind: int
    late: int
    known: bool


def foresee(routes: Sequence[Sequence[Stop]], now: datetime, ties: Sequence[Tie] = ()) -> dict[int, Foreseen]:
    """Every stop of every route. Who waits for a colleague waits through the whole of her route; repeated until it settles."""
    floors: dict[int, datetime] = {}
    for _round in range(2 + len(ties)):
        found = {one.key: one for route in routes for one in _route(route, now, floors)}
        raised = _raised(found, ties, floors)
        if raised == floors:
            break
        floors = raised
    return found


def _raised(found: Mapping[int, Foreseen], ties: Sequence[Tie], floors: Mapping[int, datetime]) -> dict[int, datetime]:
    out = dict(floors)
    for tie in ties:
        if tie.before in found and tie.after in found:
            low = found[tie.before].starts + tie.gap * MINUTE
            if low > found[tie.after].starts:
                out[tie.after] = max(low, out.get(tie.after, low))
    return out


def _route(stops: Sequence[Stop], now: datetime, floors: Mapping[int, datetime]) -> list[Foreseen]:
    told = max((n for n, stop in enumerate(stops) if not stop.state.silent), default=None)
    free: datetime | None = None
    found = []
    for n, stop in enumerate(stops):
        if stop.state.kind == WAITING and (told is None or n < told):
            starts, ends = _by_plan(stop, floors, free)
        elif stop.state.kind == WAITING:
            starts = max(stop.planned + stop.state.late * MINUTE, _there(stop, free), now, floors.get(stop.key, now))
            ends = starts + stop.minutes * MINUTE
        else:
            starts, ends = _begun(stop, now)
        free = ends
        behind, late = _over(starts, stop.planned), _over(starts, stop.latest)
        found.append(Foreseen(stop.key, starts, ends, behind, late, told is not None))
    return found


def _by_plan(stop: Stop, floors: Mapping[int, datetime], free: datetime | None) -> tuple[datetime, datetime]:
    """Nothing told: as promised, unless a colleague that she meets there is late."""
    starts = max(stop.planned, floors.get(stop.key, stop.planned), _there(stop, free))
    return starts, starts + stop.minutes * MINUTE


def _begun(stop: Stop, now: datetime) -> tuple[datetime, datetime]:
    state = stop.state
    starts = state.arrived or min(stop.planned, state.ended or stop.planned)
    if state.kind == ARRIVED:
        return starts, max(starts + (stop.minutes + state.longer) * MINUTE, now)
    return starts, state.ended or starts


def _there(stop: Stop, free: datetime | None) -> datetime:
    """When she can be there, coming from what she does before it."""
    return stop.planned if free is None else free + (stop.pause + stop.travel) * MINUTE


def _over(moment: datetime, limit: datetime) -> int:
    return max(0, round((moment - limit) / MINUTE))


def with_pause(stops: Sequence[Stop], minutes: float, earliest: time | None, latest: time | None) -> list[Stop]:
    """The stops with the shift's break laid where the plan leaves room for it: the widest gap that may hold it."""
    best, width = None, minutes
    for n in range(1, len(stops)):
        before, stop = stops[n - 1], stops[n]
        gap = (stop.planned - before.until) / MINUTE - stop.travel
        begins = before.until
        inside = (earliest is None or (begins + gap * MINUTE).time() >= earliest) and (
            latest is None or begins.time() <= latest
        )
        if minutes and inside and gap >= width - 0.01:
            best, width = n, gap
    return [replace(stop, pause=minutes) if n == best else stop for n, stop in enumerate(stops)]
