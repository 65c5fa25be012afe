"""P7: by the worker's clock, whoever is near the person hears that the assessment is to be made again."""

from django.db import transaction
from django.db.models import F, Q

from samband.access.models import Capacity
from samband.core import clock
from samband.people.models.staff import current
from samband.plans.services import telling

BATCH = 200


def remind_due() -> int:
    """Tell of each review whose day has come, once for each day that is set. Safe to run twice; returns how many."""
    told = 0
    while batch := _batch():
        told += batch
    return told


@transaction.atomic
def _batch() -> int:
    fresh = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("review_on"))
    rows = Capacity.objects.filter(current(), fresh, review_on__lte=clock.today(), person__deceased_on__isnull=True)
    due = list(rows.select_for_update(of=("self",)).select_related("person").order_by("pk")[:BATCH])
    for row in due:
        row.reminded_for = row.review_on
        telling.review(row.person, row)
    Capacity.objects.bulk_update(due, ["reminded_for"])
    return len(due)
