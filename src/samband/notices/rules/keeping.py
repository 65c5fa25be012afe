"""How long a notice is kept. The thing that it is about lives on in its own module; the notice is only the knock."""

from datetime import datetime, timedelta

DAYS = 180


def may_go(told: datetime, open_receipts: int, now: datetime, days: int = DAYS) -> bool:
    """Older than `days` and nothing left to acknowledge. A receipt that nobody gave is kept however old it is."""
    return open_receipts == 0 and told < now - timedelta(days=days)
