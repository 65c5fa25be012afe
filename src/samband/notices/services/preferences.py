"""A reader's choices, as the pure rule wants them, and how they are changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F, Q

from samband.core import audit, clock, notices
from samband.core.models import User
from samband.core.policy import Actor
from samband.notices.models import Delivery, Device, Notice, Preferences
from samband.notices.rules import sending

SALT = "samband.notices.address"
VALID = 3 * 24 * 3600


@dataclass(frozen=True)
class Reach:
    """An account's choices with what holds for it: whether mail and push can reach it at all."""

    row: Preferences | None
    devices: bool = False

    def prefs(self, group: str) -> sending.Prefs:
        row = self.row
        if row is None:
            return sending.Prefs()
        chosen = row.channel(group)
        return sending.Prefs(
            mail=bool(chosen.get("mail")) and row.mails and settings.MAIL_ON,
            push=bool(chosen.get("push")) and self.devices and settings.PUSH_ON,
            digests=row.times(), at_once=row.at_once, quiet=(row.quiet_from, row.quiet_to),
            break_through=row.break_through, on_shift=row.on_shift,
        )  # fmt: skip


NOTHING = Reach(None)


def reach_of(users: Iterable[int]) -> dict[int, Reach]:
    """By account, in two questions however many there are."""
    wanted = set(users)
    with_device = set(Device.objects.filter(user_id__in=wanted, gone_at__isnull=True).values_list("user_id", flat=True))
    rows = Preferences.objects.filter(user_id__in=wanted)
    return {row.user_id: Reach(row, row.user_id in with_device) for row in rows}


def rule_kind(notice: Notice) -> sending.Kind:
    return sending.Kind(notice.receipt, notice.wait)


def group_of(notice: Notice) -> str:
    known = notices.kinds.get(notice.kind)
    return known.group if known else notice.kind.partition(".")[0]


def of_user(user_id: int) -> Preferences:
    """The account's row; a fresh one, not yet saved, where there is none."""
    return Preferences.objects.filter(user_id=user_id).first() or Preferences(user_id=user_id)


@transaction.atomic
def change(actor: Actor, row: Preferences) -> None:
    """Save the choices; what waits to be sent is set anew by them."""
    row.save()
    audit.record(actor, "notice.settings", thing="notices.preferences")
    plan_again(row.user_id)


@transaction.atomic
def set_address(actor: Actor, row: Preferences, email: str) -> bool:
    """A new address is used when the link that was sent to it has been followed. Whether it is another one."""
    fresh = email != row.email
    if fresh or row.failing_since:
        row.email, row.confirmed_at, row.failing_since, row.refusals = email, None, None, 0
    change(actor, row)
    return bool(email) and row.confirmed_at is None


def token(row: Preferences) -> str:
    """For the link of confirmation: says neither who nor which address."""
    return signing.dumps([row.user_id, _print(row.email)], salt=SALT)


@transaction.atomic
def confirm(actor: Actor, raw: str) -> bool:
    """The link was followed by the account itself, for the address that it has now."""
    try:
        user_id, mark = signing.loads(raw, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    row = Preferences.objects.filter(user_id=actor.user_id or 0).first()
    if row is None or user_id != row.user_id or not row.email or mark != _print(row.email):
        return False
    row.confirmed_at, row.failing_since, row.refusals = clock.now(), None, 0
    change(actor, row)
    return True


def _print(email: str) -> str:
    return sha256(email.encode()).hexdigest()[:16]


def plan_again(user_id: int) -> None:
    """What is unread and has not gone yet goes by the choices as they are now. What was only for the inbox stays there."""
    found = reach_of([user_id]).get(user_id, NOTHING)
    now = clock.now()
    waiting = Q(mail__isnull=True, mail_at__isnull=False) | Q(pushed_at__isnull=True, push_at__isnull=False)
    rows = list(of_account(user_id).filter(waiting, read_at__isnull=True).select_related("notice")[:2000])
    for row in rows:
        when = sending.when_to_send(rule_kind(row.notice), found.prefs(group_of(row.notice)), now)
        if row.mail_id is None and row.mail_at:
            row.mail_at = when.mail
        if row.pushed_at is None and row.push_at:
            row.push_at = when.push
    Delivery.objects.bulk_update(rows, ["mail_at", "push_at"], batch_size=500)


def of_account(user_id: int | None):
    """Every copy of the account's, in whichever capacity."""
    return Delivery.objects.filter(
        Q(assignment__staff__user_id=user_id) | Q(person__user_id=user_id) | Q(relative__user_id=user_id)
    )


def owner(delivery_rows):
    """Rows with `owner_id`: the account that has the copy."""
    from django.db.models.functions import Coalesce

    return delivery_rows.annotate(
        owner_id=Coalesce(F("assignment__staff__user_id"), F("person__user_id"), F("relative__user_id"))
    )


def accounts(users: Iterable[int]) -> dict[int, User]:
    return {user.pk: user for user in User.objects.filter(pk__in=list(users), is_active=True)}


def quiet_now(found: Reach, moment: datetime, urgent: bool, duty: bool) -> datetime:
    """The moment, or when the quiet hours that it falls in are over."""
    return sending.after_quiet(found.prefs(""), moment, urgent, duty)


def times(raw: Iterable[str]) -> list[str]:
    """Times of day in order, each once."""
    return sorted({f"{time.fromisoformat(value):%H:%M}" for value in raw})
