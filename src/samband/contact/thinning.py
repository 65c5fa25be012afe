"""The rule of thinning for closed cases with their events (A17): ten years after the last that happened, at the least.

The organization of the unit that had the case last decides. A case about nobody who is known is a group of its own.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from samband.contact.models import Case, CaseEvent
from samband.core import thinning
from samband.core.thinning import NOBODY, Group, Removed

LABEL = "contact.Case"
LAW = _("Minst tio år efter det sista i ärendet, när det är avslutat (A17)")


def years() -> int:
    return settings.RECORD_YEARS


def find(organization: int, before: datetime, person: int | None) -> Iterator[Group]:
    """Closed, and nothing happened since: one question and what others keep. One that was opened again is not closed."""
    before = thinning.really(before)
    young = CaseEvent.objects.filter(case=OuterRef("pk"), at__gte=before)
    rows = Case.objects.filter(~Exists(young), unit__organization=organization, closed_at__lt=before)
    if person is not None:
        rows = rows.filter(person__isnull=True) if person == NOBODY else rows.filter(person=person)
    rows = rows.order_by(F("person_id").asc(nulls_last=True), "pk")
    found = list(rows.values_list("pk", "person_id", "closed_at"))
    stays = thinning.kept(LABEL, [pk for pk, _person, _at in found], before)
    yield from (Group(whose or NOBODY, (pk,), at) for pk, whose, at in found if at and pk not in stays)


def take(group: Group, _organization: int, _before: datetime) -> Removed:
    """The case, its events, and what other modules have beside it."""
    gone, cases = Removed(), [int(group.key[0])]
    with thinning.released(Case, cases):
        for rows in thinning.followers(LABEL, cases):
            thinning.take(gone, rows)
        thinning.take(gone, CaseEvent.objects.filter(case__in=cases))
        thinning.take(gone, Case.objects.filter(pk__in=cases))
    return gone


thinning.rule("contact.closed", _("Avslutade ärenden med det som hände"), LAW, years, find, take, shared=True)
