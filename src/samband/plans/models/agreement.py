"""What the person answered to the plan as it stood (version by version), and what those near her write in their own part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.access.models import Party
from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Relative
from samband.plans.models.careplan import WORDS, CarePlan, Part


class Approval(Base):
    """One answer to one version of the plan; `number` is the latest change (Revision) that the version holds.

    Approved, or disagreed with in the person's words. Given by the person, by the one who represents her (P7, `basis`),
    or written down by staff: who said it and in which form. Never edited: the triggers of 0006 refuse it.
    """

    class Answer(models.TextChoices):
        APPROVED = "approved", _("Godkänd")
        DISAGREED = "disagreed", _("Inte överens")

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="approvals")
    number = models.PositiveIntegerField(default=0)
    answer = models.CharField(_("Svar"), max_length=10, choices=Answer.choices)
    words = models.TextField(_("Med personens ord"), max_length=WORDS, blank=True)
    said_by = models.CharField(_("Vem som sade det"), max_length=200)
    form = models.CharField(_("I vilken form"), max_length=20, choices=Party.Form.choices, blank=True)
    representative = models.ForeignKey(Relative, models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField(_("På vilken grund"), max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    by_kind = models.CharField(max_length=10)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["plan", "-id"], name="approval_latest")]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} {self.number}"

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id

    @property
    def approved(self) -> bool:
        return self.answer == self.Answer.APPROVED


class RelativeNote(Part):
    """How it is for somebody near, in that relative's own words (P4). The parties read it while the person shares it."""

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="relative_notes")
    relative = models.ForeignKey(Relative, models.PROTECT, related_name="plan_notes")
    words = models.TextField(_("Så är det för mig"), max_length=WORDS, blank=True)
    shared = models.BooleanField(_("Visas för dem som är med i planen"), default=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "relative"], name="relative_note_once")]

    def __str__(self) -> str:
        return str(self.relative)

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id
