"""The rules, registered with the decision point. Importing this module (at start) opens exactly these questions.

Meetings hang on the shared plan: what `plan.read` and `plan.edit` answer about the person comes first, so that a
withdrawn part (P6) or an ended relation (A1) closes the meeting in the same moment.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from samband.access.models import Party
from samband.access.policy import PERSON_PATH
from samband.access.rules import is_outside
from samband.core import policy
from samband.core.policy import Actor, Decision, allow, deny
from samband.meetings.models import AgendaItem, Attendee, Meeting
from samband.meetings.models import Decision as Decided
from samband.meetings.rules import access
from samband.people.models import Person

PERSON_PATH.update(
    meeting="person_id", attendee="meeting__person_id", agendaitem="meeting__person_id", decision="meeting__person_id"
)
TO_MEETING = {Meeting: "", Attendee: "meeting__", AgendaItem: "meeting__", Decided: "meeting__"}


def meeting_of(thing: Any) -> Meeting:
    return thing if isinstance(thing, Meeting) else thing.meeting


def facts(meeting: Meeting) -> access.MeetingFacts:
    """What the pure rules need; one query for those called, one for the caller's part."""
    rows = [row for row in meeting.attendees.all() if row.called]
    party = Party.objects.filter(person_id=meeting.person_id, unit_id=meeting.called_unit_id, withdrawn_at__isnull=True)
    return access.MeetingFacts(
        frozenset(r.unit_id for r in rows if r.kind == Attendee.Kind.UNIT and r.unit_id),
        frozenset(r.assignment_id for r in rows if r.kind == Attendee.Kind.STAFF and r.assignment_id),
        frozenset(r.relative_id for r in rows if r.relative_id),
        meeting.called_unit_id,
        party.exists(),
        meeting.cancelled,
        meeting.finished,
        meeting.status == Meeting.Status.OPEN,
    )


def _read(actor: Actor, thing: Any) -> Decision:
    return policy.decide(actor, "plan.read", meeting_of(thing))


def _edit(actor: Actor, thing: Any) -> Decision:
    return policy.decide(actor, "plan.edit", meeting_of(thing))


ABOUT = (Meeting, Attendee, AgendaItem, Decided)


@policy.rule("meeting.list", "meeting.search")
def list_meetings(actor: Actor, thing: Any = None) -> Decision:
    return access.list_meetings(actor)


@policy.rule("meeting.read", "meeting.print", about=ABOUT)
def read_meeting(actor: Actor, thing: Any) -> Decision:
    return access.read(actor, _read(actor, thing), facts(meeting_of(thing)))


@policy.rule("meeting.call", about=Person)
def call_meeting(actor: Actor, person: Person) -> Decision:
    return access.call(actor, policy.decide(actor, "plan.edit", person))


@policy.rule("meeting.manage", about=ABOUT)
def manage_meeting(actor: Actor, thing: Any) -> Decision:
    return access.manage(actor, _edit(actor, thing), facts(meeting_of(thing)))


@policy.rule("meeting.write", about=ABOUT)
def write_minutes(actor: Actor, thing: Any) -> Decision:
    return access.write(actor, _edit(actor, thing), facts(meeting_of(thing)))


@policy.rule("meeting.correct", about=Meeting)
def correct_minutes(actor: Actor, meeting: Meeting) -> Decision:
    return access.correct(actor, _edit(actor, meeting), facts(meeting))


@policy.rule("meeting.agenda", about=ABOUT)
def raise_item(actor: Actor, thing: Any) -> Decision:
    seen = read_meeting(actor, thing)
    own = policy.decide(actor, "own.write", meeting_of(thing))
    return access.raise_item(actor, seen, _edit(actor, thing), own, facts(meeting_of(thing)))


@policy.rule("meeting.answer", about=Attendee)
def answer_call(actor: Actor, row: Attendee) -> Decision:
    if not row.called:
        return deny("P6", "Kallelsen gäller inte längre.", "The call no longer holds.")
    who = access.Invited(row.kind, row.unit_id, row.assignment_id, row.relative_id)
    return access.answer(actor, read_meeting(actor, row), who, facts(row.meeting))


@policy.rule("meeting.calendar", about=Attendee)
def take_calendar(actor: Actor, row: Attendee) -> Decision:
    who = access.Invited(row.kind, row.unit_id, row.assignment_id, row.relative_id)
    return access.calendar(actor, read_meeting(actor, row), who)


@policy.rule("meeting.link", about=Meeting)
def see_link(actor: Actor, meeting: Meeting) -> Decision:
    """The address of a video meeting opens the meeting itself: for those who take part, and whoever called."""
    known = facts(meeting)
    seen = access.read(actor, _read(actor, meeting), known)
    if not seen:
        return seen
    if access.takes_part(actor, known) or meeting.called_unit_id in actor.unit_ids:
        return allow("P3", "Du är kallad till mötet.", "You are called to the meeting.")
    return deny("P3", "Länken är för dem som är kallade.", "The link is for those who are called.")


@policy.rule("meeting.own", about=ABOUT)
def own_meetings(actor: Actor, thing: Any = None) -> Decision:
    """A13, P4: the person's own pages, and a relative's who is called."""
    if actor.kind not in ("person", "relative") or actor.person_id is None:
        return deny("A13", "Sidan är personens och de närståendes egen.", "The page is for the person and relatives.")
    if thing is None:
        return policy.decide(actor, "own.read")
    return read_meeting(actor, thing)


def _called(actor: Actor, way: str) -> Q:
    """Rows of meetings to which the actor's unit, herself or the relative is called now."""
    rows = Attendee.objects.filter(removed_at__isnull=True, withdrawn_at__isnull=True)
    rows = rows.filter(meeting_id=OuterRef(f"{way}pk" if not way else "meeting_id"))
    if actor.kind == "relative":
        return Q(Exists(rows.filter(relative_id=actor.relative_id or 0)))
    units = Q(kind=Attendee.Kind.UNIT, unit_id__in=actor.unit_ids)
    return Q(Exists(rows.filter(units | Q(assignment_id=actor.assignment_id or 0))))


@policy.scope(
    "meeting.list", "meeting.search", "meeting.read", "meeting.print", "meeting.manage", "meeting.write",
    "meeting.correct", "meeting.agenda", "meeting.answer", "meeting.link", "meeting.own",
    "meeting.calendar",
)  # fmt: skip
def meetings_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    """The rows of plans in scope (A1, P2, P6), and for relatives and parties outside care those they are called to."""
    if rows.model not in TO_MEETING:
        return rows.none()
    return called_to(actor, policy.scoped(actor, "plan.read", rows))


def called_to(actor: Actor, rows: QuerySet) -> QuerySet:
    """Of meetings whose plan is read: all of them, and for relatives and parties outside care those they are called to."""
    found, way = rows, TO_MEETING[rows.model]
    if actor.kind == "relative" or is_outside(actor):
        found = found.filter(_called(actor, way))
    if is_outside(actor) and rows.model in (AgendaItem,):
        found = found.filter(outside__in=actor.unit_ids).distinct()
    if is_outside(actor) and rows.model is Decided:
        found = found.filter(outside=True, unit_id__in=actor.unit_ids)
    if is_outside(actor) and rows.model is Attendee:
        found = found.filter(Q(unit_id__in=actor.unit_ids) | Q(assignment_id=actor.assignment_id or 0))
    return found


@policy.scope("meeting.call")
def persons_to_call(actor: Actor, rows: QuerySet) -> QuerySet:
    return policy.scoped(actor, "plan.edit", rows)
