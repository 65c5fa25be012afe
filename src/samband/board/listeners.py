"""What the board tells others: contact counts whom a hole concerns, and only the board knows plans as well."""

from collections.abc import Iterable

from django.db.models import Count

from samband.contact.services.counters import by_municipality, count_with
from samband.core import policy
from samband.core.policy import Actor
from samband.people.models import Person
from samband.plans.models import CarePlan


@count_with
def with_active_plan(municipalities: Iterable[int], actor: Actor | None = None) -> dict[int, int]:
    """Persons with an active plan that the actor reads (P2; None: everybody), by municipality."""
    seen = Person.objects.all() if actor is None else policy.scoped(actor, "plan.read", Person.objects.all())
    rows = seen.filter(plans__status=CarePlan.Status.ACTIVE, deceased_on__isnull=True)
    counts = rows.order_by().values("area_id").annotate(n=Count("pk", distinct=True))
    return by_municipality({row["area_id"]: row["n"] for row in counts}, municipalities)
