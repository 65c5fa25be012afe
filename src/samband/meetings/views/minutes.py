"""Minutes, written in the meeting on one screen by several at once; decisions; the end; corrections afterwards."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import policy
from samband.core.policy import Actor, guarded
from samband.meetings import forms
from samband.meetings.models import AgendaItem, Decision, Meeting
from samband.meetings.services import agenda, decisions, minutes
from samband.meetings.services import page as pages
from samband.meetings.services.decisions import Task
from samband.meetings.views.base import back, frame, key, posted, say, whole
from samband.meetings.views.meeting import shown
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("meeting.write", Meeting)
@require_POST
def start(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The meeting begins."""
    minutes.start(request.actor, meeting)  # type: ignore[attr-defined]
    undo = reverse("meetings:start_undo", args=[meeting.public_id])
    toast(request, _("Mötet har börjat. Det du skriver sparas av sig självt."), undo_url=undo)
    return redirect("meetings:minutes", meeting=meeting.public_id)


@guarded("meeting.write", Meeting)
@require_POST
def start_undo(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Begun by mistake."""
    try:
        minutes.not_begun(request.actor, meeting)  # type: ignore[attr-defined]
        toast(request, _("Mötet är kallat som förut."))
    except ValidationError as error:
        say(request, error)
    return back(request, meeting)


@guarded("meeting.read", Meeting)
@form_view
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The one screen. Posted whole it saves every note and adds an item: so it works without script too."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not policy.decide(actor, "meeting.write", meeting) or meeting.status != Meeting.Status.OPEN:
        return back(request, meeting)
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _save_all(request, meeting)
        if not problems:
            return redirect("meetings:minutes", meeting=meeting.public_id)
    meeting = whole(meeting)
    items = pages.items(actor, meeting)
    for item in items:
        if str(item.public_id) in problems:
            item.problem = problems[str(item.public_id)]  # type: ignore[attr-defined]
            item.notes = request.POST.get(f"notes-{item.public_id}", "")
    context = frame(
        request, meeting, items=items, attendees=pages.attendees(actor, meeting), decided=pages.decided(actor, meeting),
        when=pages.when(meeting), decide_form=_decide_form(actor, meeting), writes=True,
        marked=sorted(pages.marked_units(meeting).values()), talk=problems.get("talk", ""), talked=request.POST.get("talk", ""),
        may_link=bool(meeting.link and policy.decide(actor, "meeting.link", meeting)),
    )  # fmt: skip
    return render(request, "meetings/minutes.html", context, status=422 if problems else 200)


def _save_all(request: HttpRequest, meeting: Meeting) -> dict[str, str]:
    """Every note of the form, each for itself: what cannot be saved stops nothing else."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    problems: dict[str, str] = {}
    clashed = False
    for item in pages.items(actor, meeting):
        name = f"notes-{item.public_id}"
        if name not in request.POST:
            continue
        base = request.POST.get(f"version-{item.public_id}", "")
        try:
            saved = minutes.save_notes(actor, item, request.POST[name], int(base) if base.isdecimal() else 0)
            clashed = clashed or saved.merged
        except ValidationError as error:
            problems[str(item.public_id)] = " ".join(error.messages)
    if request.POST.get("talk", "").strip():
        try:
            agenda.add(actor, meeting, request.POST["talk"])
        except ValidationError as error:
            problems["talk"] = " ".join(error.messages)
    if clashed:
        toast(request, _("Någon annan skrev samtidigt. Allt är kvar; läs igenom punkten."))
    return problems


@guarded("meeting.write", AgendaItem)
@require_POST
def notes(request: HttpRequest, item: AgendaItem) -> JsonResponse:
    """One note, saved while it is written. The answer is what stands there now."""
    base = request.POST.get("version", "")
    try:
        saved = minutes.save_notes(
            request.actor, item, request.POST.get("notes", ""), int(base) if base.isdecimal() else 0  # type: ignore[attr-defined]
        )  # fmt: skip
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    message = ""
    if saved.clash:
        message = _("%(who)s skrev på samma ställe. Bådas text är kvar, läs igenom den.") % {
            "who": saved.who or _("Någon annan")
        }
    elif saved.merged:
        message = _("%(who)s skrev samtidigt. Texterna är sammanlagda.") % {"who": saved.who or _("Någon annan")}
    return JsonResponse({"version": saved.version, "notes": saved.text, "message": message})


@guarded("meeting.write", Meeting, log=False)
@require_safe
def live(request: HttpRequest, meeting: Meeting) -> JsonResponse:
    """What others have written since, and who writes now. Refused the moment the person takes back the unit's part (P6)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = pages.items(actor, meeting)
    busy = minutes.who_writes(meeting, but=actor.name)
    return JsonResponse(
        {
            "items": [
                {"id": str(row.public_id), "version": row.version, "notes": row.notes,
                 "writes": _("%(who)s skriver här nu") % {"who": busy[row.pk]} if row.pk in busy else ""}
                for row in rows
            ],
            "open": meeting.status == Meeting.Status.OPEN,
        }
    )  # fmt: skip


def _decide_form(actor: Actor, meeting: Meeting, data: Any = None) -> forms.DecideForm:
    return forms.DecideForm(
        data, meeting=meeting, units=decisions.units_for(meeting), mine=actor.unit_ids, initial={"once": uuid.uuid4()}
    )


@guarded("meeting.read", Meeting, log=False)
@require_safe
def decided(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The decisions so far, fetched again and again while the meeting goes on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    writes = bool(policy.decide(actor, "meeting.write", meeting))
    context = {"decided": pages.decided(actor, meeting), "meeting": meeting, "writes": writes}
    return render(request, "meetings/parts/decided.html", context)


@guarded("meeting.write", Meeting)
@require_POST
def decide(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A decision becomes a part of the plan at once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = _decide_form(actor, meeting, request.POST)
    if form.is_valid():
        try:
            row = _decided(actor, meeting, form)
        except ValidationError as error:
            form.refuse(_renamed(error))
        else:
            if not request.htmx:  # type: ignore[attr-defined]
                toast(request, _("Beslutet finns i planen: %(title)s") % {"title": row.title})
                return redirect("meetings:minutes", meeting=meeting.public_id)
            fresh = {"decide_form": _decide_form(actor, meeting), "meeting": meeting, "done": row}
            response = render(request, "meetings/parts/decide.html", fresh)
            response["HX-Trigger-After-Swap"] = "decided"
            return response
    return render(request, "meetings/parts/decide.html", {"decide_form": form, "meeting": meeting}, status=422)


PLACES = {"unit": "who", "starts_on": "on", "time_from": "at", "time_to": "at", "relative": "who", "assignment": "who"}


def _renamed(error: ValidationError) -> ValidationError:
    """The plan's names of fields → the form's."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({PLACES.get(name, name): rows for name, rows in error.error_dict.items()})


def _decided(actor: Actor, meeting: Meeting, form: forms.DecideForm) -> Decision:
    data = form.cleaned_data
    item = meeting.items.filter(public_id=data["item"]).first() if data["item"] else None
    if data["kind"] == "goal":
        return decisions.goal(actor, meeting, data["words"], data["know_how"], item, data["once"])
    if data["kind"] == "follow_up":
        return decisions.follow_up(actor, meeting, data["due_on"], data["responsible"], item, data["once"])
    if data["kind"] == "contact":
        return decisions.contact(actor, meeting, data["contact_kind"], data["contact"], item, data["once"])
    task = Task(
        title=data["title"], unit=form.units.get(data["who"]), relative=form.near.get(data["who"]),
        person=data["who"] == "person", detail=data["detail"], on=data["on"], at=data["at"],
    )  # fmt: skip
    return decisions.action(actor, meeting, task, item, data["once"])


@guarded("meeting.write", Decision)
@require_POST
def undo(request: HttpRequest, row: Decision) -> HttpResponse:
    """Take a decision back, also in the plan."""
    try:
        decisions.undo(request.actor, row)  # type: ignore[attr-defined]
        toast(request, _("Beslutet är ångrat, också i planen."))
    except ValidationError as error:
        say(request, error)
    return redirect("meetings:minutes", meeting=row.meeting.public_id)


@guarded("meeting.write", Meeting)
@form_view
def finish(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Close the minutes with what everybody may read; or keep the draft."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meeting = whole(meeting)
    initial = {
        "summary": meeting.summary or _proposed(actor, meeting), "said": meeting.said, "said_note": meeting.said_note or actor.name,
        "version": meeting.version,
    }  # fmt: skip
    form = forms.FinishForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        act = minutes.draft if "draft" in request.POST else minutes.finish
        try:
            act(actor, meeting, data["summary"], data["said"], data["said_note"], data["version"])
        except ValidationError as error:
            form.refuse(error)
            form.renew(whole(meeting).version)
        else:
            if "draft" in request.POST:
                toast(request, _("Utkastet är sparat."))
                return redirect("meetings:minutes", meeting=meeting.public_id)
            toast(request, _("Mötet är avslutat. De som var kallade kan läsa vad ni kom fram till."))
            return back(request, meeting)
    absent = [a for a in pages.attendees(actor, meeting) if not a["gone"] and a["row"].attended is None]
    context = frame(
        request, meeting, form=form, when=pages.when(meeting), decided=pages.decided(actor, meeting), unknown=absent,
        minutes_url=reverse("meetings:minutes", args=[meeting.public_id]),
    )  # fmt: skip
    return render(request, "meetings/finish.html", context, status=422 if form.is_bound else 200)


def _proposed(actor: Actor, meeting: Meeting) -> str:
    """A first draft out of the decisions, one line each."""
    lines = []
    for row in pages.decided(actor, meeting):
        if row["row"].undone_at:
            continue
        title = f"”{row['title']}”" if row["voice"] else row["title"]
        lines.append("– " + ", ".join(filter(None, [title, row["who"], row["due"]])))
    return "\n".join([_("Vi bestämde:"), *lines]) if lines else ""


@guarded("meeting.correct", Meeting)
@require_POST
def correct(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Beside what is finished, marked."""
    form = forms.TextForm(request.POST)
    if form.is_valid():
        chosen = key(request.POST.get("item", ""))
        item = meeting.items.filter(public_id=chosen).first() if chosen else None
        try:
            minutes.correct(request.actor, meeting, form.cleaned_data["text"], item)  # type: ignore[attr-defined]
            toast(request, _("Rättelsen står bredvid det som skrevs."))
            return back(request, meeting)
        except ValidationError as error:
            form.refuse(error)
    return shown(request, meeting, 422, correct_form=form)
