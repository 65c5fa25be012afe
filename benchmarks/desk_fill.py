"""A day of the size that a municipality has: 60 staff in three units, 600 visits to 300 persons, one plan published, one draft."""

import random
from datetime import date, timedelta

from samband.core import clock
from samband.core.models import User
from samband.people.models import Area, Assignment, Organization, Person, Staff, Unit
from samband.plans.models import Action, CarePlan
from samband.resources.models import (
    DayPlan,
    Loan,
    Placement,
    Pool,
    PoolUnit,
    Visit,
    VisitItem,
    VisitPart,
    WorkShift,
)
from samband.resources.services.drafts import new_draft

STAFF, VISITS, PERSONS, UNITS = 60, 600, 300, 3


def fill(seed: int = 7) -> tuple[User, DayPlan]:
    """The planner of the first unit, and the draft."""
    rng = random.Random(seed)
    day = clock.today() + timedelta(days=1)
    areas = [
        Area.objects.create(name=f"Område {n}", latitude=59.9 + n / 40, longitude=16.9 + n / 30) for n in range(12)
    ]
    pool = Pool.objects.create(name="Mätt dag")
    units = [_unit(n, areas[0], pool) for n in range(UNITS)]
    planner = _planner(units[0])
    shifts = [_shift(n, units[n % UNITS], day) for n in range(STAFF)]
    persons = [_person(n, rng.choice(areas), rng) for n in range(PERSONS)]
    plan = DayPlan.objects.create(pool=pool, day=day, number=1, status="published")
    _visits(rng, day, persons, units, shifts, plan)
    return planner, new_draft(pool, day, None)


def _unit(n: int, area: Area, pool: Pool) -> Unit:
    org = Organization.objects.create(name=f"Organisation {n}", kind="municipality", hsa_id=f"SE556000{n:04d}-0001")
    unit = Unit.objects.create(
        organization=org, name=f"Enhet {n}", kind="home_nursing", area=area, hsa_id=f"SE556000{n:04d}-U1",
        latitude=59.95, longitude=16.95,
    )  # fmt: skip
    PoolUnit.objects.create(pool=pool, unit=unit, starts_on=clock.today())
    Loan.objects.create(pool=pool, unit=unit, starts_on=clock.today())
    return unit


def _planner(unit: Unit) -> User:
    user = User.objects.create_user("planner")
    staff = Staff.objects.create(given_name="Plan", family_name="Erare", hsa_id="SE5560000000-P1", user=user)
    Assignment.objects.create(staff=staff, unit=unit, role="planner", title="planerare")
    return user


def _shift(n: int, unit: Unit, day: date) -> WorkShift:
    staff = Staff.objects.create(given_name=f"Förnamn{n}", family_name=f"Efternamn{n}", hsa_id=f"SE5560000000-S{n}")
    who = Assignment.objects.create(staff=staff, unit=unit, role="nurse", title="sjuksköterska")
    begins = clock.day_bounds(day)[0] + timedelta(hours=7 if n % 3 else 13)
    return WorkShift.objects.create(assignment=who, starts_at=begins, ends_at=begins + timedelta(hours=8))


def _person(n: int, area: Area, rng: random.Random) -> CarePlan:
    person = Person.objects.create(
        identity_kind="reserve", identity_number=f"19400101K{n:03d}", given_name=f"Person{n}", family_name="Testsson",
        area=area, latitude=60 + rng.uniform(-0.2, 0.2), longitude=17 + rng.uniform(-0.4, 0.4),
    )  # fmt: skip
    return CarePlan.objects.create(person=person)


def _visits(
    rng: random.Random, day: date, plans: list[CarePlan], units: list[Unit], shifts: list[WorkShift], plan: DayPlan
) -> None:
    for n in range(VISITS):
        care, shift = plans[n % PERSONS], shifts[n % STAFF]
        unit = units[n % UNITS]
        start = shift.starts_at + timedelta(minutes=45 * (n // STAFF) + 10)
        action = Action.objects.create(plan=care, title=f"Insats nummer {n}", unit=unit, competence="nurse")
        visit = Visit.objects.create(
            key=f"bench-{n}", person=care.person, unit=unit, area=care.person.area, day=day,
            window_from=start - timedelta(minutes=30), window_to=start + timedelta(minutes=rng.randint(0, 60)),
        )  # fmt: skip
        VisitItem.objects.create(visit=visit, action=action, original=start)
        part = VisitPart.objects.create(visit=visit, number=1, unit=unit, competence="nurse", minutes=25)
        if n % 40:
            Placement.objects.create(
                plan=plan, part=part, shift=shift, order=n // STAFF, starts_at=start,
                ends_at=start + timedelta(minutes=25), travel=12,
            )  # fmt: skip
