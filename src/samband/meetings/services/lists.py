"""The meetings of the reader's units: coming, waiting for answers, to be written, past. One page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from samband.core import clock, policy
from samband.core.policy import Actor
from samband.meetings.models import Attendee, Meeting
from samband.meetings.policy import called_to
from samband.meetings.services.base import called, related
from samband.people.models import Person
from samband.people.services import search as persons

PAGE = 30
SEARCH = "meetings_search"
SHOW = ("coming", "waiting", "write", "past")
Status, Answer = Meeting.Status, Attendee.Answer


@dataclass(frozen=True)
class Page:
    """One page of meetings; `more` says whether there is another."""

    rows: list[Meeting]
    number: int
    more: bool


def _rows_of(actor: Actor) -> QuerySet[Attendee]:
    """The actor's own, or her units', places at a meeting."""
    rows = Attendee.objects.filter(meeting_id=OuterRef("pk"), removed_at__isnull=True, withdrawn_at__isnull=True)
    return rows.filter(
        Q(kind=Attendee.Kind.UNIT, unit_id__in=actor.unit_ids)
        | Q(kind=Attendee.Kind.STAFF, assignment_id=actor.assignment_id or 0)
    )


def ours(actor: Actor) -> QuerySet[Meeting]:
    """Meetings that the actor's units have called, or that they or she are called to, in plans in scope."""
    rows = Meeting.objects.filter(Q(called_unit_id__in=actor.unit_ids) | Exists(_rows_of(actor)))
    return policy.scoped(actor, "meeting.list", rows)


def waiting_for_us(actor: Actor) -> QuerySet[Meeting]:
    """Where the actor or her unit has not answered."""
    rows = Meeting.objects.filter(status=Status.CALLED, starts_at__gt=clock.now())
    return policy.scoped(actor, "meeting.list", rows.filter(Exists(_rows_of(actor).filter(answer=Answer.WAITING))))


def shown(actor: Actor, show: str, words: str = "") -> QuerySet[Meeting]:
    """`coming`, `waiting` (for us, or for others to a meeting that we called), `write`, `past`."""
    now = clock.now()
    rows = ours(actor)
    ahead = Q(status=Status.CALLED, ends_at__gt=now) | Q(status=Status.OPEN, ends_at__gt=now - timedelta(hours=1))
    if show == "waiting":
        silent = Attendee.objects.filter(
            meeting_id=OuterRef("pk"), answer=Answer.WAITING, removed_at__isnull=True, withdrawn_at__isnull=True
        )
        mine = Q(Exists(_rows_of(actor).filter(answer=Answer.WAITING)))
        rows = rows.filter(status=Status.CALLED, starts_at__gt=now)
        rows = rows.filter(mine | Q(Exists(silent), called_unit_id__in=actor.unit_ids)).order_by("starts_at", "pk")
    elif show == "write":
        rows = rows.filter(status__in=(Status.CALLED, Status.OPEN), starts_at__lte=now).order_by("starts_at", "pk")
    elif show == "past":
        rows = rows.filter(status__in=(Status.FINISHED, Status.CANCELLED)).order_by("-starts_at", "pk")
    else:
        rows = rows.filter(ahead).order_by("starts_at", "pk")
    if words:
        found = persons.search(actor, words, limit=200)
        rows = rows.filter(person__in=[person.pk for person in found.persons]) if found.asked else rows
    return rows


def page(actor: Actor, show: str, number: int, words: str = "") -> Page:
    """Nothing is counted beyond what is shown."""
    start = (max(number, 1) - 1) * PAGE
    rows = shown(actor, show, words).select_related("person", "called_unit").prefetch_related(*related())
    found = list(rows[start : start + PAGE + 1])
    return Page(found[:PAGE], max(number, 1), len(found) > PAGE)


def my_row(actor: Actor, meeting: Meeting, rows: Iterable[Attendee] | None = None) -> Attendee | None:
    """The place that the actor answers for: her own before her unit's."""
    rows = called(meeting) if rows is None else rows
    if actor.kind == "person":
        return next((row for row in rows if row.kind == Attendee.Kind.PERSON), None)
    if actor.kind == "relative":
        return next((row for row in rows if row.relative_id == actor.relative_id), None)
    rows = list(rows)
    own = next((r for r in rows if r.kind == Attendee.Kind.STAFF and r.assignment_id == actor.assignment_id), None)
    return own or next((r for r in rows if r.kind == Attendee.Kind.UNIT and r.unit_id in actor.unit_ids), None)


def of_person(actor: Actor, person: Person) -> list[Meeting]:
    """What her page shows in a line each: ahead first, then those that have been, at most six.

    Whether the plan is read is asked about her, once, instead of in the query: the scope of whoever covers a county is long.
    """
    if not policy.decide(actor, "plan.read", person):
        return []
    rows = called_to(actor, Meeting.objects.filter(person=person))
    found = list(rows.filter(status__in=(Status.CALLED, Status.OPEN)).order_by("starts_at")[:4])
    found += rows.filter(status=Status.FINISHED).order_by("-starts_at")[:2]
    prefetch_related_objects(found, "attendees")
    return found


def own(actor: Actor) -> QuerySet[Meeting]:
    """The person's, or those a relative is called to. Cancelled ones stay visible until their time has passed."""
    rows = policy.scoped(actor, "meeting.own", Meeting.objects.select_related("person", "called_unit"))
    return rows.prefetch_related(*related())


def upcoming(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those that are not over."""
    return rows.filter(ends_at__gt=clock.now())
