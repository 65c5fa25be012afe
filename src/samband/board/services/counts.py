"""All numbers of a board at once. One by one, each of them asked the policy's scope about thousands of persons anew.

The scope is dearer than what is counted (two probes of an index a person), so numbers that are seen by the same rule
share a pass: what a person lacks (A1), what a plan in force lacks (P2). `gaps` holds the same definitions as rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from samband.board.models import Mark
from samband.board.services import marks
from samband.board.services.kinds import FOLLOW_UP, NEXT_STEP, NO_CONSENT, NO_CONTACT, NO_PLAN, NOT_APPROVED
from samband.board.services.scope import Scope
from samband.core import clock

OF_PERSON = {
    NO_PLAN.slug: marks.PLANLESS,
    NO_CONTACT.slug: marks.CONTACTLESS,
    NO_CONSENT.slug: marks.UNCONSENTED,
}
# What is true of the mark when its plan is counted under the number. Another module may add its own.
OF_PLAN: dict[str, Callable[[], Q]] = {
    NEXT_STEP.slug: lambda: Q(step_due__lt=clock.now()),
    FOLLOW_UP.slug: lambda: Q(follow_up_on__lt=clock.today()),
    # By the list of answers and not by "more than none": the index of that leads through the persons in the order of
    # time, and their care relations lie in the order of persons.
    NOT_APPROVED.slug: lambda: Q(answer__in=[a for a in Mark.Answer if a != Mark.Answer.GIVEN]),
}


@dataclass(frozen=True)
class Counted:
    """How many persons there are, and how many rows each number has, by its name."""

    persons: int
    numbers: dict[str, int]


def counted(scope: Scope) -> Counted:
    """The numbers that share a pass; two queries. What stands alone is counted where its oldest are chosen."""
    marks.settle()
    found = scope.living().aggregate(persons=Count("*"), **_each(OF_PERSON))
    persons = found.pop("persons")
    conditions = {slug: which() for slug, which in OF_PLAN.items()}
    rows = scope.plan_marked(Mark.objects.filter(reduce(or_, conditions.values())))
    return Counted(persons, found | rows.aggregate(**_each(conditions)))


def _each(conditions: dict[str, Q]) -> dict[str, Count]:
    return {slug: Count("pk", filter=which) for slug, which in conditions.items()}
