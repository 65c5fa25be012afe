"""A day that is planned and published, for whoever wants to see one at once: `samband demo --plan`, or the worker (`jobs`).

Not part of the ordinary load: a search takes its seconds, and the first one on a machine compiles the planner for half a minute.
"""

from samband.core import clock
from samband.core.policy import Actor
from samband.resources.models import DayPlan, Pool
from samband.resources.services.county import plan_pools
from samband.resources.services.publishing import publish

POOL = "Heby"
DEMO = Actor(name="Demolänet", label="Samband")


def plan_day(name: str = POOL, seconds: float = 5.0) -> str:
    """Visits from the plans, a draft, and the draft published. Today stays where it is published."""
    pool = Pool.objects.get(name=name)
    if DayPlan.objects.filter(pool=pool, day=clock.today(), status=DayPlan.Status.PUBLISHED).exists():
        return f"{pool}: today is published already."
    (done,) = plan_pools([pool], clock.today(), seconds, 1, 1)
    if done.error or done.plan is None:
        return f"{pool}: {done.error}"
    publish(done.plan, DEMO)
    return f"{pool}: {done.figures['placed']} of {done.figures['visits']} visits have a place."
