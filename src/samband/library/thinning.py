"""What of the library goes with a plan that is thinned (A17), and when it is too young for it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from samband.core import thinning
from samband.library.models import CheckItem, InfoText, UsedPart

# Each with its moments; what stands only in `created_at` is told by the plan's own history.
BESIDE = ((UsedPart, ("at",)), (CheckItem, ("done_at", "struck_at")), (InfoText, ("struck_at",)))


def keep_plans(plans: list[int], before: datetime) -> set[int]:
    found: set[int] = set()
    for model, moments in BESIDE:
        young = Q(pk__in=[])
        for name in moments:
            young |= Q(**{f"{name}__gte": before})
        found |= set(
            model.objects.filter(young, plan__in=plans).order_by().values_list("plan_id", flat=True).distinct()
        )
    return found


def beside(plans: list[int]) -> Iterator[QuerySet[Any]]:
    yield from (model.objects.filter(plan__in=plans) for model, _moments in BESIDE)


thinning.keeps("plans.CarePlan", keep_plans)
thinning.follows("plans.CarePlan", beside)
