"""Generates persons a batch at a time: what a batch wrote stays, so that a stopped run goes on where it was."""

import random
import time
from collections.abc import Callable

from django.db import transaction

from samband.core import clock
from samband.demo.county import County
from samband.demo.generator import agreeing, care, planning
from samband.demo.generator.persons import Made, make
from samband.demo.generator.places import Places
from samband.demo.generator.rows import Rows
from samband.people.models import Person
from samband.plans.services import next_step

BATCH = 500


def generate(number: int, seed: int, county: County, say: Callable[[str], None] = lambda _line: None) -> int:
    """Persons 0 to `number` of the seed, those that are not there yet. Returns how many were new."""
    places, added, begun = Places(county, seed), 0, time.monotonic()
    for first in range(0, number, BATCH):
        last = min(first + BATCH, number)
        added += _batch(range(first, last), seed, places)
        if number > BATCH:
            say(f"{last:>7} of {number} persons, {time.monotonic() - begun:.0f} s")
    return added


@transaction.atomic
def _batch(indexes: range, seed: int, places: Places) -> int:
    today = clock.today()
    made = [make(seed, index, today) for index in indexes]
    known = set(
        Person.objects.filter(identity_number__in=[one.number for one in made]).values_list(
            "identity_number", flat=True
        )
    )
    rows = Rows()
    for one in made:
        if one.number not in known:
            known.add(one.number)
            _person(rows, one, seed, places)
    rows.write()
    next_step.refresh_many(rows.plans)
    return len(rows.persons)


def _person(rows: Rows, made: Made, seed: int, places: Places) -> None:
    rng = random.Random(f"{seed}:{made.index}:care")
    today = clock.today()
    person = care.person_row(made, places.county)
    rows.persons.append(person)
    care.flags(rows, person, made, rng)
    near = care.relatives(rows, person, made, rng, today)
    units = care.units_of(made, places)
    care.access(rows, person, made, units, places, rng, clock.now())
    care.capacity(rows, person, made, near, rng, today)
    care.contacts(rows, person, units, places, rng, today)
    planning.plan(rows, person, made, units, near, places, rng, today)
    agreeing.agree(rows, person, units, random.Random(f"{seed}:{made.index}:agreement"), today)
