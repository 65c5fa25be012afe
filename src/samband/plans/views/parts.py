"""Words, situation and needs, goals, situations, follow-ups, events: one form each, all saved the same way."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import clock, policy
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans import forms
from samband.plans.models import FollowUp, Goal, PlanEvent, Situation
from samband.plans.services import editing, page
from samband.plans.views.base import back_to, form_page, header, person_url, plan_or_404, save_form
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("words.edit", Person)
@form_view
def words(request: HttpRequest, person: Person) -> HttpResponse:
    """What matters to me: the person's own words, with who wrote them down (P3)."""
    plan = plan_or_404(person)
    form = forms.WordsForm(request.POST or None, instance=plan, plan=plan)
    if request.method == "GET":
        form.initial["words_note"] = plan.words_note

    def write(filled: forms.PartForm) -> None:
        data = filled.cleaned_data
        version = data.get("version") or 0
        editing.write_words(request.actor, plan, data["words"], version, data["words_note"], data["why"])  # type: ignore[attr-defined]

    return save_form(request, person, form, _("Vad är viktigt för mig"), _("Orden är sparade."), write)


@guarded("plan.edit", Person)
@form_view
def story(request: HttpRequest, person: Person) -> HttpResponse:
    """Situation, strengths and needs."""
    plan = plan_or_404(person)
    form = forms.StoryForm(request.POST or None, instance=plan, plan=plan)
    return save_form(request, person, form, _("Situation, styrkor och behov"), _("Sparat."))


@guarded("goal.edit", Person)
@form_view
def goal_new(request: HttpRequest, person: Person) -> HttpResponse:
    plan = plan_or_404(person)
    form = forms.GoalForm(request.POST or None, plan=plan)
    return save_form(request, person, form, _("Nytt mål"), _("Målet är sparat."))


@guarded("goal.edit", Goal)
@form_view
def goal(request: HttpRequest, goal: Goal) -> HttpResponse:
    person = goal.plan.person
    form = forms.GoalForm(request.POST or None, instance=goal, plan=goal.plan)
    return save_form(request, person, form, _("Ändra målet"), _("Målet är sparat."))


@guarded("situation.edit", Person)
@form_view
def situation_new(request: HttpRequest, person: Person) -> HttpResponse:
    plan = plan_or_404(person)
    form = forms.SituationForm(request.POST or None, plan=plan)
    return save_form(request, person, form, _("Ny situation: om … så …"), _("Situationen är sparad."))


@guarded("situation.read", Situation)
@require_safe
def situation(request: HttpRequest, situation: Situation) -> HttpResponse:
    """The whole situation: steps for the person, relatives and staff, whom to call, and whether it goes on now."""
    person = situation.plan.person
    shown = page.situation(situation)
    steps = [
        {"title": title, "steps": [line for line in value.splitlines() if line.strip()]}
        for title, value in (
            (_("Så gör %(name)s") % {"name": person.given_name}, situation.steps_person),
            (_("Så gör närstående"), situation.steps_relative),
            (_("Så gör personalen"), situation.steps_staff),
        )
        if value.strip()
    ]
    may_edit = policy.decide(request.actor, "situation.edit", situation)  # type: ignore[attr-defined]
    context = {
        "person": header(request, person),
        "situation": shown,
        "row": situation,
        "steps": steps,
        "may_edit": may_edit,
    }
    return render(request, "plans/situation.html", context)


@guarded("situation.edit", Situation)
@form_view
def situation_edit(request: HttpRequest, situation: Situation) -> HttpResponse:
    form = forms.SituationForm(request.POST or None, instance=situation, plan=situation.plan)
    return save_form(request, situation.plan.person, form, _("Ändra situationen"), _("Situationen är sparad."))


@guarded("situation.edit", Situation)
@require_POST
def situation_now(request: HttpRequest, situation: Situation) -> HttpResponse:
    """It is going on now, or it is over. The toast takes it back."""
    on = request.POST.get("on", "") == "1" if "on" in request.POST else situation.ongoing_since is None
    version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else situation.version
    try:
        editing.situation_goes_on(request.actor, situation, on, version, request.POST.get("why", "")[:300])  # type: ignore[attr-defined]
    except editing.Conflict:
        toast(request, _("Någon annan ändrade situationen nyss. Se hur det är nu."))
        return redirect("plans:situation", situation=situation.public_id)
    undo = reverse("plans:situation_now", args=[situation.public_id])
    toast(request, _("Markerat: det här händer nu.") if on else _("Markerat: det är över."), undo)
    return redirect(back_to(request, person_url(situation.plan.person)))


@guarded("follow_up.edit", Person)
@form_view
def follow_up_new(request: HttpRequest, person: Person) -> HttpResponse:
    plan = plan_or_404(person)
    form = forms.FollowUpForm(request.POST or None, plan=plan, initial={"responsible": request.actor.assignment_id})  # type: ignore[attr-defined]
    return save_form(request, person, form, _("Bestäm en uppföljning"), _("Uppföljningen är bestämd."))


@guarded("follow_up.edit", FollowUp)
@form_view
def follow_up_edit(request: HttpRequest, followup: FollowUp) -> HttpResponse:
    form = forms.FollowUpForm(request.POST or None, instance=followup, plan=followup.plan)
    return save_form(request, followup.plan.person, form, _("Ändra uppföljningen"), _("Uppföljningen är ändrad."))


@guarded("follow_up.edit", FollowUp)
@form_view
def follow_up(request: HttpRequest, followup: FollowUp) -> HttpResponse:
    """Follow up: what we found, and the next day."""
    plan = followup.plan
    form = forms.FollowUpDoneForm(request.POST or None, initial={"version": followup.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            editing.follow_up_done(
                request.actor, followup, data["version"], data["note"], data["next_on"], followup.responsible  # type: ignore[attr-defined]
            )  # fmt: skip
        except ValidationError as error:
            messages = error.message_dict if hasattr(error, "error_dict") else {"note": error.messages}
            form.add_error("next_on" if "due_on" in messages else "note", [m for ms in messages.values() for m in ms])
        except editing.Conflict as conflict:
            from samband.plans.views.merge import show

            return show(request, plan.person, conflict)
        else:
            toast(request, _("Uppföljningen är gjord."))
            return redirect(person_url(plan.person))
    extra = {
        "item": followup,
        "template": "plans/follow_up.html",
        "goals": plan.goals.all(),
        "save": _("Spara uppföljningen"),
    }
    return form_page(request, plan.person, plan, form, _("Följ upp planen"), **extra)


@guarded("event.edit", Person)
@form_view
def event_new(request: HttpRequest, person: Person) -> HttpResponse:
    plan = plan_or_404(person)
    form = forms.EventForm(
        request.POST or None, plan=plan, initial={"day": clock.today(), "clock": clock.local_now().time()}
    )

    def write(filled: forms.PartForm) -> None:
        event = PlanEvent(plan=plan, recorded_by_id=request.actor.assignment_id, **filled.changes())  # type: ignore[attr-defined]
        editing.add(request.actor, event)  # type: ignore[attr-defined]

    return save_form(request, person, form, _("Något har hänt"), _("Händelsen är sparad."), write)
