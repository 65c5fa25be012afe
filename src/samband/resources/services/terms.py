"""What planning must know of an action and the plan does not say, and who a person would rather meet or not."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Assignment, Person, Staff, Unit
from samband.people.models.staff import current
from samband.plans.models import Action, CarePlan
from samband.resources.models import ActionTerms, PoolUnit, Tie
from samband.resources.rules.competence import NO_VISITS
from samband.resources.services.shifts import Stale

FIELDS = ("act", "staff", "sync", "gap_from", "gap_to", "strict", "priority", "movable", "target")


def actions(actor: Actor) -> QuerySet:
    """The living actions that the actor's units do, with their terms; the question is asked in the query."""
    live = Action.objects.filter(
        status=Action.Status.ACTIVE, plan__status__in=(CarePlan.Status.ACTIVE, CarePlan.Status.DRAFT), by=Action.By.UNIT
    )
    return policy.scoped(actor, "visit.edit", live).select_related("unit", "terms", "plan__person")


def persons(actor: Actor) -> QuerySet:
    """Those to whom the actor's units go, each with the actions and the ties that the actor's units wrote."""
    mine = actions(actor)
    ties = policy.scoped(actor, "visit.edit", Tie.objects.filter(current())).select_related("staff")
    rows = policy.scoped(actor, "visit.edit", Person.objects.filter(plans__actions__in=mine)).distinct()
    return rows.order_by("sort_name", "pk").prefetch_related(
        Prefetch("plans__actions", queryset=mine.order_by("time_from", "pk"), to_attr="to_plan"),
        Prefetch("ties", queryset=ties, to_attr="ties_shown"),
    )


@transaction.atomic
def save(actor: Actor, action: Action, values: dict[str, Any], version: int | None = None) -> ActionTerms:
    """One row an action. `version` 0: there was none when the form was opened."""
    rule = policy.require(actor, "visit.edit", action).rule
    Action.objects.select_for_update().get(pk=action.pk)
    row = ActionTerms.objects.filter(action=action).first()
    if version is not None and (row.version if row else 0) != version:
        raise Stale
    row = row or ActionTerms(action=action, version=0)
    for name in FIELDS:
        setattr(row, name, values[name])
    row.version += 1
    row.save()
    audit.record(actor, "terms.edit", person=action.plan.person_id, thing=row, rule=rule)
    return row


def known_staff(person: Person, actor: Actor) -> QuerySet:
    """Staff who may come: of the units with an action at the person's, and of those that plan with them."""
    units = Action.objects.filter(plan__person=person, unit_id__isnull=False).values("unit_id")
    pools = PoolUnit.objects.filter(current(), unit_id__in=units).values("pool_id")
    beside = PoolUnit.objects.filter(current(), pool_id__in=pools).values("unit_id")
    rows = Assignment.objects.filter(current()).exclude(role__in=NO_VISITS)
    near = rows.filter(unit_id__in=units) | rows.filter(unit_id__in=beside)
    return Staff.objects.filter(pk__in=near.values("staff_id")).order_by("sort_name", "pk")


def unit_for(actor: Actor, person: Person) -> Unit:
    """In whose name the actor writes of the person: a unit of hers that has an action there."""
    return Unit.objects.get(pk=actions(actor).filter(plan__person=person).values_list("unit_id", flat=True)[:1])


def known(person: Person, staff: Staff) -> bool:
    """Whether something is written already of the two, by any unit; there is one answer for them."""
    return Tie.objects.filter(person=person, staff=staff, ends_on__isnull=True).exists()


@transaction.atomic
def tie(actor: Actor, person: Person, values: dict[str, Any]) -> Tie:
    rule = policy.require(actor, "visit.edit", person).rule
    row = Tie.objects.create(
        person=person, staff=values["staff"], kind=values["kind"], reason=values["reason"], unit=unit_for(actor, person)
    )  # fmt: skip
    audit.record(actor, "tie.edit", person=person.pk, thing=row, rule=rule)
    return row


@transaction.atomic
def untie(actor: Actor, row: Tie) -> Tie:
    """From today on it does not hold. The row stays, as what was planned under it does."""
    rule = policy.require(actor, "visit.edit", row).rule
    row.ends_on = clock.today() - timedelta(days=1)
    row.starts_on = min(row.starts_on, row.ends_on)
    row.save(update_fields=["starts_on", "ends_on"])
    audit.record(actor, "tie.end", person=row.person_id, thing=row, rule=rule)
    return row
