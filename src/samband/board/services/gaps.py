"""Four of the five numbers, as querysets. Each function's text is the definition; the tests count the same by hand.

Every queryset is lean: the key, `person_pk` and `since` (which decides what is oldest). Names and words are joined by
`rows` for what is shown. What is rare is asked first and the policy's scope last: SQLite and PostgreSQL then ask the
scope about hundreds of rows instead of about everybody (docs/scale.md).
"""

from collections.abc import Callable

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samband.access.models import CareRelation
from samband.board.services.kinds import FOLLOW_UP, NEXT_STEP, NO_CONTACT, NO_PLAN
from samband.board.services.scope import Scope
from samband.core import clock
from samband.people.models import ContactRole, Person, Unit
from samband.people.models.staff import current
from samband.plans.models import CarePlan
from samband.plans.services.next_step import overdue_q

Kind = ContactRole.Kind
CONTACTS = tuple(Kind.values)
SOCIAL_UNITS = (Unit.Kind.HOME_HELP, Unit.Kind.CARE_HOME, Unit.Kind.SOCIAL)


def next_step_late(scope: Scope) -> QuerySet:
    """Plans in force whose stored next step is an action that was due before now."""
    late = CarePlan.objects.filter(overdue_q(), next_kind=CarePlan.NextKind.ACTION)
    return scope.of(late, "person__").annotate(person_pk=F("person_id"), since=F("next_due"))


def not_followed_up(scope: Scope) -> QuerySet:
    """Plans in force whose earliest open follow-up was due before today."""
    late = CarePlan.objects.filter(status=CarePlan.Status.ACTIVE, follow_up_on__lt=clock.today())
    return scope.of(late, "person__").annotate(person_pk=F("person_id"), since=F("follow_up_on"))


def without_plan(scope: Scope) -> QuerySet:
    """Persons with neither a plan in force nor a draft; a closed plan is no plan. Since: care with us began."""
    open_plan = CarePlan.objects.filter(person_id=OuterRef("pk")).exclude(status=CarePlan.Status.CLOSED)
    rows = scope.persons(Person.objects.filter(~Exists(open_plan)))
    return rows.annotate(person_pk=F("pk"), since=scope.care_began())


def without_contact(scope: Scope, kind: str = "") -> QuerySet:
    """Persons who lack at least one of the contacts that they should have today (`kind`: that one).

    A care contact and a physician contact for everybody; a social-care contact where home help, a care home or social
    services take part (it is theirs to name). Since: the last day of the contact that ended latest without a new one
    in the same role; else care with us began.
    """
    now = ContactRole.objects.filter(current())
    again = now.filter(person_id=OuterRef("person_id"), kind=OuterRef("kind"))
    ended = ContactRole.objects.filter(~Exists(again), person_id=OuterRef("pk"), ends_on__lt=clock.today())
    if kind:
        ended = ended.filter(kind=kind)
    last = ended.order_by().values("person").annotate(last=Max("ends_on")).values("last")
    rows = scope.persons(Person.objects.filter(_lacks(now, kind)))
    return rows.annotate(person_pk=F("pk"), since=Coalesce(Subquery(last), scope.care_began()))


def _lacks(now: QuerySet, kind: str) -> Q:
    """Sets, not probes for each person: a walk through the index of contacts is quicker for many."""
    no_social = ~Q(pk__in=now.filter(kind=Kind.SOCIAL).values("person")) & Q(pk__in=_helped().values("person"))
    if kind == Kind.SOCIAL:
        return no_social
    if kind:
        return ~Q(pk__in=now.filter(kind=kind).values("person"))
    # Both of two roles are held where the least and the greatest of them differ: cheaper than counting distinct ones.
    pair = now.exclude(kind=Kind.SOCIAL).order_by().values("person").annotate(one=Min("kind"), other=Max("kind"))
    return ~Q(pk__in=pair.filter(one__lt=F("other")).values("person")) | no_social


def _helped() -> QuerySet[CareRelation]:
    """Where a unit that names social-care contacts takes part now. That one does, not which one, shows (A6)."""
    return CareRelation.objects.filter(current(), unit__kind__in=SOCIAL_UNITS)


def missing_contacts(person_pks: list[int]) -> dict[int, list[str]]:
    """Which of the three nobody holds, for the persons of one page (they are scoped already). Two queries."""
    held = set(ContactRole.objects.filter(current(), person_id__in=person_pks).values_list("person_id", "kind"))
    helped = set(_helped().filter(person_id__in=person_pks).values_list("person_id", flat=True))
    return {
        pk: [kind for kind in CONTACTS if (pk, kind) not in held and (kind != Kind.SOCIAL or pk in helped)]
        for pk in person_pks
    }


ROWS: dict[str, Callable[[Scope], QuerySet]] = {
    NEXT_STEP.slug: next_step_late,
    NO_PLAN.slug: without_plan,
    NO_CONTACT.slug: without_contact,
    FOLLOW_UP.slug: not_followed_up,
}
