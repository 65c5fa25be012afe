"""What the person said about the shared plan as a whole (P1, P6; FHIR Consent)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.access.models.relations import Party
from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Person, Relative


class Consent(Base):
    """The person's yes to a shared plan: what was said, by whom, in which form, when, and when it was taken back.

    It opens nothing by itself: who reads is what Party says (P2). Taking it back withdraws every party in the same
    transaction (P6); a new yes is a new row, so that what was said before stays. `basis` says on what ground somebody
    else than the person said it (P7); `representative` is that somebody, where the plan knows her.
    """

    Form = Party.Form

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    said = models.TextField(_("Vad som sades"), max_length=2000)
    said_by = models.CharField(_("Vem som sade det"), max_length=200)
    form = models.CharField(_("I vilken form"), max_length=20, choices=Party.Form.choices)
    representative = models.ForeignKey(Relative, models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField(_("På vilken grund"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_said = models.TextField(_("Vad som sades när det togs tillbaka"), blank=True, max_length=2000)
    withdrawn_by = models.CharField(_("Vem som tog tillbaka det"), blank=True, max_length=200)
    withdrawn_form = models.CharField(_("I vilken form"), max_length=20, choices=Party.Form.choices, blank=True)

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(withdrawn_at__isnull=True), name="consent_one_open"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")), name="consent_order"
            ),
        ]
        indexes = [models.Index(fields=["person", "withdrawn_at"], name="consent_current")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_form_display()}"
