"""What the plans promise, as visits for the days to come. Said twice it changes nothing; what is begun or done is never touched.

People are taken one at a time: who needs a change is found without a lock, then her row is locked and she is looked at again,
so that the duty and somebody who changes her plan do not make the same visit twice.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q

from samband.core import clock
from samband.people.models import Person, Unit
from samband.people.models.staff import current
from samband.plans.models import CarePlan
from samband.resources.models import Pool, Visit, VisitItem, VisitReport
from samband.resources.services.horizon_steps import Days, steps_of
from samband.resources.services.horizon_write import Synced, write
from samband.resources.services.tasks import Members, members, tasks

DAYS = 14


def sync(pool: Pool, first: date, last: date, person: int | None = None) -> Synced:
    """Make the visits of the days (both included) what the plans say; `person`: hers only."""
    done, units = Synced(), members(pool)
    asked = _asked(pool, first, last, person)
    at_hand = _existing(units, first, last, asked, person)
    for who in sorted({*asked, *at_hand}):
        steps, kept = steps_of(asked.get(who, {}), at_hand.get(who, []), units, first, last)
        if not steps:
            done.kept += kept
            continue
        with transaction.atomic():
            Person.objects.select_for_update(of=("self",)).get(pk=who)
            again = _asked(pool, first, last, who)
            rows = _existing(units, first, last, again, who)
            steps, kept = steps_of(again.get(who, {}), rows.get(who, []), units, first, last)
            write(steps, who, done)
            done.kept += kept
            done.persons.add(who)
    return done


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
