"""Sealing: the worker's turn closes what has come to rest, batch by batch, and signs where the chain ends."""

from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.models import AuditSeal
from samband.core.sealing import checkpoints, keys, rows
from samband.core.sealing.encoding import NOTHING, pack, seal_digest, sha256
from samband.core.sealing.keys import SealError

BATCH = 1000
SIGNED_EVERY = 50


@dataclass
class Sealed:
    """What a turn came to. `held_up`: somebody was still writing, so the newest wait for the next turn."""

    batches: int = 0
    entries: int = 0
    held_up: bool = False


def seal(patience: float = rows.PATIENCE) -> Sealed:
    """Close everything that has come to rest. May run at any time, and twice at once."""
    with checkpoints.lock():
        key = signing_key()
        last = settled(key)
        return _close_all(key, last, patience)


def signing_key() -> Ed25519PrivateKey:
    """Under the lock. The demo makes its key itself, the first time; in production `samband audit key` has made it."""
    if not settings.PRODUCTION and not settings.AUDIT_KEY.exists() and not AuditSeal.objects.exists():
        checkpoints.begin()
    return keys.private()


def last_seal() -> AuditSeal | None:
    return AuditSeal.objects.defer("leaves").order_by("-number").first()


def settled(key: Ed25519PrivateKey) -> AuditSeal | None:
    """The last seal, once the chain stands by its last checkpoint and has one itself.

    A chain that was cut or rebuilt must not be signed anew: that would hide it. A stop between a batch and its checkpoint
    leaves seals that follow the signed one; they get theirs now.
    """
    line, last = checkpoints.last(), last_seal()
    if not line.body or not keys.holds(key.public_key(), line.signature, line.signed):
        raise SealError(_("Kontrollpunkternas sista rad är inte skriven med nyckeln. Kör ”samband audit verify”."))
    later = list(AuditSeal.objects.defer("leaves").filter(number__gte=max(line.seal, 1)).order_by("number"))
    at = line.body["digest"]
    if line.seal:
        if not later or later[0].number != line.seal or later[0].digest != at:
            raise SealError(
                _(
                    "Databasens kedja stämmer inte med den sista kontrollpunkten (omgång %(number)d). "
                    "Kör ”samband audit verify”. Är det en återläst säkerhetskopia: ”samband audit accept”."
                )
                % {"number": line.seal}
            )
        later = later[1:]
    for number, one in enumerate(later, line.seal + 1):
        if one.number != number or one.before != at or one.digest != seal_digest(one):
            raise SealError(
                _("Omgång %(number)d följer inte på den förra. Kör ”samband audit verify”.") % {"number": number}
            )
        at = one.digest
    if later and last:
        checkpoints.append(key, "seal", last.number, last.digest)
    return last


def _close_all(key: Ed25519PrivateKey, last: AuditSeal | None, patience: float) -> Sealed:
    after = last.last_id if last else rows.LEAST
    end = rows.at_rest(after, patience)
    done = Sealed(held_up=end is None and rows.waiting(after)[0] > 0)
    anchor = checkpoints.last().digest
    unsigned = False
    while end is not None and (made := _closed(last, end, anchor)):
        last, unsigned = made, True
        done.batches += 1
        done.entries += made.entries
        if done.batches % SIGNED_EVERY == 0:
            anchor, unsigned = checkpoints.append(key, "seal", made.number, made.digest), False
    if unsigned and last:
        checkpoints.append(key, "seal", last.number, last.digest)
    return done


def _closed(last: AuditSeal | None, end: int, anchor: str) -> AuditSeal | None:
    """The next batch: entries of one period, in the order of id. Read before the transaction, which only writes one row."""
    found = rows.read(last.last_id if last else rows.LEAST, end, page=BATCH)
    first_page = islice((row for row in found if row.leaf.digest), BATCH)
    for period, group in groupby(first_page, attrgetter("period")):
        leaves = [row.leaf for row in group]
        blob = pack(leaves)
        made = AuditSeal(
            number=last.number + 1 if last else 1,
            period=period,
            sealed_at=clock.now(),
            first_id=leaves[0].id,
            last_id=leaves[-1].id,
            entries=len(leaves),
            root=sha256(blob),
            anchor=anchor,
            before=last.digest if last else NOTHING,
            leaves=blob,
        )
        made.digest = seal_digest(made)
        # Durable: a seal that was rolled back with somebody's transaction would leave a checkpoint of nothing.
        with transaction.atomic(durable=True):
            made.save(force_insert=True)
        return made
    return None
