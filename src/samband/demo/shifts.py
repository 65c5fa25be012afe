"""Shifts of the demo county: patterns of fourteen days that begin today, and staff enough for the generated persons."""

import math
import random
import re
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from samband.core import clock, text
from samband.demo import source
from samband.demo.moments import of_day
from samband.people.models import Assignment, Staff, Unit
from samband.plans.models import Action
from samband.resources.models import Pool, PoolUnit, Team, WorkProfile, WorkShift

BEFORE, AFTER = 7, 15  # days with shifts, before and after today
GROWS = {"home_nursing": ("nurse", "sjuksköterska"), "home_help": ("assistant", "undersköterska")}
PATTERNS = (
    "DDDKK--DDDDK--", "DD--DDKKDD--DD", "KK--DDDDKK-DDD", "DDDD--DSDDD--S", "SD--DDDK--DDDD", "--DDDKK--DDDDK", "-KDDD--DKDDDD-",
)  # fmt: skip
DOCTOR = "HHHHH--HHHHH--"
ROAD = 10  # minutes before a visit
DAY = 300  # minutes of visits and roads that one member of staff does on a day, days off counted


def book(who: Assignment, pattern: str, passes: dict[str, Any], team: Team | None = None) -> list[WorkShift]:
    """The shifts of somebody from a week ago and two weeks on; the first sign of the pattern is today."""
    found: list[WorkShift] = []
    for n in range(-BEFORE, AFTER):
        on = clock.today() + timedelta(days=n)
        rows = passes.get(pattern[n % len(pattern)], [])
        found += [_shift(who, on, row, team) for row in rows if not row.get("weekdays") or on.weekday() < 5 or n == 0]
    return found


def _shift(who: Assignment, on: date, row: dict[str, Any], team: Team | None) -> WorkShift:
    opens, closes = of_day(row["from"]), of_day(row["to"])
    rest = row.get("break")
    return WorkShift(
        assignment=who, team=team, on_call=row.get("on_call", False), starts_at=clock.at(on, opens),
        ends_at=clock.at(on if closes > opens else on + timedelta(days=1), closes),
        break_from=of_day(rest[0]) if rest else None, break_to=of_day(rest[1]) if rest else None,
        break_minutes=rest[2] if rest else 0,
    )  # fmt: skip


def staff_up() -> int:
    """Employ as many as the home care of the pools needs for its persons, and give all without shifts some.

    A unit opened by the generator joins the pool of its municipality. Returns how many were employed.
    """
    _join()
    units = list(Unit.objects.filter(pools__isnull=False, kind__in=GROWS).select_related("area").distinct())
    need, have = _minutes(units), _staff(units)
    made = []
    for unit in units:
        short = math.ceil(need.get(unit.pk, 0) / DAY) - have.get(unit.pk, 0)
        made += [_somebody(unit, have.get(unit.pk, 0) + n) for n in range(short)]
    staff = Staff.objects.bulk_create([one for one, _unit in made], batch_size=1000)
    Assignment.objects.bulk_create(
        [
            Assignment(staff=one, unit=unit, role=GROWS[unit.kind][0], title=GROWS[unit.kind][1], starts_on=_since())
            for one, (_row, unit) in zip(staff, made, strict=True)
        ],
        batch_size=1000,
    )
    _shifts(units)
    return len(made)


def _since() -> date:
    return clock.today() - timedelta(days=100)


def _join() -> None:
    """Groups of home care that the generator opened, into the pool of the municipality."""
    pools = {pk: pool for pool in Pool.objects.all() for pk in pool.areas.values_list("pk", flat=True)}
    rows = Unit.objects.filter(kind__in=GROWS, pools__isnull=True, area__isnull=False).select_related("area")
    PoolUnit.objects.bulk_create(
        PoolUnit(pool=pools[key], unit=unit, starts_on=_since())
        for unit in rows
        if (key := unit.area.parent_id or unit.area.pk if unit.area else 0) in pools
    )


def _minutes(units: list[Unit]) -> dict[int, float]:
    """Minutes of visits and roads on an ordinary day, by unit, from how often the actions recur."""
    rows = Action.objects.filter(unit__in=units, status=Action.Status.ACTIVE, minutes__isnull=False).exclude(rrule="")
    found: dict[int, float] = {}
    for unit, minutes, rrule in rows.values_list("unit_id", "minutes", "rrule"):
        if unit is not None and minutes:
            found[unit] = found.get(unit, 0) + (minutes + ROAD) * often(rrule)
    return found


def often(rrule: str) -> float:
    """How many times a day, on average: `FREQ=WEEKLY;BYDAY=TU,FR` → 2/7."""
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    times = len(re.findall(r"[A-Z]{2}", parts.get("BYDAY", ""))) or 1
    base = {"DAILY": 1.0, "WEEKLY": times / 7, "MONTHLY": times / 30}.get(parts.get("FREQ", ""), 0.0)
    return base / int(parts.get("INTERVAL", "1"))


def _staff(units: list[Unit]) -> dict[int, int]:
    rows = Assignment.objects.filter(unit__in=units, role__in=[role for role, _title in GROWS.values()])
    return dict(rows.values_list("unit").annotate(n=Count("pk")).values_list("unit", "n"))


def _somebody(unit: Unit, serial: int) -> tuple[Staff, Unit]:
    """An invented member of staff; the V in her id tells the generator that she came after its persons."""
    rng = random.Random(f"{unit.hsa_id}:{serial}")
    origins = source.names()["origins"]
    origin = rng.choices(origins, [row["weight"] for row in origins])[0]
    given, family = rng.choice(origin["women"] + origin["men"]), rng.choice(origin["families"])
    staff = Staff(
        given_name=given, family_name=family, hsa_id=f"{unit.hsa_id}V{serial}",
        phone=f"031-390 06 {rng.randrange(50):02d}", sort_name=text.sort_key(family, given)[:300],
    )  # fmt: skip
    return staff, unit


def _shifts(units: list[Unit]) -> None:
    """Patterns in turn for everybody at the units who has no shift yet, and afternoons at home for the doctors."""
    roles = [role for role, _title in GROWS.values()]
    idle = Assignment.objects.exclude(staff__assignments__work_shifts__isnull=False)
    home = idle.filter(unit__in=units, role__in=roles).order_by("unit_id", "pk")
    doctors = idle.filter(unit__pools__isnull=False, unit__kind="care_center", role="physician").order_by("pk")
    wanted = [(who, PATTERNS[n % len(PATTERNS)]) for n, who in enumerate(home)] + [(who, DOCTOR) for who in doctors]
    passes = source.resources()["passes"]
    shifts: list[WorkShift] = []
    profiles, seen = [], set[int]()
    for who, pattern in wanted:
        if who.staff_id not in seen:
            seen.add(who.staff_id)
            shifts += book(who, pattern, passes)
            profiles.append(WorkProfile(assignment=who))
    known = set(WorkProfile.objects.values_list("assignment_id", flat=True))
    WorkProfile.objects.bulk_create([p for p in profiles if p.assignment_id not in known], batch_size=1000)
    WorkShift.objects.bulk_create(shifts, batch_size=1000)
