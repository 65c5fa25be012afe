"""The small world of tests/worlds.py with rotas, a case about Märit, and somebody to hand it to."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from samband.contact.models import Absence, Case, CaseEvent, Rota, RotaRule, RotaShift, SwapRequest
from samband.core import clock
from samband.people.models import Assignment
from tests.worlds import MARK, World

# Sunday 29 November 2026, 21.30 in Sweden.
SUNDAY = datetime(2026, 11, 29, 20, 30, tzinfo=UTC)


def rota(world: World, unit: str, need: str, **more: Any) -> Rota:
    made = Rota.objects.create(unit=world.units[unit], name=f"{need} {unit}", need=need, **more)
    made.areas.set([world.area])
    return made


def every_day(
    made: Rota, assignment: Assignment | None = None, opens: time = time(0), closes: time = time(0)
) -> RotaRule:
    return RotaRule.objects.create(
        rota=made, weekdays="0123456", opens=opens, closes=closes, assignment=assignment, starts_on=clock.today() - timedelta(days=30)
    )  # fmt: skip


def case(world: World, **more: Any) -> Case:
    values = {
        "subject": f"Fråga {MARK}", "urgency": "today", "sender_kind": "relative", "person": world.person,
        "unit": world.units["nursing"], "sender_relative": world.things["husband"], "phone": "070-174 06 06",
    }  # fmt: skip
    made = Case.objects.create(**{**values, **more})
    CaseEvent.objects.create(case=made, kind="opened", text=f"{MARK}", unit=made.unit)
    return made


def things(world: World) -> dict[str, Any]:
    """Made once for a world: what the addresses of contact name."""
    if "case" in world.things:
        return world.things
    alice = world.things["alice"]
    visit = rota(world, "nursing", "visit")
    start = clock.now() + timedelta(days=1)
    shift = RotaShift.objects.create(rota=visit, starts_at=start, ends_at=start + timedelta(hours=8), assignment=alice)
    gp = Assignment.objects.get(staff__user=world.users["gp"])
    other = RotaShift.objects.create(
        rota=visit, starts_at=start + timedelta(days=1), ends_at=start + timedelta(days=1, hours=8), assignment=gp
    )
    swap = SwapRequest.objects.create(
        mine=shift, theirs=other, asked_by=alice, asked=gp, mine_version=shift.version, theirs_version=other.version
    )
    absence = Absence.objects.create(assignment=alice, starts_at=start, ends_at=start + timedelta(days=3))
    world.things |= {
        "case": case(world), "rota": visit, "shift": shift, "other_shift": other, "swap": swap, "absence": absence,
        "pattern": every_day(visit, opens=time(7), closes=time(16)),
    }  # fmt: skip
    return world.things
