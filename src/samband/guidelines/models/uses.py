"""Where a routine applies, so that it is shown at the step and nobody has to look for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.guidelines.models.guidelines import Guideline


class GuidelineUse(Base):
    """One place. `value` is a code (an action's picture, a competence, a need); `words` are beginnings of words, by comma.

    Both where both are there. `rules.matching` says when it applies. Kept for the routine, not for its version: where it is
    shown may be mended without deciding the routine anew.
    """

    class Kind(models.TextChoices):
        ACTION = "action", _("Insats")
        NEED = "need", _("Behov")
        SITUATION = "situation", _("Om något händer")
        COMPETENCE = "competence", _("Kompetens som krävs")
        STEP = "step", _("Steg vid utskrivning")

    guideline = models.ForeignKey(Guideline, models.CASCADE, related_name="uses")
    kind = models.CharField(_("Var"), max_length=10, choices=Kind.choices, default=Kind.ACTION)
    value = models.CharField(_("Bild eller kompetens"), max_length=40, blank=True)
    words = models.CharField(_("Ord som ska finnas med"), max_length=200, blank=True)
    added_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(value="", words=""), name="guideline_use_says_something")
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.value, self.words]))
