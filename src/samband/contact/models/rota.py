"""Rotas: who answers one need for some areas, shift by shift and week by week; absences; swaps."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Area, Assignment, Unit


class NeedKind(models.TextChoices):
    """The kinds of need that are proved covered (rules.Need without 112)."""

    ADVICE = "advice", _("Råd")
    VISIT = "visit", _("Hembesök")
    DOCTOR = "doctor", _("Läkarbeslut")
    MEDICINES = "medicines", _("Läkemedel")
    CRISIS = "crisis", _("Kris")


class Channel(models.TextChoices):
    PHONE = "phone", _("Telefon")
    VIDEO = "video", _("Video")
    CHAT = "chat", _("Chatt")
    PAGER = "pager", _("Sökare")


class Rota(Base):
    """A unit answers a need for areas. `by_hours`: whoever is there answers while the unit is open; else shifts and patterns.

    Of several rotas for the same area and need the lowest `order` is asked first.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rotas", verbose_name=_("Enhet"))
    name = models.CharField(_("Namn"), max_length=100, help_text=_("Till exempel ”Läkarjour väst, natt”."))
    need = models.CharField(_("Slag av behov"), max_length=12, choices=NeedKind.choices)
    areas = models.ManyToManyField(Area, related_name="rotas", verbose_name=_("Svarar för"))
    number = models.CharField(_("Telefon"), max_length=30, blank=True, help_text=_("Tomt: enhetens nummer."))
    channel = models.CharField(_("Hur man når dem"), max_length=10, choices=Channel.choices, default=Channel.PHONE)
    by_hours = models.BooleanField(_("Svarar när enheten har öppet"), default=False)
    order = models.PositiveSmallIntegerField(_("Frågas som nummer"), default=50)
    ends_on = models.DateField(_("Upphör från"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["need", "order", "id"]
        indexes = [models.Index(fields=["need", "order"], name="rota_need")]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_number(self) -> str:
        return self.number or self.unit.phone


class RotaShift(Base):
    """Somebody is on. `vacant` says that nobody is, and masks the weekly pattern. Removed shifts stay, marked."""

    rota = models.ForeignKey(Rota, models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField(_("Från"))
    ends_at = models.DateTimeField(_("Till"))
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="shifts", verbose_name=_("Vem")
    )
    who = models.CharField(_("Eller ett namn"), max_length=120, blank=True)
    number = models.CharField(_("Telefon"), max_length=30, blank=True)
    vacant = models.BooleanField(_("Ingen har passet"), default=False)
    source = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_order")]
        # The range first: an IN before a range is answered wrongly by SQLite 3.40 once ANALYZE has run.
        indexes = [models.Index(fields=["starts_at", "rota"], name="shift_when")]

    def __str__(self) -> str:
        return f"{self.rota}: {self.shown_who}"

    @property
    def shown_who(self) -> str:
        if self.vacant:
            return str(_("ingen"))
        return self.who or (self.assignment.staff.full_name if self.assignment else str(self.rota.unit))


class RotaRule(Base):
    """A weekly pattern in wall-clock time. `weekdays` holds the digits 0 (Monday) to 6; a public holiday counts as Sunday."""

    rota = models.ForeignKey(Rota, models.CASCADE, related_name="rules")
    weekdays = models.CharField(_("Dagar"), max_length=7)
    opens = models.TimeField(_("Från"))
    closes = models.TimeField(_("Till"), help_text=_("Inte efter från-tiden: passet går över midnatt."))
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="rota_rules", verbose_name=_("Vem")
    )
    who = models.CharField(_("Eller ett namn"), max_length=120, blank=True)
    number = models.CharField(_("Telefon"), max_length=30, blank=True)
    holidays_as_sunday = models.BooleanField(_("Helgdag räknas som söndag"), default=True)
    starts_on = models.DateField(_("Från och med"), default=clock.today)
    ends_on = models.DateField(_("Till och med"), null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rota}: {self.weekdays} {self.opens}–{self.closes}"


class Absence(Base):
    """A member of staff is away; somebody stands in, or nobody. Why she is away is nobody's business here."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="absences", verbose_name=_("Vem"))
    starts_at = models.DateTimeField(_("Från"))
    ends_at = models.DateTimeField(_("Till"))
    substitute = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="stands_in", verbose_name=_("Ersätts av")
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_order")]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="absence_when")]

    def __str__(self) -> str:
        return f"{self.assignment}"


class SwapRequest(Base):
    """One asks another to swap shifts. It is done when the other says yes, if nothing has changed meanwhile."""

    class State(models.TextChoices):
        ASKED = "asked", _("Väntar på svar")
        ACCEPTED = "accepted", _("Bytt")
        DECLINED = "declined", _("Nej")
        WITHDRAWN = "withdrawn", _("Tillbakadragen")
        OUTDATED = "outdated", _("Gick inte längre")

    mine = models.ForeignKey(RotaShift, models.PROTECT, related_name="swaps_offered")
    theirs = models.ForeignKey(RotaShift, models.PROTECT, related_name="swaps_wanted")
    asked_by = models.ForeignKey(Assignment, models.PROTECT, related_name="swaps_asked")
    asked = models.ForeignKey(Assignment, models.PROTECT, related_name="swaps_to_answer")
    mine_version = models.PositiveIntegerField()
    theirs_version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    message = models.CharField(_("Hälsning"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["asked", "state"], name="swap_asked")]

    def __str__(self) -> str:
        return f"{self.asked_by} ↔ {self.asked}"


class CoverageSnapshot(models.Model):
    """The holes as they were on a day, so that a week later it can be said what has changed."""

    taken_on = models.DateField(unique=True)
    start = models.DateTimeField()
    end = models.DateTimeField()
    holes = models.JSONField(default=list)

    class Meta:
        ordering = ["-taken_on"]

    def __str__(self) -> str:
        return str(self.taken_on)
