"""The recurring actions of plans, unfolded into single times. Only exceptions are stored (OccurrenceState).

An occurrence has a stable key, `<action.public_id>/<YYYYMMDDTHHMM>`: when the plan puts it, in Swedish time. Visits are
built on it. When the time of an action is changed, an exception that was stored under the old time is matched to the
same day's occurrence and keeps its key, so that what was done stays done.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from samband.core import clock
from samband.people.models import Assignment, Unit
from samband.plans.models import Action, CarePlan, OccurrenceState
from samband.plans.rules import first_from, series

Status = OccurrenceState.Status
PENDING = (Status.PLANNED, Status.UNASSIGNED)
STAMP = "%Y%m%dT%H%M"
CHUNK = 10_000


@dataclass(frozen=True)
class Occurrence:
    """One time that an action is to be done. `original` is where the plan puts it, `starts` where it is now."""

    action: Action
    original: datetime
    starts: datetime
    ends: datetime | None
    all_day: bool
    status: str
    assignment: Assignment | None
    note: str = ""
    done_by: str = ""
    moved: bool = False
    version: int = 0
    at: datetime | None = None

    @property
    def key(self) -> str:
        """Stable: the action and when the plan puts it."""
        return key_of(self.action.public_id, self.original)

    @property
    def unit(self) -> Unit | None:
        return self.action.unit

    @property
    def pending(self) -> bool:
        return self.status in PENDING

    @property
    def day(self) -> date:
        return clock.local(self.starts).date()

    @property
    def due(self) -> datetime:
        """When it should have been done; without a time, the end of the day."""
        return clock.day_bounds(self.day)[1] - timedelta(minutes=1) if self.all_day else self.ends or self.starts

    @property
    def nobody(self) -> bool:
        """Whether nobody is responsible for it."""
        if self.assignment is not None:
            return False
        return self.status == Status.UNASSIGNED or self.action.by == Action.By.NOBODY

    @property
    def stamp(self) -> str:
        """The second half of the key."""
        return self.key.partition("/")[2]


def key_of(action: UUID, original: datetime) -> str:
    return f"{action}/{clock.local(original).strftime(STAMP)}"


def parse_key(key: str) -> tuple[UUID, datetime]:
    """The action's public_id and the original time. Raises ValueError where the key is none."""
    public_id, _, stamp = key.partition("/")
    moment = datetime.strptime(stamp, STAMP)
    return UUID(public_id), _instant(moment)


def _instant(wall: datetime) -> datetime:
    """A wall-clock time laid into Sweden's zone; the same instant whichever way it was written."""
    return clock.at(wall.date(), wall.time()).astimezone(UTC)


def candidates(rows: QuerySet[Action], first: date, last: date) -> QuerySet[Action]:
    """The actions that may have an occurrence in the days asked for, found by index (`next_on`).

    Those of a plan that rests or is closed have none, but on days before that.
    """
    today = clock.today()
    found = Q(next_on__lte=last, status=Action.Status.ACTIVE) | Q(
        rrule="", starts_on__range=(first, last), status__in=(Action.Status.ACTIVE, Action.Status.DONE)
    )
    if first < today:
        found |= Q(starts_on__lte=last) & ~Q(rrule="") & (Q(stops_on__isnull=True) | Q(stops_on__gte=first))
        low, high = clock.day_bounds(first)[0], clock.day_bounds(last)[1]
        moved = OccurrenceState.objects.filter(moved_to__gte=low, moved_to__lt=high)
        found |= Q(pk__in=moved.values("action_id"))
    return rows.filter(found).filter(in_force(last))


def in_force(last: date) -> Q:
    """Actions of plans in force, or that were so until after `last`."""
    live = Q(plan__status__in=(CarePlan.Status.ACTIVE, CarePlan.Status.DRAFT))
    paused = Q(plan__status=CarePlan.Status.PAUSED, plan__paused_on__gt=last)
    return live | paused | Q(plan__status=CarePlan.Status.CLOSED, plan__closed_on__gt=last)


def unfold(
    actions: Iterable[Action], first: date, last: date, states: dict[int, list[OccurrenceState]] | None = None
) -> list[Occurrence]:
    """Every occurrence of `actions` that is (planned or moved to) between the days, both included, in order of time.

    Exceptions are fetched in one query, or are at hand (`states`: at least those that touch the days, others do no harm).
    Load the actions with `select_related("unit", "assignment__staff")`.
    """
    rows = list(actions)
    states = stored(rows, first, last) if states is None else states
    found = [o for action in rows for o in of_action(action, states.get(action.pk, []), first, last)]
    return sorted(found, key=lambda o: (o.starts, o.action.pk))


def stored(rows: list[Action], first: date, last: date) -> dict[int, list[OccurrenceState]]:
    """The exceptions that touch the days: planned there, or moved there."""
    low, high = clock.day_bounds(first)[0], clock.day_bounds(last)[1]
    touching = Q(original__gte=low, original__lt=high) | Q(moved_to__gte=low, moved_to__lt=high)
    found: dict[int, list[OccurrenceState]] = defaultdict(list)
    for start in range(0, len(rows), CHUNK):
        ids = [action.pk for action in rows[start : start + CHUNK]]
        states = OccurrenceState.objects.filter(touching, action_id__in=ids)
        for state in states.select_related("assignment__staff").order_by("original"):
            found[state.action_id].append(state)
    return found


def of_action(action: Action, states: list[OccurrenceState], first: date, last: date) -> list[Occurrence]:
    """The occurrences of one action in the days, with its exceptions already at hand."""
    return [o for o in _paired(action, states, first, last) if first <= o.day <= last]


def one(action: Action, original: datetime) -> Occurrence | None:
    """The occurrence that the plan puts at `original`; None where the plan has none there."""
    day = clock.local(original).date()
    states = stored([action], day, day).get(action.pk, [])
    return next((o for o in _paired(action, states, day, day) if o.original == original), None)


def next_day(action: Action, states: Iterable[OccurrenceState] = ()) -> date | None:
    """The day for `Action.next_on`: the first that is not past, counting what was moved; once only: its own day."""
    if not action.rrule:
        return action.starts_on
    today = clock.today()
    moves = [s.moved_to for s in states if s.moved_to and s.status in PENDING]
    days = [day for day in (clock.local(m).date() for m in moves) if day >= today]
    if _lives(action):
        wall = first_from(action.rrule, action.starts_on, action.stops_on, action.time_from, today)
        days += [wall.date()] if wall else []
    return min(days, default=None)


def _lives(action: Action) -> bool:
    """Whether the rule still gives times. What is done or stopped gives those up to its last day."""
    if action.status == Action.Status.ACTIVE:
        return True
    if not action.rrule:
        return action.status == Action.Status.DONE
    return action.status in (Action.Status.DONE, Action.Status.STOPPED) and action.stops_on is not None


# A board and a day's list ask for the same days of the same rules minute after minute.
_series = lru_cache(maxsize=10_000)(series)


def _wall(action: Action, first: date, last: date) -> Iterable[datetime]:
    if not _lives(action):
        return ()
    return _series(action.rrule, action.starts_on, action.stops_on, action.time_from, first, last)


def _paired(action: Action, states: list[OccurrenceState], first: date, last: date) -> list[Occurrence]:
    """The rule's times joined with their exceptions: by the exact time, then by the day; history stays in any case."""
    walls = {_instant(wall): None for wall in _wall(action, first, last)}
    for day in {clock.local(s.original).date() for s in states}:
        if not first <= day <= last:
            walls.update({_instant(wall): None for wall in _wall(action, day, day)})
    left = {state.original: state for state in states}
    pairs: list[tuple[datetime, OccurrenceState | None]] = [(instant, left.pop(instant, None)) for instant in walls]
    for state in left.values():
        day = clock.local(state.original).date()
        same = (i for i, (at, got) in enumerate(pairs) if got is None and clock.local(at).date() == day)
        place = next(same, None)
        if place is not None:
            pairs[place] = (pairs[place][0], state)
        elif state.status in (Status.DONE, Status.NOT_DONE):
            pairs.append((state.original, state))
    return [_occurrence(action, instant, state) for instant, state in pairs]


def _occurrence(action: Action, instant: datetime, state: OccurrenceState | None) -> Occurrence:
    original = state.original if state else instant
    starts = state.moved_to if state and state.moved_to else instant
    moved = bool(state and state.moved_to)
    timed = action.time_from is not None or "BYHOUR" in action.rrule
    status = state.status if state else Status.PLANNED
    if action.status == Action.Status.DONE and not action.rrule:
        status = Status.DONE
    return Occurrence(
        action=action,
        original=original,
        starts=starts,
        ends=_ends(action, instant, starts) if timed or moved else None,
        all_day=not timed and not moved,
        status=status,
        assignment=(state.assignment if state and state.assignment_id else None)
        or (action.assignment if status != Status.UNASSIGNED else None),
        note=state.note if state else "",
        done_by=state.done_by if state else "",
        moved=moved,
        version=state.version if state else 0,
        at=state.at if state else None,
    )


def _ends(action: Action, instant: datetime, starts: datetime) -> datetime | None:
    """The end of the window; a moved one keeps its length."""
    if action.time_from and action.time_to and "BYHOUR" not in action.rrule:
        day = clock.local(instant).date()
        end = clock.at(day + timedelta(days=action.time_to <= action.time_from), action.time_to)
        return starts + (end - clock.at(day, action.time_from).astimezone(end.tzinfo))
    return starts + timedelta(minutes=action.minutes) if action.minutes else None
