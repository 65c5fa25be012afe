"""From the records to a day between organisations: whose visits and staff, and what the report must know of them."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from samband.core import clock
from samband.people.models import Organization
from samband.people.models.staff import current
from samband.plans.models import Action
from samband.resources.models import Pool, PoolUnit, Visit, VisitPart, WorkShift
from samband.resources.rules.coalitions import fair
from samband.resources.rules.worth import Facts
from samband.resources.rules.worth_day import Day
from samband.resources.services import problem as problems

DOCTOR = Action.Competence.PHYSICIAN


def organizations(pool: Pool, day: date | None = None) -> list[Organization]:
    """Those whose units take part in the pool on a day."""
    units = PoolUnit.objects.filter(current(day), pool=pool)
    return list(Organization.objects.filter(units__in=units.values("unit")).distinct().order_by("name"))


def day_of(pool: Pool, day: date, parties: Sequence[int]) -> Day | None:
    """The needs of the day and the staff for them; None where there is nothing to plan. A bounded number of queries."""
    members = PoolUnit.objects.filter(current(day), pool=pool, unit__organization__in=parties)
    units = list(members.values_list("unit_id", flat=True))
    built = problems.build(pool, day, units=units)
    if not built.problem.visits or not built.problem.workers:
        return None
    shifts = {s.pk: s for s in _shifts([int(w.id[1:]) for w in built.problem.workers])}
    visits = {v.pk: v for v in _visits([int(v.id[1:]) for v in built.problem.visits])}
    start = clock.local(built.moment(0))
    facts = Facts(
        person={f"v{pk}": str(v.person_id) for pk, v in visits.items()},
        area={f"v{pk}": v.area.name if v.area else _("Utan område") for pk, v in visits.items()},
        staff={f"s{pk}": str(s.assignment.staff_id) for pk, s in shifts.items()},
        doctor=_doctors(list(visits)),
        clock=start.hour * 60.0 + start.minute,
    )
    visit_of = {f"v{pk}": str(v.unit.organization_id) for pk, v in visits.items()}
    worker_of = {f"s{pk}": str(s.assignment.unit.organization_id) for pk, s in shifts.items()}
    return Day(fair(built.problem, visit_of, worker_of), facts, tuple(str(p) for p in sorted(parties)))


def _shifts(ids: list[int]) -> list[WorkShift]:
    return list(WorkShift.objects.filter(pk__in=ids).select_related("assignment__unit"))


def _visits(ids: list[int]) -> list[Visit]:
    return list(Visit.objects.filter(pk__in=ids).select_related("unit", "area"))


def _doctors(visits: list[int]) -> frozenset[tuple[str, int]]:
    """The parts, in the order of their numbers, that a doctor does."""
    found: dict[int, list[str]] = {}
    rows = (
        VisitPart.objects.filter(visit__in=visits).order_by("visit_id", "number").values_list("visit_id", "competence")
    )
    for visit, competence in rows:
        found.setdefault(visit, []).append(competence)
    return frozenset((f"v{v}", k) for v, listed in found.items() for k, kind in enumerate(listed) if kind == DOCTOR)
