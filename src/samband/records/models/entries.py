"""Each provider's own entries about a person (A17): signed, corrected, never erased. Apart from the shared plan."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Organization, Person, Unit


class Entry(Base):
    """What somebody of one provider wrote about a person (FHIR Composition), as it reads now; `EntryVersion` keeps the rest.

    The provider is the organization and whether the unit works under social services law (`social`): a municipality's home
    help and its home nursing are two, and read each other by A7–A11. `number` counts versions. Until it is signed only
    its own provider reads it. `digest` is what the signature answers for: text and attachments (`rules/signing.py`).
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("Anteckning")
        ASSESSMENT = "assessment", _("Bedömning")
        DECISION = "decision", _("Beslut")

    person = models.ForeignKey(Person, models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    social = models.BooleanField(default=False)
    kind = models.CharField(_("Slag"), max_length=12, choices=Kind.choices, default=Kind.NOTE)
    title = models.CharField(_("Rubrik"), max_length=120)
    text = models.TextField(_("Text"), max_length=20_000)
    happened_at = models.DateTimeField(_("När det hände"), default=clock.now)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    number = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=clock.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-happened_at", "-id"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["person", "-happened_at"], name="entry_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="") | Q(signed_at__isnull=False), name="entry_signed_by"
            )
        ]

    def __str__(self) -> str:
        return self.title


class EntryVersion(models.Model):
    """A version of an entry as it was written: who, when, and why it was written anew. Nothing changes or removes it.

    `attachments`: those it had, each as {name, sha256, size}. Its signature is entered once, with `digest`, what it answers for.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Entry.Kind.choices)
    title = models.CharField(max_length=120)
    text = models.TextField()
    happened_at = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)
    why = models.CharField(_("Varför rättas den?"), max_length=500, blank=True)
    attachments = models.JSONField(default=list)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.number}"


class Dissent(Base):
    """The person sees it otherwise, in her words (A17). It stands with the entry wherever that is read."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="dissents")
    words = models.TextField(_("Personens ord"), max_length=2000)
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=200)
    noted_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.by_name}"
