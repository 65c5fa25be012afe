"""A template in a plan: choose one, tick parts, and answer a newer version part by part."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import policy
from samband.core.policy import guarded
from samband.library.models import Definition, DefinitionVersion
from samband.library.services import offers, using
from samband.library.services.spoken import rows_of, title_of, type_name
from samband.library.services.using import Choice
from samband.library.views.definitions import state_of
from samband.people.models import Person, Unit
from samband.plans.models import CarePlan
from samband.plans.views.base import header, person_url, plan_or_404
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("plan.edit", Person)
@require_safe
def choose(request: HttpRequest, person: Person) -> HttpResponse:
    """Which template: those in use, with whether they are approved and whether this plan has used them."""
    plan = plan_or_404(person)
    actor = request.actor  # type: ignore[attr-defined]
    rows = policy.scoped(actor, "definition.list", Definition.objects.filter(retired_at__isnull=True))
    used = set(plan.used_parts.values_list("definition_id", flat=True))
    found = [
        {"definition": row, "used": row.pk in used, **state}
        for row in rows.prefetch_related("versions")
        if (state := state_of(row))["version"]
    ]
    groups = [
        {"label": label, "rows": [row for row in found if row["definition"].kind == kind]}
        for kind, label in Definition.Kind.choices
    ]
    return render(request, "library/choose.html", {"person": header(request, person, plan), "whom": person,
                                                   "groups": [g for g in groups if g["rows"]]})  # fmt: skip


def version_or_404(request: HttpRequest, template: Any) -> DefinitionVersion:
    rows = policy.scoped(request.actor, "definition.read", Definition.objects.filter(retired_at__isnull=True))  # type: ignore[attr-defined]
    version = using.current(get_object_or_404(rows, public_id=template))
    if version is None:
        raise Http404
    return version


def chosen(request: HttpRequest, plan: CarePlan, keys: list[str]) -> list[Choice]:
    """What was ticked, with the unit chosen for each; a unit that is no party is no unit."""
    units = {str(unit.public_id): unit for unit in using.parties(plan)}
    return [Choice(key, units.get(request.POST.get(f"unit-{key}", ""))) for key in keys]


@guarded("plan.edit", Person)
@form_view
def use(request: HttpRequest, person: Person, template: Any) -> HttpResponse:
    """Tick what fits. What the plan already has is not ticked; nothing that is written is touched."""
    plan = plan_or_404(person)
    version = version_or_404(request, template)
    wrong: dict[str, Any] = {}
    if request.method == "POST":
        try:
            made = using.use(request.actor, plan, version, chosen(request, plan, request.POST.getlist("take")))  # type: ignore[attr-defined]
        except ValidationError as error:
            wrong = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        else:
            toast(request, ngettext("%(n)d del är med i planen.", "%(n)d delar är med i planen.", len(made))
                  % {"n": len(made)})  # fmt: skip
            return redirect(person_url(person))
    context = {
        "person": header(request, person, plan),
        "whom": person,
        "definition": version.definition,
        "version": version,
        "allowed": using.usable(version),
        "groups": grouped(request, using.offered(plan, version), wrong),
        "wrong": wrong.get("", []),
        "count": len(wrong),
    }
    return render(request, "library/use.html", context, status=422 if wrong else 200)


def grouped(request: HttpRequest, items: list[using.Offered], wrong: dict[str, Any]) -> list[dict]:
    """The parts by type, with what was chosen before an error."""
    taken = set(request.POST.getlist("take"))
    rows: dict[str, list[dict]] = {}
    for item in items:
        key = item.part["key"]
        sent = request.method == "POST"
        unit = request.POST.get(f"unit-{key}") if sent else str(item.unit.public_id) if item.unit else ""
        rows.setdefault(item.part["type"], []).append(
            {
                "key": key,
                "title": title_of(item.part),
                "rows": rows_of(item.part),
                "there": item.there,
                "gone": item.wrong,
                "ticked": key in taken if sent else not (item.there or item.wrong),
                "units": choices(item.units, unit) if item.asks_unit else [],
                "optional": item.part["type"] == "action",
                "errors": wrong.get(key, []),
            }
        )
    return [{"label": type_name(type_), "rows": parts} for type_, parts in rows.items()]


def choices(units: list[Unit], unit: str | None) -> list[dict]:
    return [{"value": str(u.public_id), "label": u.name, "chosen": str(u.public_id) == unit} for u in units]


@guarded("plan.edit", Person)
@form_view
def newer(request: HttpRequest, person: Person, template: Any) -> HttpResponse:
    """A newer version, part by part: take, pass over, or leave for later."""
    plan = plan_or_404(person)
    version = version_or_404(request, template)
    wrong: list[str] = []
    if request.method == "POST":
        answers = {
            name.removeprefix("answer-"): value for name, value in request.POST.items() if name.startswith("answer-")
        }
        take = [key for key, value in answers.items() if value == "take"]
        skip = [key for key, value in answers.items() if value == "skip"]
        try:
            taken, passed = offers.answer(request.actor, plan, version, chosen(request, plan, take), skip)  # type: ignore[attr-defined]
        except ValidationError as error:
            wrong = error.messages
        else:
            toast(request, _("%(taken)d tagna, %(passed)d hoppade över.") % {"taken": taken, "passed": passed})
            return redirect(person_url(person))
    found = offers.offers(plan, version)
    context = {
        "person": header(request, person, plan),
        "whom": person,
        "definition": version.definition,
        "version": version,
        "allowed": using.usable(version),
        "offers": [offer_row(request, plan, offer) for offer in found],
        "wrong": wrong,
    }
    return render(request, "library/newer.html", context, status=422 if wrong else 200)


def offer_row(request: HttpRequest, plan: CarePlan, offer: offers.Offer) -> dict:
    kinds = {"new": _("Ny del"), "changed": _("Ändrad i mallen"), "gone": _("Borttagen ur mallen")}
    asks = offer.kind == "new" and offer.part["type"] in ("action", "situation")
    return {
        "key": offer.part["key"],
        "title": offer.title,
        "type": type_name(offer.part["type"]),
        "kind": kinds[offer.kind],
        "gone": offer.kind == "gone",
        "rows": offer.rows or rows_of(offer.part),
        "changed": bool(offer.rows),
        "units": choices(using.parties(plan), request.POST.get(f"unit-{offer.part['key']}")) if asks else [],
        "answer": request.POST.get(f"answer-{offer.part['key']}", ""),
    }
