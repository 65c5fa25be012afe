"""Copies that are given out (A17), and orders of a register extract (GDPR art. 15, 20)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Organization, Person, Unit
from samband.records.models.entries import Entry


class Copy(Base):
    """A copy of entries was given out: to whom, on which ground, in which form. The person sees it in her list. Never changed."""

    class Ground(models.TextChoices):
        OWN = "own", _("Personen själv har bett om den")
        CONSENT = "consent", _("Personen har sagt ja")
        LAW = "law", _("En lag säger att uppgifterna ska lämnas")
        REQUEST = "request", _("En myndighet eller någon annan har begärt ut dem, och sekretessen är prövad")

    class Form(models.TextChoices):
        PAPER = "paper", _("På papper")
        FILE = "file", _("Som fil")
        READ = "read", _("Läst på plats")

    person = models.ForeignKey(Person, models.PROTECT, related_name="copies")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    social = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    extract = models.BooleanField(default=False)
    recipient = models.CharField(_("Till vem"), max_length=200)
    ground = models.CharField(_("På vilken grund"), max_length=10, choices=Ground.choices)
    basis = models.CharField(_("Grunden i ord"), max_length=300)
    form = models.CharField(_("I vilken form"), max_length=10, choices=Form.choices)
    at = models.DateTimeField(default=clock.now)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "copies"
        indexes = [models.Index(fields=["person", "-at"], name="copy_of_person")]

    def __str__(self) -> str:
        return self.recipient


class CopyEntry(models.Model):
    """An entry that was in a copy, as it read then."""

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="entries")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["copy", "entry"], name="copy_entry_once")]

    def __str__(self) -> str:
        return f"{self.copy_id}: {self.entry_id}"


class ExtractOrder(Base):
    """An order of all that Samband holds about a person: by herself, or by staff on her written request (`request`).

    The archive is on the disk for a few days only; that it was made, and by whom it was fetched, stays.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Väntar")
        MAKING = "making", _("Görs")
        DONE = "done", _("Klart")
        FAILED = "failed", _("Gick inte att göra")
        GONE = "gone", _("Borttaget efter sin tid")

    person = models.ForeignKey(Person, models.PROTECT, related_name="extracts")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200)
    request = models.CharField(_("Den skriftliga begäran"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    language = models.CharField(max_length=10, default="sv")
    at = models.DateTimeField(default=clock.now)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(max_length=150, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.state}"

    @property
    def working(self) -> bool:
        return self.state in (self.State.WAITING, self.State.MAKING)
