"""What a unit lends of its staff to other organisations' visits on a day: competence, area, weekday, time, hours a week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from samband.core import clock
from samband.people.models.staff import current
from samband.resources.models import DayPlan, Loan, Placement, Pool


@dataclass(frozen=True)
class Offer:
    """What a part would borrow: asked of every loan."""

    part: int
    organization: int
    competence: str
    area: int | None
    starts: datetime
    ends: datetime
    minutes: int
    priority: int
    own: int  # how many of its own organisation could do it


def lenders(pool: Pool, day: date, offers: Iterable[Offer], names: dict[int, int]) -> dict[int, frozenset[int]]:
    """Part → units that lend to it. `names`: unit → its organisation, for the units that have somebody there.

    A limit of hours a week is kept beforehand: the parts that most need it are let through until their minutes reach it.
    """
    found: dict[int, set[int]] = defaultdict(set)
    offers = list(offers)
    for loan in _loans(pool, day):
        if loan.unit_id not in names or str(day.weekday()) not in loan.weekdays:
            continue
        areas = {a.pk for a in loan.areas.all()}
        mine = [o for o in offers if o.organization != names[loan.unit_id] and _covers(loan, areas, day, o)]
        for offer in _within(mine, _left(loan, day)):
            found[offer.part].add(loan.unit_id)
    return {part: frozenset(units) for part, units in found.items()}


def _loans(pool: Pool, day: date) -> list[Loan]:
    return list(Loan.objects.filter(current(day), pool=pool).select_related("unit").prefetch_related("areas"))


def _covers(loan: Loan, areas: set[int], day: date, offer: Offer) -> bool:
    base = "assistant" if offer.competence == "delegated" else offer.competence
    if loan.competences and not {offer.competence, base} & set(loan.competences):
        return False
    if areas and offer.area not in areas:
        return False
    if loan.time_from and offer.starts < clock.at(day, loan.time_from):
        return False
    if not loan.time_to:
        return True
    over = bool(loan.time_from and loan.time_to <= loan.time_from)
    return offer.ends <= clock.at(day + timedelta(days=over), loan.time_to)


def _left(loan: Loan, day: date) -> float | None:
    """Minutes of the week that are not lent yet, by what is published of its other days; None: no limit."""
    if loan.hours is None:
        return None
    monday = day - timedelta(days=day.weekday())
    lent = Placement.objects.filter(
        plan__pool=loan.pool, plan__status=DayPlan.Status.PUBLISHED, plan__day__range=(monday, monday + timedelta(days=6)),
        shift__assignment__unit=loan.unit,
    ).exclude(plan__day=day).exclude(part__unit__organization_id=F("shift__assignment__unit__organization_id"))  # fmt: skip
    used = sum((end - start).total_seconds() / 60 for start, end in lent.values_list("starts_at", "ends_at"))
    return max(0.0, loan.hours * 60 - used)


def _within(offers: list[Offer], left: float | None) -> list[Offer]:
    if left is None:
        return offers
    kept = []
    for offer in sorted(offers, key=lambda o: (o.own, -o.priority, o.minutes, o.part)):
        if offer.minutes <= left:
            kept.append(offer)
            left -= offer.minutes
    return kept
