"""Old notices go; a receipt that nobody gave stays. The rule is `rules.keeping`, asked here in the query."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from samband.core import clock
from samband.notices.models import Device, Mail, Notice, Recipient

BATCH = 500
MOST = 20


def thin() -> int:
    """Take away a bounded number a turn; how many notices went."""
    before = clock.now() - timedelta(days=settings.NOTICE_DAYS)
    waits = Exists(Recipient.objects.filter(notice=OuterRef("pk"), waits=True))
    gone = 0
    for _turn in range(MOST):
        old = list(Notice.objects.filter(~waits, told_at__lt=before).values_list("pk", flat=True)[:BATCH])
        if not old:
            break
        Notice.objects.filter(pk__in=old).delete()
        gone += len(old)
    done = [Mail.State.SENT, Mail.State.NEEDLESS, Mail.State.REFUSED, Mail.State.UNKNOWN, Mail.State.GIVEN_UP]
    Mail.objects.filter(made_at__lt=before, state__in=done).delete()
    Device.objects.filter(gone_at__lt=before).delete()
    return gone


def forget(things: list[str]) -> None:
    """What was told of things that are thinned goes with them, a receipt that nobody gave too: there is nothing left to open."""
    for place in range(0, len(things), BATCH):
        Notice.objects.filter(thing__in=things[place : place + BATCH]).delete()
