"""Entries of the county's providers about the persons of the stories, written through the services as staff write them."""

from datetime import timedelta
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from samband.core import clock
from samband.core.uploads import Checked
from samband.demo.county import County
from samband.demo.meetings import near_actor, person_of, staff_actor
from samband.demo.moments import moment
from samband.demo.source import DATA
from samband.people.models import Person
from samband.records.models import Entry
from samband.records.services import attachments, entries, near
from samband.records.services.entries import Written


def load(county: County) -> None:
    """All of them, where there is none yet."""
    if Entry.objects.exists():
        return
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for row in yaml.load((DATA / "records.yaml").read_text(encoding="utf-8"), Loader=loader):
        person = person_of(row["person"])
        if person is not None:
            _of(person, row, county)


def _of(person: Person, row: dict[str, Any], county: County) -> None:
    for one in row["entries"]:
        at = moment(*one["at"])
        with clock.frozen(at):
            actor = staff_actor(county.assignment(*one["by"]))
            wanted = Written(one["kind"], one["title"], one["text"], at)
            entries.write(actor, person, wanted, signed=True, found=_files(one))
    if said := row.get("dissent"):
        entry = Entry.objects.get(person=person, title=said["entry"])
        entries.dissent(near_actor(person), entry, said["words"])
    if shared := row.get("share"):
        _share(person, shared)


def _files(one: dict[str, Any]) -> list[Checked]:
    return [attachments.look(SimpleUploadedFile(f["name"], f["text"].encode())) for f in (one.get("file"),) if f]


def _share(person: Person, shared: dict[str, Any]) -> None:
    relative = near.may_be_asked(person).filter(user__username=shared["with"]).first()
    if relative is not None:
        until = clock.today() + timedelta(days=shared["days"])
        near.give(near_actor(person), person, near.Wanted(str(relative.public_id), True, (), (), until))
