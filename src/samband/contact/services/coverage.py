"""Coverage of the county: every municipality, need and hour of the coming weeks; snapshots; what has changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.dateparse import parse_datetime

from samband.contact import rules
from samband.contact.models import CoverageSnapshot, Rota
from samband.contact.rules.days import day_of, wall
from samband.contact.services import book as books
from samband.contact.services import counters
from samband.core import clock
from samband.core.policy import Actor

WEEKS = 6


@dataclass(frozen=True)
class Picture:
    """A coverage and how many persons with a plan, whom the reader sees, live where."""

    coverage: rules.Coverage
    persons: dict[int, int]
    first: date
    weeks: int

    @property
    def gaps(self) -> list[rules.Gap]:
        """The holes that are not over yet."""
        now = clock.now()
        return [gap for gap in self.coverage.gaps if gap.end > now]


def county(
    first: date | None = None, weeks: int = WEEKS, areas: tuple[int, ...] = (), actor: Actor | None = None
) -> Picture:
    """From today (or `first`), for all municipalities or some; persons are counted as far as the actor sees them."""
    first = first or clock.today()
    chosen = [area for area in books.municipalities() if not areas or area.pk in areas]
    start, end = rules.moment_of(wall(first, 0)), rules.moment_of(wall(first + timedelta(weeks=weeks), 0))
    book = books.book_of(books.rotas_for([area.pk for area in chosen]), start, end)
    found = rules.cover(book, [books.place_of(area) for area in chosen], first, weeks)
    return Picture(found, counters.count([area.pk for area in chosen], actor), first, weeks)


def take_snapshot() -> CoverageSnapshot | None:
    """The holes of the coming weeks as they are today; once a day is enough, and twice is the same."""
    if not Rota.objects.exists() or CoverageSnapshot.objects.filter(taken_on=clock.today()).exists():
        return None
    found = county().coverage
    start, end = rules.moment_of(found.start), rules.moment_of(found.end)
    return CoverageSnapshot.objects.create(taken_on=clock.today(), start=start, end=end, holes=written(found.gaps))


def written(gaps: list[rules.Gap]) -> list[list]:
    return [[g.area, str(g.need), g.start.isoformat(), g.end.isoformat(), str(g.reason)] for g in gaps]


@dataclass(frozen=True)
class Change:
    """A hole that was not there, or is no longer."""

    area: int
    need: str
    start: datetime
    end: datetime


def since_last_week(picture: Picture) -> tuple[date | None, list[Change], list[Change]]:
    """(compared with which day, new holes, closed holes). The nearest picture that is a week old, else the oldest there is."""
    week_ago = clock.today() - timedelta(days=7)
    rows = CoverageSnapshot.objects.filter(taken_on__lt=clock.today())
    then = rows.filter(taken_on__lte=week_ago).first() or rows.order_by("taken_on").first()
    if then is None:
        return None, [], []
    shown = {row.place.areas[-1] for row in picture.coverage.rows}
    before: dict = {}
    for area, need, start, end, _reason in then.holes:
        if area in shown:
            before.setdefault((area, need), []).append((parse_datetime(start), parse_datetime(end)))
    after: dict = {}
    for gap in picture.coverage.gaps:
        after.setdefault((gap.area, str(gap.need)), []).append((gap.start, gap.end))
    start = max(then.start, rules.moment_of(picture.coverage.start), clock.now())
    end = min(then.end, rules.moment_of(picture.coverage.end))
    new, closed = rules.changes(before, after, start, end)
    return (
        then.taken_on,
        [Change(k[0], k[1], a, b) for k, a, b in new],
        [Change(k[0], k[1], a, b) for k, a, b in closed],
    )


def tonight(
    area, start: datetime | None = None, hours: int = 16
) -> tuple[datetime, datetime, list[rules.Covered], list[rules.Gap]]:
    """From 16 (or now, when it is later) to 08: rows by need, and the holes."""
    now = clock.local_now()
    start = start or (now.replace(hour=16, minute=0, second=0, microsecond=0))
    if now.hour < 8:
        start -= timedelta(days=1)
    first = rules.to_minutes(start)
    end = first + 60 * hours
    place = books.place_of(area)
    book = books.book_of(books.rotas_for(place.areas), rules.moment_of(first), rules.moment_of(end))
    rows, gaps = [], []
    for need in rules.COUNTED:
        line = rules.timeline(book, place, need, first, end)
        rows.append(rules.Covered(place, need, line, []))
        gaps += rules.coverage.gaps_of(line, place, need)
    return rules.moment_of(first), rules.moment_of(end), rows, sorted(gaps, key=lambda g: g.start)


def day_index(picture: Picture, minutes: int) -> int:
    return (day_of(minutes) - picture.first).days
