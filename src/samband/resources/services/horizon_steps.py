"""What must change for a person's visits to be what her plan says: pairs of visits and wishes. What is begun is never touched."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from samband.core import clock
from samband.resources.models import Visit, VisitItem
from samband.resources.rules.grouping import Piece, Task, Wanted, visits
from samband.resources.services.tasks import Members, takes_part

Status = Visit.Status
BEGUN = (Status.STARTED, Status.DONE, Status.NOT_DONE)
SETTLED = {"": Status.PLANNED, "done": Status.DONE, "not_done": Status.NOT_DONE}
Days = dict[date, list[Task]]


@dataclass
class Step:
    """One change: a visit (unsaved: new) that is to be like `wanted`, or to go."""

    visit: Visit
    wanted: Wanted | None
    day: date


def _begun(visit: Visit) -> bool:
    """Whether somebody has been there, or it was called off on the day. Marked in the plan only, it still follows the plan."""
    if visit.status == Status.CANCELLED or any(p.reports.all() for p in visit.parts.all()):
        return True
    return visit.status in BEGUN and bool(visit.started_at or visit.ended_at or visit.status == Status.STARTED)


def steps_of(asked: Days, rows: list[Visit], units: Members, first: date, last: date) -> tuple[list[Step], int]:
    """What must change, and how many visits stand as they should."""
    fixed = [v for v in rows if _begun(v)]
    free = {v.pk: v for v in rows if not _begun(v)}
    steps, kept = list[Step](), len(fixed)
    undone = _less([i for v in fixed for i in v.items.all()], asked)
    left = [(day, want) for day, some in sorted(undone.items()) for want in visits(some)]
    keys = {v.key for v in rows}
    pairs = _pairs([w for _day, w in left], list(free.values()))
    for day, want in left:
        visit = free.pop(pairs[want.key]) if want.key in pairs else None
        if visit is None:
            if want.settled:
                continue  # done before anybody planned it
            steps.append(Step(Visit(key=_key(want.key, keys)), want, day))
        elif _differs(visit, want, day):
            steps.append(Step(visit, want, day))
        else:
            kept += 1
    over = (v for v in free.values() if _of_plan(v) and v.status != Status.GONE and _in_reach(v, units, first, last))
    return [*steps, *(Step(visit, None, visit.day) for visit in over)], kept


def _wall(original: datetime) -> date:
    return clock.local(original).date()


def _less(items: list[VisitItem], asked: Days) -> Days:
    """Without what a visit that is begun stands for: the same time, else the same action the same day (its time was changed)."""
    exact = {(i.action_id, i.original) for i in items}
    there = {(t.action, t.original) for some in asked.values() for t in some}
    moved = Counter((i.action_id, _wall(i.original)) for i in items if (i.action_id, i.original) not in there)
    found: Days = {}
    for day, some in asked.items():
        found[day] = []
        for task in sorted(some, key=lambda t: t.original):
            sort = (task.action, _wall(task.original))
            if (task.action, task.original) in exact:
                continue
            if moved[sort]:
                moved[sort] -= 1
            else:
                found[day].append(task)
    return found


def _in_reach(visit: Visit, units: Members, first: date, last: date) -> bool:
    return first <= visit.day <= last and takes_part(units, visit.unit_id, visit.day)


def _of_plan(visit: Visit) -> bool:
    """Built on a plan, and not asked for by somebody."""
    return bool(visit.items.all()) or (getattr(visit, "request", None) is None and "T" in visit.key.rpartition("/")[2])


def _key(key: str, keys: set[str]) -> str:
    """The key, or one beside it where a visit that may not be touched has it."""
    number, found = 2, key
    while found in keys:
        found, number = f"{key}#{number}", number + 1
    keys.add(found)
    return found


def _pairs(wanted: list[Wanted], rows: list[Visit]) -> dict[str, int]:
    """Which visit becomes which: the one with its key, else the one with which it shares most."""
    found: dict[str, int] = {}
    by_key = {v.key: v.pk for v in rows}
    for want in wanted:
        if want.key in by_key:
            found[want.key] = by_key[want.key]
    used = set(found.values())
    for want in wanted:
        if want.key in found:
            continue
        shared = [(_shared(want, v), -v.pk) for v in rows if v.pk not in used]
        (exact, same_day), pk = max(shared, default=((0, 0), 0))
        if exact or same_day:
            found[want.key] = -pk
            used.add(-pk)
    return found


def _shared(want: Wanted, visit: Visit) -> tuple[int, int]:
    """Occurrences in common, and actions in common on the day."""
    items = [(i.action_id, i.original) for i in visit.items.all()]
    days = {(action, _wall(original)) for action, original in want.items}
    return len(set(want.items) & set(items)), len(days & {(a, _wall(o)) for a, o in items})


def values_of(want: Wanted, day: date) -> dict[str, object]:
    return {
        "unit_id": want.pieces[0].unit, "day": day, "window_from": want.start, "window_to": want.end, "sync": want.sync,
        "gaps": [list(gap) for gap in want.gaps], "strict": want.strict, "priority": want.priority,
        "movable": want.movable, "status": SETTLED[want.settled],
    }  # fmt: skip


def _pieces(visit: Visit) -> tuple[Piece, ...]:
    return tuple(
        Piece(p.unit_id, p.competence, tuple(p.acts), p.minutes, p.assignment_id)
        for p in sorted(visit.parts.all(), key=lambda p: p.number)
    )


def _differs(visit: Visit, want: Wanted, day: date) -> bool:
    values = values_of(want, day)
    same = all(getattr(visit, name) == value for name, value in values.items())
    items = {(i.action_id, i.original) for i in visit.items.all()}
    return not same or items != set(want.items) or _pieces(visit) != want.pieces
