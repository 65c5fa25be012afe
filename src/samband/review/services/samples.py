"""The month's sample of each unit: drawn once, from a seed that is kept, so that anybody can draw it again (A2)."""

import secrets
from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction

from samband.core import audit, clock
from samband.core.policy import Actor
from samband.people.models import Unit
from samband.review.models import Sample
from samband.review.rules.facts import Visit
from samband.review.rules.sampling import draw
from samband.review.services import checks, practice
from samband.review.services.gather import gather


def bounds(period: str) -> tuple[date, date]:
    """First and last day of `YYYY-MM`."""
    first = date.fromisoformat(f"{period}-01")
    return first, (first + timedelta(31)).replace(day=1) - timedelta(1)


def last_month(on: date | None = None) -> str:
    return f"{(on or clock.today()).replace(day=1) - timedelta(1):%Y-%m}"


def drawn(organization_id: int, period: str) -> bool:
    """Whether every unit that anything was opened from has its sample; a month nobody opened anything in counts as drawn."""
    return not missing(organization_id, period)


def missing(organization_id: int, period: str) -> dict[int, list[Visit]]:
    """The openings of the month by unit, for units that have no sample yet."""
    first, last = bounds(period)
    known = set(Sample.objects.filter(organization_id=organization_id, period=period).values_list("unit_id", flat=True))
    by_unit: dict[int, list[Visit]] = defaultdict(list)
    for visit in gather(organization_id, first, last, first).visits:
        if visit.unit not in known:
            by_unit[visit.unit].append(visit)
    return by_unit


def draw_month(organization_id: int, period: str, actor: Actor | None = None) -> list[Sample]:
    """A sample for each unit of the organisation that has none; units that nothing was opened from get none."""
    _figures, size = practice.of(organization_id)
    waiting = missing(organization_id, period)
    with transaction.atomic():
        # Two who press at once: the second waits here, and finds what the first drew.
        list(Unit.objects.select_for_update().filter(pk__in=list(waiting)).order_by("pk"))
        known = set(Sample.objects.filter(unit_id__in=list(waiting), period=period).values_list("unit_id", flat=True))
        made = [
            _draw(organization_id, unit, period, visits, size, actor)
            for unit, visits in sorted(waiting.items())
            if unit not in known
        ]
        if actor and made:
            audit.record(actor, "audit.run", rule="A2", period=period, samples=len(made))
    return made


def _draw(organization_id: int, unit: int, period: str, visits: list[Visit], size: int, actor: Actor | None) -> Sample:
    sample = Sample.objects.create(
        organization_id=organization_id, unit_id=unit, period=period, seed=secrets.token_hex(8), size=size,
        population=len(visits), drawn_at=clock.now(), drawn_by_id=actor.assignment_id if actor else None,
    )  # fmt: skip
    checks.from_sample(sample, draw(visits, size, sample.seed), actor or checks.SYSTEM)
    return sample


def again(sample: Sample) -> list[Visit]:
    """The same sample out of the log once more: what shows that nobody chose it."""
    first, last = bounds(sample.period)
    visits = [v for v in gather(sample.organization_id, first, last, first).visits if v.unit == sample.unit_id]
    return draw(visits, sample.size, sample.seed)
