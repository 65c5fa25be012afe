"""What readers answer to a routine: that they have read it, that something in it is wrong, that it goes against another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.guidelines.models.guidelines import Guideline, GuidelineVersion
from samband.people.models import Assignment


class ReadReceipt(Base):
    """One of the staff has read one version; taken back at once or not at all."""

    version = models.ForeignKey(GuidelineVersion, models.CASCADE, related_name="receipts")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["version", "assignment"], name="guideline_receipt_once")]

    def __str__(self) -> str:
        return f"{self.version}: {self.assignment}"


class GuidelineFeedback(Base):
    """Something that a reader says of a routine. Goes to its owner, is answered, and may become an insight."""

    guideline = models.ForeignKey(Guideline, models.PROTECT, related_name="feedback")
    number = models.PositiveIntegerField()
    text = models.TextField(_("Vad vill du säga?"), max_length=1000)
    by = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    answer = models.TextField(_("Svar"), max_length=1000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    insight_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["guideline", "answered_at"], name="guideline_feedback_open")]

    def __str__(self) -> str:
        return self.text[:80]


class Divergence(Base):
    """An editor's mark: this local routine goes against the common one, or lies outside its frame. Resolved, never erased."""

    class Kind(models.TextChoices):
        CONFLICT = "conflict", _("Går emot den gemensamma rutinen")
        OUTSIDE = "outside", _("Ligger utanför den gemensamma ramen")

    guideline = models.ForeignKey(Guideline, models.PROTECT, related_name="divergences")
    kind = models.CharField(_("Vad"), max_length=10, choices=Kind.choices, default=Kind.CONFLICT)
    text = models.CharField(_("På vilket sätt"), max_length=500)
    flagged_by = models.CharField(max_length=200, blank=True)
    resolution = models.CharField(_("Hur det löstes"), max_length=300, blank=True)
    resolved_by = models.CharField(max_length=200, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text[:80]
