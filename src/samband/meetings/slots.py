"""What meetings shows on other modules' pages: the meetings on a person's page, the call on her own first page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from samband.core import policy
from samband.meetings.models import Meeting
from samband.meetings.services import lists, page
from samband.people.models import Person


def for_person(request: HttpRequest, person: Person | None = None, **knows: Any) -> str:
    """A person's page for staff: what is called, what was written, and the way to call. The plan's own reading holds."""
    actor = request.actor  # type: ignore[attr-defined]
    if person is None or not policy.decide(actor, "plan.read", person):
        return ""
    rows = lists.of_person(actor, person)
    context = {
        "lines": [page.line(actor, meeting) for meeting in rows],
        "person": person,
        "may_call": bool(policy.decide(actor, "meeting.call", person)),
    }
    return render_to_string("meetings/slots/person.html", context, request=request)


def own_today(request: HttpRequest, person: Person | None = None, **knows: Any) -> str:
    """The own first page: the nearest meeting ahead, and whether it waits for an answer."""
    actor = request.actor  # type: ignore[attr-defined]
    if person is None or actor.person_id != person.pk or not policy.decide(actor, "meeting.own"):
        return ""
    ahead = lists.own(actor).filter(status__in=(Meeting.Status.CALLED, Meeting.Status.OPEN)).order_by("starts_at")
    meeting = lists.upcoming(ahead).first()
    if meeting is None:
        return ""
    mine = lists.my_row(actor, meeting)
    context = {
        "meeting": meeting,
        "when": page.when(meeting),
        "kind": page.plain_kind(meeting),
        "mine": mine,
        "waiting": mine and mine.answer == "waiting",
    }
    return render_to_string("meetings/slots/own.html", context, request=request)
