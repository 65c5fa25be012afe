"""When a notice leaves the house: by mail and by push, outside the reader's quiet hours, by her own choice.

Times of day are the wall clock in Sweden. They are compared as moments (UTC), so that a night over the change of summer
time is as long as it is: a time that spring skips becomes the one an hour later, one that autumn has twice is its first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
URGENT = timedelta(hours=1)
DIGESTS = (time(7), time(15))
QUIET = (time(21), time(6))


@dataclass(frozen=True)
class Kind:
    """What the rule needs to know of a kind: whether it wants a receipt, and how soon others are told without one."""

    receipt: bool = False
    escalate_after: timedelta | None = None

    @property
    def urgent(self) -> bool:
        """A receipt within the hour."""
        return self.receipt and self.escalate_after is not None and self.escalate_after <= URGENT


@dataclass(frozen=True)
class Prefs:
    """The reader's choice for the kind's group, and her hours.

    `at_once`: mail about receipts does not wait for the next digest; `quiet` from–to (equal: none); `break_through`: what
    wants a receipt within the hour may come in quiet hours; `on_shift`: nothing is quiet while she is on duty.
    """

    mail: bool = False
    push: bool = False
    digests: tuple[time, ...] = DIGESTS
    at_once: bool = True
    quiet: tuple[time, time] = QUIET
    break_through: bool = False
    on_shift: bool = True


@dataclass(frozen=True)
class When:
    """The moments (UTC) at which it goes; None: not that way. The inbox has it at once, whatever stands here."""

    mail: datetime | None = None
    push: datetime | None = None


def when_to_send(kind: Kind, prefs: Prefs, now: datetime, on_duty: bool = False) -> When:
    """When a notice of the kind, told at `now`, goes by mail and by push."""
    now = now.astimezone(UTC)
    free = after_quiet(prefs, now, kind.urgent, on_duty)
    mail = None
    if prefs.mail:
        mail = free if kind.receipt and prefs.at_once else after_quiet(prefs, next_digest(prefs, now))
    return When(mail, free if prefs.push else None)


def after_quiet(prefs: Prefs, moment: datetime, urgent: bool = False, on_duty: bool = False) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls in."""
    moment = moment.astimezone(UTC)
    if (urgent and prefs.break_through) or (on_duty and prefs.on_shift):
        return moment
    for start, end in _quiet(prefs, moment):
        if start <= moment < end:
            return end
    return moment


def next_digest(prefs: Prefs, now: datetime) -> datetime:
    """The next of the reader's times of day, from `now` on (now included). Without any: the ordinary ones."""
    now = now.astimezone(UTC)
    day = now.astimezone(ZONE).date()
    times = prefs.digests or DIGESTS
    return min(m for n in range(3) for t in times if (m := wall(day + timedelta(days=n), t)) >= now)


def wall(day: date, moment: time) -> datetime:
    """The wall clock on a day in Sweden, as a moment in UTC."""
    return datetime.combine(day, moment, tzinfo=ZONE).astimezone(UTC)


def _quiet(prefs: Prefs, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The quiet stretches that may hold the moment: of the day before and of the day."""
    start, end = prefs.quiet
    if start == end:
        return
    day = moment.astimezone(ZONE).date()
    for begins in (day - timedelta(days=1), day):
        ends = begins if end > start else begins + timedelta(days=1)
        yield wall(begins, start), wall(ends, end)
