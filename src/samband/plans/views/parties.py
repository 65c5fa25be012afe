"""Starting a plan, its parties, and the mark of one who cannot consent (P1, P6, P7)."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.access.models import Capacity, Party
from samband.core import policy
from samband.core.policy import guarded
from samband.people.models import Person, Unit
from samband.people.models.staff import current
from samband.plans import forms
from samband.plans.forms_agreement import CapacityForm
from samband.plans.services import page as shown
from samband.plans.services import parties
from samband.plans.services.summary import open_plan
from samband.plans.views.base import form_page, person_url
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("plan.create", Person)
@form_view
def start(request: HttpRequest, person: Person) -> HttpResponse:
    """P1: begin the plan together with the person."""
    if open_plan(person):
        return redirect(person_url(person))
    actor = request.actor  # type: ignore[attr-defined]
    own = Unit.objects.filter(pk=actor.unit_id).values_list("public_id", flat=True)
    initial = {"said_by": person.full_name, "units": [str(key) for key in own]}
    form = forms.StartForm(request.POST or None, person=person, actor=actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            parties.start_plan(
                actor, person, list(data["units"]), data["said"], data["said_by"], data["form"], data["words"],
                data["words_note"], data["follow_up_on"],
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Planen har börjat."))
            return redirect(person_url(person))
    return form_page(request, person, None, form, _("Börja en gemensam plan"), save=_("Börja planen"))


@guarded("parties.edit", Person)
@form_view
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """Who takes part, and a new party the same way as the first."""
    form = forms.PartyForm(request.POST or None, person=person, initial={"said_by": person.full_name})
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            parties.add_party(actor, person, data["unit"], data["said"], data["said_by"], data["form"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("%(unit)s är nu part i planen.") % {"unit": data["unit"].name})
            return redirect("plans:parties", person=person.public_id)
    rows = Party.objects.filter(person=person).select_related("unit", "recorded_by__staff").order_by("-agreed_at")
    found = [{"row": row, **shown.parties([row])[0]} for row in rows]
    extra = {"template": "plans/parties.html", "rows": found, "save": _("Lägg till parten")}
    return form_page(request, person, None, form, _("Parter i planen"), **extra)


@guarded("parties.edit", Party)
@form_view
def withdraw(request: HttpRequest, party: Party) -> HttpResponse:
    """P6: the person takes the party's part back; its reading stops at once."""
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            parties.withdraw_party(request.actor, party, form.cleaned_data["said"])  # type: ignore[attr-defined]
            toast(request, _("%(unit)s läser inte längre planen.") % {"unit": party.unit.name})
        except ValidationError as error:
            toast(request, " ".join(error.messages))
        still = policy.decide(request.actor, "parties.edit", party.person)  # type: ignore[attr-defined]
        return redirect("plans:parties", person=party.person.public_id) if still else redirect("/")
    title = _("%(unit)s ska inte längre vara part") % {"unit": party.unit.name}
    lead = _("Enheten slutar läsa planen med en gång. Det den har skrivit finns kvar och är märkt.")
    extra = {"save": _("Ta bort parten"), "danger": True, "lead": lead}
    return form_page(request, party.person, None, form, title, **extra)


@guarded("capacity.edit", Person)
@form_view
def capacity(request: HttpRequest, person: Person) -> HttpResponse:
    """P7: who assessed that the person cannot consent, and when it is looked at again."""
    held = person.capacities.filter(current()).order_by("-starts_on").first()
    actor = request.actor  # type: ignore[attr-defined]
    ending = request.method == "POST" and "end" in request.POST
    form = CapacityForm(None if ending else request.POST or None, instance=None, person=person)
    if held and not form.is_bound:
        form.initial = {name: getattr(held, name) for name in form.fields}
    problem = ""
    if ending:
        try:
            parties.end_capacity(actor, person, request.POST.get("why", ""))
            toast(request, _("Markeringen är borttagen."))
            return redirect(person_url(person))
        except ValidationError as error:
            problem = " ".join(error.messages)
    elif form.is_bound and form.is_valid():
        try:
            parties.assess_capacity(actor, Capacity(person=person, **form.cleaned_data))
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Bedömningen är sparad. Planen är märkt överallt."))
            return redirect(person_url(person))
    extra = {"template": "plans/capacity.html", "held": held, "problem": problem}
    return form_page(request, person, None, form, _("Förmåga att samtycka"), **extra)
