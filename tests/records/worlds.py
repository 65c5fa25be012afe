"""Entries of two providers about the person of the world, and what hangs on them; every text carries the mark."""

from datetime import datetime, timedelta

from samband.access.models import CareRelation
from samband.core import clock
from samband.people.models import Assignment, Person, Unit
from samband.records.models import (
    Attachment,
    Block,
    Copy,
    Entry,
    EntryVersion,
    ExtractOrder,
    LiftRequest,
    ReadingConsent,
    Share,
)
from samband.records.services import entries
from samband.records.services.entries import Written
from samband.records.services.facts import social
from tests.worlds import MARK, World


def put(person: Person, unit: Unit, title: str = "Hembesök", signed: bool = True, at: datetime | None = None) -> Entry:
    """An entry by the first who works at the unit, with its first version, without asking anybody."""
    writer = Assignment.objects.filter(unit=unit).order_by("pk")[0]
    now = clock.now()
    entry = Entry.objects.create(
        person=person, unit=unit, organization=unit.organization, social=social(unit), title=f"{title} {MARK}",
        text=f"Mår bättre. {MARK}", happened_at=at or now - timedelta(hours=1), assignment=writer, by_name=f"Test {MARK}",
        written_at=now, signed_at=now if signed else None, signed_by=f"Test {MARK}" if signed else "",
    )  # fmt: skip
    EntryVersion.objects.create(
        entry=entry, number=1, kind=entry.kind, title=entry.title, text=entry.text, happened_at=entry.happened_at,
        assignment=writer, by_name=entry.by_name,
    )  # fmt: skip
    return entry


def written(title: str = "Läkarbesök", text: str = "Blodtrycket är bra.", **more) -> Written:
    return Written(**{"kind": "note", "title": title, "text": text, "happened_at": clock.now(), **more})


def write(world: World, who: str, signed: bool = True, **more) -> Entry:
    """As somebody writes it."""
    return entries.write(world.actor(who), world.person, written(**more), signed)


def things(world: World) -> dict:
    """One of each, for the walk through every URL."""
    found = Entry.objects.filter(person=world.person).first() or put(world.person, world.units["nursing"])
    block, _new = Block.objects.get_or_create(
        person=world.person,
        organization=found.organization,
        social=False,
        lifted_at=None,
        defaults={"by_name": MARK, "said": MARK},
    )
    gp = Assignment.objects.get(staff__user=world.users["gp"])
    request, _new = LiftRequest.objects.get_or_create(
        block=block, person=world.person, assignment=gp, defaults={"unit": gp.unit, "asked_by": MARK, "why": MARK}
    )
    consent, _new = ReadingConsent.objects.get_or_create(
        person=world.person, organization=gp.unit.organization, defaults={"said": MARK, "form": "spoken"}
    )
    share, _new = Share.objects.get_or_create(
        person=world.person, relative=world.things["husband"], everything=True, defaults={"until": clock.today()}
    )
    attachment, _new = Attachment.objects.get_or_create(
        entry=found, name=f"{MARK}.pdf", assignment=found.assignment,
        defaults={"file": "records/no-such-file", "kind": "pdf", "size": 1, "sha256": "0" * 64, "since_version": 1},
    )  # fmt: skip
    copy, _new = Copy.objects.get_or_create(
        person=world.person, organization=found.organization, unit=found.unit, assignment=found.assignment,
        defaults={"recipient": MARK, "ground": "own", "basis": MARK, "form": "paper", "by_name": MARK},
    )  # fmt: skip
    order, _new = ExtractOrder.objects.get_or_create(person=world.person, by_name=MARK, request="")
    return {
        "copy": copy,
        "extractorder": order,
        "attachment": attachment,
        "entry": found,
        "block": block,
        "liftrequest": request,
        "consent": consent,
        "share": share,
    }


def takes_part(world: World, unit: str) -> None:
    """Another unit takes part in her care."""
    CareRelation.objects.get_or_create(person=world.person, unit=world.units[unit], defaults={"reason": "inskriven"})
