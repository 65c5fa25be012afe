"""Thinning: whole sealed periods that are older than the law and the county ask for, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from samband.core import audit, clock
from samband.core.decision import Actor
from samband.core.models import AuditEvent, AuditSeal
from samband.core.sealing import checkpoints, rows
from samband.core.sealing.encoding import unpack
from samband.core.sealing.entries import differences
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import last_seal, settled, signing_key

AT_ONCE = 20  # batches in a transaction: SQLite lets nobody else write meanwhile
ACTOR = Actor(name="samband audit thin")


@dataclass(frozen=True)
class Dropped:
    """A period that was thinned, or would be."""

    period: str
    batches: list[tuple[int, int]]
    entries: int


def first_kept() -> str:
    """The oldest month that is kept. By the earlier of the two clocks: a demo that stands on a day to come drops nothing for it."""
    now = min(clock.now(), timezone.now()).astimezone(UTC)
    return f"{now.year - settings.AUDIT_YEARS}-{now.month:02d}"


def due() -> Iterator[Dropped]:
    """Sealed periods that may go: every entry of theirs is sealed."""
    last = last_seal()
    open_ones = set(
        AuditEvent.objects.filter(id__gt=last.last_id if last else rows.LEAST)
        .values_list("period", flat=True)
        .distinct()
    )
    kept = AuditSeal.objects.filter(leaves__isnull=False, period__lt=first_kept()).exclude(period__in=open_ones)
    for row in kept.values("period").annotate(n=Sum("entries")).order_by("period"):
        numbers = kept.filter(period=row["period"]).order_by("number").values_list("number", flat=True)
        yield Dropped(row["period"], _ranges(list(numbers)), row["n"])


def _ranges(numbers: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def thin() -> Iterator[Dropped]:
    """Drop what is due, period by period. A period that is not as it was sealed stays: its traces would go with it."""
    with checkpoints.lock():
        key = signing_key()
        settled(key)
        for one in list(due()):
            _intact(one)
            _drop(key, one)
            yield one


def _seals(one: Dropped) -> Iterator[AuditSeal]:
    for first, last in one.batches:
        yield from AuditSeal.objects.filter(number__range=(first, last)).order_by("number").iterator(chunk_size=50)


def _start(seal: AuditSeal) -> int:
    """After which id the seal answers."""
    before = AuditSeal.objects.filter(number__lt=seal.number).aggregate(last=Max("last_id"))["last"]
    return rows.LEAST if before is None else before


def _intact(one: Dropped) -> None:
    for seal in _seals(one):
        found = rows.read(_start(seal), seal.last_id)
        for sentence in differences(seal, unpack(bytes(seal.leaves or b"")), found):
            raise SealError(_("%(period)s gallras inte: %(finding)s") % {"period": one.period, "finding": sentence})


def _drop(key: Ed25519PrivateKey, one: Dropped) -> None:
    """Signed first, then entered in the audit with the first rows that go: a stop in the middle leaves nothing untold."""
    last = last_seal()
    assert last is not None
    facts: dict[str, Any] = {"period": one.period, "batches": one.batches, "entries": one.entries}
    checkpoints.append(key, "thinned", last.number, last.digest, **facts)
    numbers = [number for first, end in one.batches for number in range(first, end + 1)]
    for place in range(0, len(numbers), AT_ONCE):
        with transaction.atomic(durable=True):
            if place == 0:
                audit.record(ACTOR, "audit.thin", **facts)
            _release(numbers[place : place + AT_ONCE])


def _release(numbers: list[int]) -> None:
    """Empty the seals, which is what the triggers look for; then the rows may go, subjects first."""
    seals = list(AuditSeal.objects.defer("leaves").filter(number__in=numbers).order_by("number"))
    AuditSeal.objects.filter(number__in=numbers).update(leaves=None)
    with connection.cursor() as cursor:
        for seal in seals:
            span = [_start(seal), seal.last_id]
            cursor.execute(f"DELETE FROM {rows.SUBJECTS} WHERE event_id > %s AND event_id <= %s", span)
            cursor.execute(f"DELETE FROM {rows.EVENTS} WHERE id > %s AND id <= %s", span)
