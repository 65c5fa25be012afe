"""What the worker's clock does about meetings. Found in the database by stored times; each reminder is given once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from samband.core import clock
from samband.meetings.models import Attendee, Meeting
from samband.meetings.rules import due as rules
from samband.meetings.services import telling
from samband.meetings.services.base import called, lock, related

Status = Meeting.Status
BATCH = 500


def run() -> dict[str, int]:
    """One turn. Run twice, nobody is told twice."""
    return {"meetings": remind_of_meetings(), "answers": remind_to_answer(), "minutes": remind_of_minutes()}


def clocked(meeting: Meeting) -> rules.Clocked:
    return rules.Clocked(
        meeting.starts_at, meeting.ends_at, meeting.asked_at, meeting.status in (Status.CALLED, Status.OPEN),
        meeting.reminded_at is not None, meeting.minutes_reminded_at is not None,
    )  # fmt: skip


def remind_of_meetings() -> int:
    """A day before, those who come or have not answered."""
    now = clock.now()
    rows = Meeting.objects.filter(
        status=Status.CALLED, reminded_at__isnull=True, starts_at__gt=now, starts_at__lte=now + rules.BEFORE
    )
    return sum(_remind(pk) for pk in list(rows.values_list("pk", flat=True)[:BATCH]))


def _remind(pk: int) -> int:
    with transaction.atomic():
        meeting = lock(Meeting(pk=pk))
        if not rules.remind_of_meeting(clocked(meeting), clock.now()):
            return 0
        Meeting.objects.filter(pk=pk).update(reminded_at=clock.now())
        telling.everybody(
            telling.REMINDER, meeting, rows=[r for r in called(meeting) if r.answer != Attendee.Answer.CANNOT]
        )
    return 1


def remind_to_answer() -> int:
    """Those who have not answered after two days, or when the meeting is near; once for each time it is asked."""
    now = clock.now()
    rows = Attendee.objects.filter(
        answer=Attendee.Answer.WAITING, reminded_at__isnull=True, removed_at__isnull=True, withdrawn_at__isnull=True,
        meeting__status=Status.CALLED, meeting__starts_at__gt=now,
    ).filter(
        Q(meeting__asked_at__lte=now - rules.UNANSWERED_AFTER) | Q(meeting__starts_at__lte=now + rules.UNANSWERED_NEAR)
    )  # fmt: skip
    told = 0
    for row in rows.select_related("meeting__person", "unit", "relative", "assignment")[:BATCH]:
        asked = max(row.called_at, row.meeting.asked_at)
        if not rules.remind_to_answer(clocked(row.meeting), asked, False, now):
            continue
        with transaction.atomic():
            if not Attendee.objects.filter(pk=row.pk, reminded_at__isnull=True).update(reminded_at=now):
                continue
            telling.everybody(
                telling.UNANSWERED, row.meeting, once=f"{row.public_id}:{row.meeting.sequence}", rows=[row]
            )
            told += 1
    return told


def remind_of_minutes() -> int:
    """The morning after: whoever called, where nobody has finished the minutes."""
    now = clock.now()
    rows = Meeting.objects.filter(
        status__in=(Status.CALLED, Status.OPEN), minutes_reminded_at__isnull=True, ends_at__lte=now - rules.MINUTES_AFTER,
        ends_at__gt=now - timedelta(days=60),
    ).prefetch_related(*related())  # fmt: skip
    told = 0
    for meeting in rows[:BATCH]:
        with transaction.atomic():
            free = Meeting.objects.filter(pk=meeting.pk, minutes_reminded_at__isnull=True)
            if rules.remind_of_minutes(clocked(meeting), now) and free.update(minutes_reminded_at=now):
                telling.caller(telling.MINUTES, meeting, "once")
                told += 1
    return told
