"""The rule of thinning for closed plans with all that is under them (A17): ten years after the last that happened, at the least.

The organization with the overall responsibility decides; without one, that of whoever made the plan, then of the first party.
Several write in a plan, so a hold of any of them keeps it, and so does what another module builds on it (`thinning.keeps`).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samband.access.models import Party
from samband.core import clock, thinning
from samband.core.thinning import NOBODY, Group, Removed
from samband.plans.models import (
    Action,
    Approval,
    CarePlan,
    Correction,
    FollowUp,
    Goal,
    Handover,
    HandoverItem,
    OccurrenceState,
    Participant,
    PlanEvent,
    Proposal,
    RelativeNote,
    Revision,
    Situation,
)  # fmt: skip

LABEL = "plans.CarePlan"
LAW = _("Minst tio år efter det sista i planen, när den är avslutad (A17)")
# All that is under a plan, in the order in which it can go: its way to the plan, and its moments (none: the history has them).
UNDER: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (HandoverItem, "handover__plan", ()),
    (Handover, "plan", ("asked_at", "answered_at", "done_at")),
    (Proposal, "action__plan", ("answered_at",)),
    (OccurrenceState, "action__plan", ("at",)),
    (Participant, "action__plan", ()),
    (Action, "plan", ("updated_at",)),
    (FollowUp, "plan", ("updated_at", "done_at")),
    (PlanEvent, "plan", ("at",)),
    (Situation, "plan", ("updated_at",)),
    (RelativeNote, "plan", ("updated_at",)),
    (Goal, "plan", ("updated_at",)),
    (Approval, "plan", ("at",)),
    (Correction, "plan", ("at",)),
    (Revision, "plan", ("at",)),
)


def years() -> int:
    return settings.RECORD_YEARS


def find(organization: int, before: datetime, person: int | None) -> Iterator[Group]:
    """Closed plans where nothing happened since; some fifteen questions, however many there are."""
    if person == NOBODY:
        return
    before = thinning.really(before)
    first = Party.objects.filter(person=OuterRef("person")).order_by("pk").values("unit__organization_id")[:1]
    owner = Coalesce(
        F("principal_id"), F("created_by__unit__organization_id"), Subquery(first), output_field=BigIntegerField()
    )
    rows = CarePlan.objects.filter(
        Q(status_at__isnull=True) | Q(status_at__lt=before),
        status=CarePlan.Status.CLOSED, closed_on__lt=clock.local(before).date(), updated_at__lt=before,
        **({"person": person} if person else {}),
    )  # fmt: skip
    rows = rows.annotate(owner=owner).filter(owner=organization).order_by("person_id", "pk")
    found = list(rows.values_list("pk", "person_id", "closed_on"))
    keys = [pk for pk, _person, _day in found]
    stays = _busy(keys, before) | thinning.kept(LABEL, keys, before)
    for pk, whose, day in found:
        if pk not in stays and day is not None:
            yield Group(whose, (pk,), clock.day_bounds(day)[0])


def _busy(plans: list[int], before: datetime) -> set[int]:
    """Under which something is younger than the day."""
    found: set[int] = set()
    for model, path, moments in UNDER:
        young = Q(pk__in=[])
        for name in moments:
            young |= Q(**{f"{name}__gte": before})
        for place in range(0, len(plans) if moments else 0, thinning.AT_ONCE):
            rows = under(model, path, plans[place : place + thinning.AT_ONCE]).filter(young).order_by()
            found |= set(rows.values_list(path, flat=True).distinct())
    return found


def under(model: type[Model], path: str, plans: list[int]) -> QuerySet[Any]:
    return model._default_manager.filter(**{f"{path}__in": plans})


def take(group: Group, _organization: int, _before: datetime) -> Removed:
    """The plan and all that is under it; what other modules have beside it goes first."""
    gone, plans = Removed(), [int(group.key[0])]
    with thinning.released(CarePlan, plans):
        for rows in thinning.followers(LABEL, plans):
            thinning.take(gone, rows)
        for model, path, _moments in UNDER:
            thinning.take(gone, under(model, path, plans))
        thinning.take(gone, CarePlan.objects.filter(pk__in=plans))
    return gone


thinning.rule(
    "plans.closed", _("Avslutade planer med insatser, historik och svar"), LAW, years, find, take, shared=True
)
