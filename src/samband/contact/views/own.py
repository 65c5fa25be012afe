"""The person's and the relative's own pages: ask, see where it stands, write more (A13, P4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.contact.forms import AskForm, TextForm
from samband.contact.models import Case
from samband.contact.services import answers, cases
from samband.contact.services.cases import Refused, Request
from samband.contact.services.story import story
from samband.core import policy
from samband.core.policy import guarded
from samband.people.models import Person, Relative
from samband.ui.toast import toast


def whose(request: HttpRequest) -> Person:
    """The person whom the reader's questions are about: herself, or the one she stands near."""
    return get_object_or_404(Person, pk=request.actor.person_id)  # type: ignore[attr-defined]


@guarded("case.own")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """What it concerns, how urgent I find it, how I want to be reached. Who answers now stands above the form."""
    actor, person = request.actor, whose(request)  # type: ignore[attr-defined]
    relative = actor.kind == "relative"
    phone = (
        Relative.objects.filter(pk=actor.relative_id).values_list("phone", flat=True).first()
        if relative
        else person.shown_phone
    )
    form = AskForm(request.POST or None, relative=relative, initial={"phone": phone or ""})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                case = cases.open_case(actor, Request(**form.cleaned_data), person=person)
            except Refused as error:
                form.add_error(None, str(error))
            else:
                toast(request, _("Skickat. %(unit)s har det nu.") % {"unit": case.unit.name})
                return redirect("contact:my_case", case=case.public_id)
        status = 422
    context = {"form": form, "person": person, "mine": not relative, "answers": answers.for_person(person)}
    return render(request, "contact/ask.html", context, status=status)


@guarded("case.own")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """My questions, the open ones first."""
    rows = policy.scoped(request.actor, "case.own", Case.objects.select_related("unit", "owner__staff", "handed_unit"))  # type: ignore[attr-defined]
    found = list(rows.order_by("-opened_at")[:50])
    found.sort(key=lambda case: case.closed_at is not None)
    return render(
        request, "contact/my_cases.html", {"cases": [story(case, own=True) for case in found], "person": whose(request)}
    )


@guarded("case.own", Case)
@require_GET
def page(request: HttpRequest, case: Case) -> HttpResponse:
    """Where it stands: who has it, what was promised, what was answered."""
    return render(request, "contact/my_case.html", {"story": story(case, own=True), "case": case, "form": TextForm()})


@guarded("case.own", Case)
@require_POST
def add(request: HttpRequest, case: Case) -> HttpResponse:
    form = TextForm(request.POST)
    if form.is_valid():
        cases.add(request.actor, case, form.cleaned_data["text"])  # type: ignore[attr-defined]
        toast(request, _("Tack, det är skickat."))
        return redirect("contact:my_case", case=case.public_id)
    return render(
        request, "contact/my_case.html", {"story": story(case, own=True), "case": case, "form": form}, status=422
    )
