"""Notices about meetings. They name neither person nor care: that there is something, and the address that opens it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.core import notices
from samband.meetings.models import Attendee, Meeting
from samband.meetings.services.base import called

CALLED, CHANGED, CANCELLED = "meeting.called", "meeting.changed", "meeting.cancelled"
REMINDER, UNANSWERED, ANSWER = "meeting.reminder", "meeting.unanswered", "meeting.answer"
MINUTES, SUMMARY = "meeting.minutes", "meeting.summary"
TITLES = {
    CALLED: _("Du är kallad till ett möte"),
    CHANGED: _("Ett möte har fått en ny tid eller plats"),
    CANCELLED: _("Ett möte är inställt"),
    REMINDER: _("Du har snart ett möte"),
    UNANSWERED: _("En kallelse väntar på ditt svar"),
    ANSWER: _("Någon kan inte komma till ett möte"),
    MINUTES: _("Minnesanteckningar är inte avslutade"),
    SUMMARY: _("Ett möte är sammanfattat"),
}


def register() -> None:
    """Called once, when the application is ready."""
    for key, title in TITLES.items():
        notices.kind(key, title)


def everybody(key: str, meeting: Meeting, once: str = "", rows: Iterable[Attendee] | None = None) -> None:
    """Tell those who are called (or `rows`): staff at the staff's page, the person and relatives at their own."""
    rows = called(meeting) if rows is None else list(rows)
    once = f"{key}:{meeting.public_id}:{once or meeting.sequence}"
    units = {row.unit_id for row in rows if row.kind == Attendee.Kind.UNIT and row.unit_id}
    staff = {row.assignment_id for row in rows if row.kind == Attendee.Kind.STAFF and row.assignment_id}
    common: dict[str, Any] = {"thing": meeting, "person_id": meeting.person_id}
    if units or staff:
        url = reverse("meetings:meeting", args=[meeting.public_id])
        notices.tell(key, url, once=once, units=units, assignments=staff, **common)
    persons = {meeting.person_id} if any(row.kind == Attendee.Kind.PERSON for row in rows) else set()
    near = {row.relative_id for row in rows if row.relative_id}
    if persons or near:
        url = reverse("meetings:my_meeting", args=[meeting.public_id])
        notices.tell(key, url, once=f"{once}:own", persons=persons, relatives=near, **common)


def caller(key: str, meeting: Meeting, once: str) -> None:
    """Tell the one who called."""
    notices.tell(
        key, reverse("meetings:meeting", args=[meeting.public_id]), thing=meeting, person_id=meeting.person_id,
        once=f"{key}:{meeting.public_id}:{once}", assignments=[meeting.called_by_id],
    )  # fmt: skip
