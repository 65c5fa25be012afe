"""Who answers now: for anybody by municipality, for staff about a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from samband.contact.forms import CallerForm
from samband.contact.services import answers, cases
from samband.contact.services.cases import Refused, Request
from samband.core import policy
from samband.core.policy import guarded, public
from samband.people.models import Area, Person
from samband.ui.toast import toast


@public
@require_GET
def who(request: HttpRequest) -> HttpResponse:
    """Without log-in: which number, by municipality. Nothing is written down, nobody is asked who she is."""
    actor = request.actor  # type: ignore[attr-defined]
    areas = list(Area.objects.filter(kind=Area.Kind.MUNICIPALITY).order_by("name"))
    chosen = next((area for area in areas if str(area.public_id) == request.GET.get("area", "")), None)
    if chosen is None and actor.kind == "staff":
        from samband.contact.slots import area_of

        chosen = area_of(actor)
    rows = answers.for_area(chosen) if chosen else []
    base = {"staff": "ui/staff.html", "person": "ui/own.html", "relative": "ui/own.html"}.get(
        actor.kind, "ui/plain.html"
    )
    return render(request, "contact/who.html", {"base": base, "areas": areas, "area": chosen, "answers": rows})


def asked_of(form: CallerForm) -> Request:
    """The form's answers as a Request."""
    found = {k: v for k, v in form.cleaned_data.items() if k in Request.__dataclass_fields__ and v is not None}
    found["language"] = found.get("language") or "sv"
    return Request(**found)


@guarded("case.create", Person)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person: Person) -> HttpResponse:
    """For staff: who answers now for this person, and a case about her."""
    form = CallerForm(request.POST or None, person=person, initial={"phone": person.shown_phone, "sender_name": ""})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                case = cases.open_case(request.actor, asked_of(form), person=person)  # type: ignore[attr-defined]
            except Refused as error:
                form.add_error(None, str(error))
            else:
                return _opened(request, case)
        status = 422
    rows = answers.for_person(person)
    return render(request, "contact/person.html", {"person": person, "answers": rows, "form": form}, status=status)


@guarded("case.create", Person, log=False)
@require_GET
def person_now(request: HttpRequest, person: Person) -> HttpResponse:
    """A part of her page, which is itself entered as a reading: who answers which need now."""
    return render(request, "contact/slots/person.html", {"answers": answers.for_person(person), "person": person})


def _opened(request: HttpRequest, case) -> HttpResponse:
    from django.utils.translation import gettext as _

    toast(request, _("Ärendet ligger hos %(unit)s.") % {"unit": case.unit.name})
    if policy.decide(request.actor, "case.read", case):  # type: ignore[attr-defined]
        return redirect("contact:case", case=case.public_id)
    return redirect("contact:cases")
