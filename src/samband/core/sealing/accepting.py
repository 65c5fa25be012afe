"""After a restored backup the database is an earlier state of the chain: an operator says so, for good, with a reason."""

from django.utils.translation import gettext as _

from samband.core import audit
from samband.core.decision import Actor
from samband.core.models import AuditSeal
from samband.core.sealing import checkpoints, keys
from samband.core.sealing.book import Book, open_book
from samband.core.sealing.encoding import NOTHING
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import last_seal

ACTOR = Actor(name="samband audit accept")


def accept(reason: str) -> tuple[int, int]:
    """Go on from the database's last seal. Returns its number and the last that was signed; refuses what is no earlier state."""
    with checkpoints.lock():
        key = keys.private()
        book = open_book(checkpoints.path(), key.public_key())
        last = last_seal()
        end = last.number if last else 0
        if book.findings or not book.top:
            raise SealError(_("Kontrollpunkterna håller inte. Kör ”samband audit verify”."))
        if book.top.seal <= end:
            raise SealError(_("Kedjan når till den sista kontrollpunkten: det finns inget att godta."))
        _an_earlier_state(book, end)
        given_up = book.top.seal
        checkpoints.append(key, "accepted", end, last.digest if last else NOTHING, reason=reason, given_up=given_up)
        audit.record(ACTOR, "audit.accept", reason=reason, seal=end, given_up=given_up)
    return end, given_up


def _an_earlier_state(book: Book, end: int) -> None:
    certified = [(line.seal, line.body["digest"]) for line in book.lines() if 0 < line.seal <= end]
    for number, digest in certified[-1:]:
        if not AuditSeal.objects.filter(number=number, digest=digest).exists():
            raise SealError(
                _(
                    "Databasens kedja är inte ett tidigare skede av den som kontrollpunkterna intygar (omgång %(number)d)."
                )
                % {"number": number}
            )
