"""Who works on a day of a pool, from where, how, and what she may do: shifts less absences, valid that day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q

from samband.contact.models import Absence
from samband.core import clock
from samband.people.models import Assignment, Unit
from samband.people.models.staff import current
from samband.resources.models import Competence, Delegation, Pool, WorkShift
from samband.resources.rules.competence import of_role
from samband.resources.rules.needs import Able
from samband.resources.services.tasks import day_starts, members, takes_part

Span = tuple[datetime, datetime]


@dataclass
class WorkerDay:
    """A shift of a day. `spans`: when she is there, absences taken out; `pause`: earliest and latest begin, and minutes."""

    shift: WorkShift
    spans: list[Span]
    able: Able
    languages: frozenset[str]
    means: str
    leave: Unit
    arrive: Unit
    pause: tuple[datetime, datetime, int] | None = None
    absent: list[Span] = field(default_factory=list)

    @property
    def assignment(self) -> Assignment:
        return self.shift.assignment

    @property
    def staff_id(self) -> int:
        return self.assignment.staff_id

    @property
    def unit_id(self) -> int:
        return self.assignment.unit_id

    @property
    def id(self) -> str:
        """Her name in the problem."""
        return f"s{self.shift.pk}"

    @property
    def on_call(self) -> bool:
        return self.shift.on_call


def bounds(pool: Pool, day: date) -> Span:
    """A day of the pool: from `day_starts` to the same time next morning."""
    start = day_starts(pool)
    return clock.at(day, start), clock.at(day + timedelta(days=1), start)


def workers(pool: Pool, day: date) -> list[WorkerDay]:
    """Everybody of the pool's units who has a shift on the day and is there for some of it. A handful of queries.

    A shift belongs to the day of which it has most.
    """
    low, high = bounds(pool, day)
    own = members(pool)
    units = [unit for unit in own if takes_part(own, unit, day)]
    rows = WorkShift.objects.filter(
        current(day, "assignment__"), removed_at__isnull=True, starts_at__lt=high, ends_at__gt=low,
        assignment__unit_id__in=units,
    ).select_related(
        "assignment__staff", "assignment__unit__area", "assignment__unit__organization", "assignment__work_profile",
        "assignment__work_profile__start_unit__area", "leave_unit__area", "arrive_unit__area",
    )  # fmt: skip
    held = (
        Prefetch("assignment__competences", Competence.objects.filter(current(day))),
        Prefetch("assignment__delegations", _valid(day, low)),
    )
    shifts = [s for s in rows.prefetch_related(*held).order_by("pk") if _belongs(s, low, high)]
    away = _absences(shifts)
    found = (_worker(shift, away.get(shift.assignment_id, [])) for shift in shifts)
    return [w for w in found if w.spans]


def _valid(day: date, low: datetime):
    """Delegations that hold on the day; one withdrawn during it holds no longer."""
    return Delegation.objects.filter(current(day)).filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=low + timedelta(days=1))
    )


def _belongs(shift: WorkShift, low: datetime, high: datetime) -> bool:
    inside = min(shift.ends_at, high) - max(shift.starts_at, low)
    before = low - min(shift.starts_at, low)
    after = max(shift.ends_at, high) - high
    return inside > before and inside >= after


def _absences(shifts: list[WorkShift]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    if shifts:
        rows = Absence.objects.filter(
            assignment__staff_id__in={s.assignment.staff_id for s in shifts}, removed_at__isnull=True,
            starts_at__lt=max(s.ends_at for s in shifts), ends_at__gt=min(s.starts_at for s in shifts),
        )  # fmt: skip
        by_staff: dict[int, list[Span]] = defaultdict(list)
        for staff, start, end in rows.values_list("assignment__staff_id", "starts_at", "ends_at"):
            by_staff[staff].append((start, end))
        # Who is ill is ill in every assignment.
        for shift in shifts:
            found[shift.assignment_id] = sorted(by_staff[shift.assignment.staff_id])
    return found


def less(span: Span, away: list[Span]) -> list[Span]:
    """What is left of a span; pieces under a quarter of an hour are nobody's working time."""
    left, (start, end) = [], span
    for a, b in away:
        if a < end and b > start:
            left.append((start, min(a, end)))
            start = max(start, b)
    left.append((start, end))
    return [(a, b) for a, b in left if b - a >= timedelta(minutes=15)]


def _worker(shift: WorkShift, away: list[Span]) -> WorkerDay:
    assignment = shift.assignment
    profile = getattr(assignment, "work_profile", None)
    home = (profile.start_unit if profile else None) or assignment.unit
    leave = shift.leave_unit or home
    competences = of_role(assignment.role) | {c.kind for c in assignment.competences.all()}
    able = Able(
        assignment.unit_id,
        assignment.unit.organization_id,
        frozenset(competences),
        frozenset((d.act, d.person_id) for d in assignment.delegations.all()),
    )
    return WorkerDay(
        shift, less((shift.starts_at, shift.ends_at), away), able,
        languages=frozenset({"sv", *(profile.languages if profile else ())}),
        means=shift.means or (profile.means if profile else "car"), leave=leave, arrive=shift.arrive_unit or leave,
        pause=_pause(shift), absent=away,
    )  # fmt: skip


def _pause(shift: WorkShift) -> tuple[datetime, datetime, int] | None:
    """The break on the wall clock of the shift's day, the next day's for what lies before the shift began."""
    if not (shift.break_minutes and shift.break_from and shift.break_to):
        return None
    day = clock.local(shift.starts_at).date()
    begin, end = clock.at(day, shift.break_from), clock.at(day, shift.break_to)
    begin += timedelta(days=begin < shift.starts_at and end < shift.starts_at)
    end += timedelta(days=end < begin)
    return begin, end, shift.break_minutes
