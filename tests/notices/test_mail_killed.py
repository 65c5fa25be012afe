"""The worker dies anywhere, any number of times: no mail goes twice, no notice is lost, nobody is woken.

Generated days with a fake clock and a mail server that the worker may die in front of, inside of and behind.
"""

import random
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from samband.core import clock
from samband.notices.models import Delivery, Mail
from samband.notices.rules.sending import Prefs, after_quiet
from samband.notices.services import mail, preferences
from tests.notices.worlds import HOUR, MORNING, PLAIN, RECEIPT, SLOW, tell, wants

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """The process is gone: nothing catches it, open transactions are rolled back."""


class Post(BaseEmailBackend):
    """The mail server: what it has taken over, and when."""

    taken: list[tuple] = []
    dice: random.Random
    danger = 0.0

    def send_messages(self, messages: list[EmailMessage]) -> int:
        if self.dice.random() < self.danger:
            raise Killed
        Post.taken += [(m.extra_headers["Message-ID"], m.to[0], clock.now()) for m in messages]
        if self.dice.random() < self.danger:
            raise Killed
        return len(messages)


def deadly(monkeypatch, name: str, dice: random.Random) -> None:
    """The worker may die just before and just after this step."""
    step = getattr(mail, name)

    def wrapped(*args, **kwargs):
        if dice.random() < Post.danger:
            raise Killed
        found = step(*args, **kwargs)
        if dice.random() < Post.danger:
            raise Killed
        return found

    monkeypatch.setattr(mail, name, wrapped)


@pytest.mark.parametrize("seed", range(12))
def test_no_mail_twice_and_no_notice_lost(world, settings, monkeypatch, seed):
    dice = random.Random(seed)
    settings.MAIL_ON, settings.DEFAULT_FROM_EMAIL = True, "samband@example.org"
    settings.EMAIL_BACKEND = f"{__name__}.Post"
    Post.taken, Post.dice, Post.danger = [], dice, 0.25
    for name in ("_gather", "_claim", "_sent", "_release", "recover"):
        deadly(monkeypatch, name, dice)
    for name in ("alice", "gp"):
        wants(world.users[name], at_once=dice.random() < 0.5)
    assert days(world, dice), "the generator must reach a death"
    check(world)


def days(world, dice: random.Random) -> int:
    """Some days with deaths, then two without; how many deaths there were."""
    units = [world.units["nursing"].pk, world.units["centre"].pk]
    now, killed = MORNING, 0
    for n in range(60):
        with clock.frozen(now):
            if dice.random() < 0.3:
                tell(world, dice.choice([PLAIN, RECEIPT, SLOW]), units=units, once=str(n))
            if dice.random() < 0.1:
                Delivery.objects.filter(pk__in=_some(dice)).update(read_at=now)
            try:
                mail.turn()
            except Killed:
                killed += 1
        now += dice.choice([MINUTE, 11 * MINUTE, HOUR, 3 * HOUR])
    Post.danger = 0.0
    for _n in range(60):
        with clock.frozen(now):
            mail.turn()
        now += HOUR
    return killed


def check(world) -> None:
    """No mail twice, everything unread in a mail that arrived, nothing at night, nothing left half done."""
    ids = [mark for mark, _to, _at in Post.taken]
    assert len(ids) == len(set(ids)), "a mail went twice"
    arrived = {mark.strip("<>").partition("@")[0] for mark in ids}
    for copy in preferences.owner(Delivery.objects.filter(read_at__isnull=True)).select_related("mail"):
        if copy.owner_id in {world.users["alice"].pk, world.users["gp"].pk}:
            assert copy.mail, f"{copy}: still waiting"
            assert str(copy.mail.public_id) in arrived, f"{copy}: lost"
    for _mark, _to, at in Post.taken:
        assert after_quiet(Prefs(), at) == at, "somebody was woken"
    assert not Mail.objects.filter(state__in=["made", "sending"]).exists()


def _some(dice: random.Random) -> list[int]:
    ids = list(Delivery.objects.values_list("pk", flat=True))
    return dice.sample(ids, min(len(ids), 2))
