"""Where the agreement stands: consent, representation and the latest answer, for one plan or in a query over many."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from samband.access.models import Capacity, Consent
from samband.core import clock
from samband.people.models import ContactRole
from samband.people.models.staff import current
from samband.plans.models import Approval, CarePlan, Revision, Situation
from samband.plans.rules.fold import WRITES

# What the person has not answered to when it is changed after her answer. Marks of a day, what happened, and what she
# wrote herself are no changes of what was agreed; a party is agreed with her on its own (P1).
CONTENT = (
    Q(kind__in=(*WRITES, "add"))
    & ~Q(by_kind="person")
    & ~Q(thing__startswith="plans.planevent")
    & ~Q(thing__startswith="plans.relativenote")
    & ~Q(changes__has_key="ongoing_since")
    & ~Q(changes__has_key="done_at")
)


@dataclass(frozen=True)
class Standing:
    """One plan's agreement, read in one query. `answer` is "", "approved" or "disagreed"; `since` counts changed places."""

    consent_at: datetime | None = None
    consent_by: str = ""
    consent_form: str = ""
    withdrawn_at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    answer_form: str = ""
    answer_words: str = ""
    recorded_by: str = ""
    recorded_kind: str = ""
    number: int = 0
    since: int = 0
    ground: str = ""
    represented_by: str = ""
    review_on: date | None = None
    contact: bool = False
    situations: bool = False

    @property
    def consent(self) -> bool:
        return self.consent_at is not None and self.withdrawn_at is None

    @property
    def marked(self) -> bool:
        """P7: whether somebody represents the person."""
        return bool(self.ground)

    @property
    def review_late(self) -> bool:
        return self.review_on is not None and self.review_on < clock.today()

    @property
    def approved(self) -> bool:
        """Approved as it stands now."""
        return self.answer == Approval.Answer.APPROVED and not self.since

    @property
    def ground_word(self) -> str:
        return str(Capacity.Ground(self.ground).label) if self.ground else ""


def standing_of(plans: QuerySet[CarePlan]) -> QuerySet[CarePlan]:
    """The plans with `ag_*` for every field of Standing: what a list or the board asks about, in the same query."""
    consents = Consent.objects.filter(person_id=OuterRef("person_id")).order_by("-given_at", "-id")
    answers = Approval.objects.filter(plan_id=OuterRef("pk")).order_by("-id")
    held = Capacity.objects.filter(current(), person_id=OuterRef("person_id")).order_by("-starts_on", "-id")
    contact = ContactRole.objects.filter(current(), person_id=OuterRef("person_id"), kind=ContactRole.Kind.CARE)
    found = plans.annotate(
        **_take("ag_", consents, consent_at="given_at", consent_by="said_by", consent_form="form", withdrawn_at="withdrawn_at"),
        **_take("ag_", answers, answer="answer", answered_at="at", answered_by="said_by", answer_form="form",
                answer_words="words", recorded_by="by_name", recorded_kind="by_kind"),
        **_take("ag_", held, ground="ground", represented_by="represented_by", review_on="review_on"),
        ag_number=Coalesce(Subquery(answers.values("number")[:1]), Value(0)),
        ag_contact=Exists(contact),
        ag_situations=Exists(Situation.objects.filter(plan_id=OuterRef("pk"))),
    )  # fmt: skip
    changed = (
        Revision.objects.filter(CONTENT, plan_id=OuterRef("pk"), number__gt=OuterRef("ag_number"))
        .order_by().values("plan").annotate(n=Count("thing", distinct=True)).values("n")
    )  # fmt: skip
    return found.annotate(ag_since=Coalesce(Subquery(changed, output_field=IntegerField()), Value(0)))


def _take(prefix: str, rows: QuerySet, **columns: str) -> dict[str, Subquery]:
    return {f"{prefix}{name}": Subquery(rows.values(column)[:1]) for name, column in columns.items()}


def standing(plan: CarePlan) -> Standing:
    """Read it; one query."""
    names = [f"ag_{name}" for name in Standing.__dataclass_fields__]
    row: dict[str, Any] = standing_of(CarePlan.objects.filter(pk=plan.pk)).values(*names).get()
    given = {name.removeprefix("ag_"): value for name, value in row.items() if value is not None}
    if not given.get("answer"):
        given["since"] = 0
    return Standing(**given)


def changed_since(plan: CarePlan, number: int, most: int = 40) -> list[Revision]:
    """What was changed after version `number`: the latest change of each place, newest first."""
    seen: dict[str, Revision] = {}
    for row in plan.revisions.filter(CONTENT, number__gt=number).order_by("-number")[:200]:
        seen.setdefault(row.thing, row)
    return list(seen.values())[:most]


def version_of(plan: CarePlan) -> int:
    """The number of the plan's latest change: its version."""
    return plan.revisions.order_by("-number").values_list("number", flat=True).first() or 0
