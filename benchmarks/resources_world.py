"""A municipality (or a county of them) that plans its day: units, staff with shifts, persons with plans. Seeded, no one is real."""

import random
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from samband.core import clock
from samband.people.models import Area, Assignment, Organization, Person, Staff, Unit
from samband.plans.models import Action, CarePlan, Participant
from samband.resources.models import ActionTerms, Delegation, Loan, Pool, PoolUnit, WorkShift

#: unit → kind, organisation, role of its staff, how many of sixty
UNITS = (
    ("Hemtjänsten norr", "home_help", "town", "assistant", 16),
    ("Hemtjänsten söder", "home_help", "town", "assistant", 14),
    ("Omsorgsbolaget", "home_help", "private", "assistant", 10),
    ("Hemsjukvården", "home_nursing", "town", "nurse", 12),
    ("Vårdcentralen", "care_center", "region", "physician", 2),
    ("Rehab", "rehab", "town", "therapist", 2),
    ("Mobila teamet", "mobile_team", "region", "nurse", 4),
)
HOURS = ((7, 16), (7, 15), (13, 22), (14, 22), (7, 16))
HELP = ((7, 30, 9, 0), (11, 30, 13, 0), (16, 30, 18, 0), (19, 30, 21, 30))


@dataclass
class Size:
    staff: int = 60
    visits: int = 600


@transaction.atomic
def fill(day: date, municipalities: int = 1, size: Size | None = None, seed: int = 1) -> list[Pool]:
    size, rng = size or Size(), random.Random(seed)
    kinds = {"town": "municipality", "private": "private", "region": "region"}
    region = Organization.objects.create(name="Regionen", kind="region", hsa_id="SE5560000001-0001")
    pools = []
    for n in range(municipalities):
        where = (59.6 + 0.4 * (n % 3), 16.6 + 0.7 * (n // 3))
        area = Area.objects.create(name=f"Kommun {n}", latitude=where[0], longitude=where[1])
        orgs = {"region": region} | {
            key: Organization.objects.create(name=f"{key} {n}", kind=kinds[key], hsa_id=f"SE55600{n:03d}1{k}-0001")
            for k, key in enumerate(("town", "private"))
        }
        pools.append(_municipality(n, day, area, orgs, where, size, rng))
    return pools


def _municipality(n: int, day: date, area: Area, orgs, where, size: Size, rng: random.Random) -> Pool:
    pool = Pool.objects.create(name=f"Kommun {n}")
    pool.areas.add(area)
    units, first = {}, day - timedelta(days=400)
    share = size.staff / sum(row[4] for row in UNITS)
    for k, (name, kind, org, role, count) in enumerate(UNITS):
        unit = Unit.objects.create(
            organization=orgs[org], name=f"{name} {n}", kind=kind, area=area, hsa_id=f"SE5560000001-U{n:02d}{k}",
            latitude=where[0] + rng.gauss(0, 0.02), longitude=where[1] + rng.gauss(0, 0.03),
        )  # fmt: skip
        units[name] = unit
        PoolUnit.objects.create(pool=pool, unit=unit, starts_on=first)
        Loan.objects.create(pool=pool, unit=unit, starts_on=first, hours=40)
        _staff(unit, role, max(1, round(count * share)), day, n * 100 + k, rng)
    _persons(n, day, area, units, where, size, rng)
    return pool


def _staff(unit: Unit, role: str, count: int, day: date, serial: int, rng: random.Random) -> None:
    for k in range(count):
        staff = Staff.objects.create(
            given_name=f"Personal {serial}", family_name=str(k), hsa_id=f"SE5560000001-P{serial:04d}{k:03d}"
        )
        who = Assignment.objects.create(
            staff=staff, unit=unit, role=role, title=role, starts_on=day - timedelta(days=400)
        )
        begins, ends = HOURS[k % len(HOURS)] if role in ("assistant", "nurse") else (8, 17)
        WorkShift.objects.create(
            assignment=who, starts_at=clock.at(day, time(begins)), ends_at=clock.at(day, time(ends)),
            means=rng.choice(["car", "car", "car", "bike"]), break_minutes=30,
            break_from=time(11) if begins < 12 else time(17), break_to=time(13) if begins < 12 else time(19),
        )  # fmt: skip
        if role == "assistant" and k % 2:
            Delegation.objects.create(
                assignment=who, act=rng.choice(["insulin", "medicines"]), given_by=who,
                starts_on=day - timedelta(days=90), ends_on=day + timedelta(days=90),
            )  # fmt: skip


def _persons(n: int, day: date, area: Area, units, where, size: Size, rng: random.Random) -> None:
    help_ = [units["Hemtjänsten norr"], units["Hemtjänsten söder"], units["Omsorgsbolaget"]]
    made, number = 0, 0
    while made < size.visits:
        number += 1
        person = Person.objects.create(
            identity_kind="reserve", identity_number=f"19400101{chr(65 + n)}{number:03d}", given_name="Person",
            family_name=f"{n} {number}", birth_date=date(1940, 1, 1), area=area,
            latitude=where[0] + rng.gauss(0, 0.05), longitude=where[1] + rng.gauss(0, 0.08),
        )  # fmt: skip
        plan = CarePlan.objects.create(person=person)
        unit = help_[number % 3]
        for window in HELP[: rng.choice([2, 3, 4, 4])]:
            made += 1
            _action(plan, unit, "assistant", rng.choice([15, 20, 30, 40]), window, day)
        if rng.random() < 0.3:
            made += 1
            act = _action(plan, units["Hemsjukvården"], "delegated", 15, (7, 0, 9, 30), day)
            ActionTerms.objects.create(action=act, act=rng.choice(["insulin", "medicines"]), priority=5)
        if rng.random() < 0.4:
            made += 1
            nurse = _action(plan, units["Hemsjukvården"], "nurse", 30, (9, 30, 15, 0), day)
            if rng.random() < 0.1:
                Participant.objects.create(action=nurse, unit=units["Vårdcentralen"])
        if rng.random() < 0.08:
            made += 1
            double = _action(plan, unit, "assistant", 30, (9, 30, 11, 30), day)
            ActionTerms.objects.create(action=double, staff=2)


def _action(plan: CarePlan, unit: Unit, competence: str, minutes: int, window, day: date) -> Action:
    a, b, c, d = window
    return Action.objects.create(
        plan=plan, title="Besök", unit=unit, place="Hemma", competence=competence, minutes=minutes, rrule="FREQ=DAILY",
        starts_on=day - timedelta(days=30), next_on=day, time_from=time(a, b), time_to=time(c, d),
    )  # fmt: skip
