"""Units and organisations: everybody on the staff reads, administrators change."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import clock, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.text import sort_key
from samband.people.forms.units import WEEKDAYS, OrganizationForm, UnitForm
from samband.people.hours import Stretch, written_day
from samband.people.models import Organization, Unit
from samband.people.models.staff import current
from samband.people.services import units as services
from samband.people.services.lock import mark
from samband.people.views import merging
from samband.ui.toast import toast

PAGE = 40


@guarded("unit.list")
@require_safe
def listing(request: Request) -> HttpResponse:
    """All units, by kind and organisation, with whether somebody answers now."""
    units = policy.scoped(request.actor, "unit.list", Unit.objects.all()).filter(
        Q(closed_from__isnull=True) | Q(closed_from__gt=clock.today())
    )
    kind = request.GET.get("kind", "")
    if kind in Unit.Kind.values:
        units = units.filter(kind=kind)
    found = units.select_related("organization", "area").prefetch_related("hours").order_by("sort_name", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "table": _table(
            page.object_list, page.paginator.count, may_edit=bool(policy.decide(request.actor, "unit.edit"))
        ),
        "pager": page,
        "pager_url": f"?kind={kind}&page=" if kind in Unit.Kind.values else "?page=",
        "kinds": [{"value": value, "label": label, "chosen": value == kind} for value, label in Unit.Kind.choices],
        "may_edit": bool(policy.decide(request.actor, "unit.edit")),
    }
    return render(request, "people/units.html", context)


def _table(units: Iterable[Unit], total: int, may_edit: bool) -> dict:
    rows = [
        {
            "id": unit.public_id,
            "name": unit.name,
            "url": reverse("people:unit", kwargs={"unit": unit.public_id}),
            "cells": [
                {"text": unit.get_kind_display()},
                {"text": unit.organization.name},
                {"text": unit.area.name if unit.area else ""},
                open_now(unit),
                {"text": unit.phone},
            ],
        }
        for unit in units
    ]
    return {
        "caption": _("Enheter"),
        "columns": [
            {"label": label} for label in (_("Enhet"), _("Slag"), _("Organisation"), _("Område"), _("Nu"), _("Telefon"))
        ],
        "rows": rows,
        "total": total,
        "acts": [{"label": _("Ny enhet"), "url": reverse("people:unit_new"), "icon": "plus"}] if may_edit else [],
        "empty": {
            "title": _("Ingen enhet är inlagd"),
            "text": _("Enheter läggs in en i taget eller läses in från en fil."),
        },
    }


def open_now(unit: Unit) -> dict[str, str]:
    """Whether somebody answers now; not known is a state of its own."""
    answers = unit.open_at()
    if answers is None:
        return {"state": "unknown", "text": _("öppettid saknas")}
    if unit.always_open:
        return {"state": "ok", "text": _("svarar dygnet runt")}
    return {"state": "ok", "text": _("svarar nu")} if answers else {"state": "warn", "text": _("stängt nu")}


@guarded("unit.read", Unit)
@require_safe
def page(request: Request, unit: Unit) -> HttpResponse:
    hours = list(unit.hours.all())
    week = [
        {
            "day": WEEKDAYS[n],
            "hours": written_day([Stretch(h.weekday, h.opens, h.closes) for h in hours if h.weekday == n]),
        }
        for n in range(7)
    ]
    here = unit.assignments.filter(current()).select_related("staff").order_by("staff__sort_name")
    context = {
        "unit": unit,
        "open_now": open_now(unit),
        "week": week,
        "today_number": clock.today().weekday(),
        "staff_here": here,
        "may_edit": bool(policy.decide(request.actor, "unit.edit", unit)),
        "may_see_staff": bool(policy.decide(request.actor, "staff.list")),
    }
    return render(request, "people/unit.html", context)


@guarded("unit.edit")
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    return _edit_unit(request, None)


@guarded("unit.edit", Unit)
@require_http_methods(["GET", "POST"])
def edit(request: Request, unit: Unit) -> HttpResponse:
    return _edit_unit(request, unit)


def _edit_unit(request: Request, unit: Unit | None) -> HttpResponse:
    def make(data: Any, stored: Unit | None) -> UnitForm:
        return UnitForm(data, instance=Unit.objects.get(pk=stored.pk) if stored else None)

    def save(form: Any, seen: str) -> Unit:
        return services.save_unit(request.actor, unit, seen, form.values(), form.hours)

    outcome = merging.handle(request, unit, make, services.unit_mark, save)
    if outcome.saved:
        toast(request, _("Båda ändringarna är sparade") if outcome.joined else _("Enheten är sparad"))
        return redirect("people:unit", unit=outcome.saved.public_id)
    back = reverse("people:unit", kwargs={"unit": unit.public_id}) if unit else reverse("people:units")
    context = {"form": outcome.form, "outcome": outcome, "unit": unit, "back_url": back}
    return render(request, "people/unit_edit.html", context, status=outcome.status)


@guarded("unit.list")
@require_safe
def organizations(request: Request) -> HttpResponse:
    found = policy.scoped(request.actor, "unit.list", Organization.objects.all())
    counted = found.annotate(open_units=Count("units", filter=Q(units__closed_from__isnull=True)))
    context = {
        "organizations": sorted(counted, key=lambda o: sort_key(o.name)),
        "may_edit": bool(policy.decide(request.actor, "unit.edit")),
    }
    return render(request, "people/organizations.html", context)


@guarded("unit.edit")
@require_http_methods(["GET", "POST"])
def organization_new(request: Request) -> HttpResponse:
    return _edit_organization(request, None)


@guarded("unit.edit", Organization)
@require_http_methods(["GET", "POST"])
def organization_edit(request: Request, organization: Organization) -> HttpResponse:
    return _edit_organization(request, organization)


def _edit_organization(request: Request, organization: Organization | None) -> HttpResponse:
    def make(data: Any, stored: Organization | None) -> OrganizationForm:
        return OrganizationForm(data, instance=Organization.objects.get(pk=stored.pk) if stored else None)

    def save(form: Any, seen: str) -> Organization:
        return services.save_organization(request.actor, organization, seen, form.values())

    outcome = merging.handle(request, organization, make, lambda o: mark(o, services.ORGANIZATION_FIELDS), save)
    if outcome.saved:
        toast(request, _("Organisationen är sparad"))
        return redirect("people:organizations")
    context = {
        "form": outcome.form, "outcome": outcome, "back_url": reverse("people:organizations"),
        "heading": organization.name if organization else _("Ny organisation"),
    }  # fmt: skip
    return render(request, "people/simple_edit.html", context, status=outcome.status)
