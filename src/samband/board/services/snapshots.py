"""The morning's counting, kept for two weeks, and what has changed since yesterday's.

A person is kept with the kinds she was counted under, not a bare sum: the sum that is compared is then about the same
persons and the same filter that are on the board now, whatever the coordinator chooses and however assignments change.
"""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Sum

from samband.board.models import Snapshot, SnapshotRow
from samband.board.services import gaps, today
from samband.board.services.kinds import BY_SLUG, KINDS, TODAY
from samband.board.services.scope import EVERYBODY, Scope
from samband.core import clock
from samband.people.models import Person

KEPT = timedelta(days=14)


def take(day: date | None = None) -> Snapshot | None:
    """Count everybody once a day; None where the day has been counted. A stopped run leaves nothing behind."""
    day = day or clock.today()
    if Snapshot.objects.filter(day=day).exists():
        return None
    rows = list(_everybody())
    with transaction.atomic():
        snapshot, made = Snapshot.objects.get_or_create(
            day=day, defaults={"taken_at": clock.now(), "kinds": list(BY_SLUG)}
        )
        if not made:
            return None
        SnapshotRow.objects.bulk_create(
            [SnapshotRow(snapshot=snapshot, kind=k, person_id=p, times=n) for k, p, n in rows], batch_size=1000
        )
        Snapshot.objects.filter(day__lt=day - KEPT).delete()
    return snapshot


def _everybody():
    for slug, definition in gaps.ROWS.items():
        for person, times in Counter(definition(EVERYBODY).values_list("person_pk", flat=True)).items():
            yield slug, person, times
    for person, times in Counter(one.person for one in today.unassigned(EVERYBODY)).items():
        yield TODAY.slug, person, times


def yesterday(scope: Scope) -> dict[str, int] | None:
    """Yesterday morning's numbers for the persons of `scope`; None where yesterday was not counted."""
    snapshot = Snapshot.objects.filter(day=clock.today() - timedelta(days=1)).first()
    if snapshot is None:
        return None
    numbers = {kind.slug: 0 for kind in KINDS if kind.slug in snapshot.kinds}
    for narrow, of_plan in ((scope.persons, False), (scope.plan_persons, True)):
        slugs = [kind.slug for kind in KINDS if kind.of_plan is of_plan and kind.slug in snapshot.kinds]
        counted = Person.objects.filter(board_rows__snapshot=snapshot, board_rows__kind__in=slugs)
        rows = narrow(counted).order_by().values_list("board_rows__kind")
        numbers.update(rows.annotate(n=Sum("board_rows__times")))
    return numbers
