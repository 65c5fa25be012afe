"""The hour at which the stories are played: a Thursday after lunch, whenever they run.

The demo county lives by the hour (visits get done, offices close), so a story that passes at noon could fail in the evening.
`SAMBAND_TEST_AT=2026-11-29T03:00` plays them at another moment, to look for what only shows at night or on a Sunday.
"""

import os
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
THURSDAY = 3


def played_at() -> datetime:
    """Thursday of this week at 13.30, or the moment asked for."""
    if asked := os.environ.get("SAMBAND_TEST_AT"):
        return datetime.fromisoformat(asked).replace(tzinfo=SWEDEN)
    today = datetime.now(SWEDEN).date()
    return datetime.combine(today + timedelta(days=THURSDAY - today.weekday()), time(13, 30), SWEDEN)


def offset(moment: datetime) -> str:
    """Whole seconds from now to the moment, as `SAMBAND_CLOCK_OFFSET` wants them."""
    return str(int((moment - datetime.now(SWEDEN)).total_seconds()))


def workday(away: int) -> date:
    """The first day, Monday to Friday, that lies at least `away` days after the day that is played."""
    day = played_at().date() + timedelta(days=away)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day
