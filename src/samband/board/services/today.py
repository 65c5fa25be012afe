"""Today's actions without anyone responsible: found by index, then unfolded exactly.

The unfolding itself is `plans`' own (`of_action`). It is given light stand-ins of the actions instead of model
instances, as a county has hundreds of them a day and the board shows three.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache

from django.db.models import F, Q, QuerySet

from samband.board.services.scope import Scope
from samband.core import clock
from samband.plans.models import Action, OccurrenceState
from samband.plans.services.occurrences import Occurrence, of_action

CHUNK = 5000
FIELDS = (
    "pk", "by", "rrule", "starts_on", "stops_on", "time_from", "time_to", "minutes", "status",
    "assignment_id", "person",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LightAction:
    """What `of_action` reads of an Action, and whose it is."""

    pk: int
    by: str
    rrule: str
    starts_on: date
    stops_on: date | None
    time_from: time | None
    time_to: time | None
    minutes: int | None
    status: str
    assignment: int | None
    person: int


STATE = ("action_id", "original", "status", "moved_to", "assignment_id")


@dataclass(frozen=True, slots=True)
class LightState:
    """What `of_action` reads of an exception. Only whether somebody has it matters here, not who."""

    action_id: int
    original: datetime
    status: str
    moved_to: datetime | None
    assignment_id: int | None
    note: str = ""
    done_by: str = ""
    version: int = 0
    at: datetime | None = None

    @property
    def assignment(self) -> int | None:
        return self.assignment_id


@dataclass(frozen=True, slots=True)
class Waiting:
    """One occurrence of today that nobody has, and whose it is."""

    of: Occurrence = field(compare=False)
    action: int
    person: int
    starts: datetime
    original: datetime

    @property
    def left(self) -> bool:
        """Whether somebody had it and left it."""
        return self.of.status == OccurrenceState.Status.UNASSIGNED


def unassigned(scope: Scope) -> list[Waiting]:
    """Occurrences of today, in plans in force, that wait and that nobody has; in order of time.

    Nobody has it: the plan says nobody yet, or this one occurrence was left (OccurrenceState unassigned), and no
    assignment has been named for it. What is done, not done or cancelled does not wait.
    """
    today = clock.today()
    actions = {a.pk: a for a in _actions(scope)}
    states = _states(actions)
    found = [one for a in actions.values() for one in _waits(a, tuple(states.get(a.pk, ())), today)]
    return sorted(found, key=lambda w: (w.starts, w.action))


# The same actions come minute after minute, and what they unfold to follows from the rows alone.
@lru_cache(maxsize=10_000)
def _waits(action: LightAction, states: tuple[LightState, ...], day: date) -> tuple[Waiting, ...]:
    come = of_action(action, list(states), day, day)  # type: ignore[arg-type]
    return tuple(Waiting(o, action.pk, action.person, o.starts, o.original) for o in come if o.nobody and o.pending)


def _touching() -> Q:
    low, high = clock.day_bounds(clock.today())
    return Q(original__gte=low, original__lt=high) | Q(moved_to__gte=low, moved_to__lt=high)


def _actions(scope: Scope) -> list[LightAction]:
    """Active actions that may have such an occurrence: nobody's that come today, and those that were left for today."""
    today = clock.today()
    active = Action.objects.filter(status=Action.Status.ACTIVE).order_by()
    nobodys = active.filter(by=Action.By.NOBODY, next_on__lte=today)
    # What is done once and lies behind us comes today only if it was moved here, which its exception says.
    nobodys = nobodys.filter(~Q(rrule="") | Q(starts_on=today))
    # As a set of keys: the few are found first, and the scope is asked about them alone.
    found = active.filter(pk__in=nobodys.values_list("pk").union(*_left()), plan__status="active")
    rows = scope.of(found, "plan__person__").annotate(person=F("plan__person_id")).order_by().values_list(*FIELDS)
    return [LightAction(*row) for row in rows]


def _left() -> tuple[QuerySet, QuerySet]:
    """The keys of actions with an occurrence that somebody left, or that is nobody's and was moved, to today.

    What was left is found by its status: by the day, SQLite would walk through everything that was done today.
    """
    low, high = clock.day_bounds(clock.today())
    states = OccurrenceState.objects.order_by()
    left = states.filter(status=OccurrenceState.Status.UNASSIGNED)
    here = states.filter(pk__in=left.values("pk"), original__gte=low, original__lt=high)
    moved = states.filter(moved_to__gte=low, moved_to__lt=high)
    moved = moved.filter(Q(status=OccurrenceState.Status.UNASSIGNED) | Q(action__by=Action.By.NOBODY))
    return here.values_list("action_id"), moved.values_list("action_id")


def _states(actions: dict[int, LightAction]) -> dict[int, list[LightState]]:
    """The exceptions that touch today."""
    found: dict[int, list[LightState]] = defaultdict(list)
    pks = list(actions)
    for start in range(0, len(pks), CHUNK):
        rows = OccurrenceState.objects.filter(_touching(), action_id__among=pks[start : start + CHUNK])
        for row in rows.order_by("original").values_list(*STATE):
            state = LightState(*row)
            found[state.action_id].append(state)
    return found
