"""What the worker's clock does here: the rolling days, and searches that died."""

from datetime import timedelta

from samband.core.jobs import duty
from samband.resources.services import horizon, jobs


@duty("resources.horizon", every=timedelta(hours=1))
def rolling_days() -> int:
    return horizon.roll()


@duty("resources.plan_jobs", every=timedelta(seconds=30))
def plan_jobs() -> int:
    return jobs.look_after()
