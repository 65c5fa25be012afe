"""A person who cannot consent (P7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Person, Relative


class Capacity(Base):
    """Who assessed that the person cannot consent, on what basis, who represents, the known attitude, and when to look again.

    While it holds, the plan is marked everywhere. `representative` is the one near who represents with a mandate of the
    law, where there is one; `represented_by` says it in words and is always there. `reminded_for` is the review day that
    somebody has been told of.
    """

    class Ground(models.TextChoices):
        LASTING = "lasting", _("Varaktigt nedsatt beslutsförmåga")
        UNCONSCIOUS = "unconscious", _("Medvetslös")
        CHILD = "child", _("Barn")

    person = models.ForeignKey(Person, models.CASCADE, related_name="capacities")
    ground = models.CharField(_("Skäl"), max_length=20, choices=Ground.choices)
    assessed_by = models.CharField(_("Bedömd av"), max_length=200)
    basis = models.TextField(_("På vilken grund"), max_length=2000)
    represented_by = models.CharField(_("Företräds av"), max_length=200)
    representative = models.ForeignKey(
        Relative, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Företrädare i planen")
    )
    attitude = models.TextField(_("Känd inställning"), max_length=2000)
    review_on = models.DateField(_("Prövas igen"))
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "capacities"
        indexes = [models.Index(fields=["review_on"], name="capacity_review")]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}: {self.person}"

    @property
    def overdue(self) -> bool:
        """Whether the day to look again has passed."""
        return self.review_on < clock.today()
