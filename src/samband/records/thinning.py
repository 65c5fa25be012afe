"""The rules of thinning for entries and what belongs to them (A17): ten years after the last entry, at the least."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samband.core import clock, thinning
from samband.core.thinning import Group, Removed
from samband.records.models import (
    Attachment,
    Block,
    Copy,
    CopyEntry,
    Dissent,
    Entry,
    EntryVersion,
    LiftRequest,
    Reading,
    ReadingConsent,
    SharePart,
)  # fmt: skip

LAW = _("Minst tio år efter den sista anteckningen (A17, patientdatalagen 3 kap. 17 §)")


def years() -> int:
    return settings.RECORD_YEARS


def find_entries(organization: int, before: datetime, person: int | None) -> Iterator[Group]:
    """One provider's entries about one person, where nothing happened with any of them since: a whole, or nothing.

    A dozen questions, however many persons there are.
    """
    rows = Entry.objects.filter(organization=organization, **({"person": person} if person else {}))
    old = rows.order_by().values("person_id", "social").annotate(written=Max("written_at"), happened=Max("happened_at"))
    old = old.filter(written__lt=before, happened__lt=before).order_by("person_id", "social")
    busy = _busy(rows, before)
    for row in old:
        if (row["person_id"], row["social"]) not in busy:
            yield Group(row["person_id"], (organization, row["social"]), max(row["written"], row["happened"]))


def _busy(rows: QuerySet[Entry], before: datetime) -> set[tuple[int, bool]]:
    """Whose entries something happened with since: signed, corrected, disputed, read behind a block, copied, shared; or a draft."""
    holds = Q(share__since__gte=before) | Q(share__ended_at__isnull=True, share__until__gte=clock.today())
    late: list[QuerySet[Any]] = [
        *(model.objects.filter(at__gte=before) for model in (EntryVersion, Dissent, Attachment, Reading)),
        CopyEntry.objects.filter(copy__at__gte=before),
        SharePart.objects.filter(holds),
    ]
    found = set(
        rows.filter(Q(signed_at__gte=before) | Q(signed_at__isnull=True)).order_by().values_list("person_id", "social")
    )
    for others in late:
        mine = others.filter(entry__in=rows.order_by().values("pk")).order_by()
        found |= set(mine.values_list("entry__person_id", "entry__social").distinct())
    return found


def take_entries(group: Group, _organization: int, _before: datetime) -> Removed:
    """Entries, versions, files, the person's words to them, and what points to them."""
    entries, gone = _entries(group), Removed()
    gone.files = list(Attachment.objects.filter(entry__in=entries).values_list("file", flat=True))
    for model in (SharePart, CopyEntry, Reading, Attachment, Dissent, EntryVersion):
        _take(gone, model.objects.filter(entry__in=entries))
    _take(gone, Entry.objects.filter(pk__in=entries))
    return gone


def _entries(group: Group) -> list[int]:
    rows = Entry.objects.filter(person=group.person_id, organization=group.key[0], social=bool(group.key[1]))
    return list(rows.values_list("pk", flat=True))


def _take(gone: Removed, rows: QuerySet) -> None:
    thinning.take(gone, rows)


def _over(organization: int, before: datetime) -> list[tuple[QuerySet[Any], str]]:
    """What was decided, read and copied and is over, each with the way to its person, in the order in which it can go."""
    mine, day = {"organization": organization}, clock.local(before).date()
    lifted = Block.objects.filter(**mine, lifted_at__lt=before)
    busy = LiftRequest.objects.filter(block__in=lifted.values("pk")).filter(Q(answer="waiting") | Q(at__gte=before))
    lifted = lifted.exclude(pk__in=list(busy.values_list("block_id", flat=True)))
    over = Q(withdrawn_at__lt=before) | Q(withdrawn_at__isnull=True, until__lt=day)
    return [
        (LiftRequest.objects.filter(block__in=lifted.values("pk")), "person_id"),
        (lifted, "person_id"),
        (
            Reading.objects.filter(at__lt=before, entry__isnull=True, assignment__unit__organization=organization),
            "person_id",
        ),
        (ReadingConsent.objects.filter(over, **mine), "person_id"),
        (CopyEntry.objects.filter(copy__at__lt=before, copy__organization=organization), "copy__person_id"),
        (Copy.objects.filter(**mine, at__lt=before), "person_id"),
    ]


def find_decided(organization: int, before: datetime, person: int | None) -> Iterator[Group]:
    """By person, where anything of it is over."""
    found: set[int] = set()
    for rows, path in _over(organization, before):
        found |= set(rows.order_by().values_list(path, flat=True).distinct())
    yield from (Group(pk, (organization,), before) for pk in sorted(found) if person in (None, pk))


def take_decided(group: Group, organization: int, before: datetime) -> Removed:
    """Each row whose time is over; what still holds, or ended later, stays."""
    gone = Removed()
    over = [(rows.model, list(rows.filter(**{path: group.person_id}).values_list("pk", flat=True)))
            for rows, path in _over(organization, before)]  # fmt: skip
    for model, keys in over:
        _take(gone, model._default_manager.filter(pk__in=keys))
    return gone


thinning.rule("records.entries", _("Anteckningar med bilagor, versioner och personens ord"), LAW, years, find_entries,
              take_entries)  # fmt: skip
thinning.rule("records.decided", _("Hävda spärrar, återtagna ja, läsningar och utlämnade kopior"), LAW, years,
              find_decided, take_decided)  # fmt: skip
