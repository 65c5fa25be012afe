"""What the clock does: carries receipts further, sends what is due, and takes away what is old."""

from datetime import timedelta

from samband.core.jobs import duty
from samband.notices.services import mail, push, receipts, thinning


@duty("notices.escalate", timedelta(minutes=1))
def escalate() -> None:
    receipts.escalate_due()


@duty("notices.mail", timedelta(minutes=1))
def mails() -> None:
    mail.turn()


@duty("notices.push", timedelta(seconds=15))
def pushes() -> None:
    push.turn()


@duty("notices.thin", timedelta(hours=24))
def thin() -> None:
    thinning.thin()
