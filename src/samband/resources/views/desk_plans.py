"""Acts on a day's plans: a new draft, a search in it, comparing, publishing, taking back, throwing away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samband.core import audit
from samband.core.policy import guarded
from samband.resources.models import DayPlan, PlanJob, Pool
from samband.resources.services import compare as comparing
from samband.resources.services import discard, drafts, horizon, jobs, publishing
from samband.resources.views import desk
from samband.ui.toast import toast

SECONDS = (10, 30, 60, 300, 600)


def say(request: HttpRequest, error: ValidationError) -> None:
    toast(request, " ".join(error.messages), level=messages.ERROR)


def home(plan: DayPlan) -> HttpResponse:
    return redirect("resources:desk_plan", plan.public_id)


def day_of(plan: DayPlan) -> str:
    return f"{reverse('resources:desk_day', args=[plan.pool.public_id])}?day={plan.day}"


@guarded("visitday.plan", Pool)
@require_POST
def draft(request: HttpRequest, pool: Pool) -> HttpResponse:
    """What the plans of the persons ask for that day, and a draft that begins where the published plan stands."""
    on = desk.asked_day(request)
    try:
        horizon.sync(pool, on, on)
        return home(drafts.new_draft(pool, on, request.actor))  # type: ignore[attr-defined]
    except ValidationError as error:
        say(request, error)
        return redirect(f"{reverse('resources:desk_day', args=[pool.public_id])}?day={on}")


@guarded("visitday.plan", DayPlan)
@require_POST
def search(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """Look for a better plan, for so many seconds."""
    text = request.POST.get("seconds", "")
    seconds = int(text) if text.isdecimal() and len(text) < 5 else 30
    try:
        if plan.status != DayPlan.Status.DRAFT:
            raise ValidationError(_("Bara ett utkast går att söka i. Gör ett nytt utkast."))
        jobs.ask(plan, min(max(seconds, 1), SECONDS[-1]), 1, request.actor)  # type: ignore[attr-defined]
    except ValidationError as error:
        say(request, error)
    return home(plan)


@guarded("visitday.plan", DayPlan)
@require_POST
def stop(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """The search ends and its best is kept."""
    for job in PlanJob.objects.filter(plan=plan, state__in=(PlanJob.State.QUEUED, PlanJob.State.RUNNING)):
        jobs.stop(job)
    toast(request, _("Sökningen stannar. Det bästa hittills blir kvar."))
    return home(plan)


@guarded("visitday.read", DayPlan)
@require_safe
def compare(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """The draft beside what holds."""
    found = comparing.compare(request.actor, plan)  # type: ignore[attr-defined]
    audit.seen(request, "visitday.read", found.seen, f"compare:{plan.public_id}")
    context = {"plan": plan, "found": found, "changes": desk.may(request, plan), "day_url": day_of(plan)}
    return render(request, "resources/desk/compare.html", context)


@guarded("visitday.plan", DayPlan)
@require_POST
def publish(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    try:
        done = publishing.publish(plan, request.actor)  # type: ignore[attr-defined]
    except ValidationError as error:
        say(request, error)
        return home(plan)
    n = len(done.persons)
    said = ngettext("Planen är publicerad. %(n)d person berörs.", "Planen är publicerad. %(n)d personer berörs.", n)
    undo = reverse("resources:desk_unpublish", args=[plan.public_id]) if done.before else ""
    toast(request, said % {"n": n}, undo_url=undo)
    return home(plan)


@guarded("visitday.plan", DayPlan)
@require_POST
def unpublish(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """What held before holds again. Asked about the plan on the page, so that nobody takes back another's."""
    try:
        if plan.status != DayPlan.Status.PUBLISHED:
            raise ValidationError(_("Den planen är inte den som gäller. Se vad som gäller nu."))
        done = publishing.undo(plan.pool, plan.day, request.actor)  # type: ignore[attr-defined]
    except ValidationError as error:
        say(request, error)
        return home(plan)
    toast(request, _("Publiceringen är tillbakadragen. Planen före gäller igen."))
    return home(done.plan)


@guarded("visitday.plan", DayPlan)
@require_POST
def drop(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    try:
        discard.drop(plan, request.actor)  # type: ignore[attr-defined]
        toast(request, _("Utkastet är kastat."), undo_url=reverse("resources:desk_keep", args=[plan.public_id]))
    except ValidationError as error:
        say(request, error)
        return home(plan)
    return redirect(day_of(plan))


@guarded("visitday.plan", DayPlan)
@require_POST
def keep(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """A thrown draft comes back."""
    try:
        discard.keep(plan, request.actor)  # type: ignore[attr-defined]
    except ValidationError as error:
        say(request, error)
    return home(plan)
