"""Put a text right or strike it out; and read what it said."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.lifecycle_forms import EVERYTHING, CorrectForm
from samband.plans.models import Correction
from samband.plans.services import corrections, editing
from samband.plans.views.base import form_page, header, person_url, plan_or_404
from samband.ui.toast import toast


@guarded("plan.edit", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """`thing` names the part of the plan. What was wrong is marked; nothing is erased."""
    plan = plan_or_404(person)
    thing = (request.POST if request.method == "POST" else request.GET).get("thing", "")[:80]
    part = corrections.part_of(plan, thing)
    if part is None:
        raise Http404
    form = CorrectForm(request.POST or None, part=part)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actor = request.actor  # type: ignore[attr-defined]
        try:
            if data["field"] == EVERYTHING:
                corrections.strike_all(actor, part, data["ground"], data["why"])
            else:
                corrections.correct(actor, part, data["field"], data["kind"], data["ground"], data["why"], data["new"])
        except ValidationError as error:
            form.refuse(error)
        except editing.Conflict:
            form.add_error(None, _("Någon annan ändrade planen nyss. Läs sidan igen."))
        else:
            toast(request, _("Rättelsen är sparad och märkt. Inget är raderat."))
            return redirect(person_url(person))
    lead = _("Inget raderas. Rättelsen syns i historiken: vad som rättades, vem som gjorde det, när och varför.")
    extra = {"template": "plans/correct.html", "thing": thing, "lead": lead, "save": _("Spara rättelsen")}
    return form_page(request, person, plan, form, _("Rätta eller stryk en uppgift"), **extra)


@guarded("correction.read", Correction)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, correction: Correction) -> HttpResponse:
    """What was corrected, by whom and why; the earlier text, for what is struck out behind a reason that is entered."""
    said, problem = "", ""
    if request.method == "POST" or correction.kind == Correction.Kind.CORRECTED:
        try:
            said = corrections.unfold(request.actor, correction, request.POST.get("why", "")[:300])  # type: ignore[attr-defined]
        except ValidationError as error:
            problem = " ".join(error.messages)
    context = {
        "person": header(request, correction.plan.person), "row": correction, "label": corrections.label_of(correction),
        "said": said, "problem": problem,
    }  # fmt: skip
    return render(request, "plans/correction.html", context, status=422 if problem else 200)
