"""Organisations, their units, when they are open and where they are."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base


class Area(Base):
    """A municipality, or a district within one. Persons live in one, units work in one."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kommun")
        DISTRICT = "district", _("Område")

    name = models.CharField(_("Namn"), max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.MUNICIPALITY)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="districts")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "parent"], name="area_name"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(parent__isnull=True), name="area_top_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def by_key(cls, asked: str) -> "Area | None":
        """The area with that public_id; None where it is nobody's or no key at all, as an address may hold anything."""
        return next((a for a in cls.objects.all() if str(a.public_id) == asked), None) if asked else None


class Organization(Base):
    """A principal, provider or outside party (FHIR Organization). `kind` decides which rules apply (A7, A8, A14)."""

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        MUNICIPALITY = "municipality", _("Kommun")
        PRIVATE = "private", _("Privat vårdgivare")
        DENTAL = "dental", _("Tandvård")
        OUTSIDE = "outside", _("Utanför vård och omsorg")

    name = models.CharField(_("Namn"), max_length=200, unique=True)
    kind = models.CharField(_("Slag"), max_length=20, choices=Kind.choices)
    org_number = models.CharField(_("Organisationsnummer"), max_length=10, blank=True)
    hsa_id = models.CharField(_("HSA-id"), max_length=31, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(Base):
    """A place or team that does something for a person (FHIR Organization/HealthcareService)."""

    class Kind(models.TextChoices):
        CARE_CENTER = "care_center", _("Vårdcentral")
        HOME_NURSING = "home_nursing", _("Hemsjukvård")
        HOME_HELP = "home_help", _("Hemtjänst")
        WARD = "ward", _("Avdelning")
        MOBILE_TEAM = "mobile_team", _("Mobilt team")
        ADVANCED_HOME_CARE = "advanced_home_care", _("Avancerad hemsjukvård")
        REHAB = "rehab", _("Rehabilitering")
        DENTAL = "dental", _("Tandvård")
        ON_CALL = "on_call", _("Jour")
        CARE_HOME = "care_home", _("Särskilt boende")
        PSYCHIATRY = "psychiatry", _("Psykiatri")
        SOCIAL = "social", _("Socialtjänst")
        SCHOOL = "school", _("Skola och elevhälsa")
        OTHER = "other", _("Annan")

    # Those that work under social services law: another provider than its organization's health care (A8).
    SOCIAL = (Kind.HOME_HELP, Kind.CARE_HOME, Kind.SOCIAL)

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="units", verbose_name=_("Organisation"))
    name = models.CharField(_("Namn"), max_length=200)
    kind = models.CharField(_("Slag"), max_length=30, choices=Kind.choices)
    hsa_id = models.CharField(_("HSA-id"), max_length=31, unique=True)
    phone = models.CharField(_("Telefon"), max_length=30, blank=True)
    address = models.CharField(_("Adress"), max_length=200, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("Område")
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    always_open = models.BooleanField(_("Dygnet runt"), default=False)
    closed_from = models.DateField(_("Nedlagd från"), null=True, blank=True)
    sort_name = models.CharField(max_length=250, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        from samband.core.text import sort_key

        self.sort_name = sort_key(self.name)[:250]
        super().save(*args, **kwargs)

    def open_at(self, moment: datetime | None = None) -> bool | None:
        """Whether somebody answers at `moment`; None where the hours are not known (never taken for open)."""
        if self.always_open:
            return True
        hours = list(self.hours.all())
        if not hours:
            return None

        local = clock.local(moment or clock.now())
        return any(h.weekday == local.weekday() and h.opens <= local.time() < h.closes for h in hours)


class OpeningHours(models.Model):
    """A stretch of one weekday (0 = Monday) when the unit answers; `closes` is not after midnight."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="hours_weekday"),
            models.CheckConstraint(condition=models.Q(opens__lt=models.F("closes")), name="hours_order"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"
