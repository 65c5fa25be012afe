"""Rotas: the list, a week, its facts, its patterns."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.contact.forms import RotaForm, RuleForm
from samband.contact.models import Absence, NeedKind, Rota, RotaRule
from samband.contact.services import answers, rotas
from samband.contact.slots import area_of
from samband.core import clock, policy
from samband.core.policy import guarded
from samband.people.models import Area
from samband.ui.toast import toast


@guarded("rota.list")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Who answers now in the municipality, and every rota that serves it."""
    actor = request.actor  # type: ignore[attr-defined]
    areas = list(Area.objects.filter(kind=Area.Kind.MUNICIPALITY).order_by("name"))
    area = next((a for a in areas if str(a.public_id) == request.GET.get("area", "")), None) or area_of(actor)
    rows = (
        policy.scoped(actor, "rota.list", Rota.objects.filter(areas=area))
        .select_related("unit")
        .prefetch_related("areas")
    )
    groups = [
        {"need": label, "rotas": [rota for rota in rows if rota.need == key]} for key, label in NeedKind.choices
    ]  # fmt: skip
    return render(
        request, "contact/rotas.html",
        {"areas": areas, "area": area, "groups": groups, "answers": answers.for_area(area) if area else [],
         "may_new": bool(policy.decide(actor, "rota.create"))},
    )  # fmt: skip


def wanted(request: HttpRequest) -> date:
    """The Monday of the week that is asked for; nonsense is this week."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = clock.today()
    return rotas.monday(min(max(day, date(2020, 1, 1)), date(2100, 1, 1)))


@guarded("rota.read", Rota, log=False)
@require_GET
def week(request: HttpRequest, rota: Rota) -> HttpResponse:
    """A week: slots by day, holes and overlaps in words, patterns and absences."""
    actor, first = request.actor, wanted(request)  # type: ignore[attr-defined]
    found = rotas.week(rota, first)
    may = bool(policy.decide(actor, "rota.edit", rota))
    days = [first + timedelta(days=n) for n in range(7)]
    context: dict[str, Any] = {
        "rota": rota,
        "days": [{"date": day, "holiday": day in found.holidays, "today": day == clock.today()} for day in days],
        "rows": [{"slot": slot, "cells": cells(found, turns, days, slot, rota, may, actor)} for slot, turns in found.rows],
        "findings": [dict(zip(("state", "when", "text"), rotas.said(f), strict=True)) for f in found.findings],
        "by_day": by_day(found, days, may, actor),
        "may": may,
        "week": first.isocalendar().week,
        "previous": f"?week={first - timedelta(days=7)}",
        "next": f"?week={first + timedelta(days=7)}",
        "this_week": first == rotas.monday(clock.today()),
        "patterns": rota.rules.select_related("assignment__staff").exclude(ends_on__lt=clock.today()),
        "absences": policy.scoped(actor, "absence.edit", Absence.objects.filter(
            removed_at__isnull=True, ends_at__gt=clock.now(), assignment__unit=rota.unit
        )).select_related("assignment__staff", "substitute__staff"),
        "new_url": f"{reverse('contact:shift_new', args=[rota.public_id])}?day={first}",
    }  # fmt: skip
    return render(request, "contact/rota.html", context)


def cells(
    found: rotas.Week, turns: list, days: list[date], slot: tuple, rota: Rota, may: bool, actor: Any
) -> list[dict]:
    """One row of the grid: for every day who is on, or the way to put somebody there."""
    made = []
    for day, here in zip(days, turns, strict=True):
        new = ""
        if may and not here and not rota.by_hours:
            new = f"{reverse('contact:shift_new', args=[rota.public_id])}?day={day}&from={slot[0]}&to={slot[1]}"
        made.append(
            {
                "turns": [turn(found, one, may, actor) for one in here],
                "new": new,
                "day": day,
                "today": day == clock.today(),
            }
        )
    return made


def turn(found: rotas.Week, one: Any, may: bool, actor: Any) -> dict:
    """Somebody's turn: the name, a link to change it, what to mind."""
    shift = found.shifts.get(one.shift) if one.shift else None
    mine = shift is not None and shift.assignment_id is not None and shift.assignment_id == actor.assignment_id
    return {
        "who": one.line.who if one.line else "",
        "number": one.line.number if one.line else "",
        "slot": one.slot,
        "vacant": one.line is None,
        "stand_in": one.stand_in,
        "uncovered": one.uncovered,
        "planned": shift is None,
        "url": reverse("contact:shift", args=[shift.public_id]) if shift and may else "",
        "swap": reverse("contact:swap_ask", args=[shift.public_id])
        if shift and mine and one.start > clock.now()
        else "",
    }


def by_day(found: rotas.Week, days: list[date], may: bool, actor: Any) -> list[dict]:
    """The same as lists, for the phone."""
    return [
        {"date": day, "turns": [turn(found, one, may, actor) for one in found.turns if one.day == day]} for day in days
    ]


@guarded("rota.create")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _facts(request, Rota(), _("Nytt schema"), reverse("contact:rotas"))


@guarded("rota.edit", Rota, log=False)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, rota: Rota) -> HttpResponse:
    return _facts(request, rota, rota.name, reverse("contact:rota", args=[rota.public_id]))


def _facts(request: HttpRequest, rota: Rota, title: str, back: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = RotaForm(request.POST or None, instance=rota, actor=actor)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            kept = rotas.save_rota(actor, form.save(commit=False), list(form.cleaned_data["areas"]))
            toast(request, _("Schemat är sparat."))
            return redirect("contact:rota", rota=kept.public_id)
        status = 422
    return render(
        request, "contact/form.html", {"form": form, "title": title, "back": back, "place": "rotas"}, status=status
    )


@guarded("rota.edit", Rota, log=False)
@require_http_methods(["GET", "POST"])
def rule_new(request: HttpRequest, rota: Rota) -> HttpResponse:
    """A weekly pattern; dated shifts go before it."""
    actor = request.actor  # type: ignore[attr-defined]
    form = RuleForm(request.POST or None, rota=rota, instance=RotaRule(rota=rota), initial={"starts_on": clock.today()})
    back = reverse("contact:rota", args=[rota.public_id])
    status = 200
    if request.method == "POST":
        if form.is_valid():
            rotas.save_rule(actor, form.save(commit=False))
            toast(request, _("Mönstret är sparat."))
            return redirect(back)
        status = 422
    context = {
        "form": form,
        "title": _("Nytt mönster i %(rota)s") % {"rota": rota.name},
        "back": back,
        "place": "rotas",
    }
    return render(request, "contact/form.html", context, status=status)


@guarded("rota.edit", RotaRule, kwarg="pattern", log=False)
@require_POST
def rule_end(request: HttpRequest, rule: RotaRule) -> HttpResponse:
    rotas.end_rule(request.actor, rule)  # type: ignore[attr-defined]
    toast(request, _("Mönstret används inte längre."))
    return redirect("contact:rota", rota=rule.rota.public_id)
