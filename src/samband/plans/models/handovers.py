"""One unit hands over to another: the person moved, or care goes on elsewhere (FHIR Task with a focus)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Unit
from samband.plans.models.careplan import CarePlan


class Handover(Base):
    """What `from_unit` asks `to_unit` to take over, from which day, and the answer.

    Until it is accepted and its day has come, the first unit is responsible. `leaves`: when everything is taken over, the
    first unit's care relation ends on that day, and its reading with it.
    """

    class Reason(models.TextChoices):
        MUNICIPALITY = "municipality", _("Personen flyttar till en annan kommun")
        UNIT = "unit", _("Personen byter enhet")
        OTHER = "other", _("Annat")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Väntar på svar")
        ACCEPTED = "accepted", _("Mottagen")
        PARTLY = "partly", _("Mottagen till en del")
        DECLINED = "declined", _("Avböjd")
        WITHDRAWN = "withdrawn", _("Återtagen")

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="handovers")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(_("Varför"), max_length=14, choices=Reason.choices)
    message = models.TextField(_("Till den som tar över"), max_length=2000)
    on = models.DateField(_("Från och med"))
    leaves = models.BooleanField(_("Vi deltar inte längre i vården sedan"), default=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    answer_name = models.CharField(max_length=200, blank=True)
    answer = models.CharField(_("Svar"), max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "from_unit", "to_unit"], condition=Q(status="waiting"), name="handover_one_waiting"
            ),
            models.CheckConstraint(condition=~Q(from_unit=models.F("to_unit")), name="handover_two_units"),
        ]
        indexes = [
            models.Index(fields=["status", "asked_at"], name="handover_waiting"),
            models.Index(fields=["done_at", "status", "on"], name="handover_due"),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit} → {self.to_unit}"

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id

    @property
    def open(self) -> bool:
        """Whether it still waits for the other unit."""
        return self.status == self.Status.WAITING


class HandoverItem(Base):
    """One thing that is handed over: an action, a situation's call, a follow-up, or one of the three contact roles."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Väntar på svar")
        ACCEPTED = "accepted", _("Tas över")
        DECLINED = "declined", _("Tas inte över")

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    thing = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    to_assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("Varför inte"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["handover", "thing"], name="handover_item_once")]

    def __str__(self) -> str:
        return self.title
