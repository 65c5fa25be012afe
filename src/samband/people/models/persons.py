"""The person, what marks her, and those who stand near."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock, text
from samband.core.ids import IdentityKind
from samband.core.models import Base
from samband.people import rules
from samband.people.models.organizations import Area


class Person(Base):
    """The one whom the plan is about (FHIR Patient). One record, several roles.

    Address and phone of a protected person are read through `shown_*` only, which hide them everywhere. `home_hidden`: somebody whose
    facts are protected lives with her, and her address would be the other's (kept by `services.relatives`).
    """

    class Protection(models.TextChoices):
        NONE = "none", _("Ingen")
        MARKED = "sekretessmarkering", _("Sekretessmarkering")
        PROTECTED = "skyddad_folkbokforing", _("Skyddad folkbokföring")

    class Information(models.TextChoices):
        PLAIN = "plain", _("Vanlig text")
        LARGE = "large", _("Stor text")
        SPOKEN = "spoken", _("Uppläst")

    identity_kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in IdentityKind])
    identity_number = models.CharField(_("Personnummer"), max_length=12, unique=True)
    given_name = models.CharField(_("Förnamn"), max_length=100)
    family_name = models.CharField(_("Efternamn"), max_length=100)
    birth_date = models.DateField(null=True, blank=True)
    protection = models.CharField(
        _("Skyddade personuppgifter"), max_length=30, choices=Protection.choices, default=Protection.NONE
    )
    street = models.CharField(_("Gatuadress"), max_length=200, blank=True)
    postal_code = models.CharField(_("Postnummer"), max_length=10, blank=True)
    city = models.CharField(_("Ort"), max_length=100, blank=True)
    home_hidden = models.BooleanField(_("Adressen visas för ingen"), default=False, editable=False)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    phone = models.CharField(_("Telefon"), max_length=30, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="persons", verbose_name=_("Område")
    )
    language = models.CharField(_("Språk"), max_length=10, default="sv")
    interpreter = models.BooleanField(_("Behöver tolk"), default=False)
    information = models.CharField(
        _("Vill ha information som"), max_length=10, choices=Information.choices, default=Information.PLAIN
    )
    deceased_on = models.DateField(null=True, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person")
    search_name = models.CharField(max_length=250, editable=False)
    sort_name = models.CharField(max_length=300, db_index=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """The stored keys for search and order; `bulk_create` has to call it itself."""
        self.search_name = text.search_key(self.given_name, self.family_name)[:250]
        self.sort_name = text.sort_key(self.family_name, self.given_name)[:300]

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def age(self) -> int | None:
        return text.age(self.birth_date)

    @property
    def is_child(self) -> bool:
        """Whether she is known to be under 18."""
        return self.age is not None and self.age < rules.FULL_AGE

    @property
    def shown_number(self) -> str:
        """19470312-238X."""
        return f"{self.identity_number[:8]}-{self.identity_number[8:]}"

    @property
    def is_protected(self) -> bool:
        return self.protection != self.Protection.NONE

    @property
    def hides_home(self) -> bool:
        """Address, phone and place are shown to nobody: hers are protected, or those of somebody who lives there are."""
        return self.is_protected or self.home_hidden

    @property
    def shown_address(self) -> str:
        """The address on one line; empty for a protected person, in every view and export."""
        if self.hides_home:
            return ""
        return ", ".join(part for part in (self.street, f"{self.postal_code} {self.city}".strip()) if part)

    @property
    def shown_phone(self) -> str:
        return "" if self.hides_home else self.phone

    @property
    def shown_place(self) -> tuple[float, float] | None:
        """Latitude and longitude (degrees), never for a protected person."""
        if self.hides_home or self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class EarlierNumber(Base):
    """A number that the person had before: kept, so that an old paper still leads to her. Never edited.

    `cause` tells whether it was hers (`new`: she has got another) or never was (`wrong`: it was mistyped).
    """

    class Cause(models.TextChoices):
        NEW = "new", _("Personen har fått ett nytt nummer")
        WRONG = "wrong", _("Numret var fel")

    person = models.ForeignKey(Person, models.CASCADE, related_name="earlier_numbers")
    identity_kind = models.CharField(max_length=20)
    identity_number = models.CharField(max_length=12, db_index=True)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    why = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.cause

    @property
    def shown_number(self) -> str:
        return f"{self.identity_number[:8]}-{self.identity_number[8:]}"


class Flag(Base):
    """Something everybody who meets the person must know at once: an allergy, a thinner, hears best on the right."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("Varning")
        INFO = "info", _("Bra att veta")

    person = models.ForeignKey(Person, models.CASCADE, related_name="flags")
    kind = models.CharField(_("Slag"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("Text"), max_length=120)
    icon = models.CharField(max_length=30, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-kind", "id"]

    def __str__(self) -> str:
        return self.text


class Relative(Base):
    """Somebody near the person, with the limited role that the person or the law gives (A13, P4; FHIR RelatedPerson).

    `represents`: a trustee's mandate includes the care of the person; one for money alone represents in nothing here.
    `works_why`: the relative is staff as well, and her unit has decided, for this reason, that she works with the person
    (A1); empty, her assignment opens nothing about somebody near.
    `protected`: her own facts are; her number is read through `shown_phone` only, which hides it from everybody, the child's other
    guardian and those who share the plan among them.
    """

    class Role(models.TextChoices):
        RELATIVE = "relative", _("Närstående")
        PROXY = "proxy", _("Ombud")
        TRUSTEE = "trustee", _("God man eller förvaltare")
        GUARDIAN = "guardian", _("Vårdnadshavare")

    person = models.ForeignKey(Person, models.CASCADE, related_name="relatives")
    given_name = models.CharField(_("Förnamn"), max_length=100)
    family_name = models.CharField(_("Efternamn"), max_length=100)
    relation = models.CharField(_("Relation"), max_length=60, help_text=_("Till exempel make, dotter, granne."))
    phone = models.CharField(_("Telefon"), max_length=30, blank=True)
    role = models.CharField(_("Roll"), max_length=20, choices=Role.choices, default=Role.RELATIVE)
    lives_with = models.BooleanField(_("Bor tillsammans"), default=False)
    protected = models.BooleanField(_("Har skyddade personuppgifter"), default=False)
    reads = models.BooleanField(_("Läser planen"), default=False)
    writes = models.BooleanField(_("Skriver i sin del"), default=False)
    basis = models.CharField(_("På vilken grund"), max_length=200, blank=True)
    represents = models.BooleanField(_("God man: uppdraget omfattar att sörja för personen"), default=False)
    works_why = models.CharField(_("Arbetar också med personen"), max_length=200, blank=True)
    starts_on = models.DateField(_("Från"), default=clock.today)
    ends_on = models.DateField(_("Till och med"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="relative_of"
    )

    class Meta:
        ordering = ["-lives_with", "id"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def shown_phone(self) -> str:
        return "" if self.protected else self.phone

    def active(self, on: date | None = None) -> bool:
        """Whether the role holds on the day, first and last day included."""
        on = on or clock.today()
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
