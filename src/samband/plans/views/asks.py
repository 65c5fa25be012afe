"""Questions to units: the list of a unit, asking, answering, taking back and handing back."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.access.rules import is_outside
from samband.core import audit, policy
from samband.core.policy import guarded
from samband.plans import forms_agreement as forms
from samband.plans.models import Action, Proposal
from samband.plans.services import ask_list, asks, editing, proposals
from samband.plans.views.actions import proposal_rows
from samband.plans.views.base import back_to, form_page, header, person_url
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 40


@guarded("ask.list")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits for my units' answer; what we have asked; what was answered lately."""
    actor = request.actor  # type: ignore[attr-defined]
    which = request.GET.get("which", "to_us")
    which = which if which in ask_list.WHICH else "to_us"
    pages = Paginator(ask_list.rows(actor, which), PAGE).get_page(request.GET.get("page"))
    shown = ask_list.shown(actor, pages.object_list)
    audit.seen(request, "ask.list", [item.person.pk for item in shown], view=f"plans:asks:{which}")
    context = {
        "pages": pages, "rows": shown, "which": which, "segment": ask_list.segment(actor, which),
        "pager_url": f"{ask_list.home()}?which={which}&page=",
    }  # fmt: skip
    return render(request, "plans/asks.html", context)


@guarded("action.edit", Action)
@form_view
def ask(request: HttpRequest, action: Action) -> HttpResponse:
    """Ask a unit to take the action."""
    person = action.plan.person
    form = forms.AskForm(request.POST or None, action=action)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            words = data["text"] or asks.question(data["unit"])
            asks.ask(request.actor, action, data["unit"], words, data["answer_by"])  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("%(unit)s har fått frågan.") % {"unit": data["unit"].name})
            return redirect("plans:action", action=action.public_id)
    title = _("Fråga en enhet om ”%(title)s”") % {"title": action.title}
    lead = _("Insatsen stannar hos den som har den tills enheten säger ja. Personen ser vem som är tillfrågad.")
    return form_page(request, person, action.plan, form, title, save=_("Ställ frågan"), lead=lead)


@guarded("action.edit", Action)
@form_view
def hand_back(request: HttpRequest, action: Action) -> HttpResponse:
    """The unit cannot keep the action: why, and nobody has it until somebody says yes."""
    form = forms.HandBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asks.hand_back(request.actor, action, form.cleaned_data["words"])  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        except editing.Conflict:
            form.add_error(None, _("Insatsen ändrades nyss. Läs den igen innan du svarar."))
        else:
            toast(request, _("Insatsen är lämnad tillbaka. Fråga gärna någon annan."))
            return redirect("plans:action", action=action.public_id)
    title = _("Lämna tillbaka ”%(title)s”") % {"title": action.title}
    lead = _("Ingen har insatsen efter det här, förrän någon annan har sagt ja. Det syns för alla i planen.")
    extra = {"save": _("Lämna tillbaka"), "danger": True, "lead": lead}
    return form_page(request, action.plan.person, action.plan, form, title, **extra)


@guarded("action.edit", Proposal)
@require_POST
def take_back(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The question is not asked any more."""
    try:
        asks.take_back(request.actor, proposal)  # type: ignore[attr-defined]
        toast(request, _("Frågan är tillbakatagen."))
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    return redirect("plans:action", action=proposal.action.public_id)


@guarded("proposal.answer", Proposal)
@form_view
def answer(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """One proposal or question, and yes or no to it."""
    actor, person = request.actor, proposal.action.plan.person  # type: ignore[attr-defined]
    form = forms.AnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        form.is_valid()
        yes = request.POST.get("answer") == "yes"
        try:
            proposals.answer(actor, proposal, yes, form.cleaned_data.get("words", ""))
        except ValidationError as error:
            form.refuse(error)
            status = 422
        except editing.Conflict:
            form.add_error(None, _("Insatsen ändrades nyss. Läs den igen innan du svarar."))
            status = 409
        else:
            toast(request, _answered(proposal, yes))
            return redirect(back_to(request, person_url(person)))
    face = None if is_outside(actor) else header(request, person)
    row = proposal_rows(actor, [proposal])[0]
    context = {
        "person": face, "whom": person.full_name, "p": row, "form": form, "action": proposal.action, "back": ask_list.home(),
        "may_answer": policy.decide(actor, "proposal.answer", proposal), "times": ask_list.times(proposal.action),
    }  # fmt: skip
    return render(request, "plans/ask.html", context, status=status)


def _answered(proposal: Proposal, yes: bool) -> str:
    if proposal.kind == Proposal.Kind.TAKE:
        return _("Ni har insatsen nu.") if yes else _("Ert nej är antecknat. Den som frågade får veta.")
    return _("Förslaget är godtaget och insatsen ändrad.") if yes else _("Förslaget är avböjt.")
