"""Competences, delegations and work profiles: given for a time, ended or withdrawn, never erased."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Assignment, Person
from samband.people.models.staff import current
from samband.plans.models import Action
from samband.resources.models import Competence, Delegation, WorkProfile
from samband.resources.rules import checks
from samband.resources.rules.competence import NO_VISITS
from samband.resources.services.shifts import Stale


@transaction.atomic
def save_profile(
    actor: Actor, assignment: Assignment, values: dict[str, Any], version: int | None = None
) -> WorkProfile:
    """Means of travel, languages and where she starts from."""
    rule = policy.require(actor, "shift.edit", assignment).rule
    row = WorkProfile.objects.select_for_update().filter(assignment=assignment).first()
    if row is not None and version is not None and row.version != version:
        raise Stale
    if row is None:
        row = WorkProfile(assignment=assignment, version=0)
    row.means, row.languages, row.start_unit = values["means"], values["languages"], values["start_unit"]
    row.version += 1
    row.save()
    audit.record(actor, "profile.edit", thing=row, rule=rule)
    return row


@transaction.atomic
def add_competence(actor: Actor, row: Competence) -> Competence:
    rule = policy.require(actor, "competence.edit", row).rule
    row.save()
    audit.record(actor, "competence.edit", thing=row, rule=rule, kind=row.kind)
    return row


@transaction.atomic
def end_competence(actor: Actor, row: Competence) -> Competence:
    """From today on it does not hold; one that was to begin later never did."""
    rule = policy.require(actor, "competence.edit", row).rule
    row.ends_on = clock.today() - timedelta(days=1)
    row.starts_on = min(row.starts_on, row.ends_on)
    row.save(update_fields=["starts_on", "ends_on"])
    audit.record(actor, "competence.end", thing=row, rule=rule, kind=row.kind)
    return row


def receivers(actor: Actor) -> QuerySet:
    """Those to whom the actor may delegate."""
    rows = policy.scoped(actor, "delegation.edit", Assignment.objects.filter(current()))
    return rows.exclude(role__in=NO_VISITS).select_related("staff", "unit").order_by("staff__sort_name", "pk")


def persons(actor: Actor) -> QuerySet:
    """Those to whom a delegation may be bound: in the care of the giver's units, and whose plan she may read."""
    units = Action.objects.filter(unit_id__in=actor.unit_ids, status=Action.Status.ACTIVE)
    rows = policy.scoped(actor, "plan.read", Person.objects.filter(pk__in=units.values("plan__person_id")))
    return rows.order_by("sort_name", "pk")


def valid(assignment: Assignment, act: str, person: int | None) -> list[tuple]:
    """The days of what she already has for the same act, for all or for the same person."""
    rows = Delegation.objects.filter(assignment=assignment, act=act, withdrawn_at__isnull=True)
    rows = rows.filter(Q(person=person) | Q(person__isnull=True)) if person else rows.filter(person__isnull=True)
    return list(rows.values_list("starts_on", "ends_on"))


def problems(actor: Actor, values: dict[str, Any]) -> list[checks.Found]:
    """What speaks against a delegation with these values."""
    who: Assignment = values["assignment"]
    person = values.get("person")
    giver = Assignment.objects.filter(pk=actor.assignment_id or 0).values_list("staff_id", flat=True).first()
    return checks.delegation(
        who.role, who.staff_id == giver, values["starts_on"], values["ends_on"], clock.today(),
        valid(who, values["act"], person.pk if person else None),
    )  # fmt: skip


@transaction.atomic
def delegate(actor: Actor, values: dict[str, Any]) -> Delegation:
    """Given in the name of whoever writes it: nobody delegates for another."""
    who: Assignment = values["assignment"]
    rule = policy.require(actor, "delegation.edit", who).rule
    row = Delegation.objects.create(
        assignment=who, act=values["act"], person=values.get("person"), given_by_id=actor.assignment_id or 0,
        starts_on=values["starts_on"], ends_on=values["ends_on"],
    )  # fmt: skip
    audit.record(actor, "delegation.edit", person=row.person_id, thing=row, rule=rule, act=row.act)
    return row


@transaction.atomic
def withdraw(actor: Actor, row: Delegation) -> Delegation:
    """At once. It stays, marked, so that what was done under it can be understood."""
    rule = policy.require(actor, "delegation.edit", row).rule
    if row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        audit.record(actor, "delegation.withdraw", person=row.person_id, thing=row, rule=rule, act=row.act)
    return row
