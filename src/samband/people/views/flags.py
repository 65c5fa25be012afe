"""What everybody who meets the person must know."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.forms.persons import FlagForm, PersonForm
from samband.people.models import Flag, Person
from samband.people.services import persons as services
from samband.people.views import merging
from samband.people.views.persons import person_context
from samband.ui.toast import toast


@guarded("person.edit", Person)
@require_POST
def add(request: Request, person: Person) -> HttpResponse:
    form = FlagForm(request.POST, auto_id="flag_%s")
    if form.is_valid():
        services.add_flag(request.actor, person, form.cleaned_data["kind"], form.cleaned_data["text"])
        toast(request, _("Tillagt"))
        return redirect("people:person_edit", person=person.public_id)
    plain = PersonForm(instance=person)
    context = person_context(request, person, "facts") | {
        "outcome": merging.Outcome(plain, str(person.version), merging.as_base(plain)),
        "form": plain,
        "flags": person.flags.filter(ended_on__isnull=True),
        "flag_form": form,
    }
    return render(request, "people/person_edit.html", context, status=422)


@guarded("person.edit", Flag)
@require_POST
def end(request: Request, flag: Flag) -> HttpResponse:
    services.end_flag(request.actor, flag)
    toast(request, _("Borttaget"), undo_url=reverse("people:flag_revive", kwargs={"flag": flag.public_id}))
    return redirect("people:person_edit", person=flag.person.public_id)


@guarded("person.edit", Flag)
@require_POST
def revive(request: Request, flag: Flag) -> HttpResponse:
    services.revive_flag(request.actor, flag)
    return redirect("people:person_edit", person=flag.person.public_id)
