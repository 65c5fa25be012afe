"""Staff and their assignments: kept by administrators."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import policy
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.forms.units import AssignmentForm, StaffForm
from samband.people.models import Assignment, Staff
from samband.people.models.staff import current
from samband.people.services import units as services
from samband.people.services.lock import mark
from samband.people.views import merging
from samband.ui.toast import toast

PAGE = 40


@guarded("staff.list")
@require_safe
def listing(request: Request) -> HttpResponse:
    held = Assignment.objects.filter(current()).select_related("unit").order_by("pk")
    staff = policy.scoped(request.actor, "staff.list", Staff.objects.all()).order_by("sort_name", "pk")
    rows = staff.prefetch_related(Prefetch("assignments", held, to_attr="held"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"table": _table(page.object_list, page.paginator.count), "pager": page, "pager_url": "?page="}
    return render(request, "people/staff_list.html", context)


def _table(staff: Any, total: int) -> dict:
    rows = [
        {
            "id": one.public_id,
            "name": f"{one.family_name}, {one.given_name}",
            "url": reverse("people:staff", kwargs={"staff": one.public_id}),
            "cells": [
                {"text": ", ".join(f"{a.title}, {a.unit.name}" for a in one.held)}
                if one.held
                else {"text": _("inget uppdrag"), "state": "unknown"},
                {"text": one.phone},
                {"text": one.hsa_id},
            ],
        }
        for one in staff
    ]
    return {
        "caption": _("Personal"),
        "columns": [{"label": label} for label in (_("Namn"), _("Uppdrag"), _("Telefon"), _("HSA-id"))],
        "rows": rows,
        "total": total,
        "acts": [{"label": _("Ny medarbetare"), "url": reverse("people:staff_new"), "icon": "plus"}],
        "empty": {"title": _("Ingen personal är inlagd"), "text": _("Läs in en fil eller lägg in en i taget.")},
    }


@guarded("staff.edit", Staff)
@fresh("staff.edit")
@require_http_methods(["GET", "POST"])
def page(request: Request, staff: Staff) -> HttpResponse:
    return _edit_staff(request, staff)


@guarded("staff.edit")
@fresh("staff.edit")
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    return _edit_staff(request, None)


def _edit_staff(request: Request, staff: Staff | None) -> HttpResponse:
    def make(data: Any, stored: Staff | None) -> StaffForm:
        return StaffForm(data, instance=Staff.objects.get(pk=stored.pk) if stored else None)

    def save(form: Any, seen: str) -> Staff:
        return services.save_staff(request.actor, staff, seen, form.values())

    outcome = merging.handle(request, staff, make, lambda s: mark(s, services.STAFF_FIELDS), save)
    if outcome.saved:
        toast(request, _("Båda ändringarna är sparade") if outcome.joined else _("Sparat"))
        return redirect("people:staff", staff=outcome.saved.public_id)
    held = staff.assignments.select_related("unit").prefetch_related("covers").order_by("-starts_on") if staff else []
    context = {"form": outcome.form, "outcome": outcome, "staff": staff, "held": held}
    return render(request, "people/staff.html", context, status=outcome.status)


@guarded("staff.edit", Staff)
@fresh("staff.edit")
@require_http_methods(["GET", "POST"])
def assignment_new(request: Request, staff: Staff) -> HttpResponse:
    return _edit_assignment(request, staff, None)


@guarded("staff.edit", Assignment)
@fresh("staff.edit")
@require_http_methods(["GET", "POST"])
def assignment_edit(request: Request, assignment: Assignment) -> HttpResponse:
    return _edit_assignment(request, assignment.staff, assignment)


def _edit_assignment(request: Request, staff: Staff, assignment: Assignment | None) -> HttpResponse:
    def make(data: Any, stored: Assignment | None) -> AssignmentForm:
        return AssignmentForm(data, instance=Assignment.objects.get(pk=stored.pk) if stored else None)

    def save(form: Any, seen: str) -> Assignment:
        return services.save_assignment(request.actor, staff, assignment, seen, form.values())

    outcome = merging.handle(request, assignment, make, lambda a: mark(a, services.ASSIGNMENT_FIELDS), save)
    back = reverse("people:staff", kwargs={"staff": staff.public_id})
    if outcome.saved:
        toast(request, _("Uppdraget är sparat"))
        return redirect(back)
    context = {
        "form": outcome.form, "outcome": outcome, "back_url": back,
        "heading": _("Uppdrag för %(name)s") % {"name": staff.full_name},
    }  # fmt: skip
    return render(request, "people/simple_edit.html", context, status=outcome.status)
