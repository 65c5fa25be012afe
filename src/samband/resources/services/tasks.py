"""The occurrences of plans that are done at home, as tasks for grouping (rules.grouping)."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from samband.core import clock
from samband.plans.models import Action, Participant
from samband.plans.services.occurrences import Occurrence, candidates, unfold
from samband.resources.models import ActionTerms, Pool, PoolUnit
from samband.resources.rules import home
from samband.resources.rules.grouping import MOST, Piece, Task

#: the start of what has no time lies within these hours
DAY = (time(8), time(16))
#: and of what has one time only, within so long after it
LEEWAY = timedelta(minutes=30)

Members = dict[int, list[tuple[date, date | None]]]


def members(pool: Pool) -> Members:
    """Unit → the days (both ends included) that it takes part."""
    found: Members = defaultdict(list)
    for unit, starts, ends in pool.members.values_list("unit_id", "starts_on", "ends_on"):
        found[unit].append((starts, ends))
    return found


def takes_part(units: Members, unit: int | None, day: date) -> bool:
    return any(a <= day and (b is None or day <= b) for a, b in units.get(unit or 0, ()))


def pool_day(pool: Pool, moment: datetime) -> date:
    """The day of the pool that a moment belongs to: from `day_starts` until the same time next morning."""
    local = clock.local(moment)
    return local.date() - timedelta(days=local.time() < day_starts(pool))


def day_starts(pool: Pool) -> time:
    value = pool.day_starts
    return time.fromisoformat(value) if isinstance(value, str) else value


def tasks(pool: Pool, first: date, last: date, person: int | None = None) -> dict[tuple[int, date], list[Task]]:
    """(person, day of the pool) → what is to be done at home; the days both included. A handful of queries."""
    units = members(pool)
    # An action of a unit in another pool is planned there, whoever of ours comes along.
    elsewhere = set(
        PoolUnit.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last)
        .exclude(pool=pool)
        .values_list("unit_id", flat=True)
    )
    found: dict[tuple[int, date], list[Task]] = defaultdict(list)
    terms = {row.action_id: row for row in ActionTerms.objects.filter(action__unit_id__in=units)}
    for occurrence in _occurrences(list(units), first, last, person):
        action = occurrence.action
        day = pool_day(pool, _window(occurrence)[0])
        if action.unit_id in elsewhere or not first <= day <= last:
            continue
        task = _task(occurrence, terms.get(action.pk), units, day)
        if task is not None:
            found[action.plan.person_id, day].append(task)
    return found


def _occurrences(units: list[int], first: date, last: date, person: int | None) -> list[Occurrence]:
    """Of actions that a unit has, or that somebody of it comes along to; what is called off is left out."""
    rows = Action.objects.filter(by=Action.By.UNIT, plan__person__deceased_on__isnull=True)
    if person is not None:
        rows = rows.filter(plan__person_id=person)
    joint = rows.filter(pk__in=Participant.objects.filter(unit_id__in=units).values("action_id"))
    until = last + timedelta(days=1)  # the night belongs to the day before
    keys = {
        pk
        for some in (rows.filter(unit_id__in=units), joint)
        for pk in candidates(some, first, until).values_list("pk", flat=True)
    }
    actions: list[Action] = []
    numbers = sorted(keys)
    for start in range(0, len(numbers), 10_000):
        some = Action.objects.filter(pk__in=numbers[start : start + 10_000]).select_related("unit", "plan")
        actions += some.prefetch_related("participants__unit", "participants__assignment")
    at_home = [a for a in actions if a.unit is not None and home.at_home(a.place, a.unit.kind)]
    return [o for o in unfold(at_home, first, until) if o.status != "cancelled"]


def whole_day(occurrence: Occurrence) -> bool:
    """Without a time of its own; moved to another day at the desk (`day_moves`) it stands last in that day and has all of it."""
    action = occurrence.action
    untimed = action.time_from is None and "BYHOUR" not in action.rrule
    return occurrence.all_day or (untimed and occurrence.moved and clock.local(occurrence.starts).time() == DAY[1])


def _window(occurrence: Occurrence) -> tuple[datetime, datetime]:
    """When it should start: within the day, within the plan's times, or soon after its one time."""
    if whole_day(occurrence):
        return clock.at(occurrence.day, DAY[0]), clock.at(occurrence.day, DAY[1])
    action, start = occurrence.action, occurrence.starts
    if action.time_to and occurrence.ends and "BYHOUR" not in action.rrule:
        return start, max(start, occurrence.ends)
    return start, start + LEEWAY


def _task(occurrence: Occurrence, terms: ActionTerms | None, units: Members, day: date) -> Task | None:
    action = occurrence.action
    terms = terms or ActionTerms(action=action)
    pieces = tuple(p for p in _pieces(occurrence, terms) if takes_part(units, p.unit, day))[:MOST]
    if not pieces:
        return None
    start, end = _window(occurrence)
    settled = occurrence.status if occurrence.status in ("done", "not_done") else ""
    return Task(
        occurrence.key, action.pk, occurrence.original, start, end, whole_day(occurrence), pieces,
        sync=terms.sync if len(pieces) > 1 else "independent", gap=(terms.gap_from, terms.gap_to), strict=terms.strict,
        priority=terms.priority, movable=terms.movable, after=action.after_id, settled=settled,
    )  # fmt: skip


def _pieces(occurrence: Occurrence, terms: ActionTerms) -> list[Piece]:
    """One for each of the unit's staff that it takes, and one for each who comes along."""
    action = occurrence.action
    minutes = home.minutes(action.minutes, action.competence)
    acts = (terms.act,) if terms.act else ()
    who = occurrence.assignment.pk if occurrence.assignment else None
    assert action.unit_id is not None
    own = [
        Piece(action.unit_id, action.competence, acts, minutes, who if number == 0 else None)
        for number in range(terms.staff)
    ]
    others = [
        Piece(p.unit_id, home.companion(p.unit.kind, p.assignment.role if p.assignment else ""), (), minutes,
              p.assignment_id)
        for p in action.participants.all()
    ]  # fmt: skip
    return own + others
