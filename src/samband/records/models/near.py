"""What the person lets a relative read for a time (A13)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Organization, Person, Relative


class Share(Base):
    """The person lets one relative read what is signed about her: all of it, or the parts named, to and with a day.

    It ends on the day, when the person ends it, or when the relative's role ends, whichever comes first. It is apart from what
    the relative reads of the plan, and a new one is a new row.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="shares")
    relative = models.ForeignKey(Relative, models.PROTECT, related_name="shares")
    everything = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    until = models.DateField(_("Till och med"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["relative", "until"], name="share_current")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.relative_id}"

    def holds(self) -> bool:
        """Whether the person still shares it today; the relative's own role is another question."""
        return self.ended_at is None and self.until >= clock.today()


class SharePart(models.Model):
    """A part of what is shared: what one provider wrote and writes, or one entry."""

    share = models.ForeignKey(Share, models.PROTECT, related_name="parts")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    social = models.BooleanField(default=False)
    entry = models.ForeignKey("records.Entry", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=True, entry__isnull=False)
                | Q(organization__isnull=False, entry__isnull=True),
                name="share_part_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.share_id}: {self.organization_id or self.entry_id}"
