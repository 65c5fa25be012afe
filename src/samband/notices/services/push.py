"""Push to the reader's devices: one knock for all that is new, again with back-off, and a device that is gone is said.

Killed between the knock and its mark the worker knocks again; the device shows one notification all the same (same topic).
"""

import json
from collections import defaultdict
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from samband.core import audit, clock, notices, policy
from samband.core.models import User
from samband.core.policy import Actor
from samband.notices.models import Delivery, Device
from samband.notices.rules import endpoints, trying
from samband.notices.services import preferences, webpush
from samband.notices.services.preferences import NOTHING
from samband.notices.services.webpush import Outcome

BATCH = 2000
TURN = 100
MOST = 10


class Refused(Exception):
    """The device could not be added; the key says why."""


def turn() -> None:
    """The worker's duty. Without a key of our own nothing is sent."""
    if not settings.PUSH_ON:
        return
    gather()
    send_due()


def gather() -> int:
    """What is due and unread marks the account's devices as to be knocked at."""
    now = clock.now()
    due = Delivery.objects.filter(push_at__lte=now, pushed_at__isnull=True, read_at__isnull=True)
    rows = list(preferences.owner(due).select_related("notice").order_by("push_at")[:BATCH])
    by_user: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_user[row.owner_id or 0].append(row)
    reach = preferences.reach_of(by_user)
    duty = notices.on_duty((row.assignment_id for row in rows if row.assignment_id), now)
    knocked = 0
    for user, copies in by_user.items():
        found = reach.get(user, NOTHING)
        ready, later = [], []
        for copy in copies:
            hurry = preferences.rule_kind(copy.notice).urgent
            awake = preferences.quiet_now(found, now, hurry, copy.assignment_id in duty)
            if awake <= now:
                ready.append(copy)
            else:
                copy.push_at = awake
                later.append(copy)
        with transaction.atomic():
            Delivery.objects.bulk_update(later, ["push_at"])
            Delivery.objects.filter(pk__in=[c.pk for c in ready]).update(pushed_at=now)
            if ready:
                alive = Device.objects.filter(user_id=user, gone_at__isnull=True)
                knocked += alive.filter(Q(due_at__isnull=True) | Q(due_at__gt=now)).update(due_at=now, attempts=0)
    return knocked


def send_due() -> int:
    """Knock at every device whose turn has come; how many were reached."""
    rows = Device.objects.filter(due_at__lte=clock.now(), gone_at__isnull=True).order_by("due_at", "pk")
    return sum(_knock(device) for device in list(rows[:TURN]))


def _knock(device: Device) -> int:
    user = User.objects.filter(pk=device.user_id, is_active=True).first()
    waiting = preferences.of_account(device.user_id).filter(read_at__isnull=True)
    count = waiting.count() if user else 0
    if user is None or not count:
        Device.objects.filter(pk=device.pk).update(due_at=None, attempts=0)
        return 0
    urgent = waiting.filter(recipient__waits=True).exists()
    answer = webpush.post(device.endpoint, device.p256dh, device.auth, payload(user, count), urgent)
    _note(device.pk, answer)
    return int(answer.outcome == Outcome.TAKEN)


def payload(user: User, count: int) -> bytes:
    """How many are new, and in which language to say so. No name, no kind, no address."""
    return json.dumps({"n": count, "lang": user.language or settings.LANGUAGE_CODE}).encode()


@transaction.atomic
def _note(pk: int, answer: webpush.Answer) -> None:
    device = Device.objects.select_for_update().filter(pk=pk).first()
    if device is None:
        return  # removed meanwhile
    if answer.outcome == Outcome.GONE:
        end(device)
        return
    if answer.outcome == Outcome.LATER:
        device.attempts += 1
        wait = trying.wait(device.attempts)
        later = clock.now() + max(wait, timedelta(seconds=answer.retry_after)) if wait else None
        device.due_at, device.attempts = later, device.attempts if wait else 0
    elif answer.outcome == Outcome.TAKEN:
        device.due_at, device.attempts, device.refusals, device.reached_at = None, 0, 0, clock.now()
    else:
        device.due_at, device.attempts, device.refusals = None, 0, device.refusals + 1
    device.save()
    if trying.failing(device.refusals):
        end(device)


def end(device: Device) -> None:
    """The push service knows the device no more: nothing of its keys is kept, its name stays to be said."""
    device.gone_at, device.due_at, device.endpoint, device.p256dh, device.auth = clock.now(), None, "", "", ""
    device.save()


@transaction.atomic
def add(actor: Actor, name: str, endpoint: str, p256dh: str, auth: str) -> Device:
    """A device of the account's. The same browser added again is the same device."""
    if not endpoints.allowed(endpoint, settings.PUSH_HOSTS):
        raise Refused("endpoint")
    if not webpush.check_keys(p256dh, auth):
        raise Refused("keys")
    assert actor.user_id is not None
    mark = sha256(endpoint.encode()).hexdigest()
    # A browser that somebody else was logged in to is hers no longer.
    Device.objects.filter(mark=mark).exclude(user_id=actor.user_id).delete()
    if Device.objects.filter(user_id=actor.user_id).exclude(mark=mark).count() >= MOST:
        raise Refused("many")
    values = {
        "name": name, "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "gone_at": None, "refusals": 0, "attempts": 0,
        "due_at": None,
    }  # fmt: skip
    device, _new = Device.objects.update_or_create(user_id=actor.user_id, mark=mark, defaults=values)
    audit.record(actor, "notice.device", thing=device, added=True)
    return device


@transaction.atomic
def remove(actor: Actor, device: Device) -> None:
    policy.require(actor, "notice.device", device)
    audit.record(actor, "notice.device", thing=device, added=False)
    device.delete()
