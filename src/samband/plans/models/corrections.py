"""What was wrong in a plan and has been put right. Nothing is erased: thinning follows the rules for retention (A17)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment
from samband.plans.models.careplan import CarePlan


class Correction(Base):
    """A text that was put right (`corrected`: staff may unfold what it said) or struck out (`struck`: hidden behind a reason).

    `digest` is the SHA-256 of the text in question; the text itself stands in the history alone, at `number` and before.
    Everywhere the history is shown, a value of this field with this digest is covered. Never edited.
    """

    class Kind(models.TextChoices):
        CORRECTED = "corrected", _("Rättad")
        STRUCK = "struck", _("Struken")

    class Ground(models.TextChoices):
        WRONG = "wrong", _("Uppgiften är fel")
        PERSON = "person", _("Uppgiften gäller någon annan")
        PLACE = "place", _("Uppgiften hör inte hemma i planen")

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ground = models.CharField(_("Skäl"), max_length=10, choices=Ground.choices)
    thing = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    why = models.CharField(_("Varför"), max_length=300)
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number", "-id"]
        indexes = [models.Index(fields=["plan", "thing"], name="correction_thing")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.thing} {self.field}"

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id
