"""A plan is paused, taken up again, closed and opened again."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samband.core import clock, policy
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.lifecycle_forms import CloseForm, PauseForm, WhyForm
from samband.plans.models import CarePlan, Situation
from samband.plans.services import editing, lifecycle
from samband.plans.services.summary import open_plan
from samband.plans.views.base import form_page, person_url, plan_or_404
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


def latest_closed(person: Person) -> CarePlan | None:
    """The plan that was closed last."""
    rows = person.plans.filter(status=CarePlan.Status.CLOSED).order_by("-closed_on", "-pk")
    plan = rows.first()
    if plan is not None:
        plan.person = person
    return plan


def latest_or_404(person: Person) -> CarePlan:
    """The open plan, or the one that was closed last."""
    plan = open_plan(person) or latest_closed(person)
    if plan is None:
        raise Http404
    plan.person = person
    return plan


def _done(request: HttpRequest, person: Person, form: Any, write: Callable[[], str]) -> HttpResponse | None:
    """Write and go back to the person; None where the form has to be shown again."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        said = write()
    except ValidationError as error:
        form.refuse(error)
        return None
    except editing.Conflict:
        form.add_error(None, _("Någon annan ändrade planen nyss. Läs sidan igen."))
        return None
    toast(request, said)
    return redirect(person_url(person))


@guarded("situation.edit", Situation)
@form_view
def situation_end(request: HttpRequest, situation: Situation) -> HttpResponse:
    """A situation that no longer holds; it stays in the history and can be restored."""
    person = situation.plan.person
    form = WhyForm(request.POST or None)

    def write() -> str:
        values = {"ended_on": clock.today(), "ongoing_since": None}
        editing.change(request.actor, situation, values, situation.version, form.cleaned_data["why"])  # type: ignore[attr-defined]
        return _("Situationen gäller inte längre. Den finns kvar i historiken.")

    title = _("”%(what)s” gäller inte längre") % {"what": situation.trigger}
    return _done(request, person, form, write) or form_page(
        request, person, situation.plan, form, title, save=_("Spara")
    )


@guarded("plan.lifecycle", Person)
@form_view
def pause(request: HttpRequest, person: Person) -> HttpResponse:
    """Let the plan rest until a day."""
    plan = plan_or_404(person)
    form = PauseForm(request.POST or None)

    def write() -> str:
        data = form.cleaned_data
        lifecycle.pause(request.actor, plan, data["why"], data["resume_on"], data["itself"])  # type: ignore[attr-defined]
        return _("Planen vilar. Inget i den görs förrän den tas upp igen.")

    lead = _("Insatserna visas inte i dagens listor och räknas inte som sena. Situationer och kontakter gäller ändå.")
    return _done(request, person, form, write) or form_page(
        request, person, plan, form, _("Låt planen vila"), save=_("Låt planen vila"), lead=lead
    )


@guarded("plan.lifecycle", Person)
@form_view
def resume(request: HttpRequest, person: Person) -> HttpResponse:
    """The plan is in force again, from today."""
    plan = plan_or_404(person)
    form = WhyForm(request.POST or None)

    def write() -> str:
        lifecycle.resume(request.actor, plan, form.cleaned_data["why"])  # type: ignore[attr-defined]
        return _("Planen gäller igen.")

    title = _("Ta upp planen igen")
    return _done(request, person, form, write) or form_page(request, person, plan, form, title, save=title)


@guarded("plan.lifecycle", Person)
@form_view
def close(request: HttpRequest, person: Person) -> HttpResponse:
    """Close the plan; what becomes of each open action is asked, and nothing is erased."""
    plan = plan_or_404(person)
    actor = request.actor  # type: ignore[attr-defined]
    actions = [(a, bool(policy.decide(actor, "action.edit", a))) for a in lifecycle.open_actions(plan)]
    form = CloseForm(request.POST or None, actions=actions)

    def write() -> str:
        lifecycle.close(actor, plan, form.cleaned_data["why"], form.ends())
        return _("Planen är avslutad. Den finns kvar och kan öppnas igen.")

    lead = _(
        "Planen slutar gälla för alla parter i dag. Allt som är skrivet finns kvar. Öppnas planen igen kommer insatserna tillbaka."
    )
    return _done(request, person, form, write) or form_page(
        request, person, plan, form, _("Avsluta planen"), save=_("Avsluta planen"), lead=lead, danger=True
    )


@guarded("plan.lifecycle", Person)
@form_view
def reopen(request: HttpRequest, person: Person) -> HttpResponse:
    """The plan that was closed last is in force again, with the actions that ended with it."""
    if open_plan(person):
        return redirect(person_url(person))
    plan = latest_closed(person)
    if plan is None:
        raise Http404
    form = WhyForm(request.POST or None)

    def write() -> str:
        _plan, back = lifecycle.reopen(request.actor, plan, form.cleaned_data["why"])  # type: ignore[attr-defined]
        came = ngettext("%(n)d insats är tillbaka.", "%(n)d insatser är tillbaka.", back) % {"n": back}
        return " ".join([_("Planen gäller igen."), came])

    title = _("Öppna planen igen")
    return _done(request, person, form, write) or form_page(request, person, plan, form, title, save=title)
