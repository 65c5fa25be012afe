"""The demo's day is planned and published by the worker where nobody has begun to, so that whoever logs in has a day."""

from datetime import timedelta

from django.conf import settings

from samband.core import clock
from samband.core.jobs import duty
from samband.resources.models import DayPlan, Pool


@duty("demo.plan", timedelta(minutes=15))
def plan() -> None:
    """Nothing where the county is not there, or a planner has a draft or a plan of today: it is hers."""
    from samband.demo import planned

    if not settings.DEMO_PLAN or not Pool.objects.filter(name=planned.POOL).exists():
        return
    if not DayPlan.objects.filter(pool__name=planned.POOL, day=clock.today()).exists():
        planned.plan_day()
