"""What core itself has to do now and then: take away sessions and counters that are over."""

from datetime import timedelta

from samband.core import sessions
from samband.core.jobs import duty
from samband.core.limits import counting


@duty("core.sessions", timedelta(hours=1))
def sweep_sessions() -> None:
    sessions.sweep()


@duty("core.rates", timedelta(hours=1))
def sweep_rates() -> None:
    counting.sweep()
