"""The keeper's page of a routine: who has read it, where it is shown, what may be done with it."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samband.core.http import Request
from samband.core.policy import guarded
from samband.guidelines.forms import UseForm
from samband.guidelines.models import Guideline, GuidelineUse
from samband.guidelines.services import concerned, uses, where
from samband.guidelines.views.base import Status, form_view, state_of
from samband.people.models import Unit
from samband.ui.toast import toast

SHOWN = 40  # units in the table; the asker's own are first


@guarded("guideline.edit", Guideline)
@form_view
def page(request: Request, guideline: Guideline) -> HttpResponse:
    """POST adds a place where it is shown."""
    form = UseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            uses.add(request.actor, guideline, data["kind"], data["value"], data["words"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Rutinen visas nu där."))
            return redirect("guidelines:keep", guideline=guideline.public_id)
    version = guideline.current
    receipts = concerned.receipts(request.actor, version) if version else []
    context = {
        "guideline": guideline,
        "version": version,
        "form": form,
        "uses": [{"row": row, "said": where.spoken(row)} for row in guideline.uses.all()],
        "receipts": receipts[:SHOWN],
        "more": max(len(receipts) - SHOWN, 0),
        "read": sum(row.read for row in receipts),
        "total": sum(row.total for row in receipts),
        "draft": guideline.versions.filter(status=Status.DRAFT).first(),
        "published": guideline.versions.filter(status=Status.PUBLISHED).exists(),
        "kinds": [label for value, label in Unit.Kind.choices if value in guideline.kind_list],
        **state_of(version),
    }
    return render(request, "guidelines/keep.html", context, status=422 if form.is_bound and form.errors else 200)


@guarded("guideline.edit", GuidelineUse)
@require_POST
def use_remove(request: Request, row: GuidelineUse) -> HttpResponse:
    guideline = row.guideline.public_id
    uses.remove(request.actor, row)
    toast(request, _("Rutinen visas inte längre där."))
    return redirect("guidelines:keep", guideline=guideline)
