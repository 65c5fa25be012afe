"""What helps the one who checks: did the unit take part in the care then, has it done anything, who else there reads her."""

from dataclasses import dataclass
from datetime import timedelta

from samband.access.models import CareRelation
from samband.core import clock
from samband.core.models import AuditEvent
from samband.people.models import ContactRole
from samband.people.models.staff import current
from samband.review.models import Check
from samband.review.rules.kinds import DOORS, LISTS

DAYS = 30


@dataclass(frozen=True)
class Context:
    """`acts`: how often the unit wrote about the person around the day; `readers`: how many others there opened her."""

    relation: CareRelation | None
    contact: ContactRole | None
    acts: int
    readers: int
    days: int = DAYS


def of(check: Check) -> Context | None:
    """None where the check is about no single person."""
    if check.person_id is None:
        return None
    relation = CareRelation.objects.filter(current(check.day), unit_id=check.unit_id, person_id=check.person_id).first()
    contact = ContactRole.objects.filter(
        current(check.day), person_id=check.person_id, assignment__staff_id=check.staff_id
    ).first()
    begin = clock.day_bounds(check.day - timedelta(DAYS))[0]
    end = clock.day_bounds(check.day + timedelta(DAYS))[1]
    around = AuditEvent.objects.filter(
        subjects__person_id=check.person_id, unit_id=check.unit_id, at__gte=begin, at__lt=end, outcome="allow"
    ).exclude(action__in=[*LISTS, *DOORS])
    acts = around.filter(view="").count()
    mine = check.staff.assignments.values("pk")
    readers = around.exclude(view="").exclude(assignment_id__in=mine).values("assignment_id").distinct().count()
    return Context(relation, contact, acts, readers)
