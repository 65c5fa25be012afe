"""All numbers but today's, as querysets. Each function's text is the definition; the tests count the same by hand.

Every queryset is lean: the key, `person_pk` and `since` (which decides what is oldest). Names and words are joined by
`rows` for what is shown. What is rare is asked first and the policy's scope last: SQLite and PostgreSQL then ask the
scope about hundreds of rows instead of about everybody (docs/scale.md).
"""

from collections.abc import Callable

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce, TruncDate

from samband.board.services import marks
from samband.board.services.kinds import (
    ASKS,
    FOLLOW_UP,
    NEXT_STEP,
    NO_CONSENT,
    NO_CONTACT,
    NO_PLAN,
    NOT_APPROVED,
)
from samband.board.services.scope import Scope
from samband.core import clock
from samband.plans.models import CarePlan, Proposal
from samband.plans.services import asks
from samband.plans.services.next_step import overdue_q


def late_q() -> Q:
    """Of plans: in force, and the stored next step is an action that was due before now."""
    return overdue_q() & Q(next_kind=CarePlan.NextKind.ACTION)


def next_step_late(scope: Scope) -> QuerySet:
    """Plans in force whose stored next step is an action that was due before now."""
    rows = scope.of(CarePlan.objects.filter(late_q()), "person__")
    return rows.annotate(person_pk=F("person_id"), since=F("next_due"))


def not_followed_up(scope: Scope) -> QuerySet:
    """Plans in force whose earliest open follow-up was due before today."""
    late = CarePlan.objects.filter(status=CarePlan.Status.ACTIVE, follow_up_on__lt=clock.today())
    return scope.of(late, "person__").annotate(person_pk=F("person_id"), since=F("follow_up_on"))


def without_plan(scope: Scope) -> QuerySet:
    """Persons with neither a plan in force nor a draft (`marks.work_out`). Since: care with us began."""
    rows = scope.marked(marks.lacking_plan())
    return rows.annotate(person_pk=F("pk"), since=scope.care_began())


def without_contact(scope: Scope, kind: str = "") -> QuerySet:
    """Persons who lack at least one of the contacts that they should have today (`kind`: that one).

    Which those are stands in `marks.work_out`. Since: the last day of the contact that ended latest without a new one
    in the same role; else care with us began.
    """
    rows = scope.marked(marks.lacking_contact(kind))
    ended = F(f"ended_{kind}" if kind else "ended")
    return rows.annotate(person_pk=F("pk"), since=Coalesce(ended, scope.care_began()))


def not_taken(scope: Scope) -> QuerySet:
    """Questions to a unit about an action (P3): refused or handed back and nobody has it, or no answer by the day."""
    rows = asks.not_taken(Proposal.objects.all())
    since = Case(
        When(answered_at__isnull=True, then=Coalesce("answer_by", TruncDate("created_at"))),
        default=TruncDate("answered_at"),
    )
    return scope.of(rows, "action__plan__person__").annotate(person_pk=F("action__plan__person_id"), since=since)


def without_consent(scope: Scope) -> QuerySet:
    """Persons with an open plan and no consent that holds (`agreed.consents`). Since: withdrawn, else the plan's first day.

    Seen as A1 sees: a consent that was taken back closes the plan for all its parties (P6), and somebody must know that.
    """
    rows = scope.marked(marks.lacking_consent())
    return rows.annotate(person_pk=F("pk"), since=F("unconsented"))


def not_approved(scope: Scope) -> QuerySet:
    """Plans in force that the person has not approved as they stand (`agreed.answers`)."""
    rows = scope.plan_marked(marks.lacking_answer())
    return rows.annotate(person_pk=F("pk"), since=F("answer_since"))


# What is stored with an index, and the row's age is that day or a later one.
NOT_BEFORE = {NO_PLAN.slug: "began", NO_CONTACT.slug: "contact_since"}
# What is stored with an index in the order of its age.
IN_ORDER = {
    FOLLOW_UP.slug: ("follow_up_on", "pk"),
    NO_CONSENT.slug: ("unconsented", "person_id"),
    NOT_APPROVED.slug: ("answer_since", "person_id"),
}
ROWS: dict[str, Callable[[Scope], QuerySet]] = {
    NEXT_STEP.slug: next_step_late,
    ASKS.slug: not_taken,
    NO_PLAN.slug: without_plan,
    NO_CONTACT.slug: without_contact,
    FOLLOW_UP.slug: not_followed_up,
    NO_CONSENT.slug: without_consent,
    NOT_APPROVED.slug: not_approved,
}
