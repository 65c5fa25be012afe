"""What time itself changes: steps that pass while nobody edits the plan."""

from datetime import timedelta

from samband.core.jobs import duty
from samband.plans.services.next_step import refresh_due
from samband.plans.services.reviews import remind_due


@duty("plans.next_step", timedelta(minutes=1))
def next_steps() -> None:
    refresh_due()


@duty("plans.capacity_review", timedelta(hours=1))
def capacity_reviews() -> None:
    remind_due()
