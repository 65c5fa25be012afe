"""Meetings of the demo county, made through the services as the staff would, each at its own moment. Twice adds nothing."""

from datetime import timedelta
from typing import Any

import yaml

from samband.core import clock
from samband.core.policy import Actor
from samband.demo import source
from samband.demo.county import County
from samband.demo.moments import day, moment, of_day, workday
from samband.demo.source import DATA
from samband.meetings.models import Attendee, Meeting
from samband.meetings.services import agenda, calls, decisions, invites, minutes
from samband.meetings.services.decisions import Task
from samband.meetings.services.invites import Guests
from samband.people.models import Assignment, Person, Relative
from samband.plans.services.summary import open_plan


def load(county: County) -> None:
    """All of them, where there is none yet."""
    if Meeting.objects.exists():
        return
    rows = yaml.load(
        (DATA / "meetings.yaml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    for row in rows:
        person = person_of(row["person"])
        if person is not None and open_plan(person) is not None:
            _meeting(row, person, county)


def person_of(key: str) -> Person | None:
    from samband.core.ids import parse_identity

    row = next((row for row in source.persons() if row["key"] == key), None)
    return Person.objects.filter(identity_number=parse_identity(row["number"]).number).first() if row else None


def staff_actor(row: Assignment) -> Actor:
    """Somebody of staff, as she acts when she is logged in."""
    units = [row.unit_id, *row.covers.values_list("pk", flat=True)]
    return Actor(
        kind="staff", name=row.staff.full_name, label=f"{row.title}, {row.unit.name}", role=row.role, assignment_id=row.pk,
        staff_id=row.staff_id, unit_id=row.unit_id, unit_ids=tuple(dict.fromkeys(units)),
        organization_id=row.unit.organization_id, org_kind=row.unit.organization.kind,
    )  # fmt: skip


def near_actor(person: Person, relative: Relative | None = None) -> Actor:
    if relative is None:
        return Actor(kind="person", name=person.full_name, label=person.full_name, person_id=person.pk)
    return Actor(
        kind="relative", name=relative.full_name, label=relative.relation, role=relative.role, person_id=person.pk,
        relative_id=relative.pk,
    )  # fmt: skip


def _meeting(row: dict[str, Any], person: Person, county: County) -> None:
    starts = clock.at(workday(day(row["day"])), of_day(row["at"]))
    ends = starts + timedelta(minutes=row["minutes"])
    by = staff_actor(county.assignment(row["by"]))
    guests = Guests(
        person=True,
        relatives=tuple(Relative.objects.filter(person=person, given_name__in=row["relatives"])),
        units=tuple(county.units[key] for key in row["units"]),
        staff=tuple(county.assignment(*pair) for pair in row["staff"]),
    )
    wanted = calls.Call(
        row["kind"],
        starts,
        ends,
        guests,
        place=row["place"],
        link=row.get("link", ""),
        items=tuple(row.get("items", [])),
    )
    with clock.frozen(min(moment(*row["called"]), starts - timedelta(days=1))):
        meeting = calls.call(by, person, wanted)
    with clock.frozen(min(clock.now(), starts) - timedelta(minutes=50)):
        for item in row.get("answers", []):
            _answer(meeting, item, person, county)
        for item in row.get("talk", []):
            agenda.add(near_actor(person), meeting, item["words"])
    if "summary" in row:
        _hold(meeting, row, by, county)


def _answer(meeting: Meeting, item: dict[str, Any], person: Person, county: County) -> None:
    who = item["who"]
    if len(who) == 2:
        assignment = county.assignment(*who)
        actor = staff_actor(assignment)
        rows = Attendee.objects.filter(meeting=meeting)
        own = rows.filter(kind=Attendee.Kind.STAFF, assignment=assignment).first()
        row = own or rows.get(kind=Attendee.Kind.UNIT, unit=assignment.unit)
        invites.answer(actor, row, item["answer"], item.get("note", ""), assignment if item.get("coming") else None)
        return
    near = Relative.objects.filter(person=person, user__username=who[0]).first()
    kind = Attendee.Kind.RELATIVE if near else Attendee.Kind.PERSON
    row = Attendee.objects.get(meeting=meeting, kind=kind, **({"relative": near} if near else {}))
    invites.answer(near_actor(person, near), row, item["answer"], item.get("note", ""))


def _hold(meeting: Meeting, row: dict[str, Any], by: Actor, county: County) -> None:
    """Held, written down, decided, closed."""
    with clock.frozen(meeting.starts_at):
        meeting = minutes.start(by, meeting)
        for kind, words in row.get("notes", {}).items():
            item = meeting.items.filter(kind=kind).first()
            if item is not None:
                minutes.save_notes(by, item, words, item.version)
        for item in row.get("decisions", []):
            task = Task(
                item["title"], county.units[item["unit"]], detail=item["detail"], on=workday(day(item["day"])),
                at=of_day(item.get("at")),
            )  # fmt: skip
            decisions.action(by, meeting, task, meeting.items.filter(kind="own").first())
    with clock.frozen(meeting.ends_at):
        minutes.finish(by, meeting, row["summary"], row["said"], row["said_note"], meeting.version)
