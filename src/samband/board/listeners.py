"""What the board tells others: contact counts whom a hole concerns, and only the board knows plans as well."""

from collections.abc import Iterable

from django.db.models import Count

from samband.contact.services.counters import by_municipality, count_with
from samband.people.models import Person
from samband.plans.models import CarePlan


@count_with
def with_active_plan(municipalities: Iterable[int]) -> dict[int, int]:
    """Persons with an active plan, by municipality."""
    rows = Person.objects.filter(plans__status=CarePlan.Status.ACTIVE, deceased_on__isnull=True)
    counts = rows.order_by().values("area_id").annotate(n=Count("pk", distinct=True))
    return by_municipality({row["area_id"]: row["n"] for row in counts}, municipalities)
