"""How many persons a hole concerns, of those whom the reader may see: a number must not tell of anybody else (A1, A6).

contact knows persons and care relations, not plans: whoever does registers itself.
"""

from collections.abc import Callable, Iterable

from django.db.models import Count, Exists, OuterRef

from samband.access.models import CareRelation
from samband.core import policy
from samband.core.policy import Actor
from samband.people.models import Area, Person
from samband.people.models.staff import current

Counter = Callable[[Iterable[int], Actor | None], dict[int, int]]


def in_care(municipalities: Iterable[int], actor: Actor | None = None) -> dict[int, int]:
    """Persons with a care relation now whom the actor sees (None: everybody), by municipality (districts count to theirs)."""
    related = Exists(CareRelation.objects.filter(current(), person_id=OuterRef("pk")))
    seen = Person.objects.all() if actor is None else policy.scoped(actor, "person.list", Person.objects.all())
    rows = seen.filter(related, deceased_on__isnull=True).order_by().values("area_id").annotate(n=Count("pk"))
    return by_municipality({row["area_id"]: row["n"] for row in rows}, municipalities)


def by_municipality(by_area: dict[int, int], municipalities: Iterable[int]) -> dict[int, int]:
    """Counts by area summed up to the municipality that each area lies in."""
    parents = dict(Area.objects.values_list("pk", "parent_id"))
    wanted = dict.fromkeys(municipalities, 0)
    for area, count in by_area.items():
        top = parents.get(area) or area
        if top in wanted:
            wanted[top] += count
    return wanted


_registered: list[Counter] = []


def count_with(counter: Counter) -> Counter:
    """Register the function that counts persons with an active plan; the last one registered is asked."""
    _registered.append(counter)
    return counter


def count(municipalities: Iterable[int], actor: Actor | None = None) -> dict[int, int]:
    """Persons with an active plan by municipality; without a module that knows plans, persons in care now.

    Of those whom the actor sees. None counts everybody: for whoever runs the installation, never for a page.
    """
    return (_registered[-1] if _registered else in_care)(list(municipalities), actor)


def counts_plans() -> bool:
    return bool(_registered)
