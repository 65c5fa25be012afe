"""What the clock says about meetings: when to remind, and what is due. Pure; each reminder is given once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BEFORE = timedelta(hours=24)
UNANSWERED_AFTER = timedelta(days=2)
UNANSWERED_NEAR = timedelta(hours=48)
MINUTES_AFTER = timedelta(hours=18)
FOLLOW_UP_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Clocked:
    """As much of a meeting as the clock needs."""

    starts: datetime
    ends: datetime
    called: datetime
    open: bool
    reminded: bool = False
    minutes_reminded: bool = False


def remind_of_meeting(meeting: Clocked, now: datetime) -> bool:
    """Within the last 24 hours before; not for one that was called so late that the call itself is the reminder."""
    near = now < meeting.starts <= now + BEFORE
    return meeting.open and near and not meeting.reminded and now - meeting.called >= timedelta(hours=1)


def remind_to_answer(meeting: Clocked, asked: datetime, reminded: bool, now: datetime) -> bool:
    """Two days after the question, or sooner when the meeting is near; never on the day of asking."""
    if reminded or not meeting.open or now >= meeting.starts:
        return False
    waited = now - asked
    return waited >= UNANSWERED_AFTER or (
        meeting.starts - now <= UNANSWERED_NEAR and waited >= min(timedelta(hours=4), (meeting.starts - asked) / 2)
    )


def remind_of_minutes(meeting: Clocked, now: datetime) -> bool:
    """The morning after: the meeting has been, and nobody has finished what was written."""
    return meeting.open and not meeting.minutes_reminded and now - meeting.ends >= MINUTES_AFTER
