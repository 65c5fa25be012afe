"""A region's municipalities."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samband.core import policy
from samband.core.policy import guarded
from samband.regions.forms import TownsForm
from samband.regions.models import Municipality
from samband.regions.services import municipalities
from samband.regions.views.base import actor_of, region_or_404
from samband.ui.toast import toast


@guarded("region.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The list, and lines to add or rename."""
    actor = actor_of(request)
    region = region_or_404(request, "region.edit", code)
    form = TownsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new, _renamed = municipalities.put(actor, region, form.cleaned_data["lines"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, ngettext("%(n)d kommun är tillagd.", "%(n)d kommuner är tillagda.", new) % {"n": new})
            return redirect("regions:municipalities", code=region.code)
    towns = policy.scoped(actor, "region.list", Municipality.objects.filter(region=region))
    context = {"region": region, "form": form, "towns": towns}
    return render(request, "regions/municipalities.html", context, status=422 if form.errors else 200)


@guarded("region.edit", Municipality)
@require_POST
def remove(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    code = municipality.region.code
    try:
        municipalities.remove(actor_of(request), municipality)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("%(name)s är borttagen.") % {"name": municipality.name})
    return redirect("regions:municipalities", code=code)
