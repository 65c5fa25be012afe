"""Which units work by a routine, and who there has read it: counts by unit and role, names only of the asker's own units."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from samband.core.policy import Actor
from samband.guidelines.models import Guideline, GuidelineVersion, ReadReceipt
from samband.people.models import Assignment, Unit
from samband.people.models.staff import current

# Those who keep the product and its log do not work by a routine.
BESIDE = (Assignment.Role.ADMINISTRATOR, Assignment.Role.REVIEWER, Assignment.Role.OUTSIDE)


def units_of(version: GuidelineVersion) -> QuerySet[Unit]:
    """A local one: its owner. A common one: units of its kinds in the organisations that decided it, and its owner."""
    guideline = version.guideline
    own = Q(pk=guideline.unit_id)
    if guideline.common and guideline.kind_list:
        own |= Q(kind__in=guideline.kind_list, organization__in=version.parties.all())
    return Unit.objects.filter(own, Q(closed_from__isnull=True) | Q(pk=guideline.unit_id)).distinct()


def concerns(actor: Actor, unit_kind: str) -> Q:
    """The condition on Guideline: those that the reader's own unit works by."""
    common = Q(level=Guideline.Level.COMMON, current__parties=actor.organization_id)
    return Q(unit__in=actor.unit_ids) | (common & Q(kinds__contains=f" {unit_kind} ") if unit_kind else Q(pk=None))


@dataclass
class Row:
    """One role of one unit: how many have read it, of how many; `missing` are names, where the asker may have them."""

    role: str
    read: int = 0
    total: int = 0
    missing: list[str] = field(default_factory=list)


@dataclass
class UnitReceipts:
    unit: Unit
    rows: list[Row]
    own: bool

    @property
    def read(self) -> int:
        return sum(row.read for row in self.rows)

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


def receipts(actor: Actor, version: GuidelineVersion) -> list[UnitReceipts]:
    """By unit and role, the asker's own units first. Two queries, whatever the size."""
    staff = (
        Assignment.objects.filter(current(), unit__in=units_of(version))
        .exclude(role__in=BESIDE)
        .select_related("unit", "staff")
        .order_by("unit__sort_name", "role", "staff__sort_name")
    )
    done = set(ReadReceipt.objects.filter(version=version).values_list("assignment_id", flat=True))
    units: dict[int, Unit] = {}
    found: dict[int, dict[str, Row]] = defaultdict(dict)
    for one in staff:
        units[one.unit_id] = one.unit
        row = found[one.unit_id].setdefault(one.role, Row(one.get_role_display()))
        row.total += 1
        row.read += one.pk in done
        if one.pk not in done and one.unit_id in actor.unit_ids:
            row.missing.append(one.staff.full_name)
    rows = [UnitReceipts(unit, list(found[pk].values()), pk in actor.unit_ids) for pk, unit in units.items()]
    return sorted(rows, key=lambda row: not row.own)
