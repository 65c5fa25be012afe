"""Decisions to thin, and what is held back from it (A17)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Organization, Person


class LegalHold(Base):
    """Nothing of the organization's about the person is thinned while this stands: a review, a dispute, an inquiry."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holds")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    why = models.CharField(_("Varför"), max_length=300)
    since = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=200)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization"], condition=Q(ended_at__isnull=True), name="hold_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.organization_id}"


class ThinningDecision(Base):
    """An organization decides that one rule is carried out up to a day: who, when, why. `samband thin` does it, once.

    `rows`: how many of each model went; no content, no names.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    years = models.PositiveSmallIntegerField()
    before = models.DateTimeField()
    why = models.CharField(_("Beslutet"), max_length=300)
    decided_at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    groups = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=dict)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "rule"], condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="decision_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rule}: {self.decided_at}"
