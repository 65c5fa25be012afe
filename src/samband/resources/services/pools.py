"""Pools and loans: which units plan one day together, and on which terms each does the others' visits."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Unit
from samband.people.models.staff import current
from samband.resources.models import Loan, Pool, PoolUnit
from samband.resources.services.shifts import Stale

LOAN = ("unit", "hours", "weekdays", "time_from", "time_to", "competences", "starts_on", "ends_on", "note")


def own_units(actor: Actor) -> QuerySet:
    """The units for which the actor may speak: hers; for an administrator all that give care."""
    rows = Unit.objects.filter(closed_from__isnull=True).exclude(organization__kind="outside")
    rows = rows if actor.role == "administrator" else rows.filter(pk__in=actor.unit_ids)
    return rows.select_related("organization").order_by("organization__name", "sort_name")


@transaction.atomic
def save(actor: Actor, pool: Pool, values: dict[str, Any], version: int | None = None) -> Pool:
    """A new pool begins with a unit of whoever makes it, so that it always has a planner."""
    if pool.pk:
        rule = policy.require(actor, "pool.edit", pool).rule
        pool = Pool.objects.select_for_update().get(pk=pool.pk)
        if version is not None and pool.version != version:
            raise Stale
        pool.version += 1
    else:
        rule = policy.require(actor, "pool.edit", values["unit"]).rule
    pool.name, pool.day_starts = values["name"], values["day_starts"]
    pool.save()
    pool.areas.set(values["areas"])
    if values.get("unit"):
        _enter(pool, values["unit"])
    audit.record(actor, "pool.edit", thing=pool, rule=rule, name=pool.name)
    return pool


def taken(unit: Unit, pool: Pool | None = None) -> Pool | None:
    """The other pool in which the unit plans its day already; a unit is in one at a time."""
    rows = PoolUnit.objects.filter(unit=unit, ends_on__isnull=True).exclude(pool=pool).select_related("pool")
    row = rows.first()
    return row.pool if row else None


def _enter(pool: Pool, unit: Unit) -> None:
    if not PoolUnit.objects.filter(pool=pool, unit=unit, ends_on__isnull=True).exists():
        PoolUnit.objects.create(pool=pool, unit=unit)


@transaction.atomic
def join(actor: Actor, pool: Pool, unit: Unit) -> str:
    """A unit enters by its own planner, never by another's. The answer is what stands in the way, or nothing."""
    rule = policy.require(actor, "pool.edit", unit).rule
    Unit.objects.select_for_update().get(pk=unit.pk)
    if other := taken(unit, pool):
        return _("%(unit)s planerar redan sin dag i %(pool)s. Lämna den först.") % {"unit": unit, "pool": other}
    _enter(pool, unit)
    audit.record(actor, "pool.join", thing=pool, rule=rule, unit=unit.name)
    return ""


@transaction.atomic
def leave(actor: Actor, pool: Pool, unit: Unit) -> None:
    """From today on; what has been planned stays as it is."""
    rule = policy.require(actor, "pool.edit", unit).rule
    before = clock.today() - timedelta(days=1)
    for row in PoolUnit.objects.select_for_update().filter(pool=pool, unit=unit, ends_on__isnull=True):
        row.ends_on = before
        row.starts_on = min(row.starts_on, before)
        row.save(update_fields=["starts_on", "ends_on"])
    audit.record(actor, "pool.leave", thing=pool, rule=rule, unit=unit.name)


@transaction.atomic
def save_loan(actor: Actor, loan: Loan, values: dict[str, Any], version: int | None = None) -> Loan:
    """What a unit lends is said by that unit."""
    rule = policy.require(actor, "pool.edit", values["unit"]).rule
    if loan.pk:
        policy.require(actor, "pool.edit", loan)
        loan = Loan.objects.select_for_update().get(pk=loan.pk)
        if version is not None and loan.version != version:
            raise Stale
        loan.version += 1
    for name in LOAN:
        setattr(loan, name, values[name])
    loan.save()
    loan.areas.set(values["areas"])
    audit.record(actor, "loan.edit", thing=loan, rule=rule, unit=loan.unit.name)
    return loan


@transaction.atomic
def end_loan(actor: Actor, loan: Loan) -> Loan:
    """From today on nothing is lent; published days stay as they are."""
    rule = policy.require(actor, "pool.edit", loan).rule
    loan.ends_on = clock.today() - timedelta(days=1)
    loan.starts_on = min(loan.starts_on, loan.ends_on)
    loan.version += 1
    loan.save(update_fields=["starts_on", "ends_on", "version"])
    audit.record(actor, "loan.end", thing=loan, rule=rule, unit=loan.unit.name)
    return loan


def loans(pool: Pool) -> QuerySet:
    """Those that hold today or will."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())
    return pool.loans.filter(still).select_related("unit__organization").prefetch_related("areas")


def members(pool: Pool) -> QuerySet:
    return pool.members.filter(current()).select_related("unit__organization", "unit__area")
