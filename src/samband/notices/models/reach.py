"""How a reader wants to be reached: her choices, her address, her devices, and the mails that were made for her."""

from datetime import time
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.notices.rules.sending import DIGESTS, QUIET


def default_digests() -> list[str]:
    return [f"{t:%H:%M}" for t in DIGESTS]


class Preferences(models.Model):
    """One account's choices. Without a row everything stays in the inbox and nothing leaves the house.

    `channels`: by group of kinds, {"mail": bool, "push": bool}; "" is for every group that is not named.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences")
    channels = models.JSONField(default=dict, blank=True)
    digests = models.JSONField(default=default_digests, blank=True)
    at_once = models.BooleanField(_("Mejla genast om det som väntar på kvittens"), default=True)
    quiet_from = models.TimeField(_("Tyst från"), default=QUIET[0])
    quiet_to = models.TimeField(_("Tyst till"), default=QUIET[1])
    break_through = models.BooleanField(_("Väck mig när något måste kvitteras inom en timme"), default=False)
    on_shift = models.BooleanField(_("Ingen tystnad när jag har jour eller pass"), default=True)
    email = models.EmailField(_("E-postadress"), max_length=254, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"{self.user_id}"

    @property
    def mails(self) -> bool:
        """Whether there is an address that works as far as we know."""
        return bool(self.email and self.confirmed_at and not self.failing_since)

    def channel(self, group: str) -> dict[str, Any]:
        return self.channels.get(group, self.channels.get("", {}))

    def times(self) -> tuple[time, ...]:
        return tuple(time.fromisoformat(raw) for raw in self.digests)


class Device(Base):
    """A browser that shows notices (RFC 8030). `endpoint` and keys come from the browser; gone is said, not hidden."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_devices")
    name = models.CharField(_("Vad ska enheten heta?"), max_length=60)
    endpoint = models.TextField(blank=True)
    mark = models.CharField(max_length=64, db_index=True)
    p256dh = models.CharField(max_length=120, blank=True)
    auth = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reached_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "mark"], name="device_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="device_due")]

    def __str__(self) -> str:
        return self.name


class Mail(Base):
    """One message about what is new. Sent at most once: one whose fate is unknown is never sent again, its notices are.

    Its `public_id` is in the Message-ID.
    """

    class State(models.TextChoices):
        MADE = "made"
        SENDING = "sending"
        SENT = "sent"
        NEEDLESS = "needless"
        REFUSED = "refused"
        UNKNOWN = "unknown"
        GIVEN_UP = "given_up"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.MADE)
    urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(default=clock.now)
    sending_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="made"), name="mail_due"),
            models.Index(fields=["sending_at"], condition=Q(state="sending"), name="mail_sending"),
            models.Index(fields=["made_at"], name="mail_made"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"
