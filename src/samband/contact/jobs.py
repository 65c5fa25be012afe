"""What the clock does: carries waiting cases further, and remembers the holes once a day."""

from datetime import timedelta

from samband.contact.services import cases, coverage
from samband.core.jobs import duty


@duty("contact.escalate", timedelta(minutes=1))
def escalate() -> None:
    cases.escalate_due()


@duty("contact.snapshot", timedelta(hours=6))
def snapshot() -> None:
    coverage.take_snapshot()
