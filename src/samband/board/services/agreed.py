"""What open plans lack of consent and of the person's yes, for many persons at once (what `plans` says of one, A1, P2, P4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, OuterRef, Subquery

from samband.access.models import Consent
from samband.board.models import Mark
from samband.core import clock
from samband.plans.models import Approval, CarePlan, Revision
from samband.plans.services.agreement import CONTENT


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that is not closed; a person has one at most."""

    pk: int
    person: int
    active: bool
    starts_on: date
    follow_up_on: date | None


def open_plans(persons: Collection[int]) -> dict[int, OpenPlan]:
    """By person."""
    rows = CarePlan.objects.filter(person__in=persons).exclude(status=CarePlan.Status.CLOSED).order_by()
    found = {}
    for pk, who, status, begun, followed in rows.values_list("pk", "person_id", "status", "starts_on", "follow_up_on"):
        found[who] = OpenPlan(pk, who, status == CarePlan.Status.ACTIVE, begun, followed)
    return found


def consents(plans: dict[int, OpenPlan]) -> dict[int, tuple[date, bool]]:
    """(since, whether it was taken back) for those whose latest consent does not hold, or who have given none."""
    rows = Consent.objects.filter(person__in=plans).order_by("given_at", "pk")
    latest: dict[int, datetime | None] = dict(rows.values_list("person_id", "withdrawn_at"))
    found = {}
    for who, plan in plans.items():
        if who not in latest:
            found[who] = (plan.starts_on, False)
        elif (gone := latest[who]) is not None:
            found[who] = (_day(gone), True)
    return found


def answers(plans: dict[int, OpenPlan]) -> dict[int, tuple[int, date]]:
    """(why, since) for those whose plan in force the person has not approved as it stands."""
    active = {plan.pk: plan for plan in plans.values() if plan.active}
    rows = Approval.objects.filter(plan__in=active).order_by("pk")
    latest = {pk: (answer, at) for pk, answer, at in rows.values_list("plan_id", "answer", "at")}
    changed = _changed(pk for pk, (answer, _at) in latest.items() if answer == Approval.Answer.APPROVED)
    found: dict[int, tuple[int, date]] = {}
    for pk, plan in active.items():
        if pk not in latest:
            found[plan.person] = (Mark.Answer.NONE, plan.starts_on)
        elif latest[pk][0] == Approval.Answer.DISAGREED:
            found[plan.person] = (Mark.Answer.DISAGREED, _day(latest[pk][1]))
        elif pk in changed:
            found[plan.person] = (Mark.Answer.CHANGED, _day(changed[pk]))
    return found


def _changed(plans: Iterable[int]) -> dict[int, datetime]:
    """When the first change came that the person has not answered to."""
    answered = Approval.objects.filter(plan_id=OuterRef("plan_id")).order_by("-pk").values("number")[:1]
    rows = Revision.objects.filter(CONTENT, plan__in=list(plans), number__gt=Subquery(answered)).order_by()
    return dict(rows.values_list("plan_id").annotate(first=Min("at")))


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
