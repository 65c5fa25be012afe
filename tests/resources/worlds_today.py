"""A published day in the small world: Alice and Bob have shifts, Märit has visits. Times are minutes after midnight of the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from samband.core import clock
from samband.people.models import Assignment, Staff, Unit
from samband.plans.services.occurrences import unfold
from samband.resources.models import (
    DayPlan,
    Happening,
    Placement,
    Pool,
    PoolUnit,
    Visit,
    VisitItem,
    VisitPart,
    VisitRequest,
    WorkShift,
)
from tests.resources.worlds_desk import things
from tests.worlds import MARK, World, _staff


@dataclass
class Day:
    world: World
    pool: Pool
    plan: DayPlan
    alice: WorkShift
    bob: WorkShift
    planner: Assignment


def at(minutes: int) -> datetime:
    return clock.day_bounds(clock.today())[0] + timedelta(minutes=minutes)


def assignment(world: World, name: str) -> Assignment:
    return Assignment.objects.get(staff__user=world.users[name])


def make_day(world: World) -> Day:
    """A pool of two units with a planner; a published plan without visits."""
    pool = Pool.objects.first() or Pool.objects.create(name="Heby", day_starts="06:00")
    pool.areas.add(world.area)
    for name in ("nursing", "help"):
        PoolUnit.objects.get_or_create(pool=pool, unit=world.units[name])
    planner = _staff(world.users, "planner", world.units["nursing"], "planner")
    Staff.objects.filter(pk=planner.staff_id).update(phone="0980-319 299")
    plan = DayPlan.objects.create(
        pool=pool, day=clock.today(), number=1, status=DayPlan.Status.PUBLISHED, published_at=clock.now()
    )
    shifts = [
        WorkShift.objects.create(assignment=assignment(world, name), starts_at=at(420), ends_at=at(960))
        for name in ("alice", "bob")
    ]
    return Day(world, pool, plan, *shifts, planner)


def visit(
    day: Day, start: int, *who: WorkShift, minutes: int = 20, unit: Unit | None = None, person=None, items=False,
    window: tuple[int, int] | None = None, sync: str = "simultaneous", competence: str = "none",
) -> Visit:  # fmt: skip
    """A visit by those on the shifts, at the time; with the plan's first occurrence of the day if `items`."""
    unit, person = unit or day.world.units["nursing"], person or day.world.person
    low, high = window or (start - 30, start + 60)
    found = Visit.objects.create(
        key=f"v{Visit.objects.count()}", person=person, unit=unit, area=day.world.area, day=day.plan.day,
        window_from=at(low), window_to=at(high), sync=sync,
    )  # fmt: skip
    if items:
        one = unfold([day.world.things["action"]], day.plan.day, day.plan.day)[0]
        VisitItem.objects.create(visit=found, action=one.action, original=one.original)
    for number, shift in enumerate(who or (None,), 1):
        part = VisitPart.objects.create(visit=found, number=number, unit=unit, minutes=minutes, competence=competence)
        if shift is not None:
            order = Placement.objects.filter(plan=day.plan, shift=shift).count()
            Placement.objects.create(
                plan=day.plan, part=part, shift=shift, order=order, starts_at=at(start), ends_at=at(start + minutes),
                travel=8,
            )  # fmt: skip
    return found


def a_happening(world: World) -> Happening:
    """An urgent request about the world's person, which waits with a proposal. Made once."""
    known = things(world)
    if "happening" not in world.things:
        found: Visit = known["visit"]
        asked = VisitRequest.objects.create(
            person=world.person,
            unit=world.units["nursing"],
            needed_by=at(660),
            why=f"Behöver hjälp {MARK}",
            visit=found,
        )
        world.things["happening"] = Happening.objects.create(
            pool=known["pool"], day=found.day, kind="urgent", visit=found, request=asked, proposal=known["dayplan"]
        )
    return world.things["happening"]
