"""Who hears of a notice: the members of a unit who may open it, and whoever was named."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.db.models import Q, QuerySet

from samband.core import policy
from samband.core.models import User
from samband.core.policy import Actor
from samband.notices.services.opening import may_open
from samband.people.models import Assignment, Relative
from samband.people.models.staff import current
from samband.people.services.actors import acting, relative

NOBODY = 0
# Staff whose account is a person's or a relative's as well.
TIED = Q(staff__isnull=False) & (Q(person__isnull=False) | Q(relative_of__isnull=False))


def working(rows: QuerySet[Assignment] | None = None) -> QuerySet[Assignment]:
    """Assignments that hold today, with what `acting` reads."""
    rows = Assignment.objects.all() if rows is None else rows
    return (
        rows.filter(current(), unit__closed_from__isnull=True)
        .select_related("staff", "unit__organization")
        .prefetch_related("covers")
    )


def members(units: Iterable[int], url: str) -> dict[int, list[Assignment]]:
    """By unit: those who work there and may open the address."""
    asked = opener(url)
    found: dict[int, list[Assignment]] = {unit: [] for unit in units}
    for assignment in working().filter(unit_id__in=list(found)):
        if asked(assignment):
            found[assignment.unit_id].append(assignment)
    return found


def named(assignments: Iterable[int]) -> list[Assignment]:
    """Those of the named who still have the assignment. They are told what was meant for them; opening asks."""
    return list(working().filter(pk__in=list(assignments)))


def coordinators(unit: int, url: str) -> list[Assignment]:
    """Coordinators who work at the unit or look after it, and may open the address."""
    asked = opener(url)
    rows = working().filter(Q(unit_id=unit) | Q(covers=unit), role=Assignment.Role.COORDINATOR).distinct()
    return [assignment for assignment in rows if asked(assignment)]


def near(relatives: Iterable[int]) -> list[Relative]:
    """Those near a person who see something of her today (A13, P4): asked of the policy, as a child grows."""
    rows = Relative.objects.filter(current(), pk__in=list(relatives), reads=True).select_related("person")
    return [row for row in rows if policy.decide(relative(row), "person.read", row.person)]


def opener(url: str) -> Callable[[Assignment], bool]:
    """Whether somebody in the assignment may open the address, asked once for everybody in the same position.

    Sixty nurses of one unit are one question, but for the few who may be near the person themselves (A1). Nobody is let
    in for being named: who is named is told by name.
    """
    known: dict[Actor, bool] = {}
    tied = set(User.objects.filter(TIED).values_list("pk", flat=True))

    def ask(assignment: Assignment) -> bool:
        actor = acting(assignment)
        user = actor.user_id if actor.user_id in tied else NOBODY
        position = replace(
            actor, user_id=user, staff_id=NOBODY, assignment_id=NOBODY, name="", label="",
            unit_ids=tuple(sorted(actor.unit_ids)),
        )  # fmt: skip
        if position not in known:
            known[position] = may_open(position, url)
        return known[position]

    return ask
