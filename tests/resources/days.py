"""A small pool for tests: the world's nursing, home help and care centre plan one day together."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from samband.core import clock
from samband.people.models import Assignment, Person, Staff, Unit
from samband.plans.models import Action, CarePlan
from samband.resources.models import Pool, PoolUnit, WorkShift
from tests.worlds import World, make_person

DAY = date(2026, 11, 24)
NOW = clock.at(date(2026, 11, 23), time(9, 12))


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return clock.at(day, time(hour, minute))


@dataclass
class Days:
    world: World
    pool: Pool
    staff: dict[str, Assignment] = field(default_factory=dict)
    persons: list[Person] = field(default_factory=list)

    def worker(self, name: str, unit: str, role: str, hours: tuple[int, int] = (7, 16), **more: Any) -> WorkShift:
        """Somebody with a shift on the day."""
        if name not in self.staff:
            number = Staff.objects.count() + 1
            staff = Staff.objects.create(given_name=name, family_name="Test", hsa_id=f"SE5560000000-W{number}")
            self.staff[name] = Assignment.objects.create(
                staff=staff, unit=self.unit(unit), role=role, title=role, starts_on=date(2026, 1, 1)
            )
        return WorkShift.objects.create(
            assignment=self.staff[name], starts_at=at(hours[0]), ends_at=at(hours[1]), **more
        )

    def unit(self, name: str) -> Unit:
        return self.world.units[name]

    def person(self, **more: Any) -> CarePlan:
        """One more, with a plan of her own."""
        person = make_person("Person", "Test", 500 + len(self.persons), self.world.area, **more)
        self.persons.append(person)
        return CarePlan.objects.create(person=person)

    def action(self, plan: CarePlan | None = None, unit: str = "nursing", **more: Any) -> Action:
        values = {
            "title": "Besök", "place": "Hemma", "minutes": 20, "competence": "nurse", "time_from": time(9),
            "time_to": time(10), "starts_on": date(2026, 11, 1), "rrule": "FREQ=DAILY", "next_on": date(2026, 11, 23),
        } | more  # fmt: skip
        return Action.objects.create(plan=plan or self.world.plan, unit=self.unit(unit), **values)


def make_days(world: World) -> Days:
    Action.objects.all().delete()
    pool = Pool.objects.create(name="Poolen")
    pool.areas.add(world.area)
    for name in ("nursing", "help", "centre"):
        PoolUnit.objects.create(pool=pool, unit=world.units[name], starts_on=date(2026, 1, 1))
    for n, name in enumerate(("nursing", "help", "centre")):
        unit = world.units[name]
        unit.latitude, unit.longitude = 59.94 + n * 0.01, 16.85
        unit.save()
    return Days(world, pool)
