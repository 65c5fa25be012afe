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
    """One provider's entries about one person, where nothing happened with any of them since: a whole, or nothing."""
    rows = Entry.objects.filter(organization=organization)
    rows = rows.filter(person=person) if person else rows
    old = rows.order_by().values("person_id", "social").annotate(one=Max("written_at"), other=Max("happened_at"))
    for row in old.filter(one__lt=before, other__lt=before).order_by("person_id", "social"):
        key = (organization, row["social"])
        found = _entries(row["person_id"], key)
        last = _last(found)
        if last < before and not found.filter(signed_at__isnull=True).exists() and not _still_shared(found):
            yield Group(row["person_id"], key, last)


def _entries(person: int, key: tuple) -> QuerySet[Entry]:
    return Entry.objects.filter(person=person, organization=key[0], social=key[1])


def _last(entries: QuerySet[Entry]) -> datetime:
    """When something last happened with any of them: written, corrected, disputed, read behind a block, copied, shared."""
    rows = entries.order_by().values("pk")
    moments = [
        entries.aggregate(at=Max("written_at"))["at"],
        entries.aggregate(at=Max("happened_at"))["at"],
        entries.aggregate(at=Max("signed_at"))["at"],
        *(model.objects.filter(entry__in=rows).aggregate(at=Max("at"))["at"]
          for model in (EntryVersion, Dissent, Attachment, Reading)),
        CopyEntry.objects.filter(entry__in=rows).aggregate(at=Max("copy__at"))["at"],
        SharePart.objects.filter(entry__in=rows).aggregate(at=Max("share__since"))["at"],
    ]  # fmt: skip
    return max(moment for moment in moments if moment is not None)


def _still_shared(entries: QuerySet[Entry]) -> bool:
    parts = SharePart.objects.filter(entry__in=entries.order_by().values("pk"))
    return parts.filter(share__ended_at__isnull=True, share__until__gte=clock.today()).exists()


def take_entries(group: Group, _organization: int, _before: datetime) -> Removed:
    """Entries, versions, files, the person's words to them, and what points to them."""
    entries, gone = list(_entries(group.person_id, group.key).values_list("pk", flat=True)), Removed()
    gone.files = list(Attachment.objects.filter(entry__in=entries).values_list("file", flat=True))
    for model in (SharePart, CopyEntry, Reading, Attachment, Dissent, EntryVersion):
        _take(gone, model.objects.filter(entry__in=entries))
    _take(gone, Entry.objects.filter(pk__in=entries))
    return gone


def _take(gone: Removed, rows: QuerySet) -> None:
    gone.add(rows.model._meta.label, rows.count())
    rows.delete()


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
