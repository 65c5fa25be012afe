"""What the views of meetings share."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from samband.meetings.models import Meeting
from samband.meetings.services.base import related
from samband.people.header import header
from samband.ui.toast import toast


def whole(meeting: Meeting) -> Meeting:
    """With everything that its page shows."""
    rows = Meeting.objects.select_related("person", "plan", "called_unit", "called_by__staff", "finished_by__staff")
    return rows.prefetch_related(*related()).get(pk=meeting.pk)


def frame(request: HttpRequest, meeting: Meeting, **more: Any) -> dict[str, Any]:
    """The person's face on top, and the meeting."""
    return {"person": header(request, meeting.person), "meeting": meeting, **more}


def home(request: HttpRequest, meeting: Meeting) -> str:
    """The page where the reader reads the meeting."""
    own = request.actor.kind in ("person", "relative")  # type: ignore[attr-defined]
    return reverse("meetings:my_meeting" if own else "meetings:meeting", args=[meeting.public_id])


def say(request: HttpRequest, error: ValidationError) -> None:
    """A refusal as a message on the next page."""
    from django.contrib import messages

    toast(request, " ".join(error.messages), level=messages.ERROR)


def posted(request: HttpRequest) -> Any:
    """What was sent, also when nothing was; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def key(text: str) -> UUID | None:
    """A public id out of a form, or nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None


def back(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return redirect(home(request, meeting))
