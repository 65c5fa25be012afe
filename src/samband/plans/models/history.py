"""Every change of a plan: who, when, why. And what one party proposes to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Unit
from samband.plans.models.actions import Action
from samband.plans.models.careplan import CarePlan


class Revision(Base):
    """One change: what (`thing`), from what to what (`changes`: field → [before, after]), who, when and why. Never edited."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)
    thing = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    changes = models.JSONField(default=dict)
    why = models.CharField(_("Varför"), max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    by_kind = models.CharField(max_length=10)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="revision_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Proposal(Base):
    """What somebody proposes about an action (P3); the party that is asked accepts or declines.

    `asked` is the unit that is asked, where that is not the one that has the action: to take it, or to come along.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Väntar på svar")
        ACCEPTED = "accepted", _("Godtaget")
        DECLINED = "declined", _("Avböjt")

    action = models.ForeignKey(Action, models.CASCADE, related_name="proposals")
    changes = models.JSONField(default=dict)
    asked = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("Förslag"), max_length=2000)
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    answered_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("Svar"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.action}: {self.status}"

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.action.plan.person_id
