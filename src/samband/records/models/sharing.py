"""What the person was told and decided about reading between providers, and each reading on those grounds (A3–A11)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.access.models import Party
from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Organization, Person, Unit


class Information(Base):
    """The person was told what reading between providers is, that she may object, and what holds in an emergency (A4)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="informed")
    form = models.CharField(_("I vilken form"), max_length=20, choices=Party.Form.choices)
    at = models.DateTimeField(default=clock.now)
    told_by = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    told_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "information"

    def __str__(self) -> str:
        return f"{self.person_id}: {self.at}"


class Block(Base):
    """The person has blocked what one provider wrote (A5), or what one unit wrote towards its provider's other units (A3).

    `unit` is set for the inner block. It holds from the moment it is said until it is lifted; a new one is a new row.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="blocks")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    social = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    said = models.CharField(_("Vad personen sade"), max_length=500, blank=True)
    since = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=200, blank=True)
    lifted_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization", "social"],
                condition=Q(lifted_at__isnull=True, unit__isnull=True),
                name="block_once",
            ),
            models.UniqueConstraint(
                fields=["person", "unit"],
                condition=Q(lifted_at__isnull=True, unit__isnull=False),
                name="block_inner_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.unit or self.organization}"


class ReadingConsent(Base):
    """The person's yes to a provider's reading what others wrote (A7, A8). Not the consent to the plan; it opens no more than that."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="reading_consents")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    social = models.BooleanField(default=False)
    said = models.CharField(_("Vad personen sade"), max_length=500)
    form = models.CharField(_("I vilken form"), max_length=20, choices=Party.Form.choices)
    recorded_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    until = models.DateField(_("Till och med"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-id"]
        indexes = [models.Index(fields=["person", "withdrawn_at"], name="reading_consent_current")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.organization}"


class Reading(Base):
    """One member of staff says that she needs what others wrote now, why, and on which ground. It holds for the day.

    `entry` is set where one entry behind an inner block is needed (A3): for the needed data only.
    """

    class Ground(models.TextChoices):
        CONSENT = "consent", _("Personen har sagt ja")
        INCAPABLE = "incapable", _("Personen kan varaktigt inte ta ställning")
        EMERGENCY = "emergency", _("Fara för liv eller hälsa, och personen kan inte svara")
        INNER_CONSENT = "inner_consent", _("Personen har sagt ja till att spärren bryts")
        INNER_EMERGENCY = "inner_emergency", _("Personen kan inte svara, och vården kan inte vara utan uppgiften")

    person = models.ForeignKey(Person, models.PROTECT, related_name="readings")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    entry = models.ForeignKey("records.Entry", models.PROTECT, null=True, blank=True, related_name="+")
    ground = models.CharField(max_length=16, choices=Ground.choices)
    why = models.CharField(_("Varför behövs uppgifterna nu?"), max_length=500)
    explored = models.CharField(_("Vad personen brukar vilja, och hur ni vet det"), max_length=500, blank=True)
    at = models.DateTimeField(default=clock.now)
    day = models.DateField(default=clock.today)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["assignment", "day", "person"], name="reading_of_today")]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.person_id} {self.ground}"


class LiftRequest(Base):
    """Somebody in an emergency asks the provider whose data is blocked to lift the block (A10). Answered by that provider."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("Väntar på svar")
        LIFTED = "lifted", _("Spärren är hävd")
        REFUSED = "refused", _("Spärren står kvar")
        WITHDRAWN = "withdrawn", _("Återtagen")

    block = models.ForeignKey(Block, models.PROTECT, related_name="requests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="lift_requests")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=500)
    why = models.CharField(_("Vad är det för fara?"), max_length=500)
    at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    words = models.CharField(_("Svar"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "assignment"], condition=Q(answer="waiting"), name="lift_request_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.block_id}: {self.answer}"
