"""Somebody needs a visit by a time: by hand on the person's page, or told as an event. It becomes a visit, and a happening."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.people.models import Person, Unit
from samband.people.models.staff import current
from samband.resources.models import Happening, Pool, PoolUnit, Visit, VisitPart, VisitRequest

NEEDED = "resources.visit_needed"
URGENT = 5  # priority


def units_for(person: Person) -> QuerySet[Unit]:
    """The units that plan visits where she lives."""
    rows = PoolUnit.objects.filter(current())
    near = rows.filter(pool__areas__in=[person.area_id, person.area.parent_id] if person.area else [])
    return Unit.objects.filter(pk__in=near.values("unit_id")).select_related("organization").order_by("sort_name")


def ask(actor: Actor, person: Person, row: VisitRequest) -> Happening:
    """By hand. Whoever may read the plan asks."""
    decision = policy.require(actor, "visit.request", person)
    with transaction.atomic():
        row.person, row.asked_by_id = person, actor.assignment_id
        happening = happen(write(row), actor.assignment_id)
        audit.record(actor, "visit.request", person=person, thing=row, rule=decision.rule)
    return happening


def write(row: VisitRequest) -> VisitRequest:
    """The request and its visit."""
    now = clock.now()
    if row.needed_by < now:
        raise ValidationError({"needed_by": _("Tiden har redan varit. Välj en tid från och med nu.")})
    row.visit = Visit.objects.create(
        key=f"request/{row.public_id}", person=row.person, unit=row.unit, area=row.person.area,
        day=clock.local(row.needed_by).date(), window_from=_from(row, now), window_to=row.needed_by, priority=URGENT,
    )  # fmt: skip
    VisitPart.objects.create(visit=row.visit, number=1, unit=row.unit, competence=row.competence, minutes=row.minutes)
    row.save()
    return row


def _from(row: VisitRequest, now: datetime) -> datetime:
    """From now; of another day from its beginning."""
    return max(now.replace(second=0, microsecond=0), clock.day_bounds(clock.local(row.needed_by).date())[0])


def happen(row: VisitRequest, told_by: int | None) -> Happening:
    """It waits for the planner of the pool where the unit plans its day."""
    visit = row.visit
    if visit is None:
        raise ValidationError(_("Önskemålet har inget besök."))
    pool = pool_of(row.unit_id)
    if pool is None:
        raise ValidationError({"unit": _("Enheten planerar inga besök här. Ring den i stället.")})
    happening = Happening.objects.create(
        pool=pool, day=visit.day, kind=Happening.Kind.URGENT, visit=visit, request=row, told_by_id=told_by
    )
    events.publish("resources.happened", happening=happening)
    return happening


def pool_of(unit: int) -> Pool | None:
    member = PoolUnit.objects.filter(current(), unit_id=unit).select_related("pool").first()
    return member.pool if member else None


@events.listen(NEEDED)
def needed(
    person: Person,
    unit: Unit,
    competence: str,
    needed_by: datetime,
    why: str,
    source: str,
    minutes: int = 30,
    **_more: Any,
) -> None:
    """Another module says so (monitoring, transitions). `source` names it and its thing; told twice it is one request."""
    if VisitRequest.objects.filter(source=source).exists():
        return
    by = max(needed_by, clock.now() + timedelta(minutes=1))
    row = VisitRequest(
        person=person, unit=unit, competence=competence, minutes=minutes, needed_by=by, why=why, source=source
    )
    happen(write(row), None)
