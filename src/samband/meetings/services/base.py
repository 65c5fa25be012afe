"""What the services of a meeting share: its lock, its story, and the facts of who is called."""

from typing import Any

from django.db.models import Prefetch

from samband.core import clock
from samband.core.policy import Actor
from samband.meetings.models import Attendee, Meeting, MeetingEvent


def related() -> list:
    """What every page about a meeting reads of those who are called, in two queries."""
    rows = Attendee.objects.select_related("relative", "unit__organization", "assignment__staff", "assignment__unit")
    return [Prefetch("attendees", rows)]


def lock(meeting: Meeting) -> Meeting:
    """The row as it is now, ours for the rest of the transaction (PostgreSQL; SQLite writes one at a time anyway)."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("person", "plan", "called_unit", "called_by")
    return rows.prefetch_related(*related()).get(pk=meeting.pk)


def enter(meeting: Meeting, actor: Actor, kind: str, text: str = "", **detail: Any) -> MeetingEvent:
    """A line of the meeting's story, in the transaction of what happened."""
    return MeetingEvent.objects.create(
        meeting=meeting, kind=kind, at=clock.now(), text=text.strip()[:300], name=actor.name, label=actor.label, detail=detail
    )  # fmt: skip


def called(meeting: Meeting) -> list[Attendee]:
    """Those who are called now, the person first, then in the order in which they were called."""
    order = {kind: n for n, kind in enumerate(Attendee.Kind.values)}
    rows = [row for row in meeting.attendees.all() if row.called]
    for row in rows:
        row.meeting = meeting
    return sorted(rows, key=lambda row: (order[row.kind], row.pk))
