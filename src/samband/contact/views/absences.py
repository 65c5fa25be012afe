"""Somebody is away, and who stands in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.contact.forms import AbsenceForm
from samband.contact.models import Absence
from samband.contact.services import rotas
from samband.core.policy import guarded
from samband.ui.toast import toast


@guarded("rota.create")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = AbsenceForm(request.POST or None, actor=actor)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            rotas.save_absence(actor, form.save(commit=False))
            toast(request, _("Frånvaron är sparad. Täckningen räknar med den från nu."))
            return redirect("contact:rotas")
        status = 422
    context = {"form": form, "title": _("Någon är borta"), "back": reverse("contact:rotas"), "place": "rotas"}
    return render(request, "contact/form.html", context, status=status)


@guarded("absence.edit", Absence, log=False)
@require_POST
def end(request: HttpRequest, absence: Absence) -> HttpResponse:
    rotas.end_absence(request.actor, absence)  # type: ignore[attr-defined]
    toast(request, _("Frånvaron är borttagen."))
    return redirect("contact:rotas")
