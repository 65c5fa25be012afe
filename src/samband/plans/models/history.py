"""Every change of a plan: who, when, why. And what one party proposes to another."""

from django.db import models
from django.db.models import Q
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

    `kind` says what is proposed: a change of the action, that a unit takes it, or that somebody comes along.
    `asked_unit` is the unit that is asked where that is not the one that has the action; until its yes the action
    stays with whoever has it, or with nobody. `answer_by` is the day by which an answer is wanted. A unit that had
    said yes may give the action back (`RETURNED`); the one who asked may take the question back (`WITHDRAWN`).
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Väntar på svar")
        ACCEPTED = "accepted", _("Godtaget")
        DECLINED = "declined", _("Avböjt")
        RETURNED = "returned", _("Lämnad tillbaka")
        WITHDRAWN = "withdrawn", _("Frågan togs tillbaka")

    class Kind(models.TextChoices):
        CHANGE = "change", _("Ändring")
        TAKE = "take", _("Ta insatsen")
        ALONG = "along", _("Komma med")

    action = models.ForeignKey(Action, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CHANGE)
    asked_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="asks", verbose_name=_("Vem som får frågan")
    )
    answer_by = models.DateField(_("Svar önskas senast"), null=True, blank=True)
    changes = models.JSONField(default=dict)
    text = models.TextField(_("Förslag"), max_length=2000)
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    answered_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("Svar"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["action"], condition=Q(status="open", kind="take"), name="ask_one_open")
        ]
        indexes = [
            models.Index(fields=["asked_unit", "status", "answer_by"], name="ask_waiting"),
            models.Index(fields=["status", "answer_by"], name="ask_late"),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.status}"

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.action.plan.person_id
