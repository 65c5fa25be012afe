"""The rule of thinning for meetings that are over (A17), and what they mean for the plan they are about.

A meeting is a part of the plan's story: it goes only when the plan is closed too, and both are ten years back. The organization that
called decides. While a meeting is left, its plan stays.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock, thinning
from samband.core.thinning import NOBODY, Group, Removed
from samband.meetings.models import AgendaItem, Attendee, Correction, Decision, Meeting, MeetingEvent, NoteVersion
from samband.plans.models import CarePlan

LABEL = "meetings.Meeting"
LAW = _("Minst tio år efter det sista om mötet, när planen är avslutad (A17)")
OVER = (Meeting.Status.FINISHED, Meeting.Status.CANCELLED)
# All that is under a meeting, in the order in which it can go: its way to the meeting, and its moments.
UNDER: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Correction, "meeting", ("at",)),
    (Decision, "meeting", ("at", "undone_at")),
    (NoteVersion, "item__meeting", ("at",)),
    (AgendaItem.outside.through, "agendaitem__meeting", ()),
    (AgendaItem, "meeting", ("noted_at", "removed_at")),
    (Attendee, "meeting", ("called_at", "answered_at", "removed_at", "withdrawn_at")),
    (MeetingEvent, "meeting", ("at",)),
)


def years() -> int:
    return settings.RECORD_YEARS


def find(organization: int, before: datetime, person: int | None) -> Iterator[Group]:
    """Finished or cancelled, with a closed plan, and nothing happened since: two questions."""
    if person == NOBODY:
        return
    before = thinning.really(before)
    rows = Meeting.objects.filter(
        Q(finished_at__isnull=True) | Q(finished_at__lt=before),
        status__in=OVER, ends_at__lt=before, called_at__lt=before, called_unit__organization=organization,
        plan__status=CarePlan.Status.CLOSED, plan__closed_on__lt=clock.local(before).date(),
        **({"person": person} if person else {}),
    )  # fmt: skip
    for model, path, moments in UNDER:
        young = Q(pk__in=[])
        for name in moments:
            young |= Q(**{f"{name}__gte": before})
        if moments:
            rows = rows.exclude(Exists(model._default_manager.filter(young, **{path: OuterRef("pk")})))
    found = list(rows.order_by("person_id", "pk").values_list("pk", "person_id", "ends_at"))
    stays = thinning.kept(LABEL, [pk for pk, _person, _at in found], before)
    yield from (Group(whose, (pk,), at) for pk, whose, at in found if pk not in stays)


def take(group: Group, _organization: int, _before: datetime) -> Removed:
    """The meeting with agenda, notes, decisions, those called, corrections and its story."""
    gone, meetings = Removed(), [int(group.key[0])]
    with thinning.released(Meeting, meetings):
        for rows in thinning.followers(LABEL, meetings):
            thinning.take(gone, rows)
        for model, path, _moments in UNDER:
            thinning.take(gone, model._default_manager.filter(**{f"{path}__in": meetings}))
        thinning.take(gone, Meeting.objects.filter(pk__in=meetings))
    return gone


def keep_plans(plans: list[int], _before: datetime) -> set[int]:
    """A plan stays while any meeting about it is left, whoever called."""
    rows: Any = Meeting.objects.filter(plan__in=plans).order_by()
    return set(rows.values_list("plan_id", flat=True).distinct())


thinning.keeps("plans.CarePlan", keep_plans)
thinning.rule(
    "meetings.over", _("Möten som är över, med dagordning, protokoll och svar"), LAW, years, find, take, shared=True
)
