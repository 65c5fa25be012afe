"""The small world of tests/worlds.py with a meeting about Märit: called, answered in part, with marks in every text."""

from datetime import UTC, datetime, timedelta
from typing import Any

from samband.core import clock
from samband.meetings.models import AgendaItem, Attendee, Decision, Meeting
from samband.meetings.services import calls
from samband.meetings.services.invites import Guests
from samband.people.models import Assignment
from tests.worlds import MARK, World, agree

# Monday 23 November 2026, 09.00 in Sweden.
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def assignment(world: World, name: str) -> Assignment:
    return Assignment.objects.select_related("staff", "unit__organization").get(staff__user=world.users[name])


def guests(world: World, **more: Any) -> Guests:
    values = {
        "person": True, "relatives": (world.things["husband"],), "units": (world.units["nursing"],),
        "staff": (assignment(world, "gp"),),
    }  # fmt: skip
    return Guests(**{**values, **more})


def wanted(world: World, **more: Any) -> calls.Call:
    start = more.pop("starts", clock.now() + 7 * DAY)
    values = {
        "kind": "sip", "starts": start, "ends": start + HOUR, "place": f"Köket {MARK}", "link": f"https://video.test/{MARK}",
        "guests": guests(world), "items": (f"Taxikort {MARK}",),
    }  # fmt: skip
    return calls.Call(**{**values, **more})


def call(world: World, who: str = "coordinator", **more: Any) -> Meeting:
    """Called by the care centre's coordinator, through the service."""
    return calls.call(world.actor(who), world.person, wanted(world, **more))


def with_school(world: World) -> None:
    """A14, P5: the school is a party because the person agreed."""
    from samband.access.models import Party

    if not Party.objects.filter(person=world.person, unit=world.units["school"]).exists():
        agree(world.person, world.units["school"])


def row_of(meeting: Meeting, kind: str, **more: Any) -> Attendee:
    return Attendee.objects.select_related("meeting").get(meeting=meeting, kind=kind, **more)


def things(world: World) -> dict[str, Any]:
    """Made once for a world: what the addresses of meetings name."""
    if "meeting" in world.things:
        return world.things
    meeting = call(world)
    item = AgendaItem.objects.filter(meeting=meeting, kind="own").first()
    assert item is not None
    item.notes = f"Antecknat {MARK}"
    item.save()
    decision = Decision.objects.create(
        meeting=meeting, item=item, kind="action", title=f"Beslut {MARK}", thing=f"plans.action:{world.things['action'].public_id}",
        name="Test",
    )  # fmt: skip
    world.things |= {
        "meeting": meeting, "attendee": row_of(meeting, "unit"), "agendaitem": item, "decision": decision,
    }  # fmt: skip
    return world.things
