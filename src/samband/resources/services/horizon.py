"""What the plans promise, as visits for the days to come. Said twice it changes nothing; what is begun or done is never touched.

People are taken one at a time: who needs a change is found without a lock, then her row is locked and she is looked at again,
so that the duty and somebody who changes her plan do not make the same visit twice.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q

from samband.core import clock
from samband.people.models import Person, Unit
from samband.people.models.staff import current
from samband.plans.models import CarePlan
from samband.resources.models import Pool, Visit, VisitItem, VisitPart, VisitReport
from samband.resources.rules.grouping import Piece, Task, Wanted, visits
from samband.resources.services.tasks import Members, members, takes_part, tasks

DAYS = 14
Status = Visit.Status
BEGUN = (Status.STARTED, Status.DONE, Status.NOT_DONE)
SETTLED = {"": Status.PLANNED, "done": Status.DONE, "not_done": Status.NOT_DONE}
FIELDS = ("unit_id", "day", "window_from", "window_to", "sync", "gaps", "strict", "priority", "movable", "status")


@dataclass
class Synced:
    """What was made, changed, taken out, and left as it was."""

    created: int = 0
    changed: int = 0
    gone: int = 0
    kept: int = 0
    persons: set[int] = field(default_factory=set)


@dataclass
class Step:
    """One change: a visit (unsaved: new) that is to be like `wanted`, or to go."""

    visit: Visit
    wanted: Wanted | None
    day: date


def sync(pool: Pool, first: date, last: date, person: int | None = None) -> Synced:
    """Make the visits of the days (both included) what the plans say; `person`: hers only."""
    done, units = Synced(), members(pool)
    asked = _asked(pool, first, last, person)
    at_hand = _existing(units, first, last, asked, person)
    for who in sorted({*asked, *at_hand}):
        steps, kept = _steps(asked.get(who, {}), at_hand.get(who, []), units, first, last)
        if not steps:
            done.kept += kept
            continue
        with transaction.atomic():
            Person.objects.select_for_update(of=("self",)).get(pk=who)
            again = _asked(pool, first, last, who)
            rows = _existing(units, first, last, again, who)
            steps, kept = _steps(again.get(who, {}), rows.get(who, []), units, first, last)
            _carry_out(steps, who, done)
            done.kept += kept
            done.persons.add(who)
    return done


Days = dict[date, list[Task]]


def _asked(pool: Pool, first: date, last: date, person: int | None) -> dict[int, Days]:
    """Person → day → what is to be done."""
    found: dict[int, Days] = defaultdict(dict)
    for (who, day), rows in tasks(pool, first, last, person).items():
        found[who][day] = rows
    return found


def _existing(
    units: Members, first: date, last: date, asked: dict[int, Days], person: int | None
) -> dict[int, list[Visit]]:
    """The visits of the days, and those of other days that hold what is wanted now (moved)."""
    times = [task.original for days in asked.values() for rows in days.values() for task in rows]
    held = VisitItem.objects.filter(
        original__range=(min(times), max(times)) if times else (clock.now(), clock.now()), action__unit_id__in=units
    )
    near = Q(day__range=(first, last)) | Q(pk__in=held.values("visit_id"))
    rows = Visit.objects.filter(near, unit_id__in=units)
    if person is not None:
        # Whatever has a key that is needed, on whichever day it is: nothing gets a key that is taken.
        keys = [task.key for some in asked.get(person, {}).values() for task in some]
        near |= Q(key__in=keys)
        rows = Visit.objects.filter(near, unit_id__in=units, person_id=person)
    reported = VisitReport.objects.only("id", "part")
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit in rows.select_related("request").prefetch_related("items", Prefetch("parts__reports", reported)):
        found[visit.person_id].append(visit)
    return found


def _begun(visit: Visit) -> bool:
    """Whether somebody has been there, or it was called off on the day. Marked in the plan only, it still follows the plan."""
    if visit.status == Status.CANCELLED or any(p.reports.all() for p in visit.parts.all()):
        return True
    return visit.status in BEGUN and bool(visit.started_at or visit.ended_at or visit.status == Status.STARTED)


def _steps(asked: Days, rows: list[Visit], units: Members, first: date, last: date) -> tuple[list[Step], int]:
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


def _values(want: Wanted, day: date) -> dict[str, object]:
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
    values = _values(want, day)
    same = all(getattr(visit, name) == value for name, value in values.items())
    items = {(i.action_id, i.original) for i in visit.items.all()}
    return not same or items != set(want.items) or _pieces(visit) != want.pieces


def _carry_out(steps: list[Step], person: int, done: Synced) -> None:
    area = Person.objects.values_list("area_id", flat=True).get(pk=person)
    _let_go(steps)
    new = [s for s in steps if s.visit.pk is None]
    for step in steps:
        _fill(step, person, area)
        if step.visit.pk is not None:
            step.visit.save()
    Visit.objects.bulk_create([s.visit for s in new], batch_size=200)
    _write_items([s for s in steps if s.wanted is not None])
    _write_parts([s for s in steps if s.wanted is not None])
    gone = sum(s.wanted is None for s in steps)
    done.created += len(new)
    done.gone += gone
    done.changed += len(steps) - len(new) - gone


def _let_go(steps: list[Step]) -> None:
    """What a visit holds no longer, and what it is to hold that another has: nothing stands in two."""
    old = [
        item.pk
        for step in steps
        if step.visit.pk is not None
        for item in step.visit.items.all()
        if step.wanted is None or (item.action_id, item.original) not in step.wanted.items
    ]
    VisitItem.objects.filter(pk__in=old).delete()
    wanted = {
        (action, original): step.visit.pk for step in steps if step.wanted for action, original in step.wanted.items
    }
    held = VisitItem.objects.filter(action_id__in={a for a, _o in wanted}, original__in={o for _a, o in wanted})
    others = [i.pk for i in held if wanted.get((i.action_id, i.original), i.visit_id) != i.visit_id]
    VisitItem.objects.filter(pk__in=others).delete()


def _fill(step: Step, person: int, area: int | None) -> None:
    visit, want = step.visit, step.wanted
    visit.version += visit.pk is not None
    if want is None:
        visit.status = Status.GONE
        return
    for name, value in _values(want, step.day).items():
        setattr(visit, name, value)
    visit.person_id, visit.area_id = person, area


def _write_items(steps: list[Step]) -> None:
    have = set(VisitItem.objects.filter(visit__in=[s.visit.pk for s in steps]).values_list("action_id", "original"))
    rows = [
        VisitItem(visit=step.visit, action_id=action, original=original)
        for step in steps
        for action, original in (step.wanted.items if step.wanted else ())
        if (action, original) not in have
    ]
    VisitItem.objects.bulk_create(rows, batch_size=200)


def _write_parts(steps: list[Step]) -> None:
    """In place by their number, so that what is planned of them stays."""
    rows = VisitPart.objects.filter(visit__in=[s.visit.pk for s in steps])
    at_hand = {(p.visit_id, p.number): p for p in rows}
    new: list[VisitPart] = []
    for step in steps:
        for number, piece in enumerate(step.wanted.pieces if step.wanted else (), start=1):
            part = at_hand.pop((step.visit.pk, number), None) or VisitPart(visit=step.visit, number=number)
            part.unit_id, part.competence, part.acts = piece.unit, piece.competence, list(piece.acts)
            part.minutes, part.assignment_id = piece.minutes, piece.assignment
            if part.pk is None:
                new.append(part)
            else:
                part.save()
    VisitPart.objects.bulk_create(new, batch_size=200)
    VisitPart.objects.filter(pk__in=[p.pk for p in at_hand.values()]).delete()


def roll(now: datetime | None = None) -> int:
    """Every pool's days from today on. Returns how many visits were made or changed."""
    first = clock.local(now or clock.now()).date()
    made = [sync(pool, first, first + timedelta(days=DAYS - 1)) for pool in Pool.objects.all()]
    return sum(s.created + s.changed + s.gone for s in made)


def follow(plan: CarePlan) -> int:
    """After a change of one plan. One question where none of its units plans in a pool."""
    first = clock.today()
    last = first + timedelta(days=DAYS - 1)
    units = Unit.objects.filter(Q(actions__plan=plan) | Q(pk__in=plan.actions.values("participants__unit")))
    pools = Pool.objects.filter(current(first, "members__"), members__unit__in=units).distinct()
    made = [sync(pool, first, last, person=plan.person_id) for pool in pools]
    return sum(s.created + s.changed + s.gone for s in made)
