"""What was done since yesterday, from the rows themselves: a board that only tells what is missing tells half."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, QuerySet, Value
from django.utils.translation import ngettext

from samband.board.services.scope import Scope
from samband.core import clock
from samband.people.models import ContactRole
from samband.plans.models import CarePlan, FollowUp, OccurrenceState


@dataclass(frozen=True)
class Kept:
    number: int
    words: str


def since_yesterday(scope: Scope) -> list[Kept]:
    """Steps done, follow-ups held, contacts named and plans begun since yesterday at midnight; one query."""
    day = clock.today() - timedelta(days=1)
    start = clock.day_bounds(day)[0]
    steps = OccurrenceState.objects.filter(status=OccurrenceState.Status.DONE, at__gte=start, action__milestone=True)
    held = FollowUp.objects.filter(done_at__gte=start)
    plans = CarePlan.objects.filter(starts_on__range=(day, clock.today())).exclude(status=CarePlan.Status.CLOSED)
    named = ContactRole.objects.filter(starts_on__range=(day, clock.today()))
    parts = [
        _number("steps", scope.of(steps, "action__plan__person__")),
        _number("held", scope.of(held, "plan__person__")),
        _number("plans", scope.of(plans, "person__")),
        _number("named", scope.seen(named, "person__")),
    ]
    found = dict(parts[0].union(*parts[1:], all=True).values_list("what", "n"))
    return [Kept(n, words) for n, words in _words(found) if n]


def _number(kind: str, rows: QuerySet) -> QuerySet:
    return rows.order_by().annotate(what=Value(kind)).values("what").annotate(n=Count("pk")).values("what", "n")


def _words(found: dict[str, int]) -> list[tuple[int, str]]:
    steps, held, named, plans = (found.get(k, 0) for k in ("steps", "held", "named", "plans"))
    return [
        (steps, ngettext("nästa steg taget", "nästa steg tagna", steps)),
        (held, ngettext("plan uppföljd", "planer uppföljda", held)),
        (named, ngettext("kontakt utsedd", "kontakter utsedda", named)),
        (plans, ngettext("plan påbörjad", "planer påbörjade", plans)),
    ]
