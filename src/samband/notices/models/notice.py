"""What was told, to whom it was put, who has a copy, and what the clock did when nobody acknowledged.

Nothing here names a person or what care it is about: kinds, addresses and keys, and the names are asked for when shown.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock, notices
from samband.core.models import Base
from samband.people.models import Assignment, Person, Relative, Unit


def exactly_one(*names: str) -> Q:
    """Exactly one of the fields is filled."""
    found = Q(pk__in=[])
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


class Notice(Base):
    """Something that was told once. `from_*`: the side that sees whether it was acknowledged."""

    kind = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    thing = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=300)
    once = models.CharField(max_length=120, blank=True)
    receipt = models.BooleanField(default=False)
    wait = models.DurationField(null=True, blank=True)
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    from_assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "once"], condition=~Q(once=""), name="notice_once")]
        indexes = [
            models.Index(fields=["thing"], name="notice_thing"),
            models.Index(fields=["told_at"], name="notice_told"),
            models.Index(fields=["from_unit", "receipt", "told_at"], name="notice_from"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.told_at:%Y-%m-%d}"

    @property
    def title(self) -> str:
        """What the kind is called; a kind whose module is gone still says that there was something."""
        known = notices.kinds.get(self.kind)
        return str(known.title if known else _("Något nytt"))


class Recipient(Base):
    """To whom a notice is put: a unit, one of staff, a person or somebody near her. One receipt each, where it matters."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="recipients")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    relative = models.ForeignKey(Relative, models.CASCADE, null=True, blank=True, related_name="+")
    waits = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    by_assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    by_person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    by_relative = models.ForeignKey(Relative, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("unit", "assignment", "person", "relative"), name="recipient_one"
            ),
            *(
                models.UniqueConstraint(
                    fields=["notice", name], condition=Q(**{f"{name}__isnull": False}), name=f"recipient_{name}"
                )
                for name in ("unit", "assignment", "person", "relative")
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(waits=True), name="recipient_due"),
            models.Index(fields=["unit", "since"], condition=Q(waits=True), name="recipient_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.unit or self.assignment or self.relative or self.person}"


class Taken(models.Model):
    """A step that the clock took for a receipt that nobody gave: which, when, and how many were told."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=clock.now)
    step = models.CharField(max_length=20)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["recipient", "step"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.step}"


class Delivery(Base):
    """One reader's copy: in the inbox at once; when it goes by mail and by push, and when it was read.

    `mail_at`, `push_at`: when it shall go (None: not that way); `mail`: the digest that carries it; `pushed_at`: done.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="deliveries")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    relative = models.ForeignKey(Relative, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey("notices.Mail", models.SET_NULL, null=True, blank=True, related_name="deliveries")
    push_at = models.DateTimeField(null=True, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(condition=exactly_one("assignment", "person", "relative"), name="delivery_one"),
            *(
                models.UniqueConstraint(
                    fields=["notice", name], condition=Q(**{f"{name}__isnull": False}), name=f"delivery_{name}"
                )
                for name in ("assignment", "person", "relative")
            ),
        ]
        indexes = [
            *(
                models.Index(fields=[name, "read_at", "at"], name=f"delivery_{name}_at")
                for name in ("assignment", "person", "relative")
            ),
            models.Index(
                fields=["mail_at"], condition=Q(mail__isnull=True, read_at__isnull=True), name="delivery_mail"
            ),
            models.Index(
                fields=["push_at"], condition=Q(pushed_at__isnull=True, read_at__isnull=True), name="delivery_push"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.assignment_id or self.relative_id or self.person_id}"
