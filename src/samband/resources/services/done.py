"""What of the day is begun: it stays as it is, and its staff go on from there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from samband.people.models import Person
from samband.resources.models import Placement, Visit

BEGUN = (Visit.Status.STARTED, Visit.Status.DONE, Visit.Status.NOT_DONE)


@dataclass(frozen=True)
class Busy:
    """Where somebody is, and until when."""

    until: datetime
    person: Person


def busy(placed: Iterable[Placement], now: datetime) -> dict[int, Busy]:
    """Shift → the last visit that it has begun. One that goes on is over when its minutes are, not before now."""
    found: dict[int, Busy] = {}
    for placement in placed:
        visit = placement.part.visit
        if visit.status not in BEGUN:
            continue
        if visit.status == Visit.Status.STARTED:
            began = visit.started_at or placement.starts_at
            until = max(now, began + timedelta(minutes=placement.part.minutes))
        else:
            until = min(now, visit.ended_at or placement.ends_at)
        last = found.get(placement.shift_id)
        if last is None or until >= last.until:
            found[placement.shift_id] = Busy(until, visit.person)
    return found
