"""Writes a plain world into the database, row by row and past every service, and remembers which row is which."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from samband.access.models import Capacity, CareRelation, Party
from samband.contact.models import Case
from samband.core import clock
from samband.core.models import User
from samband.core.policy import ANONYMOUS, Actor
from samband.meetings.models import Attendee, Meeting
from samband.people.models import Area, Assignment, Organization, Person, Relative, Staff, Unit
from samband.people.services import actors
from samband.plans.models import Action, CarePlan, FollowUp, Goal, PlanEvent, Proposal, RelativeNote, Situation
from samband.records.models import (
    Block,
    Entry,
    EntryVersion,
    Information,
    LiftRequest,
    Reading,
    ReadingConsent,
)
from tests.access import plain
from tests.access.oracle import SOCIAL, Who


@dataclass
class Written:
    """The database's row for each thing of the plain world."""

    world: plain.Plain
    area: Area
    units: dict[int, Unit] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    assignments: dict[int, Assignment] = field(default_factory=dict)
    persons: dict[int, Person] = field(default_factory=dict)
    relatives: dict[int, Relative] = field(default_factory=dict)
    rows: dict[int, Any] = field(default_factory=dict)
    text: Callable[[], str] = lambda: "x"

    def actor(self, who: Who) -> Actor:
        """As the product makes it, also of an assignment that is over or a relative who may not read: asked all the same."""
        if who.kind == "staff":
            return actors.acting(
                Assignment.objects.select_related("staff", "unit__organization").get(
                    pk=self.assignments[who.assignment.key].pk
                )
            )
        if who.kind == "relative":
            return actors._relative(self.users[who.relative.account], self.relatives[who.relative.key])
        if who.kind == "person":
            row = self.persons[who.person.key]
            return Actor(kind="person", user_id=row.user_id, name=row.full_name, label=row.full_name, person_id=row.pk)
        return ANONYMOUS


def _day(days: int | None) -> date | None:
    return None if days is None else clock.today() + timedelta(days=days)


def write(world: plain.Plain, text: Callable[[], str] = lambda: "x", persons: list[int] | None = None) -> Written:
    """Needs the database. `text` is what stands in rows that can never be changed afterwards; `persons`: only those."""
    made = Written(world, Area.objects.create(name="Heby"), text=text)
    for n, kind in enumerate(world.orgs):
        Organization.objects.create(name=f"Huvudman {n}", kind=kind, hsa_id=f"SE{5560000100 + n}-0001")
    orgs = list(Organization.objects.order_by("pk"))[-len(world.orgs) :]
    for u in world.units:
        made.units[u.key] = Unit.objects.create(
            organization=orgs[u.org], name=f"Enhet {u.key}", kind=u.kind, area=made.area, hsa_id=f"SE5560000100-U{u.key}",
            phone="0980-319 201",
        )  # fmt: skip
    _accounts(made)
    for person in world.persons if persons is None else [world.persons[key] for key in persons]:
        add(made, person)
    return made


def add(made: Written, person: plain.Person) -> None:
    """One person and everything about her; a twin world gets her after the other was looked at."""
    _person(made, person)
    for row in made.world.rows:
        if row.person == person.key:
            made.rows[row.key] = WRITERS[row.kind](made, row, made.persons[person.key])


def _accounts(made: Written) -> None:
    world = made.world
    numbers = {a.account for a in world.assignments} | {p.account for p in world.persons if p.account is not None}
    for number in sorted(numbers | {x.account for x in world.relatives}):
        made.users[number] = User.objects.create_user(f"konto{number}")
    staff: dict[int, Staff] = {}
    for a in world.assignments:
        if a.account not in staff:
            staff[a.account] = Staff.objects.create(
                given_name=f"Kollega{a.account}", family_name="Prov", hsa_id=f"SE5560000100-S{a.account}",
                user=made.users[a.account],
            )  # fmt: skip
        row = Assignment.objects.create(
            staff=staff[a.account], unit=made.units[a.unit.key], role=a.role, title=a.role, starts_on=_day(a.starts),
            ends_on=_day(a.ends),
        )  # fmt: skip
        row.covers.set([made.units[u.key] for u in a.covers])
        made.assignments[a.key] = row


def _person(made: Written, p: plain.Person) -> None:
    born = clock.today().replace(day=1) - timedelta(days=366 * p.age)
    made.persons[p.key] = Person.objects.create(
        identity_kind="reserve", identity_number=number_of(p), given_name=f"Namn{p.key}", family_name=f"Efternamn{p.key}",
        birth_date=born, area=made.area, street="Testgatan 1", city="Heby", phone="070-174 06 05",
        protection="sekretessmarkering" if p.protected else "none",
        user=made.users[p.account] if p.account is not None else None,
    )  # fmt: skip
    for x in made.world.relatives:
        if x.person == p.key:
            made.relatives[x.key] = Relative.objects.create(
                person=made.persons[p.key], given_name=f"Nära{x.key}", family_name="Prov", relation="dotter", role=x.role,
                reads=x.reads, writes=x.writes, starts_on=_day(x.starts), ends_on=_day(x.ends), user=made.users[x.account],
            )  # fmt: skip


def number_of(p: plain.Person) -> str:
    """A reserve number: never a computed personnummer."""
    return f"{clock.today().replace(day=1) - timedelta(days=366 * p.age):%Y%m%d}K9{p.key:02d}"


def _relation(made: Written, row: plain.Row, person: Person) -> Any:
    return CareRelation.objects.create(
        person=person, unit=made.units[row.unit.key], reason="vård", starts_on=_day(row.starts), ends_on=_day(row.ends)
    )


def _party(made: Written, row: plain.Row, person: Person) -> Any:
    gone = clock.now() if row.withdrawn else None
    return Party.objects.create(
        person=person, unit=made.units[row.unit.key], said="Ja", said_by="jag", form="spoken", withdrawn_at=gone
    )


def _capacity(made: Written, row: plain.Row, person: Person) -> Any:
    return Capacity.objects.create(
        person=person, ground=row.ground, assessed_by="x", basis="x", represented_by="x", attitude="x",
        review_on=_day(30), starts_on=_day(row.starts), ends_on=_day(row.ends),
    )  # fmt: skip


def _plan(made: Written, row: plain.Row, person: Person) -> Any:
    return CarePlan.objects.create(person=person, words="Jag vill bo kvar.")


def _part(model: Any, **values: Any) -> Any:
    return lambda made, row, person: model.objects.create(plan=made.rows[row.plan.key], **values)


def _situation(made: Written, row: plain.Row, person: Person) -> Any:
    return Situation.objects.create(
        plan=made.rows[row.plan.key], trigger="Om jag blir yr", steps_person="Sätt dig.", call_unit=made.units[0]
    )


def _event(made: Written, row: plain.Row, person: Person) -> Any:
    return PlanEvent.objects.create(plan=made.rows[row.plan.key], at=clock.now(), title="Hemkomst")


def _followup(made: Written, row: plain.Row, person: Person) -> Any:
    return FollowUp.objects.create(plan=made.rows[row.plan.key], due_on=_day(20), note="Så blev det")


def _action(made: Written, row: plain.Row, person: Person) -> Any:
    action = Action.objects.create(
        plan=made.rows[row.plan.key], title="Insulin", rrule="FREQ=DAILY", by=row.by, shared_outside=row.outside,
        unit=made.units[row.unit.key] if row.unit else None,
        relative=made.relatives[row.relative.key] if row.relative else None,
    )  # fmt: skip
    for unit in row.along:
        action.participants.create(unit=made.units[unit.key])
    return action


def _proposal(made: Written, row: plain.Row, person: Person) -> Any:
    return Proposal.objects.create(
        action=made.rows[row.action.key], text="Kan ni?", by_name="x", kind="take" if row.unit else "change",
        asked_unit=made.units[row.unit.key] if row.unit else None,
    )  # fmt: skip


def _note(made: Written, row: plain.Row, person: Person) -> Any:
    relative = made.relatives[row.relative.key]
    return RelativeNote.objects.create(
        plan=made.rows[row.plan.key], relative=relative, words="Så är det för mig", shared=row.shared
    )


def _meeting(made: Written, row: plain.Row, person: Person) -> Any:
    start, by = clock.now() + timedelta(days=7), made.assignments[row.by.key]
    meeting = Meeting.objects.create(
        person=person, plan=made.rows[row.plan.key], kind="sip", starts_at=start, ends_at=start + timedelta(hours=1),
        place="Köket", link="https://video.test/rum", called_by=by, called_unit=by.unit,
    )  # fmt: skip
    Attendee.objects.create(meeting=meeting, kind="person")
    for unit in row.units:
        outside = unit.org_kind == "outside"
        Attendee.objects.create(meeting=meeting, kind="unit", unit=made.units[unit.key], outside=outside)
    for x in row.relatives:
        Attendee.objects.create(meeting=meeting, kind="relative", relative=made.relatives[x.key])
    return meeting


def _entry(made: Written, row: plain.Row, person: Person) -> Any:
    unit, now = made.units[row.unit.key], clock.now()
    there = [a for a in made.world.assignments if a.unit == row.unit] or made.world.assignments
    row.facts["writer"] = there[0].key
    writer = made.assignments[there[0].key]
    entry = Entry.objects.create(
        person=person, unit=unit, organization=unit.organization, social=unit.kind in SOCIAL, title="Hembesök", text="Mår bra",
        happened_at=now - timedelta(hours=1), assignment=writer, by_name="x", written_at=now,
        signed_at=now if row.signed else None, signed_by="x" if row.signed else "",
    )  # fmt: skip
    EntryVersion.objects.create(
        entry=entry, number=1, kind=entry.kind, title=made.text(),
        text=made.text(), happened_at=entry.happened_at,
        assignment=writer, by_name=made.text(),
    )  # fmt: skip
    return entry


def _block(made: Written, row: plain.Row, person: Person) -> Any:
    unit, lifted = made.units[row.unit.key], clock.now() if row.lifted else None
    where = {"person": person, "organization": unit.organization, "social": unit.kind in SOCIAL, "lifted_at": lifted}
    same = Block.objects.filter(**where, unit=unit if row.inner else None).first()
    return same or Block.objects.create(**where, unit=unit if row.inner else None, by_name="x")


def _told(made: Written, row: plain.Row, person: Person) -> Any:
    return Information.objects.create(person=person, form="spoken", told_by=made.assignments[0], told_by_name="x")


def _yes(made: Written, row: plain.Row, person: Person) -> Any:
    unit = made.units[row.unit.key]
    return ReadingConsent.objects.create(
        person=person, organization=unit.organization, social=unit.kind in SOCIAL, said="ja", form="spoken",
        until={"over": _day(-1), "today": _day(0)}.get(row.state),
        withdrawn_at=clock.now() if row.state == "back" else None,
    )  # fmt: skip


def _reading(made: Written, row: plain.Row, person: Person) -> Any:
    return Reading.objects.create(
        person=person, assignment=made.assignments[row.by.key], ground=row.ground, why="x", day=_day(0 if row.today else -1),
        entry=made.rows[row.entry.key] if row.entry else None, at=clock.now() + timedelta(microseconds=row.key),
    )  # fmt: skip


def _lift(made: Written, row: plain.Row, person: Person) -> Any:
    block, by = made.rows[row.block.key], made.assignments[row.by.key]
    same = LiftRequest.objects.filter(block=block, assignment=by).first()
    return same or LiftRequest.objects.create(
        block=block, person=person, assignment=by, unit=by.unit, asked_by="x", why="x"
    )


def _case(made: Written, row: plain.Row, person: Person) -> Any:
    return Case.objects.create(
        subject="Fråga", urgency="today", sender_kind="relative" if row.sender else "staff", person=person,
        unit=made.units[row.unit.key], sender_relative=made.relatives[row.sender.key] if row.sender else None,
        sender_staff=made.assignments[row.staff.key] if row.staff else None, only_sender=row.only_sender,
        owner=made.assignments[row.owner.key] if row.owner else None,
        handed_unit=made.units[row.handed.key] if row.handed else None,
    )  # fmt: skip


WRITERS = {
    "relation": _relation, "party": _party, "capacity": _capacity, "plan": _plan, "situation": _situation, "event": _event,
    "goal": _part(Goal, words="Gå ut"), "followup": _followup, "action": _action, "proposal": _proposal, "note": _note,
    "entry": _entry, "block": _block, "told": _told, "yes": _yes, "reading": _reading, "lift": _lift, "case": _case,
    "meeting": _meeting,
}  # fmt: skip
