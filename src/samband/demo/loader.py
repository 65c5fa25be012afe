"""Loads the demo county: all of it or nothing, and nothing twice."""

from dataclasses import dataclass

from django.db import transaction

from samband.demo import (
    contact,
    county,
    guidelines,
    meetings,
    notices,
    plans,
    records,
    resources,
    rooms,
    sheets,
    source,
    standing,
    stories,
)
from samband.dialogue.services import shipped as dialogue
from samband.library.services import shipped as library
from samband.people.models import Person
from samband.plans.services import next_step


@dataclass(frozen=True)
class Loaded:
    """What there is afterwards, and how many persons were new."""

    county: county.County
    added: int


@transaction.atomic
def load() -> Loaded:
    """The county and the stories. Persons who are there already are left as they are, with what was written since."""
    found = county.load()
    made = []
    added: dict[str, Person] = {}
    for row in source.persons():
        person = stories.load_person(row, found)
        if person is None:
            continue
        added[row["key"]] = person
        near = stories.load_relatives(person, row)
        if source.plan_of(row):
            made.append(plans.load_plan(person, row, near, found))
    next_step.refresh_many(made)
    standing.load(found, added)
    contact.load(found)
    meetings.load(found)
    records.load(found)
    resources.load(found)
    library.load()
    sheets.load()
    dialogue.load()
    rooms.load(found)
    guidelines.load(found)
    notices.load()
    return Loaded(found, len(added))


def is_loaded() -> bool:
    """Whether the main story is in the database."""
    return Person.objects.filter(identity_number=source.persons()[0]["number"]).exists()
