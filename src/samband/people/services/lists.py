"""The list of persons in scope: filtered, sorted and counted in the database."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from samband.core import clock, policy
from samband.core.policy import Actor
from samband.people.models import Area, ContactRole, Flag, Person, Unit
from samband.people.models.staff import current

SORTS = {"name": "sort_name", "age": "birth_date", "number": "identity_number", "area": "area__name"}
MARKS = ("protected", "interpreter", "no_contact", "child", "old")


@dataclass(frozen=True)
class Wish:
    """What the reader asked for. Everything is a choice among known things, nothing is free text."""

    area: Area | None = None
    unit: Unit | None = None
    mark: str = ""
    sort: str = "name"
    descending: bool = False


def wish(actor: Actor, values: Any) -> Wish:
    """From the address; what is not among the choices counts as not chosen."""
    units = Unit.objects.filter(pk__in=actor.unit_ids)
    sort = values.get("sort", "name")
    return Wish(
        area=_chosen(Area.objects.all(), values.get("area")),
        unit=_chosen(units, values.get("unit")),
        mark=values.get("mark") if values.get("mark") in MARKS else "",
        sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "name",
        descending=sort.startswith("-"),
    )


def _chosen(rows: QuerySet, public_id: str | None) -> Any:
    from uuid import UUID

    try:
        return rows.filter(public_id=UUID(public_id)).first() if public_id else None
    except ValueError:
        return None


def persons(actor: Actor, asked: Wish) -> QuerySet:
    """The rows, in order. A unit narrows the question to the policy: who is in scope through that unit alone."""
    seer = replace(actor, unit_ids=(asked.unit.pk,)) if asked.unit else actor
    rows = policy.scoped(seer, "person.list", Person.objects.all())
    if asked.area:
        rows = rows.filter(Q(area=asked.area) | Q(area__parent=asked.area))
    return _sorted(_marked(rows, asked.mark), asked)


def _marked(rows: QuerySet, mark: str) -> QuerySet:
    if mark == "protected":
        return rows.exclude(protection=Person.Protection.NONE)
    if mark == "interpreter":
        return rows.filter(interpreter=True)
    if mark == "no_contact":
        held = ContactRole.objects.filter(current(), kind=ContactRole.Kind.CARE)
        return rows.exclude(pk__in=held.values("person_id"))
    if mark in ("child", "old"):
        years = 18 if mark == "child" else 80
        day = clock.today() - timedelta(days=years * 365 + years // 4)
        return rows.filter(birth_date__gt=day) if mark == "child" else rows.filter(birth_date__lte=day)
    return rows


def _sorted(rows: QuerySet, asked: Wish) -> QuerySet:
    column = F(SORTS[asked.sort])
    # The older has the earlier birth date: ages rise as dates fall.
    falling = asked.descending != (asked.sort == "age")
    order = column.desc(nulls_last=True) if falling else column.asc(nulls_last=True)
    return rows.order_by(order, "sort_name", "pk")


def with_details(rows: QuerySet) -> QuerySet:
    """Area, contacts and flags, in three queries however many rows."""
    contacts = ContactRole.objects.filter(current()).select_related("assignment__staff", "assignment__unit")
    flags = Flag.objects.filter(ended_on__isnull=True)
    return rows.select_related("area").prefetch_related(
        Prefetch("contacts", contacts, to_attr="contacts_now"), Prefetch("flags", flags, to_attr="flags_now")
    )


def contact(person: Person, kind: str) -> ContactRole | None:
    """The contact of a kind, from rows fetched by `with_details`."""
    return next((role for role in person.contacts_now if role.kind == kind), None)  # type: ignore[attr-defined]
