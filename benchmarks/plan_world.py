"""What the lines of the plan are measured on, put into a copy of the county: long plans, cases, notices, meetings, templates."""

import random
from datetime import timedelta

from django.db import transaction

from benchmarks.long_plans import lengthen
from benchmarks.readers import Readers
from samband.access.models import Party
from samband.contact.models import Case
from samband.core import clock
from samband.core.policy import Actor
from samband.demo.meetings import staff_actor
from samband.library.models import Definition
from samband.library.services import drafting, using
from samband.meetings.models import Attendee, Meeting
from samband.meetings.services import calls, minutes
from samband.meetings.services.invites import Guests
from samband.notices.models import Delivery, Notice, Recipient
from samband.people.models import Assignment, Person, Unit
from samband.plans.models import CarePlan

LONG, CASES, NOTICES, MEETINGS = 24, 100_000, 50_000, 5_000
BATCH = 2000


def fill(readers: Readers, cases: int = CASES) -> list[Person]:
    """Everything, and the persons whose plans are long; the first of them have an account."""
    rng = random.Random(11)
    actor = staff_actor(Assignment.objects.get(staff__user__username="bench-coordinator"))
    persons = readers.sample[:LONG]
    with transaction.atomic():
        for person in persons:
            plan = CarePlan.objects.get(person=person, status="active")
            Party.objects.get_or_create(
                person=person, unit=readers.unit, withdrawn_at=None, defaults={"said": "Ja.", "said_by": person.given_name}
            )  # fmt: skip
            lengthen(plan, [readers.unit, *using.parties(plan)], rng)
            _meeting(actor, person, readers.unit)
        _templates(actor, persons, readers.unit)
        _cases(cases)
        _notices([*Assignment.objects.filter(staff__user__username__startswith="bench-")])
        _meetings(readers.unit)
    return persons


def _meeting(actor: Actor, person: Person, unit: Unit) -> None:
    """One called for next week; one that goes on now."""
    for days, begun in ((7, False), (0, True)):
        at = clock.now() + timedelta(days=days, minutes=10)
        with clock.frozen(clock.now() - timedelta(days=3)):
            made = calls.call(actor, person, calls.Call(
                "sip", at, at + timedelta(minutes=60), Guests(person=True, units=(unit,)), place="Hemma hos personen",
                items=("Hur har veckan varit?", "Vad gör vi om det blir sämre?"),
            ))  # fmt: skip
        if begun:
            minutes.start(actor, made)


def _templates(actor: Actor, persons: list[Person], unit: Unit) -> None:
    """Two templates are used in every long plan; of one there is a newer version to answer."""
    rows = [d for d in Definition.objects.filter(kind="plan", retired_at__isnull=True) if using.current(d)][:2]
    for person in persons:
        plan = CarePlan.objects.get(person=person, status="active")
        for row in rows:
            version = using.current(row)
            offered = [o for o in using.offered(plan, version) if not (o.there or o.wrong)]
            # Everything at the one unit: a school that is proposed could not take part before the person had said yes to it.
            using.use(actor, plan, version, [using.Choice(o.part["key"], unit) for o in offered])
    admin = next(a for a in Assignment.objects.filter(role="administrator"))
    writer = staff_actor(admin)
    draft = drafting.draft_of(writer, rows[0])
    parts = [{**p, "fields": {**p["fields"], **({"detail": "Nytt i den här versionen."} if "detail" in p["fields"] else {})}}
             for p in draft.parts]  # fmt: skip
    drafting.publish(writer, drafting.save_parts(writer, draft, parts, draft.lock), "Tydligare.", True, draft.lock)


def _cases(count: int) -> None:
    """In every unit; one in five open, one in thirty about somebody with a plan."""
    units, persons = list(Unit.objects.all()), list(Person.objects.all()[:2000])
    now, rows = clock.now(), []
    for n in range(count):
        case = Case(
            subject=f"Fråga {n}", urgency=Case.Urgency.values[n % 4], sender_kind="caller", unit=units[n % len(units)],
            opened_at=now - timedelta(minutes=n % 90_000), closed_at=None if n % 5 == 0 else now - timedelta(minutes=n % 5_000),
            person=persons[n % len(persons)] if n % 30 == 0 else None, about=f"Namn {n % 997}",
        )  # fmt: skip
        case.fill_keys()
        rows.append(case)
    Case.objects.bulk_create(rows, batch_size=BATCH)


def _notices(mine: list[Assignment]) -> None:
    """In the county's inboxes; every hundredth is for one of those who measure, and one in five is not read."""
    others = list(Assignment.objects.exclude(pk__in=[a.pk for a in mine])[:800])
    persons, now = list(Person.objects.filter(plans__status="active")[:2000]), clock.now()
    notices = [
        Notice(kind="plan.approved", person=(p := persons[n % len(persons)]), url=f"/persons/{p.public_id}/agreement/",
               told_at=now - timedelta(minutes=n))
        for n in range(NOTICES)
    ]  # fmt: skip
    Notice.objects.bulk_create(notices, batch_size=BATCH)
    readers = [mine[n // 100 % len(mine)] if n % 100 == 0 else others[n % len(others)] for n in range(NOTICES)]
    put = [Recipient(notice=row, assignment=who, since=row.told_at) for row, who in zip(notices, readers, strict=True)]
    Recipient.objects.bulk_create(put, batch_size=BATCH)
    Delivery.objects.bulk_create(
        [
            Delivery(notice=row.notice, recipient=row, assignment=row.assignment, at=row.since,
                     read_at=None if n // 100 % 5 == 0 else now)
            for n, row in enumerate(put)
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _meetings(unit: Unit) -> None:
    """In the county's plans, around today: what the lists choose among."""
    plans = list(CarePlan.objects.filter(status="active").order_by("pk")[100 : 100 + MEETINGS])
    caller, now = Assignment.objects.filter(unit=unit).first(), clock.now()
    rows = []
    for n, plan in enumerate(plans):
        at = now + timedelta(days=n % 60 - 30, hours=n % 9)
        rows.append(Meeting(
            person_id=plan.person_id, plan=plan, status="finished" if at < now else "called", starts_at=at,
            ends_at=at + timedelta(hours=1), place="Vårdcentralen", called_by=caller, called_unit=unit,
        ))  # fmt: skip
    Meeting.objects.bulk_create(rows, batch_size=BATCH)
    called = [Attendee(meeting=row, kind="unit", unit=unit) for row in rows]
    called += [Attendee(meeting=row, kind="person", answer="comes") for row in rows]
    Attendee.objects.bulk_create(called, batch_size=BATCH)
