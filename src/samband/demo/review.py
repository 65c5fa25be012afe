"""The reviewer's work: a log to look through, the sample of last month, some checks done. Twice adds nothing."""

import random
from datetime import date, datetime, time, timedelta

from django.db import transaction

from samband.core import clock
from samband.core.policy import Actor
from samband.demo import looking, odd
from samband.demo.county import County
from samband.demo.meetings import staff_actor
from samband.review.models import Check, Run
from samband.review.services import checks, runs, samples

DONE = 0.6
SAID = (
    "Besök samma dag, står i journalen.",
    "Ringde personen om provsvaret.",
    "Följde upp efter hembesöket.",
    "Planerade veckans insatser.",
)


@transaction.atomic
def load(county: County) -> None:
    """After the persons are in place, where no run has been made yet."""
    if Run.objects.exists():
        return
    reviewer = county.assignment("peter_skoog")
    organization = reviewer.unit.organization_id
    days = looking.Days(organization, county)
    days.fill()
    odd.plant(days)
    looking.write(days.looks)
    actor = staff_actor(reviewer)
    begins = clock.today().replace(day=1)
    with clock.frozen(_at(begins, 7, 30)):
        made = samples.draw_month(organization, samples.last_month())
    for one in made:
        _work(list(one.checks.all()), actor, begins)
    run = runs.begin(organization)
    if run is not None:
        runs.work(run)


def _at(day: date, hour: int, minute: int) -> datetime:
    return min(clock.at(day, time(hour, minute)), clock.now())


def _work(rows: list[Check], actor: Actor, begins: date) -> None:
    """The reviewer goes through more than half of a sample during the month after."""
    rng = random.Random(f"{begins}:{len(rows)}:{rows[0].unit_id if rows else 0}")
    for number, row in enumerate(rows):
        if rng.random() > DONE:
            continue
        with clock.frozen(_at(begins + timedelta(3 + number % 10), 9, number % 60)):
            if number % 3 == 0:
                checks.step(actor, row, "asked", "Enhetschefen", "Vad gällde läsningen?")
            checks.step(actor, row, "justified", words=rng.choice(SAID))
