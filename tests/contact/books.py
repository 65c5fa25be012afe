"""Random books of rotas for property tests, and the plain oracle: one minute at a time, no intervals, no cleverness."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from samband.contact.rules import (
    Absence,
    Book,
    ContactPerson,
    Hours,
    Line,
    Need,
    Pattern,
    Place,
    Reason,
    Rota,
    Shift,
    day_of,
    to_minutes,
)

ZONE = ZoneInfo("Europe/Stockholm")
# An ordinary week, and the weeks in which the clocks change; Christmas with its holidays.
STARTS = [datetime(2026, 11, 23), datetime(2027, 3, 26), datetime(2026, 10, 23), datetime(2026, 12, 23)]
AREAS = (1, 2)


def line_of(number: int) -> Line:
    """Who has no assignment (0) is never away."""
    return Line(f"N{number}", f"08-465 004 {number:02d}", assignment=number or None)


lines = st.integers(0, 3).map(line_of)
minutes = st.integers(0, 4 * 24 * 60)


@st.composite
def books(draw) -> tuple[Book, Place, int]:
    """(book, place, first minute)."""
    start = to_minutes(draw(st.sampled_from(STARTS)).replace(tzinfo=ZONE))
    rotas = tuple(draw(rota(n, start)) for n in range(draw(st.integers(0, 3))))
    absences = tuple(draw(absence(n, start)) for n in range(draw(st.integers(0, 4))))
    holidays = frozenset(day_of(start) + timedelta(days=d) for d in draw(st.sets(st.integers(0, 4), max_size=2)))
    contacts = tuple(
        ContactPerson(frozenset({Need.ADVICE}), draw(hours(90 + n)), draw(lines))
        for n in range(draw(st.integers(0, 1)))
    )
    place = Place("Heby", draw(st.sampled_from([(1,), (2, 1)])), frozenset(draw(st.sets(st.integers(0, 2)))), contacts)
    return Book(rotas, absences, holidays), place, start


@st.composite
def hours(draw, key: int) -> Hours:
    week = []
    for _ in range(draw(st.integers(0, 3))):
        opens = draw(st.integers(0, 1438))
        week.append((draw(st.integers(0, 6)), opens, draw(st.integers(opens + 1, 1440))))
    closed = draw(st.sampled_from([None, None, date(2026, 11, 25), date(2027, 3, 28)]))
    return Hours(
        key, f"U{key}", "0980-319 200", draw(st.booleans()) and draw(st.booleans()), bool(week), tuple(week), closed
    )


@st.composite
def rota(draw, key: int, start: int) -> Rota:
    shifts = []
    for n in range(draw(st.integers(0, 4))):
        begins = start + draw(minutes) - 600
        line = draw(st.one_of(st.none(), lines, lines))
        shifts.append(Shift(n, begins, begins + draw(st.integers(1, 1500)), line))
    patterns = tuple(
        Pattern(
            n, frozenset(draw(st.sets(st.integers(0, 6)))), draw(st.integers(0, 1439)), draw(st.integers(0, 1439)),
            draw(lines), holidays_as_sunday=draw(st.booleans()),
        )
        for n in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    return Rota(
        key, f"R{key}", Need.ADVICE, frozenset(draw(st.sets(st.sampled_from(AREAS)))), draw(hours(key)), Line(f"U{key}", f"1{key}"),
        order=draw(st.integers(0, 1)), by_hours=draw(st.booleans()), shifts=tuple(shifts), patterns=patterns,
    )  # fmt: skip


@st.composite
def absence(draw, key: int, start: int) -> Absence:
    begins = start + draw(minutes)
    substitute = draw(st.one_of(st.none(), lines))
    return Absence(key, draw(st.integers(1, 3)), begins, begins + draw(st.integers(1, 3000)), substitute)


# The oracle


def wall_minute(day: date, minute: int) -> int:
    """The first minute at or after which the clock on the wall says so, counted in UTC."""
    days, rest = divmod(minute, 1440)
    local = datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(days=days)
    return to_minutes(local.replace(hour=rest // 60, minute=rest % 60))


def stands(line: Line, minute: int, book: Book, seen: tuple = ()) -> Line | None:
    """Whoever stands in for whoever is away."""
    away = [a for a in book.absences if a.assignment == line.assignment and a.start <= minute < a.end]
    if line.assignment is None or not away:
        return line
    for one in sorted(away, key=lambda a: (a.start, a.key)):
        stand_in = one.substitute
        if stand_in is None or (stand_in.assignment in (*seen, line.assignment) and stand_in.assignment is not None):
            continue
        found = stands(stand_in, minute, book, (*seen, line.assignment))
        if found:
            return found
    return None


def weekday(day: date, book: Book) -> int:
    return 6 if day in book.holidays else day.weekday()


def is_open(unit: Hours, minute: int, book: Book) -> bool:
    day = day_of(minute)
    if unit.always:
        return True
    return any(
        weekday(day, book) == number and wall_minute(day, opens) <= minute < wall_minute(day, closes)
        for number, opens, closes in unit.week
    )


def rota_says(rota: Rota, minute: int, book: Book) -> Line | Reason | None:  # noqa: C901
    today = day_of(minute)
    if rota.unit.closed_from and today >= rota.unit.closed_from:
        return Reason.CLOSED
    on = sorted((s for s in rota.shifts if s.start <= minute < s.end), key=lambda s: (s.start, s.key))
    for shift in on:
        found = stands(shift.line, minute, book) if shift.line else None
        if found:
            return found
    if on:
        return Reason.ABSENT if any(s.line for s in on) else Reason.VACANT
    if rota.by_hours and is_open(rota.unit, minute, book):
        return rota.line
    turns = []
    for pattern in rota.patterns:
        for day in (today - timedelta(days=1), today):
            number = weekday(day, book) if pattern.holidays_as_sunday else day.weekday()
            closes = pattern.closes if pattern.closes > pattern.opens else pattern.closes + 1440
            begins, ends = wall_minute(day, pattern.opens), wall_minute(day, closes)
            if number in pattern.weekdays and begins <= minute < ends:
                turns.append((begins, ends, pattern.key, pattern.line))
    for turn in sorted(turns, key=lambda t: t[:3]):
        found = stands(turn[3], minute, book)
        if found:
            return found
    if rota.by_hours and not rota.unit.always and not rota.unit.known:
        return Reason.UNKNOWN
    return Reason.ABSENT if turns else None


def says(book: Book, place: Place, need: Need, minute: int) -> Line | Reason:
    """The answer or the reason at one minute."""
    day = day_of(minute)
    for contact in place.contacts:
        closed = contact.unit.closed_from and day >= contact.unit.closed_from
        office = weekday(day, book) <= 4 and wall_minute(day, 480) <= minute < wall_minute(day, 1020)
        if need in contact.needs and office and not closed and is_open(contact.unit, minute, book):
            found = stands(contact.line, minute, book)
            if found:
                return found
    serving = [r for r in book.rotas if r.need == need and set(r.areas) & set(place.areas)]
    serving.sort(
        key=lambda r: (
            r.unit.key not in place.units,
            min(i for i, a in enumerate(place.areas) if a in r.areas),
            r.order,
            r.key,
        )
    )
    found = [rota_says(rota, minute, book) for rota in serving]
    for value in found:
        if isinstance(value, Line):
            return value
    reasons = [value for value in found if value]
    if reasons:
        return min(reasons, key=list(Reason).index)
    return Reason.GAP if serving else Reason.NO_ROTA
