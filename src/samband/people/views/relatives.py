"""Those who stand near the person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import clock
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.forms.persons import RelativeForm
from samband.people.models import Person, Relative
from samband.people.services import relatives as services
from samband.people.services.lock import mark
from samband.people.views import merging
from samband.people.views.persons import person_context
from samband.ui.toast import toast


@guarded("relatives.edit", Person)
@require_safe
def listing(request: Request, person: Person) -> HttpResponse:
    """Now and before, with what each of them may and until when."""
    everybody = list(person.relatives.all())
    context = person_context(request, person, "relatives") | {
        "now_relatives": [r for r in everybody if r.ends_on is None or r.ends_on >= clock.today()],
        "before": [r for r in everybody if r.ends_on is not None and r.ends_on < clock.today()],
    }
    return render(request, "people/relatives.html", context)


@guarded("relatives.edit", Person)
@require_http_methods(["GET", "POST"])
def new(request: Request, person: Person) -> HttpResponse:
    form = RelativeForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add(request.actor, person, form.values())
        toast(request, _("%(name)s är tillagd") % {"name": form.cleaned_data["given_name"]})
        return redirect("people:relatives", person=person.public_id)
    context = person_context(request, person, "relatives") | {"form": form}
    return render(request, "people/relative_edit.html", context, status=422 if form.errors else 200)


def _unseals(request: HttpRequest, relative: Relative) -> bool:
    """The number, and the address of a home that is hers too, would be shown again."""
    return relative.protected and not request.POST.get("protected")


@guarded("relatives.edit", Relative)
@fresh("person.unseal", when=_unseals)
@require_http_methods(["GET", "POST"])
def edit(request: Request, relative: Relative) -> HttpResponse:
    person = relative.person

    def make(data: Any, stored: Relative) -> RelativeForm:
        return RelativeForm(person, data, instance=Relative.objects.get(pk=stored.pk))

    def save(form: Any, seen: str) -> Relative:
        return services.edit(request.actor, relative, seen, form.values())

    outcome = merging.handle(request, relative, make, lambda r: mark(r, services.FIELDS), save)
    if outcome.saved:
        toast(request, _("Båda ändringarna är sparade") if outcome.joined else _("Sparat"))
        return redirect("people:relatives", person=person.public_id)
    context = person_context(request, person, "relatives") | {
        "form": outcome.form,
        "outcome": outcome,
        "relative": relative,
    }
    return render(request, "people/relative_edit.html", context, status=outcome.status)


@guarded("relatives.edit", Relative)
@require_POST
def end(request: Request, relative: Relative) -> HttpResponse:
    """The role ends at once; what was shared is no longer shared."""
    services.end(request.actor, relative)
    toast(request, _("%(name)s läser och skriver inte längre") % {"name": relative.full_name})
    return redirect("people:relatives", person=relative.person.public_id)
