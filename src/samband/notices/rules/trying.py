"""How often something that failed is tried again, and when an address or a device is given up."""

from datetime import timedelta

WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360))
REFUSALS = 3


def wait(attempts: int) -> timedelta | None:
    """How long to wait after the attempt with this number (the first is 1); None: it is not tried again."""
    return WAITS[attempts - 1] if 1 <= attempts <= len(WAITS) else None


def failing(refusals: int) -> bool:
    """Whether an address that was refused so many times in a row is marked as failing."""
    return refusals >= REFUSALS
