"""Where an account is logged in, so that its owner can see it and end it; and counters against guessing and flooding."""

import uuid

from django.conf import settings
from django.db import models


class OpenSession(models.Model):
    """One log-in that may still be open. The session itself lies in Django's table under `session_key`.

    `way`: one of `core.sessions.Way`; `browser`: "Firefox, Windows" and no more, so that the owner knows it again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    way = models.CharField(max_length=12)
    browser = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.way} {self.started_at:%Y-%m-%d %H:%M}"


class Rate(models.Model):
    """How often something was tried within one window of time. `who` is a keyed hash, never an address or account itself."""

    name = models.CharField(max_length=40)
    who = models.CharField(max_length=32)
    window = models.BigIntegerField()
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "who", "window"], name="core_one_rate_a_window")]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
