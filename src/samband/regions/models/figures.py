"""Themes with their words, municipalities, and own indicators by year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.regions.models.base import Source
from samband.regions.models.regions import Region


class Theme(Base):
    """A theme of the heat map and the words by which it is found: one a line, a word's other forms and compounds follow."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("Tema"), max_length=80)
    words = models.TextField(_("Ord"), help_text=_("Ett på varje rad."))
    order = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Municipality(Base):
    """A municipality within a region, by its code of SCB (four digits)."""

    code = models.CharField(_("Kommunkod"), max_length=4, unique=True)
    name = models.CharField(_("Namn"), max_length=80)
    region = models.ForeignKey(Region, models.CASCADE, related_name="municipalities")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class Indicator(Base):
    """Something followed up over years, with its unit and which way is better."""

    class Better(models.TextChoices):
        HIGHER = "higher", _("Högre är bättre")
        LOWER = "lower", _("Lägre är bättre")
        NEITHER = "neither", _("Varken eller")

    name = models.CharField(_("Namn"), max_length=120, unique=True)
    unit = models.CharField(_("Enhet"), max_length=40)
    better = models.CharField(_("Riktning"), max_length=10, choices=Better.choices, default=Better.NEITHER)
    note = models.CharField(_("Hur den räknas"), max_length=500, blank=True)
    added_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class IndicatorValue(Base):
    """One value for a region or a municipality in a year. Empty `value`: asked and not there, which is not 0."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    region = models.ForeignKey(Region, models.CASCADE, related_name="values")
    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, blank=True, related_name="values")
    year = models.PositiveIntegerField(_("År"))
    value = models.DecimalField(_("Värde"), max_digits=14, decimal_places=4, null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="values")
    said_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "year"], condition=Q(municipality__isnull=True), name="value_region_year"
            ),
            models.UniqueConstraint(
                fields=["indicator", "municipality", "year"],
                condition=Q(municipality__isnull=False),
                name="value_municipality_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"
