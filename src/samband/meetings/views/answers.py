"""Answers of those who are called, their roles, who was there, and the calendar file."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core.policy import guarded
from samband.meetings import forms
from samband.meetings.models import Attendee
from samband.meetings.rules import ical
from samband.meetings.services import invitation, invites, minutes
from samband.meetings.views import meeting as staff_page
from samband.meetings.views import own as own_page
from samband.meetings.views.base import back, say
from samband.ui.toast import toast


@guarded("meeting.answer", Attendee)
@require_POST
def answer(request: HttpRequest, row: Attendee) -> HttpResponse:
    """Comes, by phone or video, another time, cannot."""
    actor = request.actor  # type: ignore[attr-defined]
    form = forms.AnswerForm(request.POST, row=row)
    if form.is_valid():
        data = form.cleaned_data
        try:
            invites.answer(actor, row, data["answer"], data["note"], data.get("coming"))
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(
                request, _("Tack, svaret är skickat."), undo_url=reverse("meetings:answer_undo", args=[row.public_id])
            )
            return back(request, row.meeting)
    page = own_page if actor.kind in ("person", "relative") else staff_page
    return page.shown(request, row.meeting, 422, answer_form=form)


@guarded("meeting.answer", Attendee)
@require_POST
def undo(request: HttpRequest, row: Attendee) -> HttpResponse:
    """Back to the answer before."""
    try:
        invites.undo_answer(request.actor, row)  # type: ignore[attr-defined]
        toast(request, _("Svaret är ändrat tillbaka."))
    except ValidationError as error:
        say(request, error)
    return back(request, row.meeting)


@guarded("meeting.write", Attendee)
@require_POST
def edit(request: HttpRequest, row: Attendee) -> HttpResponse:
    """Role, address for the invitation, or taken off the call."""
    actor = request.actor  # type: ignore[attr-defined]
    form = forms.RoleForm(request.POST)
    try:
        if "off" in request.POST:
            invites.take_off(actor, row)
            toast(request, _("%(name)s är inte längre kallad.") % {"name": row.name})
        elif form.is_valid():
            invites.give_role(actor, row, form.cleaned_data["role"], form.cleaned_data["email"])
            toast(request, _("Sparat."))
        else:
            raise ValidationError([message for messages in form.errors.values() for message in messages])
    except ValidationError as error:
        say(request, error)
    return back(request, row.meeting)


@guarded("meeting.write", Attendee)
@require_POST
def there(request: HttpRequest, row: Attendee) -> HttpResponse:
    """Was there, or was not (the minutes' page, one tick at a time)."""
    minutes.attendance(request.actor, row, request.POST.get("there") == "on")  # type: ignore[attr-defined]
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    return back(request, row.meeting)


@guarded("meeting.calendar", Attendee)
@require_safe
def calendar(request: HttpRequest, row: Attendee) -> HttpResponse:
    """The calendar file of the one who is called."""
    response = HttpResponse(invitation.calendar(row), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{ical.NAME}"'
    return response
