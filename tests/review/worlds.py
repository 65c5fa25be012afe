"""A log in the database: who did what, when, in one line each. And reviewers who are not the one of the common world."""

from datetime import datetime, timedelta
from typing import Any

from samband.core import clock
from samband.core.models import AuditEvent, AuditSubject
from samband.people.models import Assignment, Person, Unit
from samband.review.models import Check
from tests.worlds import World, _staff


def entry(by: Assignment, action: str, *persons: Person, at: datetime | None = None, **more: Any) -> AuditEvent:
    """One line as the audit writes it; a service's act has `view=""`."""
    at = at or clock.now() - timedelta(days=1)
    event = AuditEvent.objects.create(
        **{
            "period": f"{clock.local(at):%Y-%m}", "at": at, "action": action, "rule": "A1", "user_id": by.staff.user_id,
            "actor_kind": "staff", "actor_name": by.staff.full_name, "actor_label": f"{by.title}, {by.unit.name}",
            "assignment_id": by.pk, "unit_id": by.unit_id, "organization_id": by.unit.organization_id, "view": "x:1", **more,
        }
    )  # fmt: skip
    AuditSubject.objects.bulk_create([AuditSubject(event=event, person_id=p.pk) for p in persons])
    return event


def held(world: World, name: str) -> Assignment:
    return Assignment.objects.select_related("staff", "unit").get(staff__user=world.users[name])


def town_reviewer(world: World) -> Assignment:
    """The reviewer of the municipality, where Alice and Bob work."""
    return _staff(world.users, "town_reviewer", world.units["help"], "reviewer")


def a_check(world: World, by: Assignment | None = None, person: Person | None = None, key: str = "k") -> Check:
    """A check about Alice and the person, with its first step."""
    from samband.review.services.checks import SYSTEM, enter

    by = by or held(world, "alice")
    known = Check.objects.filter(organization_id=by.unit.organization_id, key=key).first()
    if known is not None:
        return known
    event = entry(by, "plan.read", person or world.person)
    row = Check(
        organization=by.unit.organization, unit=by.unit, staff=by.staff, person=person or world.person, role=by.role,
        source="pattern", pattern="neighbour", why={"metres": 20}, day=clock.today(), period=f"{clock.today():%Y-%m}",
        events=[event.pk], key=key,
    )  # fmt: skip
    return enter(SYSTEM, [row])[0]


def closed(unit: Unit) -> None:
    """Open on weekdays from eight to five."""
    from datetime import time

    from samband.people.models import OpeningHours

    OpeningHours.objects.bulk_create(
        [OpeningHours(unit=unit, weekday=d, opens=time(8), closes=time(17)) for d in range(5)]
    )
