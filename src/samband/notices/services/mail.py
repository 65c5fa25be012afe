"""Mail about what is new: generic words and a link, never a name or what it is about. Sent at most once, lost never.

Three steps, each of which may be the last before the worker is killed:

1. *gather*: what is due for an account becomes one Mail, in one transaction.
2. *send*: the mail is marked as being sent, handed to the server, and marked as sent.
3. *recover*: a mail that was being sent when the worker died has an unknown fate. It is never sent again; what in it is
   still unread goes into a new one.
"""

import logging
import smtplib
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.core import clock, notices
from samband.core.models import User
from samband.notices.models import Delivery, Mail, Preferences
from samband.notices.rules import sending, trying
from samband.notices.services import preferences
from samband.notices.services.preferences import NOTHING, Reach

log = logging.getLogger(__name__)
State = Mail.State
TURN = 100
BATCH = 2000
LOST_AFTER = timedelta(minutes=10)
UNSURE = timedelta(hours=1)  # a server that breaks off each time must not send the reader the same news every minute
# Refused by the server before or instead of taking the mail over: it surely did not go.
SURELY_NOT = (
    smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError,
)  # fmt: skip


def turn() -> None:
    """The worker's duty. Where mail is not set up nothing is gathered, and the inbox has everything."""
    if not settings.MAIL_ON:
        return
    recover()
    gather()
    send_due()


def gather() -> int:
    """What is due and unread becomes one mail an account, outside the account's quiet hours."""
    now = clock.now()
    due = Delivery.objects.filter(mail_at__lte=now, mail__isnull=True, read_at__isnull=True)
    rows = list(preferences.owner(due).select_related("notice").order_by("mail_at")[:BATCH])
    by_user: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_user[row.owner_id or 0].append(row)
    reach = preferences.reach_of(by_user)
    duty = notices.on_duty((row.assignment_id for row in rows if row.assignment_id), now)
    return sum(_gather(copies, user, reach.get(user, NOTHING), duty) for user, copies in by_user.items())


@transaction.atomic
def _gather(copies: list[Delivery], user: int, found: Reach, duty: set[int]) -> int:
    now = clock.now()
    ready, urgent = [], False
    for copy in copies:
        hurry = preferences.rule_kind(copy.notice).urgent
        awake = preferences.quiet_now(found, now, hurry, copy.assignment_id in duty) <= now
        if not found.row or not found.row.mails:
            copy.mail_at = None  # no address any more: it stays in the inbox
        elif awake:
            ready.append(copy)
            urgent |= hurry
        else:
            copy.mail_at = preferences.quiet_now(found, now, hurry, False)
    Delivery.objects.bulk_update([c for c in copies if c not in ready], ["mail_at"])
    if not ready:
        return 0
    mail = Mail.objects.create(user_id=user, urgent=urgent, made_at=now, next_at=now)
    Delivery.objects.filter(pk__in=[c.pk for c in ready], mail__isnull=True).update(mail=mail)
    return 1


def send_due() -> int:
    """Mails whose turn has come, through one connection. A server that does not answer ends the turn."""
    rows = Mail.objects.filter(state=State.MADE, next_at__lte=clock.now()).order_by("next_at", "pk")
    due = list(rows.values_list("pk", flat=True)[:TURN])
    if not due:
        return 0
    connection, sent = get_connection(), 0
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail server does not answer: %s", type(error).__name__)
        for pk in due:
            _again(pk)
        return 0
    try:
        for pk in due:
            gone = _send(pk, connection)
            if gone is None:
                break  # the line is broken: the rest waits for the next turn
            sent += gone
    finally:
        connection.close()
    return sent


def _send(pk: int, connection: BaseEmailBackend) -> int | None:
    """1 sent, 0 not sent, None where the line broke."""
    message = _claim(pk)
    if message is None:
        return 0
    message.connection = connection
    try:
        message.send()
    except SURELY_NOT as error:
        _refused(pk, error)
        return 0
    except (OSError, smtplib.SMTPException) as error:
        # The line broke while the server had it: it may have gone.
        log.warning("mail %s: %s", pk, type(error).__name__)
        _release(pk, State.UNKNOWN)
        return None
    _sent(pk)
    return 1


@transaction.atomic
def _claim(pk: int) -> EmailMessage | None:
    """Mark the mail as being sent. None where it is not to go now: read meanwhile, night, no address, somebody else has it."""
    mail = Mail.objects.select_for_update().filter(pk=pk, state=State.MADE).first()
    if mail is None:
        return None
    now = clock.now()
    found = preferences.reach_of([mail.user_id]).get(mail.user_id, NOTHING)
    count = mail.deliveries.filter(read_at__isnull=True).count()
    user = User.objects.get(pk=mail.user_id)
    if not count or found.row is None or not found.row.mails or not user.is_active:
        mail.state = State.NEEDLESS
        mail.save(update_fields=["state"])
        return None
    if (awake := _awake(mail, found)) > now:
        mail.next_at = awake  # night fell since it was made: it was tried again, or the worker lay down
        mail.save(update_fields=["next_at"])
        return None
    mail.state, mail.sending_at, mail.attempts = State.SENDING, now, mail.attempts + 1
    mail.save(update_fields=["state", "sending_at", "attempts"])
    receipt = mail.deliveries.filter(read_at__isnull=True, recipient__waits=True).exists()
    return compose(user, found.row, count, receipt, str(mail.public_id))


def _awake(mail: Mail, found: Reach) -> datetime:
    """Now, or when the reader's quiet hours are over; whoever is on duty is asked for only at night."""
    now = clock.now()
    awake = preferences.quiet_now(found, now, mail.urgent, False)
    if awake <= now:
        return now
    mine = mail.deliveries.filter(assignment__isnull=False).values_list("assignment_id", flat=True)
    return preferences.quiet_now(found, now, mail.urgent, bool(notices.on_duty(mine, now)))


def _sent(pk: int) -> None:
    with transaction.atomic():
        mail = Mail.objects.select_for_update().get(pk=pk)
        mail.state, mail.sent_at = State.SENT, clock.now()
        mail.save(update_fields=["state", "sent_at"])
        Preferences.objects.filter(user_id=mail.user_id, refusals__gt=0, failing_since__isnull=True).update(refusals=0)


@transaction.atomic
def _again(pk: int) -> None:
    """Surely not gone: the same mail is tried again later; after the last try its notices wait for the next one."""
    mail = Mail.objects.select_for_update().filter(pk=pk, state__in=[State.MADE, State.SENDING]).first()
    if mail is None:
        return
    mail.attempts += mail.state == State.MADE
    wait = trying.wait(mail.attempts)
    if wait is None:
        _release(pk, State.GIVEN_UP)
        return
    mail.state, mail.next_at, mail.sending_at = State.MADE, clock.now() + wait, None
    mail.save(update_fields=["state", "next_at", "sending_at", "attempts"])


def _refused(pk: int, error: smtplib.SMTPException) -> None:
    """A refusal of the address for good counts against the address; anything else is tried again."""
    codes = (
        [code for code, _why in error.recipients.values()] if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    )
    if not any(500 <= code < 600 for code in codes):
        _again(pk)
        return
    with transaction.atomic():
        mark_refused(Preferences.objects.filter(user_id=Mail.objects.values("user_id").get(pk=pk)["user_id"]))
        _release(pk, State.REFUSED)


def mark_refused(rows: Any, times: int = 1) -> int:
    """One refusal more (a bounce counts as all of them); after the last the address is marked as failing."""
    marked = 0
    for row in rows.select_for_update():
        row.refusals += times
        if trying.failing(row.refusals) and row.failing_since is None:
            row.failing_since = clock.now()
            marked += 1
        row.save(update_fields=["refusals", "failing_since"])
    return marked


@transaction.atomic
def _release(pk: int, state: str) -> None:
    """The mail is done with; what in it is unread gets a new moment, by the choices as they are now."""
    mail = Mail.objects.select_for_update().get(pk=pk)
    mail.state = state
    mail.save(update_fields=["state"])
    found = preferences.reach_of([mail.user_id]).get(mail.user_id, NOTHING)
    copies = list(mail.deliveries.filter(read_at__isnull=True).select_related("notice"))
    for copy in copies:
        prefs = found.prefs(preferences.group_of(copy.notice))
        after = clock.now() + (UNSURE if state == State.UNKNOWN else trying.WAITS[-1])
        copy.mail, copy.mail_at = None, sending.when_to_send(preferences.rule_kind(copy.notice), prefs, after).mail
    Delivery.objects.bulk_update(copies, ["mail", "mail_at"], batch_size=500)


def recover() -> int:
    """Mails that were being sent when the worker died."""
    lost = Mail.objects.filter(state=State.SENDING, sending_at__lte=clock.now() - LOST_AFTER)
    rows = list(lost.values_list("pk", flat=True)[:TURN])
    for pk in rows:
        _release(pk, State.UNKNOWN)
    return len(rows)


def compose(user: User, row: Preferences, count: int, receipt: bool, mark: str) -> EmailMessage:
    """The message: how many are new, whether something waits for a receipt, and the way to the inbox. Nothing else."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = (
            _("Samband: något väntar på din kvittens")
            if receipt
            else ngettext("Samband: %(n)d nytt meddelande", "Samband: %(n)d nya meddelanden", count) % {"n": count}
        )
        context = {"count": count, "receipt": receipt, **links()}
        body = render_to_string("notices/mail/digest.txt", context)
    return _message(row.email, subject, body, mark)


def confirm_address(user: User, row: Preferences) -> bool:
    """Send the link that confirms the address. Whether the server took it."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        link = settings.ADDRESS + reverse("notices:confirm", args=[preferences.token(row)])
        body = render_to_string("notices/mail/confirm.txt", {"link": link})
        message = _message(row.email, _("Samband: bekräfta din e-postadress"), body, preferences.token(row)[-32:])
    try:
        return bool(message.send())
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail server did not take a confirmation: %s", type(error).__name__)
        return False


def links() -> dict[str, str]:
    return {
        "inbox": settings.ADDRESS + reverse("notices:inbox"),
        "settings": settings.ADDRESS + reverse("notices:settings"),
    }


def _message(to: str, subject: str, body: str, mark: str) -> EmailMessage:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "samband"
    headers = {
        "Message-ID": f"<{mark.replace(':', '.')}@{host}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{links()['settings']}>",
    }
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
