"""Ask for a visit within some hours, on the person's page."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.services.summary import summary
from samband.resources.forms_today import RequestForm
from samband.resources.services import requests
from samband.ui.toast import toast


@guarded("visit.request", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, person: Person) -> HttpResponse:
    """Who is needed, how long, by when, why."""
    form = RequestForm(request.POST or None, units=requests.units_for(person))
    if request.method == "POST" and form.is_valid():
        try:
            requests.ask(request.actor, person, form.save(commit=False))
        except ValidationError as error:
            for name, messages in (
                error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
            ).items():
                form.add_error(name if name in form.fields else None, messages)
        else:
            toast(request, _("Planeraren har fått önskemålet."))
            return redirect("plans:person", person=person.public_id)
    context = {"form": form, "whom": person, "person": summary(person, request.actor)}
    return render(request, "resources/today/request.html", context, status=422 if form.is_bound else 200)
