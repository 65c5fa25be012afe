"""Staff, their assignments, and the three contacts of a person."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models.organizations import Unit
from samband.people.models.persons import Person


def current(on: date | None = None, prefix: str = "") -> Q:
    """Rows whose `starts_on`–`ends_on` (both days included) hold on the day."""
    on = on or clock.today()
    return Q(**{f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on})
    )


class Staff(Base):
    """A member of staff (FHIR Practitioner). What she may see follows from the assignment that she chose."""

    given_name = models.CharField(_("Förnamn"), max_length=100)
    family_name = models.CharField(_("Efternamn"), max_length=100)
    hsa_id = models.CharField(_("HSA-id"), max_length=31, unique=True)
    phone = models.CharField(_("Telefon"), max_length=30, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="staff")
    sort_name = models.CharField(max_length=300, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs):
        from samband.core.text import sort_key

        self.sort_name = sort_key(self.family_name, self.given_name)[:300]
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Assignment(Base):
    """A medarbetaruppdrag (FHIR PractitionerRole): staff at a unit in a role, for a time.

    `covers` names further units that the same task reaches, such as those that a coordinator at a care centre looks after.
    """

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Samordnare")
        NURSE = "nurse", _("Sjuksköterska")
        ASSISTANT = "assistant", _("Undersköterska")
        PHYSICIAN = "physician", _("Läkare")
        THERAPIST = "therapist", _("Fysio- eller arbetsterapeut")
        DENTAL = "dental", _("Tandvårdspersonal")
        PHARMACIST = "pharmacist", _("Apotekare eller receptarie")
        SOCIAL = "social", _("Biståndshandläggare eller socialsekreterare")
        OUTSIDE = "outside", _("Part utanför vård och omsorg")
        PLANNER = "planner", _("Planerare")
        ADMINISTRATOR = "administrator", _("Administratör")
        REVIEWER = "reviewer", _("Loggranskare")
        LEADER = "leader", _("Förbättringsledare")

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    role = models.CharField(_("Roll"), max_length=20, choices=Role.choices)
    title = models.CharField(_("Titel"), max_length=100)
    covers = models.ManyToManyField(Unit, blank=True, related_name="covered_by")
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="assignment_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"


class ContactRole(Base):
    """One of the three contacts of a person (A13): never merged, at most one of each at a time.

    The staff member is named through an assignment, so that the unit and its phone follow.
    """

    class Kind(models.TextChoices):
        CARE = "care_contact", _("Fast vårdkontakt")
        PHYSICIAN = "physician_contact", _("Fast läkarkontakt")
        SOCIAL = "social_contact", _("Fast omsorgskontakt")

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    kind = models.CharField(_("Roll"), max_length=20, choices=Kind.choices)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="contact_for")
    starts_on = models.DateField(_("Från"), default=clock.today)
    ends_on = models.DateField(_("Till och med"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ends_on__isnull=True), name="contact_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="contact_order"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "starts_on", "ends_on", "kind"], name="contact_current"),
            models.Index(fields=["starts_on"], name="contact_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.assignment.staff}"
