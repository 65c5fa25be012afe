"""The agreement for staff: what is there and what is missing, the person's answers, consent, and the responsible principal."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samband.access.models import Capacity
from samband.core import policy
from samband.core.policy import guarded
from samband.people.models import Person
from samband.people.models.staff import current
from samband.plans import forms_agreement as forms
from samband.plans.models import Approval
from samband.plans.services import agreement, agreement_page, approvals, consent
from samband.plans.services.summary import open_plan
from samband.plans.views.base import form_page, person_url, plan_or_404, save_form
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


def held(person: Person) -> Capacity | None:
    """P7: the assessment that holds today."""
    return person.capacities.filter(current()).order_by("-starts_on", "-id").first()


@guarded("agreement.read", Person)
@require_safe
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """The whole agreement on one page."""
    from django.shortcuts import render

    from samband.plans.views.base import header

    plan = plan_or_404(person)
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "person": header(request, person, plan),
        "plan": plan,
        "may_consent": bool(policy.decide(actor, "consent.give", person)),
        "may_approve": bool(policy.decide(actor, "plan.approve", person)),
        "may_principal": bool(policy.decide(actor, "plan.principal", person)),
        "may_capacity": bool(policy.decide(actor, "capacity.edit", person)),
        **agreement_page.whole(actor, person, plan),
    }
    return render(request, "plans/agreement.html", context)


@guarded("plan.approve", Person)
@form_view
def approve(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down what the person answered to the plan as it is now."""
    plan = plan_or_404(person)
    number = agreement.version_of(plan)
    form = forms.ApprovalForm(request.POST or None, person=person, held=held(person), initial={"number": number})
    if request.method == "POST" and form.is_valid():
        data, actor = form.cleaned_data, request.actor  # type: ignore[attr-defined]
        yes = data["answer"] == Approval.Answer.APPROVED
        try:
            if yes:
                approvals.approve(actor, plan, data["number"], form.said, data["words"])
            else:
                approvals.disagree(actor, plan, data["number"], data["words"], form.said)
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Personens ja är antecknat.") if yes else _("Det som inte stämmer är antecknat."))
            return redirect("plans:agreement", person=person.public_id)
    now = agreement.standing(plan)
    changed = agreement.changed_since(plan, now.number) if now.answer else []
    extra = {"template": "plans/approve.html", "changed": agreement_page.lines(changed)}
    return form_page(request, person, plan, form, _("Vad svarade personen?"), **extra)


@guarded("consent.give", Person)
@form_view
def give_consent(request: HttpRequest, person: Person) -> HttpResponse:
    """P1: the yes to the plan, for the first time or again."""
    form = forms.ConsentForm(
        request.POST or None, person=person, held=held(person), back=consent.may_return(person)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            units = list(data.get("units") or [])
            consent.give(request.actor, person, data["said_words"], form.said, units)  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Samtycket är antecknat."))
            return _back(request, person)
    lead = _("Samtycket gäller den gemensamma planen. Vilka enheter som läser den väljer personen en och en.")
    return form_page(request, person, None, form, _("Samtycke till den gemensamma planen"), lead=lead)


@guarded("consent.withdraw", Person)
@form_view
def withdraw_consent(request: HttpRequest, person: Person) -> HttpResponse:
    """P6: the person takes the yes back; every party's reading stops at once."""
    form = forms.WithdrawConsentForm(request.POST or None, person=person, held=held(person))
    if request.method == "POST" and form.is_valid():
        try:
            consent.withdraw(request.actor, person, form.cleaned_data["said_words"], form.said)  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Samtycket är tillbakataget. Ingen enhet läser längre planen."))
            return _back(request, person)
    lead = _("Alla enheter slutar läsa planen med en gång, också din egen. Det som är skrivet finns kvar och är märkt. "
             "Personen kan ge sitt samtycke igen.")  # fmt: skip
    extra = {"save": _("Ta tillbaka samtycket"), "danger": True, "lead": lead}
    return form_page(request, person, None, form, _("Personen tar tillbaka sitt samtycke"), **extra)


@guarded("plan.principal", Person)
@form_view
def principal(request: HttpRequest, person: Person) -> HttpResponse:
    """Which principal has the overall responsibility."""
    plan = plan_or_404(person)
    form = forms.PrincipalForm(request.POST or None, instance=plan, plan=plan)
    return save_form(request, person, form, _("Vem har det övergripande ansvaret?"), _("Sparat."))


def _back(request: HttpRequest, person: Person) -> HttpResponse:
    """To the agreement for whoever still reads it, else to the person's page."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if policy.decide(actor, "agreement.read", person) and open_plan(person):
        return redirect("plans:agreement", person=person.public_id)
    return redirect(person_url(person))
