"""Whom to call, as paper can say it: hours and not "answers now"."""

from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.access.models import CareRelation, Party
from samband.core.text import WEEKDAYS
from samband.people.models import Person, Unit
from samband.people.models.staff import current
from samband.plans.models import Situation

ADVICE = "1177"
# Who knows the person best comes first; those who always answer before the others.
FIRST = (
    Unit.Kind.HOME_NURSING, Unit.Kind.ADVANCED_HOME_CARE, Unit.Kind.MOBILE_TEAM, Unit.Kind.CARE_HOME,
    Unit.Kind.HOME_HELP, Unit.Kind.CARE_CENTER, Unit.Kind.PSYCHIATRY, Unit.Kind.ON_CALL,
)  # fmt: skip
MOST = 4


def hours(unit: Unit | None) -> str:
    """`dygnet runt`, `måndag–fredag 08.00–17.00`; hours that nobody has entered are not known."""
    if unit is None:
        return ""
    if unit.always_open:
        return _("dygnet runt")
    names = WEEKDAYS["en" if (get_language() or "sv").startswith("en") else "sv"]
    days: dict[int, list[str]] = {}
    for row in unit.hours.all():
        days.setdefault(row.weekday, []).append(f"{row.opens:%H.%M}\u2060–\u2060{row.closes:%H.%M}")
    spans: list[tuple[int, int, list[str]]] = []
    for day in sorted(days):
        if spans and spans[-1][1] == day - 1 and spans[-1][2] == days[day]:
            spans[-1] = (spans[-1][0], day, days[day])
        else:
            spans.append((day, day, days[day]))
    said = [f"{names[a]}{f'–{names[b]}' if b > a else ''} {', '.join(times)}" for a, b, times in spans]
    return "; ".join(said) or _("vi vet inte när de svarar")


def line(unit: Unit) -> dict[str, Any]:
    return {"name": unit.name, "phone": unit.phone, "note": hours(unit), "always": unit.always_open}


def around(person: Person) -> list[dict[str, Any]]:
    """The units that take part, those that always answer first.

    Two small sets and no joins: every relation of a unit with every party of it took a minute in a county.
    """
    agreed = Q(pk__in=Party.objects.filter(person=person, withdrawn_at__isnull=True).values("unit"))
    cares = Q(pk__in=CareRelation.objects.filter(current(), person=person).values("unit"))
    rows = Unit.objects.filter(agreed | cares, closed_from__isnull=True).exclude(phone="")
    found = list(rows.exclude(organization__kind="outside").prefetch_related("hours"))
    found.sort(key=lambda u: (not u.always_open, FIRST.index(u.kind) if u.kind in FIRST else len(FIRST), u.sort_name))
    return [line(unit) for unit in found[:MOST]]


def first(units: list[dict[str, Any]]) -> dict[str, Any]:
    """The number to call at any hour; where nobody of those around always answers, the advice line does."""
    found = next((unit for unit in units if unit["always"]), None)
    told = found or {"name": _("Sjukvårdsrådgivningen"), "phone": ADVICE, "note": _("dygnet runt")}
    return {"title": _("Ring om du behöver hjälp"), **told}


def chain(row: Situation) -> list[dict[str, Any]]:
    """First, then: the emergency number where that is the answer."""
    found = [{"name": _("Larmnumret"), "phone": "112", "note": ""}] if row.emergency else []
    return found + [line(unit) for unit in (row.call_unit, row.then_unit) if unit]
