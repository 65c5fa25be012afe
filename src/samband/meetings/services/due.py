"""What is due about meetings, as the board counts it: lean querysets with `person_pk` and `since`, scoped in the query.

`scope` is anything with `of(rows, way)` that narrows rows of plans to what the reader may read (the board's Scope).
"""

from typing import Protocol

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samband.core import clock
from samband.meetings.models import Attendee, Meeting
from samband.meetings.rules.due import FOLLOW_UP_WITHIN, MINUTES_AFTER, UNANSWERED_AFTER
from samband.plans.models import CarePlan

Status = Meeting.Status


class Scope(Protocol):
    def of(self, rows: QuerySet, way: str) -> QuerySet: ...


def not_called_q() -> Q:
    """Of rows with `person` and `follow_up_on`: that day is within two weeks, or past, and no meeting is called."""
    # The few who are called are one set, not a question about each of the many who are not.
    called = Meeting.objects.filter(status__in=(Status.CALLED, Status.OPEN)).order_by().values("person")
    return Q(follow_up_on__lte=clock.today() + FOLLOW_UP_WITHIN) & ~Q(person__in=called)


def not_called(scope: Scope) -> QuerySet[CarePlan]:
    """Plans in force of which `not_called_q` is true. Since: the day of the follow-up."""
    rows = CarePlan.objects.filter(not_called_q(), status=CarePlan.Status.ACTIVE)
    return scope.of(rows, "person__").annotate(person_pk=F("person_id"), since=F("follow_up_on"))


def unanswered(scope: Scope) -> QuerySet[Meeting]:
    """Meetings ahead where somebody has not answered two days after being asked. Since: the question."""
    now = clock.now()
    silent = Attendee.objects.filter(
        meeting_id=OuterRef("pk"), answer=Attendee.Answer.WAITING, removed_at__isnull=True, withdrawn_at__isnull=True
    )
    rows = Meeting.objects.filter(status=Status.CALLED, starts_at__gt=now, asked_at__lte=now - UNANSWERED_AFTER)
    return scope.of(rows.filter(Exists(silent)), "person__").annotate(person_pk=F("person_id"), since=F("asked_at"))


def unwritten(scope: Scope) -> QuerySet[Meeting]:
    """Meetings that have been and whose minutes nobody has finished. Since: the end of the meeting."""
    rows = Meeting.objects.filter(
        status__in=(Status.CALLED, Status.OPEN), ends_at__lte=clock.now() - MINUTES_AFTER
    )  # fmt: skip
    return scope.of(rows, "person__").annotate(person_pk=F("person_id"), since=F("ends_at"))


def due(scope: Scope) -> dict[str, QuerySet]:
    """The three, by the key that a list of them would have."""
    return {
        "meeting-not-called": not_called(scope),
        "meeting-unanswered": unanswered(scope),
        "meeting-unwritten": unwritten(scope),
    }
