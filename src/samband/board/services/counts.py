"""All numbers of a board at once. One by one, each of them asked the policy's scope about thousands of persons anew.

The scope is dearer than what is counted (two probes of an index a person), so numbers that are seen by the same rule
share a pass: what a person lacks (A1), what a plan in force lacks (P2). `gaps` holds the same definitions as rows.
"""

from collections.abc import Callable, Collection
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from samband.board.models import Mark
from samband.board.services import marks
from samband.board.services.kinds import FOLLOW_UP, NO_CONSENT, NO_CONTACT, NO_PLAN, NOT_APPROVED
from samband.board.services.scope import Scope
from samband.core import clock

OF_PERSON = {
    NO_PLAN.slug: marks.PLANLESS,
    NO_CONTACT.slug: marks.CONTACTLESS,
    NO_CONSENT.slug: marks.UNCONSENTED,
}
# What is true of the mark when its plan is counted under the number. Another module may add its own.
OF_PLAN: dict[str, Callable[[], Q]] = {
    FOLLOW_UP.slug: lambda: Q(follow_up_on__lt=clock.today()),
    # By the list of answers and not by "more than none": the index of that leads through the persons in the order of
    # time, and their care relations lie in the order of persons.
    NOT_APPROVED.slug: lambda: Q(answer__in=[a for a in Mark.Answer if a != Mark.Answer.GIVEN]),
}


def of_persons(scope: Scope) -> tuple[int, dict[str, int]]:
    """How many persons there are, and what they lack (A1); one query. What stands alone is counted with its oldest."""
    marks.settle()
    found = scope.living().aggregate(persons=Count("*"), **_each(OF_PERSON))
    return found.pop("persons"), found


def of_plans(scope: Scope, slugs: Collection[str]) -> dict[str, int]:
    """What plans in force lack (P2), of the numbers named; one query, none where no number is."""
    conditions = {slug: which() for slug, which in OF_PLAN.items() if slug in slugs}
    if not conditions:
        return {}
    marks.settle()
    rows = scope.plan_marked(Mark.objects.filter(reduce(or_, conditions.values())))
    return rows.aggregate(**_each(conditions))


def _each(conditions: dict[str, Q]) -> dict[str, Count]:
    return {slug: Count("pk", filter=which) for slug, which in conditions.items()}
