"""What planning must know of actions and of persons and staff: of the own units, by whoever plans for them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.core import audit, policy
from samband.core.policy import guarded
from samband.people.models import Person
from samband.people.models.staff import current
from samband.plans.models import Action
from samband.resources.forms.terms import TermsForm, TieForm
from samband.resources.models import ActionTerms, Tie
from samband.resources.services import terms
from samband.resources.views.answering import answer, shown
from samband.ui.toast import toast

PAGE = 25


@guarded("visitday.plan")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The persons of the own units, with what is said of their actions."""
    actor = request.actor  # type: ignore[attr-defined]
    page = Paginator(terms.persons(actor), PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "person": person,
            "actions": [a for plan in person.plans.all() for a in plan.to_plan],
            "ties": person.ties_shown,
        }
        for person in page
    ]
    audit.seen(request, "terms.list", [row["person"].pk for row in rows], view=f"resources:terms:{page.number}")
    return shown(request, "resources/terms.html", {"rows": rows, "pager": page, "pager_url": "?page="})


@guarded("visit.edit", Action)
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, action: Action) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row = ActionTerms.objects.filter(action=action).first() or ActionTerms(action=action)
    form = TermsForm(request.POST or None, instance=row)
    return answer(
        request, form, lambda: terms.save(actor, action, form.cleaned_data, form.cleaned_data.get("version")),
        title=_("Villkor för %(what)s") % {"what": f"”{action.title}”"}, back=reverse("resources:terms"),
        said=_("Villkoren är sparade. Besök som ingen har börjat ändras."), place="staffing",
        note=_("Det här vet planeringen. Vad som ska göras och när står i planen."),
    )  # fmt: skip


@guarded("visit.edit", Person)
@require_http_methods(["GET", "POST"])
def ties(request: HttpRequest, person: Person) -> HttpResponse:
    """Who comes rather, or not; what the own units wrote stands above the form."""
    actor = request.actor  # type: ignore[attr-defined]
    form = TieForm(request.POST or None, instance=Tie(person=person), person=person, actor=actor)
    rows = policy.scoped(actor, "visit.edit", Tie.objects.filter(current(), person=person)).select_related(
        "staff", "unit"
    )
    return answer(
        request, form, lambda: terms.tie(actor, person, form.cleaned_data),
        title=_("Vem som helst kommer till %(who)s") % {"who": person.full_name}, back=reverse("resources:terms"),
        said=_("Sparat. Planeringen räknar med det."), place="staffing", ties=rows,
        onward=reverse("resources:ties", args=[person.public_id]),
    )  # fmt: skip


@guarded("visit.edit", Tie, log=False)
@require_POST
def untie(request: HttpRequest, tie: Tie) -> HttpResponse:
    terms.untie(request.actor, tie)  # type: ignore[attr-defined]
    toast(request, _("Borttaget. Planeringen räknar inte med det längre."))
    return redirect("resources:ties", person=tie.person.public_id)
