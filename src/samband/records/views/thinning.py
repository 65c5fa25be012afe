"""Thinning: what the rules find, the administrator's decision, and what is held back (A17). `samband thin` carries it out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.core import audit, policy, thinning
from samband.core.http import Request
from samband.core.policy import guarded
from samband.records.forms_rights import DecisionForm, HoldForm
from samband.records.models import LegalHold, ThinningDecision
from samband.records.services import thin
from samband.ui.toast import toast

PAGE = 25


@guarded("record.thinning")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """What is due, decide, and what was decided."""
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            thin.decide(request.actor, form.cleaned_data["rule"], form.cleaned_data["why"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Beslutat. Det utförs när driften kör samband thin."))
            return redirect("records:thinning")
    return _shown(request, form, HoldForm(prefix="hold"))


@guarded("record.thinning")
@require_POST
def hold(request: Request) -> HttpResponse:
    """Nothing about the person goes until it is ended."""
    form = HoldForm(request.POST, prefix="hold")
    if form.is_valid() and form.person is not None:
        try:
            thin.hold(request.actor, form.person, form.cleaned_data["why"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Uppgifterna står kvar tills ni säger annat."))
            return redirect("records:thinning")
    if form.stranger:
        audit.record(request.actor, "record.hold", outcome="deny", rule="A1", why=form.cleaned_data["why"])
    return _shown(request, DecisionForm(), form)


def _shown(request: Request, form: DecisionForm, holding: HoldForm) -> HttpResponse:
    holds = policy.scoped(request.actor, "record.hold", LegalHold.objects.filter(ended_at__isnull=True))
    decisions = policy.scoped(request.actor, "record.thinning_decision", ThinningDecision.objects.all())
    pages = Paginator(decisions, PAGE).get_page(request.GET.get("page"))
    for row in pages:
        row.title = thinning.rules[row.rule].title if row.rule in thinning.rules else row.rule
    held = list(holds.select_related("person")[:200])
    audit.seen(request, "record.hold_list", {row.person_id for row in held}, view="records:thinning")
    context: dict[str, Any] = {
        "form": form, "holding": holding, "holds": held, "pages": pages,
        "due": thin.due(request.actor.organization_id or 0),
    }  # fmt: skip
    wrong = (form.is_bound and form.errors) or (holding.is_bound and holding.errors)
    return render(request, "records/thinning.html", context, status=422 if wrong else 200)


@guarded("record.hold", LegalHold)
@require_POST
def end_hold(request: Request, row: LegalHold) -> HttpResponse:
    thin.end_hold(request.actor, row)
    toast(request, _("Det följer reglerna igen."))
    return redirect("records:thinning")


@guarded("record.thinning_decision", ThinningDecision)
@require_POST
def withdraw(request: Request, row: ThinningDecision) -> HttpResponse:
    thin.withdraw(request.actor, row)
    toast(request, _("Beslutet är återtaget."))
    return redirect("records:thinning")
