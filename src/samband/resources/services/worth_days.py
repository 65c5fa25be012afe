"""From the records to a day between organisations: whose visits and staff, and what the report must know of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from samband.people.models import Area, Organization
from samband.people.models.staff import current
from samband.plans.models import Action
from samband.resources.models import Pool, PoolUnit
from samband.resources.rules.coalitions import fair
from samband.resources.rules.worth import Facts
from samband.resources.rules.worth_day import Day
from samband.resources.services import drafts
from samband.resources.services import problem as problems
from samband.resources.services.built import Built

DOCTOR = Action.Competence.PHYSICIAN


def organizations(pool: Pool, day: date | None = None) -> list[Organization]:
    """Those whose units take part in the pool on a day."""
    units = PoolUnit.objects.filter(current(day), pool=pool)
    return list(Organization.objects.filter(units__in=units.values("unit")).distinct().order_by("name"))


def day_of(pool: Pool, day: date, parties: Sequence[int]) -> Day | None:
    """The needs of the day and the staff for them; None where there is nothing to plan. A bounded number of queries.

    Built with the published plan where there is one: else what is done already would be no need any more.
    """
    members = PoolUnit.objects.filter(current(day), pool=pool, unit__organization__in=parties)
    units = list(members.values_list("unit_id", flat=True))
    built = problems.build(pool, day, drafts.published(pool, day), units=units)
    ours = {str(p) for p in parties}
    party = _parties(built)
    # Of a visit that somebody else has, only a part is ours: no need that these organisations could meet.
    visits = tuple(v for v in built.problem.visits if party[v.id] in ours)
    if not built.problem.workers or not visits:
        return None
    return Day(fair(replace(built.problem, visits=visits), party), _facts(built), tuple(sorted(ours)))


def _parties(built: Built) -> dict[str, str]:
    """Whose each visit is and where each worker is employed."""
    visits = {name: str(visit.unit.organization_id) for name, visit in built.visits.items()}
    return visits | {w.id: str(w.assignment.unit.organization_id) for w in built.workers}


def _facts(built: Built) -> Facts:
    areas = dict(Area.objects.values_list("pk", "name"))
    return Facts(
        person={name: str(visit.person_id) for name, visit in built.visits.items()},
        area={
            name: areas.get(visit.area_id or visit.person.area_id or 0, _("Utan område"))
            for name, visit in built.visits.items()
        },
        staff={w.id: str(w.staff_id) for w in built.workers},
        owner={key: str(part.unit.organization_id) for key, part in built.parts.items()},
        doctor=frozenset(key for key, part in built.parts.items() if part.competence == DOCTOR),
    )
