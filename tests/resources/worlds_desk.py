"""A day plan and a visit about the world's person, for the tests that open every address."""

from datetime import timedelta
from typing import Any

from samband.core import clock
from samband.resources.models import DayPlan, Pool, PoolUnit, Visit, VisitItem, VisitPart
from tests.worlds import MARK, World


def things(world: World) -> dict[str, Any]:
    """Made once; the visit is planned at the person's own unit."""
    pool = Pool.objects.first() or Pool.objects.create(name="Poolen")
    PoolUnit.objects.get_or_create(pool=pool, unit=world.units["nursing"], defaults={"starts_on": clock.today()})
    plan, _made = DayPlan.objects.get_or_create(pool=pool, day=clock.today(), number=1)
    begins = clock.day_bounds(clock.today())[0] + timedelta(hours=9)
    visit, made = Visit.objects.get_or_create(
        key="things",
        defaults={
            "person": world.person, "unit": world.units["nursing"], "area": world.area, "day": clock.today(),
            "window_from": begins, "window_to": begins + timedelta(hours=1),
        },
    )  # fmt: skip
    if made:
        VisitPart.objects.create(visit=visit, number=1, unit=world.units["nursing"], competence="nurse", minutes=30)
        VisitItem.objects.create(visit=visit, action=world.things["action"], original=begins)
    assert MARK in world.things["action"].title
    return {"pool": pool, "dayplan": plan, "visit": visit}
