"""What is known of staff who are to work: role, competences, other shifts, absences. Three queries for any number of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q

from samband.contact.models import Absence
from samband.core import clock
from samband.people.models import Assignment
from samband.people.models.staff import current
from samband.resources.models import Competence, WorkShift
from samband.resources.rules import checks
from samband.resources.rules.competence import of_role


def skills(assignments: Iterable[Assignment], on: date | None = None) -> dict[int, frozenset[str]]:
    """The competences of each on the day: those of the role and those written down."""
    rows = list(assignments)
    found: dict[int, set[str]] = defaultdict(set)
    for row in Competence.objects.filter(current(on), assignment__in=rows):
        found[row.assignment_id].add(row.kind)
    return {row.pk: of_role(row.role) | found[row.pk] for row in rows}


def current_or_coming() -> Q:
    """Rows that hold today or will."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())


def workers(
    assignments: Iterable[Assignment], start: datetime, end: datetime, but: int | None = None
) -> dict[int, checks.Worker]:
    """By assignment, as of the day when `start` lies. Shifts under another assignment count: nobody is in two places.

    `but`: the shift that is being changed.
    """
    rows = list({row.pk: row for row in assignments}.values())
    staff = {row.staff_id for row in rows}
    taken: dict[int, list[checks.Stretch]] = defaultdict(list)
    near = WorkShift.objects.filter(
        starts_at__lt=end, ends_at__gt=start, removed_at__isnull=True, assignment__staff__in=staff
    )
    for shift in near.exclude(pk=but or 0).select_related("assignment"):
        taken[shift.assignment.staff_id].append((shift.starts_at, shift.ends_at))
    away: dict[int, list[checks.Stretch]] = defaultdict(list)
    for absence in absences(staff, start, end):
        away[absence.assignment.staff_id].append((absence.starts_at, absence.ends_at))
    may = skills(rows, clock.local(start).date())
    return {
        row.pk: checks.Worker(
            row.role, row.starts_on, row.ends_on, may[row.pk], tuple(taken[row.staff_id]), tuple(away[row.staff_id])
        )
        for row in rows
    }


def absences(staff: Collection[int], start: datetime, end: datetime) -> list[Absence]:
    """Who of the staff is away some time between."""
    rows = Absence.objects.filter(
        starts_at__lt=end, ends_at__gt=start, removed_at__isnull=True, assignment__staff__in=staff
    )
    return list(rows.select_related("assignment", "substitute__staff"))
