"""What planning builds on a plan: terms go with it; a visit made of it keeps it (visits have no thinning of their own yet)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from samband.core import thinning
from samband.resources.models import ActionTerms, VisitItem


def keep_plans(plans: list[int], _before: datetime) -> set[int]:
    rows = VisitItem.objects.filter(action__plan__in=plans).order_by()
    return set(rows.values_list("action__plan_id", flat=True).distinct())


def beside(plans: list[int]) -> Iterator[QuerySet[Any]]:
    yield ActionTerms.objects.filter(action__plan__in=plans)


thinning.keeps("plans.CarePlan", keep_plans)
thinning.follows("plans.CarePlan", beside)
