"""Areas, organisations, units and staff of the demo county. Loading twice adds nothing."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from samband.core.models import User
from samband.demo import source
from samband.demo.moments import day
from samband.people.models import Area, Assignment, OpeningHours, Organization, Staff, Unit

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass
class County:
    """What the stories and the generator refer to, by key."""

    areas: dict[str, Area] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    assignments: dict[tuple[str, str], Assignment] = field(default_factory=dict)

    def assignment(self, staff: str, unit: str | None = None) -> Assignment:
        """The assignment of a member of staff at the unit, or her first one."""
        if unit and (staff, unit) in self.assignments:
            return self.assignments[staff, unit]
        return next(row for (who, _unit), row in self.assignments.items() if who == staff)


def demo_user(username: str) -> User:
    """An account without password that works in demo mode, on loopback, only."""
    user = User.objects.filter(username=username).first() or User.objects.create_user(username)
    if not user.is_demo:
        user.is_demo = True
        user.save(update_fields=["is_demo"])
    return user


def load() -> County:
    """Everything that stands still: find it, or make it."""
    data, found = source.county(), County()
    _areas(data["areas"], found)
    organizations = {row["key"]: _organization(row) for row in data["organizations"]}
    for row in data["units"]:
        found.units[row["key"]] = _unit(row, organizations[row["organization"]], found)
    for row in data["staff"]:
        _staff(row, found)
    return found


def _areas(rows: list[dict[str, Any]], found: County) -> None:
    for row in rows:
        found.areas[row["key"]], _ = Area.objects.get_or_create(
            name=row["name"],
            parent=found.areas.get(row.get("parent", "")),
            defaults={"kind": row["kind"], "latitude": row["lat"], "longitude": row["lon"]},
        )


def _organization(row: dict[str, Any]) -> Organization:
    return Organization.objects.get_or_create(
        hsa_id=row["hsa_id"], defaults={"name": row["name"], "kind": row["kind"], "org_number": row["org_number"]}
    )[0]


def _unit(row: dict[str, Any], organization: Organization, found: County) -> Unit:
    always = row["hours"] == "always"
    unit, made = Unit.objects.get_or_create(
        hsa_id=row["hsa_id"],
        defaults={
            "organization": organization,
            "name": row["name"],
            "kind": row["kind"],
            "phone": row["phone"],
            "address": row["address"],
            "area": found.areas[row["area"]],
            "latitude": row["lat"],
            "longitude": row["lon"],
            "always_open": always,
        },
    )
    if made and not always:
        OpeningHours.objects.bulk_create(hours_of(unit, row["hours"]))
    return unit


def hours_of(unit: Unit, stretches: list[dict[str, str]]) -> list[OpeningHours]:
    """`mon-thu 07:45–17:00` as one row a day; a stretch over midnight becomes two."""
    rows = []
    for stretch in stretches:
        first, _, last = stretch["days"].partition("-")
        opens, closes = time.fromisoformat(stretch["opens"]), time.fromisoformat(stretch["closes"])
        for number in range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1):
            if opens < closes:
                rows.append(OpeningHours(unit=unit, weekday=number, opens=opens, closes=closes))
                continue
            rows.append(OpeningHours(unit=unit, weekday=number, opens=opens, closes=time(23, 59, 59)))
            rows.append(OpeningHours(unit=unit, weekday=(number + 1) % 7, opens=time(), closes=closes))
    return rows


def _staff(row: dict[str, Any], found: County) -> None:
    staff, _ = Staff.objects.get_or_create(
        hsa_id=row["hsa_id"],
        defaults={"given_name": row["given"], "family_name": row["family"], "phone": row["phone"]},
    )
    if row["login"] and staff.user_id is None:
        staff.user = demo_user(row["key"].replace("_", "."))
        staff.save(update_fields=["user"])
    for item in row["assignments"]:
        assignment, made = Assignment.objects.get_or_create(
            staff=staff,
            unit=found.units[item["unit"]],
            role=item["role"],
            defaults={"title": item["title"], "starts_on": day("-400d")},
        )
        if made and item.get("covers"):
            assignment.covers.set([found.units[key] for key in item["covers"]])
        found.assignments[row["key"], item["unit"]] = assignment
