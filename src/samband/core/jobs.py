"""The worker's clock: duties with an interval, done when they are due, found again after a restart.

A duty is a function without arguments that looks in the database for what is due and may run twice without harm.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.dateparse import parse_datetime

from samband.core import clock
from samband.core.models import Heartbeat

log = logging.getLogger(__name__)
WORKER = "worker"
SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Duty:
    name: str
    every: timedelta
    run: Callable[[], object]


duties: dict[str, Duty] = {}


def duty(name: str, every: timedelta) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a duty; used as a decorator in a module's jobs.py, imported by its `apps.ready`."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        duties[name] = Duty(name, every, function)
        return function

    return register


def beat() -> list[str]:
    """One turn: a sign of life, then every duty that is due. Returns the names of those that ran."""
    row, _ = Heartbeat.objects.get_or_create(name=WORKER, defaults={"at": clock.now()})
    ran = []
    for item in duties.values():
        last = parse_datetime(row.detail.get(item.name, "")) if row.detail.get(item.name) else None
        if last and clock.now() - last < item.every:
            continue
        try:
            item.run()
        except Exception:
            # One broken duty must not silence the others; it is tried again at the next turn.
            log.exception("duty %s failed", item.name)
            continue
        row.detail[item.name] = clock.now().isoformat()
        ran.append(item.name)
    row.at = clock.now()
    row.save()
    return ran


def worker_alive() -> bool:
    """Whether a worker gave a sign of life within two minutes."""
    return Heartbeat.objects.filter(name=WORKER, at__gte=clock.now() - SILENT_AFTER).exists()
