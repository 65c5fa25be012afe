"""Situations: if … happens, then …, call …"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.people.models import Unit
from samband.plans.models.careplan import TEXT, CarePlan, Part


class Situation(Part):
    """What to do when something happens (FHIR CarePlan contingency): steps for the person, relatives and staff, and whom to call.

    One that no longer holds keeps its day in `ended_on` and shows in the history alone.

    Call chain: `call_unit` (or `emergency`, 112) first, `then_unit` when the first does not answer.
    """

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="situations")
    trigger = models.CharField(_("Om …"), max_length=200, help_text=_("Helst med personens egna ord."))
    icon = models.CharField(max_length=30, blank=True)
    steps_person = models.TextField(_("Så gör jag"), max_length=TEXT)
    steps_relative = models.TextField(_("Så gör närstående"), max_length=TEXT, blank=True)
    steps_staff = models.TextField(_("Så gör personalen"), max_length=TEXT, blank=True)
    emergency = models.BooleanField(_("Ring 112"), default=False)
    call_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ring först")
    )
    then_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ring sedan")
    )
    ongoing_since = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(_("Gäller inte längre sedan"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(emergency=True) | models.Q(call_unit__isnull=False), name="situation_has_answer"
            )
        ]

    def __str__(self) -> str:
        return self.trigger

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id
