"""Calling, moving, cancelling, inviting more."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.core import clock
from samband.core.policy import guarded
from samband.meetings import forms
from samband.meetings.models import Meeting
from samband.meetings.services import calls, invites, page, times
from samband.meetings.views.base import back, frame, posted, say, whole
from samband.people.header import header, person_url
from samband.people.models import Person
from samband.plans.services.summary import open_plan
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("meeting.call", Person)
@form_view
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """The call. What is missing is said at its field, and everything that was written stays."""
    if open_plan(person) is None:
        toast(request, _("Börja planen först, med personens ja. Mötet hör till den."))
        return redirect(person_url(person))
    initial = {"guests": ["person"], "new_said_by": person.full_name}
    form = forms.CallForm(posted(request), person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        assert form.starts is not None, "both fields are required"
        wanted = calls.Call(
            kind=data["kind"], starts=form.starts, ends=form.starts + form.length, guests=form.invited(), place=data["place"],
            link=data["link"], items=form.own_items(), myself=data["myself"], without_person=data["without_person"],
        )  # fmt: skip
        try:
            meeting = calls.call(request.actor, person, wanted)  # type: ignore[attr-defined]
        except ValidationError as error:
            if hasattr(error, "error_dict") and "title" in error.error_dict:
                error.error_dict["items"] = error.error_dict.pop("title")
            form.refuse(error)
        else:
            toast(request, _("Kallelsen är skickad. Dagordningen är hämtad ur planen."))
            return redirect("meetings:meeting", meeting=meeting.public_id)
    context = {
        "person": header(request, person), "form": form, "fit_url": reverse("meetings:fit", args=[person.public_id]),
        "cancel": person_url(person),
    }  # fmt: skip
    return render(request, "meetings/new.html", context, status=422 if form.is_bound else 200)


@guarded("meeting.call", Person)
@require_POST
def fit(request: HttpRequest, person: Person) -> HttpResponse:
    """How the time fits while the form is filled in, and other times that would (htmx). Writes nothing."""
    form = forms.FitForm(request.POST, person=person)
    form.is_valid()
    chosen = [form.known[key]["thing"] for key in form.cleaned_data.get("guests", [])]
    staff = [thing for thing in chosen if hasattr(thing, "staff_id")]
    if form.cleaned_data.get("other"):
        staff.append(form.cleaned_data["other"])
    units = [thing for thing in chosen if hasattr(thing, "always_open")]
    near = [thing for thing in chosen if hasattr(thing, "relation")]
    found = times.fit(person, staff, units, near, form.starts, form.length)
    others = [{"at": clock.local(start)} for start in found.others]
    return render(request, "meetings/parts/fit.html", {"notes": found.notes, "others": others, "start": form.starts})


@guarded("meeting.manage", Meeting)
@form_view
def move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Another time or place, with why."""
    meeting = whole(meeting)
    starts = clock.local(meeting.starts_at)
    initial = {
        "day": starts.date(), "at": starts.time(), "minutes": round((meeting.ends_at - meeting.starts_at).total_seconds() / 60),
        "place": meeting.place, "link": meeting.link, "version": meeting.version,
    }  # fmt: skip
    form = forms.MoveForm(posted(request), initial=initial)
    length = initial["minutes"]
    if length not in dict(forms.LENGTHS):
        form.fields["minutes"].choices = [*forms.LENGTHS, (length, _("%(n)d minuter") % {"n": length})]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        assert form.starts is not None, "both fields are required"
        try:
            calls.move(
                request.actor, meeting, form.starts, form.starts + form.length, data["place"], data["link"], data["why"],  # type: ignore[attr-defined]
                data["version"],
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
            form.renew(whole(meeting).version)
        else:
            toast(request, _("Mötet är flyttat. Alla som är kallade får veta det."))
            return back(request, meeting)
    context = frame(
        request, meeting, form=form, title=_("Flytta mötet"), save=_("Flytta och meddela alla"), when=page.when(meeting),
        lead=_("En ny tid frågar alla på nytt. En ny plats meddelas bara."),
    )  # fmt: skip
    return render(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


@guarded("meeting.manage", Meeting)
@form_view
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Not held, with why."""
    meeting = whole(meeting)
    form = forms.CancelForm(posted(request), initial={"version": meeting.version})
    if request.method == "POST" and form.is_valid():
        try:
            calls.cancel(request.actor, meeting, form.cleaned_data["why"], form.cleaned_data["version"])  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
            form.renew(whole(meeting).version)
        else:
            undo = reverse("meetings:again", args=[meeting.public_id])
            toast(request, _("Mötet är inställt. Alla som var kallade får veta det."), undo_url=undo)
            return back(request, meeting)
    context = frame(
        request, meeting, form=form, title=_("Ställ in mötet"), save=_("Ställ in och meddela alla"), danger=True,
        when=page.when(meeting), lead=_("Alla som är kallade får veta det, och mötet tas bort ur deras kalendrar."),
    )  # fmt: skip
    return render(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


@guarded("meeting.manage", Meeting)
@require_POST
def again(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Cancelled by mistake: called anew."""
    try:
        calls.call_again(request.actor, meeting)  # type: ignore[attr-defined]
        toast(request, _("Mötet gäller igen. Alla är kallade på nytt."))
    except ValidationError as error:
        say(request, error)
    return back(request, meeting)


@guarded("meeting.manage", Meeting)
@form_view
def invite(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Somebody more, also a unit that the person has just agreed to (P1)."""
    meeting = whole(meeting)
    form = forms.GuestFields(
        posted(request), person=meeting.person, but=meeting, initial={"new_said_by": meeting.person.full_name}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = invites.add(request.actor, meeting, form.invited())  # type: ignore[attr-defined]
        except ValidationError as error:
            form.refuse(error)
        else:
            names = ", ".join(row.name for row in made)
            toast(request, _("Kallad: %(names)s.") % {"names": names} if made else _("Alla var redan kallade."))
            return back(request, meeting)
    context = frame(request, meeting, form=form, when=page.when(meeting), today=clock.today())
    return render(request, "meetings/invite.html", context, status=422 if form.is_bound else 200)
