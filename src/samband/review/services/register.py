"""What the register knows about those in the log: who they are, where they live, whose relatives, when units are open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q

from samband.core import clock
from samband.core.text import fold
from samband.people.models import Assignment, ContactRole, OpeningHours, Person, Relative, Staff, Unit
from samband.review.models import Interest
from samband.review.rules.facts import Hours, Known, Log, Name, Reader, Whom
from samband.review.rules.near import address_key
from samband.review.services.gather import relations_of

MANY = 5000  # keys in one question
# Units that somebody reaches at any hour: what is closed there says nothing.
ALWAYS = (Unit.Kind.ON_CALL,)


def known(organization_id: int, log: Log, first: date) -> Known:
    """Everything that the patterns ask about the readers and the persons of the log."""
    readers = _readers({v.staff for v in log.visits})
    persons = {v.person for v in log.visits}
    homes = {r.own for r in readers.values() if r.own}
    units = {unit for r in readers.values() for unit in r.units} | {v.unit for v in log.visits}
    return Known(
        readers=readers,
        persons=_persons(organization_id, persons | homes),
        hours=_hours(units),
        relations=relations_of(units, persons, first),
        surnames=_surnames({r.name[1] for r in readers.values()}),
    )


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(keys))
    while part := list(islice(rest, MANY)):
        yield part


def _readers(keys: set[int]) -> dict[int, Reader]:
    named = Staff.objects.filter(pk__in=keys).values_list(
        "pk", "given_name", "family_name", "user_id", "user__person__pk"
    )
    rows = list(named)
    near: dict[int, set[int]] = defaultdict(set)
    users = {user for _pk, _g, _f, user, _own in rows if user}
    for user, person in Relative.objects.filter(user_id__in=users).values_list("user_id", "person_id"):
        near[user].add(person)
    units: dict[int, set[int]] = defaultdict(set)
    held = Assignment.objects.filter(staff_id__in=keys).values_list("staff_id", "unit_id", "covers")
    for staff, unit, covered in held:
        units[staff].update({unit, covered} - {None})
    return {
        pk: Reader(pk, _name(given, family), own, frozenset(near[user]) if user else frozenset(), frozenset(units[pk]))
        for pk, given, family, user, own in rows
    }


def _name(given: str, family: str) -> Name:
    return fold(given), fold(family)


def _persons(organization_id: int, keys: set[int]) -> dict[int, Whom]:
    found: dict[int, Whom] = {}
    public = set(
        Interest.objects.filter(organization_id=organization_id, ended_at__isnull=True).values_list(
            "person_id", flat=True
        )
    )
    for part in _chunks(keys):
        near, contacts = _near(part), _contacts(part)
        colleagues = _colleagues(organization_id, part)
        rows = Person.objects.filter(pk__in=part).only(
            "given_name",
            "family_name",
            "street",
            "postal_code",
            "city",
            "latitude",
            "longitude",
            "protection",
            "home_hidden",
        )
        for row in rows:
            staff, units = colleagues.get(row.pk, (None, frozenset()))
            hidden = row.hides_home
            found[row.pk] = Whom(
                row.pk, _name(row.given_name, row.family_name),
                "" if hidden else address_key(row.street, row.postal_code, row.city), row.shown_place, hidden, staff, units,
                frozenset(near.get(row.pk, ())), frozenset(contacts.get(row.pk, ())), row.pk in public,
            )  # fmt: skip
    return found


def _near(keys: list[int]) -> dict[int, set[Name]]:
    found: dict[int, set[Name]] = defaultdict(set)
    for person, given, family in Relative.objects.filter(person_id__in=keys).values_list(
        "person_id", "given_name", "family_name"
    ):
        found[person].add(_name(given, family))
    return found


def _contacts(keys: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for person, staff in ContactRole.objects.filter(person_id__in=keys).values_list(
        "person_id", "assignment__staff_id"
    ):
        found[person].add(staff)
    return found


def _colleagues(organization_id: int, keys: list[int]) -> dict[int, tuple[int, frozenset[int]]]:
    """Persons who hold an assignment in the organisation: their staff and units."""
    today = clock.today()
    rows = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        staff__user__person__in=keys,
        unit__organization_id=organization_id,
    ).values_list("staff__user__person__pk", "staff_id", "unit_id")
    units: dict[tuple[int, int], set[int]] = defaultdict(set)
    for person, staff, unit in rows:
        units[person, staff].add(unit)
    return {person: (staff, frozenset(found)) for (person, staff), found in units.items()}


def _hours(units: set[int]) -> dict[int, Hours | None]:
    week: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for unit, weekday, opens, closes in OpeningHours.objects.filter(unit_id__in=units).values_list(
        "unit_id", "weekday", "opens", "closes"
    ):
        week[unit].append((weekday, opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute))
    rows = Unit.objects.filter(pk__in=units).values_list("pk", "always_open", "kind")
    return {pk: None if always or kind in ALWAYS or pk not in week else tuple(week[pk]) for pk, always, kind in rows}


def _surnames(families: set[str]) -> dict[str, float]:
    """How many of a thousand persons have each family name, in one walk over the register's names."""
    counts: dict[str, int] = defaultdict(int)
    total = 0
    names: Any = Person.objects.values_list("family_name", flat=True)
    for family in names.iterator(10_000):
        total += 1
        if (key := fold(family)) in families:
            counts[key] += 1
    return {family: 1000 * counts[family] / max(1, total) for family in families}
