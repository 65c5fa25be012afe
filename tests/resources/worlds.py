"""What staffing has in the small world of the tests."""

from datetime import date, time, timedelta
from typing import Any

from samband.core import clock
from samband.people.models import Assignment, Staff
from samband.resources.models import Competence, Delegation, Loan, Pool, PoolUnit, Team, TeamMember, Tie, WorkShift
from tests.worlds import MARK, World


def somebody(world: World, unit: str, role: str, name: str) -> Assignment:
    """Staff without an account."""
    staff = Staff.objects.create(
        given_name=name, family_name="Personal", hsa_id=f"SE5560000002-P{Staff.objects.count()}"
    )
    return Assignment.objects.create(staff=staff, unit=world.units[unit], role=role, title=role)


def a_pool(world: World, *units: str) -> Pool:
    """A pool of its own, or the one that another part of the tests has made for the same units."""
    pool = Pool.objects.first() or Pool.objects.create(name="Heby")
    pool.areas.set([world.area])
    for name in units or ("nursing", "help", "centre"):
        PoolUnit.objects.get_or_create(pool=pool, unit=world.units[name])
    return pool


def a_shift(assignment: Assignment, day: date, opens: int = 7, closes: int = 15, **more: Any) -> WorkShift:
    return WorkShift.objects.create(
        assignment=assignment, starts_at=clock.at(day, time(opens)), ends_at=clock.at(day, time(closes)), **more
    )  # fmt: skip


def things(world: World) -> dict[str, Any]:
    """One of each, the same at every call. The tie is about the world's person and carries its mark."""
    made = world.things.setdefault("staffing", {})
    if made:
        return made
    alice = world.things["alice"]
    helper = somebody(world, "nursing", "assistant", "Hjälpa")
    pool = a_pool(world)
    team = Team.objects.create(name="Teamet", unit=world.units["nursing"])
    TeamMember.objects.create(team=team, assignment=alice)
    today = clock.today()
    made |= {
        "helper": helper,
        "pool": pool,
        "team": team,
        "loan": Loan.objects.create(pool=pool, unit=world.units["nursing"], hours=4),
        "workshift": a_shift(alice, today + timedelta(days=1)),
        "competence": Competence.objects.create(assignment=helper, kind="delegated"),
        "delegation": Delegation.objects.create(
            assignment=helper, act="insulin", given_by=alice, ends_on=today + timedelta(days=60)
        ),
        "tie": Tie.objects.create(
            person=world.person, staff=helper.staff, kind="preferred", reason=MARK, unit=world.units["nursing"]
        ),
    }
    return made
