"""Who is called: the person, relatives as she shares, units that she agreed to (P1, P5), named staff. And their answers."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.meetings.models import Attendee, Meeting, MeetingEvent
from samband.meetings.services import telling
from samband.meetings.services.base import enter, lock
from samband.people.models import Assignment, Organization, Person, Relative, Unit
from samband.people.models.staff import current
from samband.plans.services import parties

Answer, Kind, Role = Attendee.Answer, Attendee.Kind, Attendee.Role


@dataclass(frozen=True)
class Agreed:
    """A unit that is not a party yet, and what the person said about it (P1)."""

    unit: Unit
    said: str
    said_by: str
    form: str


@dataclass(frozen=True)
class Guests:
    """Whom to call. `agreed` become parties first, in the same transaction."""

    person: bool = False
    relatives: tuple[Relative, ...] = ()
    units: tuple[Unit, ...] = ()
    staff: tuple[Assignment, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    emails: dict[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (self.person or self.relatives or self.units or self.staff or self.agreed)


def check(person: Person, guests: Guests) -> None:
    """P1, P4, P5: only relatives she shares with, and units that she agreed to. Raises ValidationError."""
    problems: dict[str, list[str]] = {}
    for relative in guests.relatives:
        if relative.person_id != person.pk or not relative.active() or not relative.reads:
            problems.setdefault("relatives", []).append(
                _("%(name)s läser inte planen. Personen bestämmer vem hon delar med.") % {"name": relative.full_name}
            )
    wanted = [*guests.units, *(row.unit for row in guests.staff)]
    held = set(open_parties(person).values_list("unit_id", flat=True)) | {row.unit.pk for row in guests.agreed}
    for unit in dict.fromkeys(wanted):
        if unit.pk not in held:
            problems.setdefault("units", []).append(
                _("%(unit)s är inte part i planen. Skriv vad personen sade om att de är med, så bjuds de in.") % {"unit": unit.name}
            )  # fmt: skip
        elif unit.closed_from and unit.closed_from <= clock.today():
            problems.setdefault("units", []).append(_("%(unit)s är nedlagd.") % {"unit": unit.name})
    if problems:
        raise ValidationError(problems)


def open_parties(person: Person):
    return Party.objects.filter(person=person, withdrawn_at__isnull=True)


def invite(actor: Actor, meeting: Meeting, guests: Guests) -> list[Attendee]:
    """Call more. Those who are called already are left alone. The caller holds the meeting's lock."""
    for yes in guests.agreed:
        if not open_parties(meeting.person).filter(unit=yes.unit).exists():
            parties.add_party(actor, meeting.person, yes.unit, yes.said, yes.said_by, yes.form)
    check(meeting.person, guests)
    there = [row for row in meeting.attendees.all() if row.called]
    made = []
    if guests.person and not any(row.kind == Kind.PERSON for row in there):
        made.append(Attendee(kind=Kind.PERSON))
    have = {row.relative_id for row in there}
    made += [Attendee(kind=Kind.RELATIVE, relative=r) for r in guests.relatives if r.pk not in have]
    have = {row.unit_id for row in there if row.kind == Kind.UNIT}
    units = dict.fromkeys([*guests.units, *(row.unit for row in guests.agreed)])
    made += [Attendee(kind=Kind.UNIT, unit=u, outside=_outside(u)) for u in units if u.pk not in have]
    have = {row.assignment_id for row in there if row.kind == Kind.STAFF}
    made += [
        Attendee(kind=Kind.STAFF, unit=a.unit, assignment=a, outside=_outside(a.unit))
        for a in dict.fromkeys(guests.staff)
        if a.pk not in have
    ]
    for row in made:
        row.meeting = meeting
        row.email = guests.emails.get(key_of(row), "")
        row.save()
    return made


def key_of(row: Attendee) -> str:
    """`person`, `relative-<id>`, `unit-<id>`, `staff-<id>`: how a form names whom it calls."""
    thing = row.relative or (row.assignment if row.kind == Kind.STAFF else row.unit)
    return f"{row.kind}-{thing.public_id}" if thing else str(row.kind)


def _outside(unit: Unit) -> bool:
    return unit.organization.kind == Organization.Kind.OUTSIDE


def add(actor: Actor, meeting: Meeting, guests: Guests) -> list[Attendee]:
    """Call somebody more to a meeting that is called."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.manage", meeting)
        _still_ahead(meeting)
        if guests.empty:
            raise ValidationError(_("Välj vem som också ska vara med."))
        made = invite(actor, meeting, guests)
        names = ", ".join(row.name for row in made)
        enter(meeting, actor, "invited", names)
        audit.record(
            actor, "meeting.manage", person=meeting.person_id, thing=meeting, rule=decision.rule, invited=len(made)
        )
        telling.everybody(telling.CALLED, meeting, once=f"{meeting.sequence}:{len(meeting.events.all())}", rows=made)
    return made


def take_off(actor: Actor, row: Attendee) -> None:
    """No longer called; the row and the answer stay. The one who called stays too."""
    with transaction.atomic():
        meeting = lock(row.meeting)
        decision = policy.require(actor, "meeting.manage", meeting)
        _still_ahead(meeting)
        fresh = meeting.attendees.get(pk=row.pk)
        if fresh.kind == Kind.PERSON:
            raise ValidationError(_("Mötet är personens. Ställ in det, eller låt personen svara själv."))
        others = [other for other in meeting.attendees.all() if other.called and other.pk != fresh.pk]
        if not others:
            raise ValidationError(_("Ett möte utan deltagare går inte att ha. Ställ in det i stället."))
        fresh.removed_at = clock.now()
        fresh.save(update_fields=["removed_at"])
        enter(meeting, actor, "removed", fresh.name)
        audit.record(actor, "meeting.manage", person=meeting.person_id, thing=fresh, rule=decision.rule, removed=True)
        telling.everybody(telling.CANCELLED, meeting, once=f"off:{fresh.public_id}", rows=[fresh])


def give_role(actor: Actor, row: Attendee, role: str, email: str = "") -> None:
    """Who leads, who writes, who is there as support; and where the invitation goes. A new address gets it anew."""
    with transaction.atomic():
        meeting = lock(row.meeting)
        policy.require(actor, "meeting.write", meeting)
        fresh = meeting.attendees.get(pk=row.pk)
        if fresh.email != email:
            fresh.email, fresh.mailed, fresh.mail_tries, fresh.mail_failed_at = email, -1, 0, None
        fresh.role = Role(role)
        fresh.save(update_fields=["role", "email", "mailed", "mail_tries", "mail_failed_at"])
        audit.record(actor, "meeting.manage", person=meeting.person_id, thing=row, role=role)


def _still_ahead(meeting: Meeting) -> None:
    if not meeting.ahead:
        raise ValidationError(
            _("Det går inte längre. Mötets läge: %(state)s.") % {"state": meeting.get_status_display().lower()}
        )


def answer(
    actor: Actor, row: Attendee, value: str, note: str = "", coming: Assignment | None = None
) -> Attendee:  # fmt: skip
    """Comes, by phone or video, another time, cannot. A unit says who comes. Answered twice, the last holds; both are kept."""
    note = note.strip()
    if value not in (Answer.COMES, Answer.REMOTE, Answer.OTHER, Answer.CANNOT):
        raise ValidationError({"answer": _("Välj ett svar.")})
    if value == Answer.OTHER and not note:
        raise ValidationError({"note": _("Skriv vilka tider som passar bättre.")})
    if len(note) > 300:
        raise ValidationError({"note": _("Texten är för lång: högst %(n)d tecken.") % {"n": 300}})
    with transaction.atomic():
        meeting = lock(row.meeting)
        fresh = Attendee.objects.select_related("unit", "relative", "assignment__staff").get(pk=row.pk)
        fresh.meeting = meeting
        decision = policy.require(actor, "meeting.answer", fresh)
        _still_ahead(meeting)
        if coming is not None and (fresh.kind != Kind.UNIT or coming.unit_id != fresh.unit_id):
            raise ValidationError({"coming": _("Välj någon som arbetar på enheten.")})
        before = {"answer": fresh.answer, "note": fresh.note, "coming": fresh.assignment_id, "by": fresh.answered_by}
        fresh.answer, fresh.note, fresh.answered_at, fresh.answered_by = value, note, clock.now(), actor.name
        if fresh.kind == Kind.UNIT:
            fresh.assignment = coming if value in (Answer.COMES, Answer.REMOTE) else None
        fresh.version += 1
        fresh.save()
        enter(meeting, actor, "answered", str(fresh.get_answer_display()), attendee=str(fresh.public_id), before=before)
        audit.record(actor, "meeting.answer", person=meeting.person_id, thing=fresh, rule=decision.rule, answer=value)
        if value in (Answer.OTHER, Answer.CANNOT) and actor.assignment_id != meeting.called_by_id:
            telling.caller(telling.ANSWER, meeting, f"{fresh.public_id}:{fresh.version}")
        events.publish("meeting.answered", attendee=fresh)
    return fresh


def undo_answer(actor: Actor, row: Attendee) -> Attendee:
    """Back to the answer before the last one."""
    with transaction.atomic():
        meeting = lock(row.meeting)
        fresh = Attendee.objects.get(pk=row.pk)
        fresh.meeting = meeting
        policy.require(actor, "meeting.answer", fresh)
        _still_ahead(meeting)
        found = MeetingEvent.objects.filter(
            meeting=meeting, kind="answered", detail__attendee=str(fresh.public_id)
        ).first()
        if found is None or found.name != actor.name:
            raise ValidationError(_("Det finns inget svar att ångra."))
        was = found.detail["before"]
        fresh.answer, fresh.note, fresh.answered_by = was["answer"], was["note"], was["by"]
        if fresh.kind == Kind.UNIT:
            fresh.assignment_id = was["coming"]
        fresh.version += 1
        fresh.save()
        enter(meeting, actor, "undone", str(fresh.get_answer_display()))
        audit.record(actor, "meeting.answer", person=meeting.person_id, thing=fresh, undone=True)
    return fresh


def unit_leaves(party: Party) -> None:
    """P6: the person took the unit's part back. It is called no longer; what it wrote stays and is marked."""
    rows = Attendee.objects.filter(
        unit_id=party.unit_id, meeting__person_id=party.person_id, removed_at__isnull=True, withdrawn_at__isnull=True,
        meeting__status__in=(Meeting.Status.CALLED, Meeting.Status.OPEN),
    )  # fmt: skip
    for row in rows.select_related("meeting", "unit"):
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        MeetingEvent.objects.create(
            meeting=row.meeting, kind="withdrawn", text=row.unit.name if row.unit else "", name="", at=clock.now()
        )
        if row.meeting.called_unit_id != party.unit_id:
            telling.caller(telling.ANSWER, row.meeting, f"withdrawn:{row.public_id}")


def staff_of(person: Person):
    """Named staff who can be called: those of the parties, by name."""
    rows = Assignment.objects.filter(
        current(), unit__in=open_parties(person).values("unit_id"), unit__closed_from__isnull=True
    )
    rows = rows.exclude(role__in=("administrator", "reviewer")).select_related("staff", "unit__organization")
    return rows.order_by("unit__sort_name", "staff__sort_name", "pk")
