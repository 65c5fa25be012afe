"""Counting, so that two processes at once never both get the last one."""

import math
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from samband.core import clock, vault
from samband.core.limits.rules import Limit
from samband.core.models import Rate

KEPT = timedelta(hours=1)


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
    now = clock.now().timestamp()
    window = int(now // limit.seconds)
    key = {"name": name, "who": vault.keyed("rate", who), "window": window}
    ends = (window + 1) * limit.seconds
    if not _more(key):
        try:
            with transaction.atomic():
                Rate.objects.create(**key, until=clock.now() + timedelta(seconds=limit.seconds))
        except IntegrityError:  # somebody was first
            _more(key)
    count = Rate.objects.values_list("count", flat=True).get(**key)
    return math.ceil(ends - now) or 1 if count > limit.count else 0


def _more(key: dict) -> int:
    return Rate.objects.filter(**key).update(count=F("count") + 1)


def sweep() -> int:
    """Take away the counters of windows that are over."""
    return Rate.objects.filter(until__lt=clock.now() - KEPT).delete()[0]
