"""Today's actions without anyone responsible: found by index, then unfolded exactly."""

from django.db.models import Q

from samband.board.services.scope import Scope
from samband.core import clock
from samband.plans.models import Action, OccurrenceState
from samband.plans.services.occurrences import Occurrence, candidates, unfold

FIELDS = (
    "public_id", "title", "by", "rrule", "starts_on", "stops_on", "time_from", "time_to", "minutes", "status", "next_on",
    "unit__name", "assignment__staff__given_name", "assignment__staff__family_name",
    "plan__person__public_id", "plan__person__given_name", "plan__person__family_name", "plan__person__birth_date",
    "plan__person__sort_name", "plan__person__area__name",
)  # fmt: skip


def unassigned(scope: Scope) -> list[Occurrence]:
    """Occurrences of today, in plans in force, that wait and that nobody has; in order of time.

    Nobody has it: the plan says nobody yet, or this one occurrence was left (OccurrenceState unassigned), and no
    assignment has been named for it. What is done, not done or cancelled does not wait.
    """
    today = clock.today()
    rows = list(candidates(_actions(scope).filter(by=Action.By.NOBODY), today, today))
    left = _left_today(scope)
    if left:
        rows += candidates(_actions(scope).filter(pk__in=left).exclude(by=Action.By.NOBODY), today, today)
    return [o for o in unfold(rows, today, today) if o.nobody and o.pending]


def _actions(scope: Scope):
    rows = Action.objects.filter(plan__status="active", status=Action.Status.ACTIVE)
    related = ("unit", "assignment__staff", "plan__person__area")
    return scope.of(rows, "plan__person__").select_related(*related).only(*FIELDS)


def _left_today(scope: Scope) -> list[int]:
    """Actions with an occurrence, planned today or moved to today, that was left without anyone."""
    low, high = clock.day_bounds(clock.today())
    touching = Q(original__gte=low, original__lt=high) | Q(moved_to__gte=low, moved_to__lt=high)
    states = OccurrenceState.objects.filter(touching, status=OccurrenceState.Status.UNASSIGNED)
    return list(scope.of(states, "action__plan__person__").values_list("action_id", flat=True))
