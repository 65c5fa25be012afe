"""What time itself changes: steps that pass while nobody edits the plan, plans that rest, hand-overs that wait."""

from datetime import timedelta

from samband.core.jobs import duty
from samband.plans.services import handovers, lifecycle
from samband.plans.services.next_step import refresh_due
from samband.plans.services.reviews import remind_due


@duty("plans.next_step", timedelta(minutes=1))
def next_steps() -> None:
    refresh_due()


@duty("plans.capacity_review", timedelta(hours=1))
def capacity_reviews() -> None:
    remind_due()


@duty("plans.lifecycle", timedelta(hours=1))
def on_their_day() -> None:
    """Paused plans whose day has come, hand-overs accepted for today, and those that nobody answers."""
    lifecycle.due()
    handovers.carry_out_due()
    handovers.remind()
