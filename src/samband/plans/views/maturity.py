"""A child's maturity, assessed by those who take part in its care (P4, A13)."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.access.models import Maturity
from samband.access.services import maturity as services
from samband.access.services.facts import child_of
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.forms.maturity import MaturityForm
from samband.plans.views.base import form_page, person_url
from samband.ui.toast import toast


@guarded("maturity.edit", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, person: Person) -> HttpResponse:
    """The assessment that holds, how it is ended, and a new one."""
    child, held = child_of(person.pk), services.held(person)
    if child is None:
        raise Http404
    ending = request.method == "POST" and "end" in request.POST
    form = MaturityForm(None if ending else request.POST or None)
    if not form.is_bound:
        form.initial = {name: getattr(held, name) for name in form.fields} if held else _first(request)
    problem = ""
    if ending:
        try:
            services.end(request.actor, person, request.POST.get("why", ""))
            toast(request, _("Bedömningen gäller inte längre. Åldern avgör igen."))
            return redirect(person_url(person))
        except ValidationError as error:
            problem = " ".join(error.messages)
    elif form.is_bound and form.is_valid():
        try:
            services.assess(request.actor, Maturity(person=person, **form.cleaned_data))
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Bedömningen är sparad och gäller nu."))
            return redirect(person_url(person))
    extra = {"template": "plans/maturity.html", "held": held, "problem": problem, "child": child}
    return form_page(request, person, None, form, _("Barnets mognad"), **extra)


def _first(request: Request) -> dict[str, str]:
    return {"assessed_by": f"{request.actor.name}, {request.actor.label}"}
