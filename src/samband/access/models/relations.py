"""Who takes part: a unit's care relation with a person (A1, P2), and the parties of the shared plan (P1, P6)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Person, Unit


class CareRelation(Base):
    """A unit takes part in the person's care now, and why. It opens the person; the plan needs a Party as well.

    `agreed`: the unit is also a party (P2); the database keeps it (`access.triggers`), nobody writes it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="relations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="relations")
    reason = models.CharField(_("Skäl"), max_length=200)
    started_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)
    agreed = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person"], condition=Q(ends_on__isnull=True), name="relation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="relation_order"
            ),
        ]
        # The person first and the unit last: "is she in my scope" is then one probe however many units are asked for,
        # and no IN stands before a range (SQLite 3.40 answers that wrongly once ANALYZE has run).
        indexes = [
            models.Index(fields=["person", "starts_on", "ends_on", "unit"], name="relation_current"),
            models.Index(
                fields=["person", "starts_on", "ends_on", "unit"], name="relation_agreed", condition=Q(agreed=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.person}"


class Party(Base):
    """A unit that the person agreed to as a party of the plan (P1): what was said, by whom, in which form.

    Withdrawal (P6) stops the unit's reading at once; the row and what the unit wrote stay.
    """

    class Form(models.TextChoices):
        SPOKEN = "spoken", _("Muntligt")
        WRITTEN = "written", _("Skriftligt")
        REPRESENTATIVE = "via_representative", _("Genom företrädare")

    person = models.ForeignKey(Person, models.CASCADE, related_name="parties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="party_in")
    said = models.TextField(_("Vad som sades"), max_length=2000)
    said_by = models.CharField(_("Vem som sade det"), max_length=200)
    form = models.CharField(_("I vilken form"), max_length=20, choices=Form.choices)
    recorded_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_said = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person"], condition=Q(withdrawn_at__isnull=True), name="party_one_open"
            )
        ]
        # The day stands before the unit so that SQLite does not look for each of a county's units in turn: it finds the
        # person's parties and compares (366 probes a person became one).
        indexes = [models.Index(fields=["person", "withdrawn_at", "agreed_at", "unit"], name="party_at_hand")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.person}"
