"""Organisations, units with their hours, and staff with their assignments: kept by administrators."""

from typing import Any

from django.db import transaction
from django.db.models import Model

from samband.core import audit, policy
from samband.core.policy import Actor
from samband.people.hours import Stretch
from samband.people.models import Assignment, OpeningHours, Organization, Staff, Unit
from samband.people.services.lock import assign, mark, require_same

UNIT_FIELDS = ("organization", "name", "kind", "hsa_id", "phone", "address", "area", "always_open", "closed_from")
STAFF_FIELDS = ("given_name", "family_name", "hsa_id", "phone")
ASSIGNMENT_FIELDS = ("unit", "role", "title", "starts_on", "ends_on")
ORGANIZATION_FIELDS = ("name", "kind", "org_number", "hsa_id")


def unit_mark(unit: Unit | None) -> str:
    """The unit and its hours as they were read."""
    if unit is None or unit.pk is None:
        return "new"
    hours = sorted(unit.hours.values_list("weekday", "opens", "closes"))
    return f"{mark(unit, UNIT_FIELDS)}{hash_of(hours)}"


def hash_of(rows: Any) -> str:
    import hashlib

    return hashlib.sha256(repr(rows).encode()).hexdigest()[:12]


@transaction.atomic
def save_unit(actor: Actor, unit: Unit | None, seen: str, values: dict[str, Any], hours: list[Stretch]) -> Unit:
    """A new or changed unit. Raises Conflict when somebody saved since `seen`."""
    decision = policy.require(actor, "unit.edit", unit)
    stored = Unit.objects.select_for_update().get(pk=unit.pk) if unit else Unit()
    if unit and unit_mark(stored) != seen:
        from samband.people.services.lock import Conflict

        raise Conflict(stored)
    changed = assign(stored, values) if unit else list(values)
    if not unit:
        for name, value in values.items():
            setattr(stored, name, value)
    stored.save()
    stored.hours.all().delete()
    OpeningHours.objects.bulk_create([OpeningHours(unit=stored, **stretch._asdict()) for stretch in hours])
    audit.record(actor, "unit.edit" if unit else "unit.create", thing=stored, rule=decision.rule, fields=changed)
    return stored


@transaction.atomic
def save_staff(actor: Actor, staff: Staff | None, seen: str, values: dict[str, Any]) -> Staff:
    return _save(actor, "staff", Staff, STAFF_FIELDS, staff, seen, values)


@transaction.atomic
def save_assignment(
    actor: Actor, staff: Staff, assignment: Assignment | None, seen: str, values: dict[str, Any]
) -> Assignment:
    """An assignment that ends, ends at once: it is asked for at every request (P2)."""
    covers = values.pop("covers", None)
    made = _save(actor, "assignment", Assignment, ASSIGNMENT_FIELDS, assignment, seen, values | {"staff": staff})
    if covers is not None:
        made.covers.set(covers)
    return made


@transaction.atomic
def save_organization(
    actor: Actor, organization: Organization | None, seen: str, values: dict[str, Any]
) -> Organization:
    return _save(actor, "organization", Organization, ORGANIZATION_FIELDS, organization, seen, values)


def _save(
    actor: Actor, name: str, model: type[Model], fields: tuple, thing: Any, seen: str, values: dict[str, Any]
) -> Any:
    decision = policy.require(actor, "unit.edit" if name == "organization" else "staff.edit", thing)
    stored = model._default_manager.select_for_update().get(pk=thing.pk) if thing else model()
    if thing:
        require_same(stored, fields, seen)
        changed = assign(stored, values)
    else:
        changed = list(values)
        for field, value in values.items():
            setattr(stored, field, value)
    stored.save()
    audit.record(actor, f"{name}.edit" if thing else f"{name}.create", thing=stored, rule=decision.rule, fields=changed)
    return stored
