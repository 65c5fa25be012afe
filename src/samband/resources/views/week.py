"""The week of a unit's shifts."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samband.core import clock, policy
from samband.core.policy import Actor, guarded
from samband.people.models import Unit
from samband.resources.models import PoolUnit, WorkShift
from samband.resources.services import week
from samband.resources.views.answering import shown


def wanted(request: HttpRequest) -> date:
    """The Monday of the week that is asked for; nonsense is this week."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = clock.today()
    return week.monday(min(max(day, date(2020, 1, 1)), date(2099, 1, 1)))


@guarded("shift.list")
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The week of the reader's own unit; without one, of the first that plans its day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    units = choices(actor)
    unit = next((row for row in units if row.pk == actor.unit_id), None) or next(iter(units), None)
    if unit is None:
        return render(request, "resources/week_none.html", {"may_pool": bool(policy.decide(actor, "pool.edit"))})
    return _page(request, unit, units)


@guarded("shift.read", Unit, log=False)
@require_GET
def of_unit(request: HttpRequest, unit: Unit) -> HttpResponse:
    return _page(request, unit, choices(request.actor))  # type: ignore[attr-defined]


def choices(actor: Actor) -> list[Unit]:
    """The units with shifts or in a pool: the reader's own first, then those that plan with them, then the rest."""
    rows = Unit.objects.filter(closed_from__isnull=True)
    found = rows.filter(
        Q(pk__in=PoolUnit.objects.values("unit_id"))
        | Q(pk__in=WorkShift.objects.values("assignment__unit_id"))
        | Q(pk__in=actor.unit_ids)
    )
    units = found.exclude(organization__kind="outside").select_related("organization")
    mine = set(actor.unit_ids)
    return sorted(units, key=lambda u: (u.pk not in mine, u.organization_id != actor.organization_id, u.sort_name))


def _page(request: HttpRequest, unit: Unit, units: list[Unit]) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = wanted(request)
    found, may = week.of(unit, first), bool(policy.decide(actor, "shift.edit", unit))
    address = reverse("resources:unit", args=[unit.public_id])
    context: dict[str, Any] = {
        "unit": unit,
        "units": units,
        "mine": actor.unit_ids,
        "days": [{"date": day, "today": day == clock.today()} for day in found.days],
        "rows": [_row(row, found.days, unit, may) for row in found.rows],
        "by_day": _by_day(found),
        "findings": [dict(zip(("state", "when", "text"), one, strict=True)) for one in found.findings],
        "may": may,
        "may_absence": bool(policy.decide(actor, "absence.edit")) and may,
        "week": first.isocalendar().week,
        "previous": f"{address}?week={first - timedelta(days=7)}",
        "next": f"{address}?week={first + timedelta(days=7)}",
        "this": address if first != week.monday(clock.today()) else "",
        "new_url": f"{reverse('resources:shift_new', args=[unit.public_id])}?day={_first_new(first)}",
        "anything": any(any(row.cells) for row in found.rows),
        "footed": _("Timmar utan raster och beredskap."),
    }  # fmt: skip
    return shown(request, "resources/week.html", context)


def _first_new(first: date) -> date:
    """The day that a new shift begins with: today in this week, else the week's Monday."""
    today = clock.today()
    return today if first <= today <= first + timedelta(days=6) else first


def _row(row: week.Row, days: list[date], unit: Unit, may: bool) -> dict[str, Any]:
    new = reverse("resources:shift_new", args=[unit.public_id])
    return {
        "who": row.who,
        "hours": row.hours,
        "cells": [
            {
                "day": day,
                "today": day == clock.today(),
                "shifts": shifts,
                "away": away,
                "new": f"{new}?day={day}&who={row.who.public_id}" if may and not shifts and not away else "",
            }
            for day, shifts, away in zip(days, row.cells, row.away, strict=True)
        ],
    }


def _by_day(found: week.Week) -> list[dict[str, Any]]:
    """The same as lists, for the phone."""
    return [
        {
            "date": day,
            "shifts": sorted((s for row in found.rows for s in row.cells[n]), key=lambda s: (s.starts_at, s.pk)),
            "away": [row.who for row in found.rows if row.away[n]],
        }
        for n, day in enumerate(found.days)
    ]
