"""A child's maturity, as somebody in care assessed it (P4, P7, A13)."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Person


class Maturity(Base):
    """Who assessed, on what ground, what the child wishes, what follows, and when to look again. Holds for a child only.

    One holds at a time and takes the place of the ages; a new one is a new row. A review that is late changes nothing by
    itself: it is told, as an assessment that narrowed a guardian's sight must not open again by a date.
    """

    class Guardians(models.TextChoices):
        NOTHING = "nothing", _("Läser inte planen")
        READS = "reads", _("Läser planen")
        WRITES = "writes", _("Läser och skriver för barnet")

    person = models.ForeignKey(Person, models.PROTECT, related_name="maturities")
    assessed_by = models.CharField(_("Bedömd av"), max_length=200)
    basis = models.TextField(_("På vilken grund"), max_length=2000, validators=[MinLengthValidator(5)])
    wishes = models.TextField(_("Vad barnet själv vill"), max_length=2000)
    own = models.BooleanField(_("Barnet läser, skriver och svarar självt"), default=False)
    guardians = models.CharField(_("Vårdnadshavare och planen"), max_length=10, choices=Guardians.choices)
    entries = models.BooleanField(_("Vårdnadshavare läser journalen"), default=False)
    review_on = models.DateField(_("Prövas igen"))
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "maturities"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends_on__isnull=True), name="maturity_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.guardians}"

    @property
    def overdue(self) -> bool:
        """Whether the day to look again has passed."""
        return self.review_on < clock.today()
