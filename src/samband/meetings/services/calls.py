"""Calling to a meeting, moving it, cancelling it. Everybody is told; a moved meeting asks for the answers anew."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy, text
from samband.core.policy import Actor
from samband.meetings.models import Attendee, Meeting
from samband.meetings.services import agenda, invites, telling, times
from samband.meetings.services.base import called, enter, lock
from samband.meetings.services.invites import Guests
from samband.people.models import Assignment, Person
from samband.plans.services.summary import open_plan

WHY = 300


@dataclass(frozen=True)
class Call:
    """What is called to: when (moments with zone), where, who, and own items for the agenda."""

    kind: str
    starts: datetime
    ends: datetime
    guests: Guests
    place: str = ""
    link: str = ""
    items: tuple[str, ...] = ()
    myself: bool = True
    without_person: str = ""


def call(actor: Actor, person: Person, wanted: Call) -> Meeting:
    """Send the call. Raises Denied, or ValidationError with a sentence for each field; then nothing is written."""
    try:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)
            decision = policy.require(actor, "meeting.call", person)
            plan = open_plan(person)
            if plan is None:
                raise ValidationError(_("Börja planen först, med personens ja. Mötet hör till den."))
            plan.person = person
            _check(person, wanted)
            mine = Assignment.objects.select_related("unit__organization").get(pk=actor.assignment_id or 0)
            meeting = Meeting.objects.create(
                person=person, plan=plan, kind=wanted.kind, starts_at=wanted.starts, ends_at=wanted.ends,
                place=wanted.place.strip(), link=wanted.link.strip(), called_by=mine, called_unit=mine.unit,
            )  # fmt: skip
            rows = invites.invite(actor, meeting, wanted.guests)
            if wanted.myself:
                _myself(meeting, mine, actor)
            agenda.fill(meeting)
            for words in wanted.items:
                agenda.add(actor, meeting, words)
            enter(meeting, actor, "called", wanted.without_person)
            audit.record(actor, "meeting.call", person=person, thing=meeting, rule=decision.rule, kind=meeting.kind)
            telling.everybody(telling.CALLED, meeting, rows=[r for r in rows if r.assignment_id != mine.pk])
            events.publish("meeting.called", meeting=meeting)
    except IntegrityError as error:
        raise ValidationError({"at": _("Personen är redan kallad till ett möte då.")}) from error
    return meeting


def _myself(meeting: Meeting, mine: Assignment, actor: Actor) -> None:
    """Whoever calls leads, and comes."""
    row, _made = Attendee.objects.get_or_create(
        meeting=meeting, kind=Attendee.Kind.STAFF, assignment=mine, removed_at=None, defaults={"unit": mine.unit}
    )
    row.role, row.answer = Attendee.Role.CHAIR, Attendee.Answer.COMES
    row.answered_at, row.answered_by = clock.now(), actor.name
    row.save()


def _check(person: Person, wanted: Call) -> None:
    problems: dict[str, str] = {**times.problem(wanted.starts, wanted.ends), **where(wanted.place, wanted.link)}
    if wanted.guests.empty:
        problems["guests"] = _("Välj minst en som ska vara med, utöver dig själv.")
    elif not wanted.guests.person and not wanted.without_person.strip():
        problems["without_person"] = _("Personen är inte med på sitt eget möte. Skriv varför, eller kryssa i personen.")
    if wanted.kind not in Meeting.Kind.values:
        problems["kind"] = _("Välj vilket slags möte det är.")
    if not problems:
        problems |= double(person, wanted.starts, wanted.ends)
    if problems:
        raise ValidationError(problems)


def where(place: str, link: str) -> dict[str, str]:
    """Somewhere to come to; a link is https and nothing else."""
    problems = {}
    if not place.strip() and not link.strip():
        problems["place"] = _("Skriv var ni ses, eller en länk till videomötet.")
    if len(place) > 200:
        problems["place"] = _("Texten är för lång: högst %(n)d tecken.") % {"n": 200}
    if link.strip():
        try:
            URLValidator(schemes=["https"])(link.strip())
        except ValidationError:
            problems["link"] = _("Länken ska börja med https:// och leda till videomötet.")
        if len(link) > 500:
            problems["link"] = _("Länken är för lång: högst %(n)d tecken.") % {"n": 500}
    return problems


def double(person: Person, starts: datetime, ends: datetime, but: Meeting | None = None) -> dict[str, str]:
    """A person is at one meeting at a time."""
    rows = Meeting.objects.filter(person=person, starts_at__lt=ends, ends_at__gt=starts)
    rows = rows.filter(status__in=(Meeting.Status.CALLED, Meeting.Status.OPEN))
    other = (rows.exclude(pk=but.pk) if but else rows).select_related("called_unit").first()
    if other is None:
        return {}
    told = {
        "kind": other.get_kind_display(), "from": text.spoken_time(other.starts_at), "to": text.clock_time(other.ends_at),
        "unit": other.called_unit.name,
    }  # fmt: skip
    return {
        "at": _(
            "Personen är redan kallad då: %(kind)s %(from)s–%(to)s, av %(unit)s. Välj en annan tid, eller flytta det mötet."
        )
        % told
    }


def _reason(why: str) -> str:
    why = why.strip()
    if not why:
        raise ValidationError({"why": _("Skriv varför. Alla som är kallade läser det.")})
    if len(why) > WHY:
        raise ValidationError({"why": _("Texten är för lång: högst %(n)d tecken.") % {"n": WHY}})
    return why


def _seen(meeting: Meeting, version: int) -> None:
    if meeting.version != version:
        raise ValidationError(
            _("Någon annan ändrade mötet medan du skrev. Så här är det nu; gör ändringen igen om den behövs.")
        )


def move(
    actor: Actor, meeting: Meeting, starts: datetime, ends: datetime, place: str, link: str, why: str, version: int
) -> Meeting:
    """Another time or place. A new time asks everybody anew; a new place only tells."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.manage", meeting)
        _seen(meeting, version)
        if not meeting.ahead:
            raise ValidationError(
                _("Det går inte längre. Mötets läge: %(state)s.") % {"state": meeting.get_status_display().lower()}
            )
        new_time = (starts, ends) != (meeting.starts_at, meeting.ends_at)
        problems = where(place, link) | (times.problem(starts, ends) if new_time else {})
        problems = problems or double(meeting.person, starts, ends, meeting)
        if problems:
            raise ValidationError(problems)
        why = _reason(why)
        before = {"starts": meeting.starts_at.isoformat(), "ends": meeting.ends_at.isoformat(), "place": meeting.place}
        meeting.starts_at, meeting.ends_at = starts, ends
        meeting.place, meeting.link = place.strip(), link.strip()
        meeting.sequence += 1
        meeting.version += 1
        if new_time:
            meeting.reminded_at, meeting.asked_at = None, clock.now()
            _ask_anew(actor, meeting)
        meeting.save()
        enter(meeting, actor, "moved", why, before=before)
        audit.record(actor, "meeting.manage", person=meeting.person_id, thing=meeting, rule=decision.rule, moved=True)
        telling.everybody(telling.CHANGED, meeting)
        events.publish("meeting.moved", meeting=meeting)
    return meeting


def _ask_anew(actor: Actor, meeting: Meeting) -> None:
    """Whoever moves the meeting has answered by doing so."""
    rows = meeting.attendees.exclude(kind=Attendee.Kind.STAFF, assignment_id=actor.assignment_id or 0)
    rows.update(answer=Attendee.Answer.WAITING, note="", answered_at=None, answered_by="", reminded_at=None)
    meeting.attendees.filter(kind=Attendee.Kind.UNIT).update(assignment=None)


def cancel(actor: Actor, meeting: Meeting, why: str, version: int) -> Meeting:
    """Not held. Everybody is told why; calendars take it away."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.manage", meeting)
        _seen(meeting, version)
        if not meeting.ahead:
            raise ValidationError(
                _("Det går inte längre. Mötets läge: %(state)s.") % {"state": meeting.get_status_display().lower()}
            )
        why = _reason(why)
        meeting.status = Meeting.Status.CANCELLED
        meeting.sequence += 1
        meeting.version += 1
        meeting.save()
        enter(meeting, actor, "cancelled", why)
        audit.record(
            actor, "meeting.manage", person=meeting.person_id, thing=meeting, rule=decision.rule, cancelled=True
        )
        telling.everybody(telling.CANCELLED, meeting)
        events.publish("meeting.cancelled", meeting=meeting)
    return meeting


def call_again(actor: Actor, meeting: Meeting) -> Meeting:
    """Undo of `cancel`, while the time has not come: everybody is called and asked anew."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.manage", meeting)
        if not meeting.cancelled:
            return meeting
        problems = times.problem(meeting.starts_at, meeting.ends_at) or double(
            meeting.person, meeting.starts_at, meeting.ends_at, meeting
        )
        if problems:
            raise ValidationError(list(problems.values()))
        meeting.status = Meeting.Status.CALLED
        meeting.sequence += 1
        meeting.version += 1
        meeting.asked_at = clock.now()
        meeting.save()
        _ask_anew(actor, meeting)
        enter(meeting, actor, "again")
        audit.record(actor, "meeting.manage", person=meeting.person_id, thing=meeting, rule=decision.rule, again=True)
        telling.everybody(telling.CALLED, meeting)
    return meeting


def waiting(meeting: Meeting) -> int:
    """How many have not answered."""
    return sum(row.answer == Attendee.Answer.WAITING for row in called(meeting))
