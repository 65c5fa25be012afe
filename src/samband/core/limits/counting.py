"""Counting, so that two processes at once never both get the last one."""

import math
from datetime import timedelta

from django.conf import settings
from django.db import connection

from samband.core import clock, vault
from samband.core.limits.rules import Limit
from samband.core.models import Rate

KEPT = timedelta(hours=1)
# One question, on both engines: of two at once the second waits for the first and counts on from it.
COUNT = """
    INSERT INTO core_rate (name, who, "window", until, count) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (name, who, "window") DO UPDATE SET count = core_rate.count + 1 RETURNING count
"""


def allowed(name: str, who: str) -> int:
    """Count once more; 0 where that is within the limit `name` of settings.LIMITS, else in how many seconds to try again."""
    return _counted(name, who, settings.LIMITS[name])


def once(name: str, who: str, seconds: int) -> bool:
    """Whether this is the first time within the window, for what may be used one single time."""
    return _counted(name, who, Limit(1, seconds)) == 0


def take_back(name: str, who: str) -> None:
    """It went well: what led there is forgotten."""
    Rate.objects.filter(name=name, who=vault.keyed("rate", who)).delete()


def _counted(name: str, who: str, limit: Limit) -> int:
    if not limit.count:
        return 0
    now = clock.now()
    window = int(now.timestamp() // limit.seconds)
    until = connection.ops.adapt_datetimefield_value(now + timedelta(seconds=limit.seconds))
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [name, vault.keyed("rate", who), window, until])
        count = cursor.fetchone()[0]
    left = (window + 1) * limit.seconds - now.timestamp()
    return math.ceil(left) or 1 if count > limit.count else 0


def sweep() -> int:
    """Take away the counters of windows that are over."""
    return Rate.objects.filter(until__lt=clock.now() - KEPT).delete()[0]
