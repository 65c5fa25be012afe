"""The week of a unit's shifts as a grid: staff by days, with what is to be known of it. A bounded number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from samband.contact.models import Absence
from samband.core import clock, text
from samband.people.models import Assignment, Unit
from samband.resources.models import Delegation, WorkShift
from samband.resources.rules.checks import meets
from samband.resources.services import rostered, words
from samband.resources.services.shifts import staff_of

SOON = timedelta(days=14)


@dataclass
class Row:
    """Somebody's week: for each day her shifts and absences."""

    who: Assignment
    cells: list[list[WorkShift]]
    away: list[list[Absence]]
    minutes: int = 0
    skills: frozenset[str] = frozenset()

    @property
    def hours(self) -> str:
        return f"{self.minutes / 60:.1f}".rstrip("0").rstrip(".").replace(".", ",")


@dataclass
class Week:
    first: date
    rows: list[Row]
    findings: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(7)]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def of(unit: Unit, first: date) -> Week:
    """The unit's staff and whoever has a shift there under this unit's assignment, from Monday `first`."""
    start, end = clock.day_bounds(first)[0], clock.day_bounds(first + timedelta(days=6))[1]
    shifts = list(
        WorkShift.objects.filter(
            starts_at__gte=start, starts_at__lt=end, removed_at__isnull=True, assignment__unit=unit
        ).select_related("assignment__staff", "team")
    )
    staff = {row.pk: row for row in staff_of(unit)}
    for shift in shifts:
        staff.setdefault(shift.assignment_id, shift.assignment)
    people = sorted(staff.values(), key=lambda row: (row.staff.sort_name, row.pk))
    away = rostered.absences({row.staff_id for row in people}, start, end)
    may = rostered.skills(people, first)
    rows = [_row(who, shifts, away, first, may[who.pk]) for who in people]
    return Week(first, rows, [*_away(shifts, away), *_unskilled(rows), *_ending(unit)])


def _row(who: Assignment, shifts: list[WorkShift], away: list[Absence], first: date, skills: frozenset[str]) -> Row:
    mine = [shift for shift in shifts if shift.assignment_id == who.pk]
    days = [first + timedelta(days=n) for n in range(7)]
    cells = [[shift for shift in mine if clock.local(shift.starts_at).date() == day] for day in days]
    gone = [
        [row for row in away if row.assignment.staff_id == who.staff_id and _covers(row, *clock.day_bounds(day))]
        for day in days
    ]
    minutes = sum(int((s.ends_at - s.starts_at).total_seconds() // 60) - s.break_minutes for s in mine if not s.on_call)
    return Row(who, cells, gone, minutes, skills)


def _covers(row: Absence, start: datetime, end: datetime) -> bool:
    return row.starts_at < end and start < row.ends_at


def _away(shifts: list[WorkShift], away: list[Absence]) -> list[tuple[str, str, str]]:
    """Shifts of those who are away then: the planner does not use that time, and somebody should know."""
    found = []
    for shift in shifts:
        rows = [(a.starts_at, a.ends_at) for a in away if a.assignment.staff_id == shift.assignment.staff_id]
        if meets((shift.starts_at, shift.ends_at), rows):
            name = shift.assignment.staff.full_name
            found.append(
                (
                    "warn",
                    words.span(shift.starts_at, shift.ends_at),
                    _("%(who)s har pass men är borta.") % {"who": name},
                )
            )
    return found


def _unskilled(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [
        ("warn", row.who.staff.full_name, _("Har ingen kompetens som besök kräver, och får inga besök."))
        for row in rows
        if not row.skills - {"none"} and any(row.cells)
    ]


def _ending(unit: Unit) -> list[tuple[str, str, str]]:
    """Delegations that end within two weeks and are not followed by another; of those that hold at any person's (A1)."""
    today = clock.today()
    rows = Delegation.objects.filter(
        assignment__unit=unit, person__isnull=True, withdrawn_at__isnull=True, ends_on__gte=today
    )
    rows = rows.select_related("assignment__staff").order_by("ends_on")
    last: dict[tuple, Delegation] = {}
    for row in rows:
        last[row.assignment_id, row.act, row.person_id] = row
    return [
        (
            "warn" if row.ends_on <= today + timedelta(days=3) else "unknown",
            row.assignment.staff.full_name,
            _("Delegeringen %(act)s gäller till och med %(day)s.")
            % {"act": f"”{row.get_act_display().lower()}”", "day": text.spoken_date(row.ends_on)},
        )
        for row in last.values()
        if row.ends_on <= today + SOON
    ]
