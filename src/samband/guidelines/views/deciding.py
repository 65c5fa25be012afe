"""Withdrawing a version with a reason, and letting a routine rest."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samband.core.http import Request
from samband.core.policy import guarded
from samband.guidelines.forms import WhyForm
from samband.guidelines.models import Guideline
from samband.guidelines.services import publishing
from samband.guidelines.views.base import Status, form_page, form_view
from samband.ui.toast import toast


@guarded("guideline.edit", Guideline)
@form_view
def withdraw(request: Request, guideline: Guideline) -> HttpResponse:
    """The latest version that is published; one that has not begun yet too."""
    version = guideline.versions.filter(status=Status.PUBLISHED).first()
    if version is None:
        raise Http404
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.withdraw(request.actor, version, form.cleaned_data["why"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Indragen. Den visas inte längre vid något steg."))
            return redirect("guidelines:guideline", guideline=guideline.public_id)
    title = _("Dra in version %(n)d") % {"n": version.number}
    lead = _(
        "Den äldre versionen börjar inte gälla igen av sig själv. Skriv en ny version om något ska gälla i stället."
    )
    return form_page(request, form, title, _("Dra in"), guideline, lead=lead)


@guarded("guideline.edit", Guideline)
@require_POST
def retire(request: Request, guideline: Guideline) -> HttpResponse:
    on = request.POST.get("on") == "1"
    publishing.retire(request.actor, guideline, on)
    toast(request, _("Rutinen vilar och visas inte vid något steg.") if on else _("Rutinen används igen."))
    return redirect("guidelines:keep", guideline=guideline.public_id)
