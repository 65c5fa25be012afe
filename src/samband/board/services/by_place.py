"""The numbers area by area: where it is missing."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F
from django.urls import reverse

from samband.board.services import gaps, today
from samband.board.services.filters import Choice
from samband.board.services.kinds import BY_SLUG, KINDS, TODAY
from samband.board.services.scope import Scope
from samband.people.models import Area, Person


@dataclass(frozen=True)
class Place:
    """An area with its numbers; `cells` hold the number and the address of the list (none where it is zero)."""

    area: Area | None
    cells: list[dict[str, Any]]


def table(scope: Scope, choice: Choice) -> list[Place]:
    """One row for each area where somebody is counted, most first; persons without an area come last."""
    numbers: dict[int | None, Counter[str]] = {}
    for slug, definition in gaps.ROWS.items():
        rows = (
            definition(scope)
            .order_by()
            .annotate(where=F(f"{BY_SLUG[slug].way}area_id"))
            .values_list("where")
            .annotate(n=Count("pk"))
        )
        for where, n in rows:
            numbers.setdefault(where, Counter())[slug] += n
    persons = Counter(one.person for one in today.unassigned(scope))
    homes = dict(Person.objects.filter(pk__in=persons).values_list("pk", "area_id"))
    for person, n in persons.items():
        numbers.setdefault(homes.get(person), Counter())[TODAY.slug] += n
    areas = Area.objects.in_bulk([pk for pk in numbers if pk is not None])
    known = {area.pk for area in choice.areas}
    order = sorted(numbers, key=lambda pk: (pk is None, -sum(numbers[pk].values()), str(areas.get(pk, ""))))
    return [Place(areas.get(pk), _cells(numbers[pk], areas[pk] if pk in known else None, choice)) for pk in order]


def _cells(counted: Counter[str], area: Area | None, choice: Choice) -> list[dict[str, Any]]:
    unit = f"&unit={choice.unit.public_id}" if choice.unit else ""
    return [
        {
            "kind": kind,
            "n": counted[kind.slug],
            "url": f"{reverse('board:list', args=[kind.slug])}?area={area.public_id}{unit}"
            if area and counted[kind.slug]
            else "",
        }
        for kind in KINDS
    ]
