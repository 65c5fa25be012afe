"""What the days hear of: plans that change."""

from samband.core import events
from samband.plans.models import CarePlan
from samband.resources.services import horizon


@events.listen("plan.changed")
def follow(plan: CarePlan) -> None:
    """The person's visits of the days to come are at once what her plan says."""
    horizon.follow(plan)
