"""Delegations as they are read: valid, soon ending, withdrawn; whose they are bound to only where the reader may know."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Assignment, Person, Unit
from samband.resources.models import Delegation

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Shown:
    """One line. `person`: only where the reader may read her plan; `bound` says that it is for one person."""

    row: Delegation
    person: Person | None
    valid: bool
    soon: bool
    may: bool

    @property
    def bound(self) -> bool:
        return self.row.person_id is not None

    @property
    def state(self) -> tuple[str, str]:
        """The mark and its word."""
        row = self.row
        if row.withdrawn_at:
            return "unknown", _("återkallad %(day)s") % {"day": text.spoken_date(clock.local(row.withdrawn_at).date())}
        if not self.valid:
            return "unknown", _("gick ut %(day)s") % {"day": text.spoken_date(row.ends_on)}
        if row.starts_on > clock.today():
            return "ok", _("börjar %(day)s") % {"day": text.spoken_date(row.starts_on)}
        near = row.ends_on - clock.today() <= timedelta(days=3)
        said = _("till och med %(day)s") % {"day": text.spoken_date(row.ends_on)}
        return ("act" if near else "warn" if self.soon else "ok"), said


def of(assignment: Assignment) -> QuerySet:
    return Delegation.objects.filter(assignment=assignment)


def of_unit(unit: Unit) -> QuerySet:
    return Delegation.objects.filter(assignment__unit=unit)


def open_to(actor: Actor, rows: QuerySet) -> QuerySet:
    """A1: one that holds at one person's only tells that she is here; it is for who reads her plan, has it or gave it."""
    hers = Q(assignment=actor.assignment_id or 0) | Q(given_by=actor.assignment_id or 0)
    return rows.filter(
        hers | Q(person__isnull=True) | Q(person__in=policy.scoped(actor, "plan.read", Person.objects.all()))
    )


def shown(actor: Actor, rows: QuerySet) -> list[Shown]:
    """In order of the last day; three queries for any number."""
    found = list(
        open_to(actor, rows)
        .select_related("assignment__staff", "assignment__unit", "given_by__staff")
        .order_by("ends_on", "pk")
    )
    bound = {row.person_id for row in found if row.person_id}
    names = policy.scoped(actor, "plan.read", Person.objects.filter(pk__in=bound)).in_bulk() if bound else {}
    may = set(
        policy.scoped(actor, "delegation.edit", Delegation.objects.filter(pk__in=[r.pk for r in found])).values_list(
            "pk", flat=True
        )
    )
    today = clock.today()
    return [
        Shown(
            row, names.get(row.person_id), valid := row.withdrawn_at is None and row.ends_on >= today,
            valid and row.ends_on - today <= SOON, valid and row.pk in may,
        )
        for row in found
    ]  # fmt: skip
