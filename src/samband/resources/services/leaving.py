"""Visits that a draft sends to another day: what they are, and that searches leave them alone."""

from django.db.models import QuerySet

from samband.resources.models import DayPlan, Unplaced


def going(plan: DayPlan) -> QuerySet[Unplaced]:
    """What is to leave the plan's day and has not yet."""
    return Unplaced.objects.filter(plan=plan, moved_to__isnull=False, carried=[])


def left_out(plan: DayPlan | None) -> set[int]:
    """Visits that a search of the plan does not look at."""
    return set(going(plan).values_list("visit_id", flat=True)) if plan is not None and plan.pk else set()
