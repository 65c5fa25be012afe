"""One's own next steps. Read and written by their author alone; opening the page leaves no entry that tells there is one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import clock, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.dialogue.forms_sheets import StepForm
from samband.dialogue.models import NextStep
from samband.dialogue.services import sheets_steps
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("step.list")
@require_safe
def listing(request: Request) -> HttpResponse:
    """Mine: what is open first, by its day."""
    rows = policy.scoped(request.actor, "step.list", NextStep.objects.all())
    rows = rows.select_related("sitting__version__sheet", "statement")
    today = clock.today()
    steps: list[dict[str, Any]] = [{"step": s, "late": bool(s.due_on and s.due_on <= today)} for s in rows]
    context = {
        "going": [row for row in steps if row["step"].status == NextStep.Status.OPEN],
        "over": [row for row in steps if row["step"].status != NextStep.Status.OPEN],
    }
    return render(request, "dialogue/sheet_steps.html", context)


@guarded("step.own", NextStep, log=False)
@form_view
def page(request: Request, nextstep: NextStep) -> HttpResponse:
    initial = {name: getattr(nextstep, name) for name in ("lock", "text", "due_on", "shared")}
    form = StepForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            sheets_steps.change(request.actor, nextstep, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        except sheets_steps.Stale:
            form.add_error(
                None, _("Steget är ändrat i ett annat fönster. Spara en gång till om det du ser här ska gälla.")
            )
            nextstep.refresh_from_db()
            form.data = {**request.POST.dict(), "lock": nextstep.lock}
        else:
            toast(request, _("Sparat."))
            return redirect("dialogue:steps")
    context = {"form": form, "step": nextstep}
    return render(request, "dialogue/sheet_step.html", context, status=422 if form.errors else 200)


@guarded("step.own", NextStep, log=False)
@require_POST
def do(request: Request, nextstep: NextStep) -> HttpResponse:
    """Done, not yet, became something else, or gone."""
    act = request.POST.get("act", "")
    if act == "remove":
        sheets_steps.remove(request.actor, nextstep)
        toast(request, _("Steget är borta."))
        return redirect("dialogue:steps")
    try:
        sheets_steps.settle(request.actor, nextstep, act, request.POST.get("became", "")[:500])
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        undo = reverse("dialogue:step_undo", args=[nextstep.public_id]) if act != NextStep.Status.OPEN else ""
        toast(request, nextstep.get_status_display() + ".", undo_url=undo)
    return redirect("dialogue:steps")


@guarded("step.own", NextStep, log=False)
@require_POST
def undo(request: Request, nextstep: NextStep) -> HttpResponse:
    sheets_steps.settle(request.actor, nextstep, NextStep.Status.OPEN)
    toast(request, _("Steget är öppet igen."))
    return redirect("dialogue:steps")
