"""A sitting's result on the page and as files, the empty sheet on paper, and a shared step taken up as a commitment."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import audit, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.dialogue.forms_outcomes import PickForm
from samband.dialogue.models import Outcome, Sitting
from samband.dialogue.rules.sheet_pictures import dumbbell
from samband.dialogue.services import docx, exports_sheets, outcomes, reports, sheets_results
from samband.dialogue.views.files import answer_file
from samband.people.models import Unit
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("sitting.read", Sitting)
@require_safe
def result(request: Request, sitting: Sitting) -> HttpResponse:
    """Summed, or a sentence that says when it will be."""
    try:
        found = sheets_results.result(request.actor, sitting)
    except ValidationError as error:
        context: dict[str, Any] = {"sitting": sitting, "sheet": sitting.version.sheet, "wait": " ".join(error.messages)}
        return render(request, "dialogue/sheet_result.html", context)
    context = {
        "sitting": sitting, "sheet": sitting.version.sheet, "result": found, "whose": exports_sheets.who(sitting),
        "rows": [_drawn(row) for row in found.rows], "widest": found.widest, "few": exports_sheets.few(),
        "may_pick": policy.decide(request.actor, "sitting.manage", sitting), "columns": exports_sheets.columns(_("Påstående")),
    }  # fmt: skip
    return render(request, "dialogue/sheet_result.html", context)


def _drawn(row: sheets_results.Row) -> dict[str, Any]:
    """A row with its picture, its cells and its groups as the page needs them."""
    whole = row.whole
    groups = [exports_sheets.cells(name, middle) for name, middle in [*row.organizations, *row.roles]]
    return {
        "row": row, "cells": exports_sheets.cells(row.text, whole), "groups": groups,
        "picture": dumbbell(whole.today, whole.wanted) if whole else None,
        "said": exports_sheets.spoken(whole) if whole else "", "gap": exports_sheets.gap(whole.gap) if whole else "",
        "today": exports_sheets.number(whole.today) if whole else "", "wanted": exports_sheets.number(whole.wanted) if whole else "",
    }  # fmt: skip


@guarded("sitting.read", Sitting)
@require_safe
def export(request: Request, sitting: Sitting, file_form: str) -> HttpResponse:
    """The result as pdf, docx, csv or json. While the sheet is open there is none."""
    try:
        found = sheets_results.result(request.actor, sitting)
    except ValidationError:
        return redirect("dialogue:sitting_result", sitting=sitting.public_id)
    report = exports_sheets.report(found)
    made = {
        "pdf": lambda: reports.pdf(report), "docx": lambda: docx.docx(report), "json": lambda: reports.to_json(report),
        "csv": lambda: reports.to_csv(exports_sheets.csv_rows(found)),
    }  # fmt: skip
    if file_form not in made:
        raise Http404
    body = made[file_form]()
    audit.record(request.actor, "sitting.read", thing=sitting, file=file_form)
    return answer_file(body, file_form, f"arbetsblad-{sitting.year}")


@guarded("sitting.read", Sitting)
@require_safe
def blank(request: Request, sitting: Sitting) -> HttpResponse:
    """The empty sheet, to print and write on by hand."""
    return answer_file(reports.pdf(exports_sheets.blank(sitting), "blank"), "pdf", "arbetsblad-tomt", show=True)


@guarded("sitting.manage", Sitting)
@form_view
def pick(request: Request, sitting: Sitting) -> HttpResponse:
    """A step that its author shares becomes a commitment (or an idea) of a unit. Which unit is chosen: the step does not tell."""
    found = sheets_results.result(request.actor, sitting) if not sitting.is_open else None
    step = next((s for s in found.steps if s["id"] == request.GET.get("step", "")), None) if found else None
    if step is None:
        raise Http404
    units = Unit.objects.select_related("organization").order_by("name")
    units = units.filter(organization=sitting.organization) if sitting.organization_id else units
    initial = {
        "kind": Outcome.Kind.COMMITMENT,
        "text": step["text"],
        "said_by": step["name"],
        "theme": step["group"],
    }
    form = PickForm(request.POST or None, initial=initial, units=units)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("theme", "said_by", "due_on")}
        made, new = outcomes.add(
            request.actor, form.cleaned_data["kind"], form.cleaned_data["text"], form.cleaned_data["unit"],
            Outcome.Origin.SHEET, sitting.public_id, str(sitting), **values,
        )  # fmt: skip
        toast(request, _("Uppskrivet.") if new else _("Det stod redan i listan."))
        return redirect("dialogue:outcome", outcome=made.public_id)
    context = {"form": form, "title": _("Skriv upp ett steg"), "back": sitting, "go": _("Skriv upp")}
    return render(request, "dialogue/outcome_form.html", context, status=422 if form.errors else 200)
