"""What readers answer: I have read it, something is wrong; and what the keepers do with that."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.guidelines.forms import AnswerForm, DivergenceForm, ResolveForm, SayForm
from samband.guidelines.models import Divergence, Guideline, GuidelineFeedback
from samband.guidelines.services import replies
from samband.guidelines.views import reading
from samband.guidelines.views.base import form_page, form_view
from samband.ui.toast import toast

PAGE = 25


@guarded("guideline.read", Guideline, log=False)
@require_POST
def read(request: Request, guideline: Guideline, version: int) -> HttpResponse:
    row = get_object_or_404(policy.scoped(request.actor, "guideline.read", guideline.versions.all()), number=version)
    try:
        replies.read(request.actor, row)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        undo = reverse("guidelines:unread", args=[guideline.public_id, version])
        toast(request, _("Kvitterat: du har läst version %(n)d.") % {"n": version}, undo)
    return redirect("guidelines:version", guideline=guideline.public_id, version=version)


@guarded("guideline.read", Guideline, log=False)
@require_POST
def unread(request: Request, guideline: Guideline, version: int) -> HttpResponse:
    row = get_object_or_404(policy.scoped(request.actor, "guideline.read", guideline.versions.all()), number=version)
    replies.unread(request.actor, row)
    toast(request, _("Ångrat: du har inte kvitterat versionen."))
    return redirect("guidelines:version", guideline=guideline.public_id, version=version)


@guarded("guideline.read", Guideline, log=False)
@require_POST
def say(request: Request, guideline: Guideline) -> HttpResponse:
    """To the owner. What is wrong is told on the page, with what was typed."""
    form = SayForm(request.POST)
    versions = list(policy.scoped(request.actor, "guideline.read", guideline.versions.all()))
    version = next((row for row in versions if str(row.number) == request.POST.get("number")), versions[0])
    if form.is_valid():
        try:
            replies.say(request.actor, guideline, version.number, form.cleaned_data["text"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Skickat till %(unit)s. Du får veta vad de svarar.") % {"unit": guideline.unit.name})
            return redirect("guidelines:guideline", guideline=guideline.public_id)
    return reading.show(request, guideline, versions, version, say=form)


@guarded("guideline.create")
@require_safe
def mine(request: Request) -> HttpResponse:
    """Feedback on the routines that this reader keeps: what waits first, then what is answered."""
    answered = request.GET.get("show") == "answered"
    rows = policy.scoped(request.actor, "guideline.edit", GuidelineFeedback.objects.all())
    rows = rows.filter(answered_at__isnull=not answered).select_related("guideline__unit", "by__unit")
    pager = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"pager": pager, "answered": answered, "pager_url": f"?show={'answered' if answered else ''}&page="}
    return render(request, "guidelines/feedback.html", context)


@guarded("guideline.edit", GuidelineFeedback)
@form_view
def answer(request: Request, row: GuidelineFeedback) -> HttpResponse:
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            replies.answer(request.actor, row, form.cleaned_data["answer"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Besvarat. Den som skrev får veta det."))
            return redirect("guidelines:feedback")
    context = {"row": row, "form": form, "guideline": row.guideline}
    return render(request, "guidelines/answer.html", context, status=422 if form.is_bound and form.errors else 200)


@guarded("guideline.edit", GuidelineFeedback)
@require_POST
def insight(request: Request, row: GuidelineFeedback) -> HttpResponse:
    try:
        replies.insight(request.actor, row)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("Nu är det en insikt, utan namn."))
    return redirect("guidelines:feedback_one", guidelinefeedback=row.public_id)


@guarded("guideline.read", Guideline, log=False)
@form_view
def flag(request: Request, guideline: Guideline) -> HttpResponse:
    """A local routine that goes against the common one, or lies outside its frame; the service says who may."""
    form = DivergenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            replies.flag(request.actor, guideline, form.cleaned_data["kind"], form.cleaned_data["text"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Markerat. Det syns på båda rutinerna."))
            return redirect("guidelines:guideline", guideline=guideline.public_id)
    replies.may_flag(request.actor, guideline)
    lead = guideline.name
    return form_page(request, form, _("Markera en avvikelse"), _("Markera"), guideline, lead=lead)


@guarded("guideline.edit", Divergence)
@form_view
def resolve(request: Request, row: Divergence) -> HttpResponse:
    form = ResolveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            replies.resolve(request.actor, row, form.cleaned_data["resolution"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Löst. Det står kvar hur."))
            return redirect("guidelines:guideline", guideline=row.guideline.public_id)
    return form_page(request, form, _("Avvikelsen är löst"), _("Spara"), row.guideline, lead=row.text)
