"""What counts as a change of a plan to those who live by it: another member of staff, or a time they would notice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Searches move visits by a minute or two: nobody needs to be told of that.
NOTICEABLE = timedelta(minutes=5)


@dataclass(frozen=True)
class Spot:
    """Where a part of a visit stands in a plan. `who`: a shift or an assignment."""

    who: int
    start: datetime


def changed(was: Spot | None, now: Spot | None) -> bool:
    """Whether it differs: placed or not, by whom, or when by five minutes or more."""
    if was is None or now is None:
        return was is not now
    return was.who != now.who or abs(now.start - was.start) >= NOTICEABLE
