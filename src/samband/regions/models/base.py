"""What every statement about a region has in common: where it was read, when it held, who said so, and what it replaced."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base


class Source(Base):
    """A document that was read, or a person's own word. `as_of`: the day for which it speaks; what it says is history after that."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Dokument")
        EDITOR = "editor", _("Inskrivet här")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DOCUMENT)
    name = models.CharField(_("Namn"), max_length=300)
    as_of = models.DateField(_("Gäller per"))
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    file_name = models.CharField(max_length=200, blank=True)
    lines = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    added_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-as_of", "-id"]

    def __str__(self) -> str:
        return self.name


class Said(Base):
    """One thing that a source says of a region. Never changed: an edit is a new row that replaces the old one.

    `text` is what we read; `original` what the source has, where a slip of its scanning was corrected (else empty).
    `line` is the source's own line, counted from 1; None for what somebody wrote here. Current rows: `ended_at` is empty.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="%(class)ss")
    line = models.PositiveIntegerField(null=True, blank=True)
    original = models.TextField(blank=True)
    as_of = models.DateField(_("Gäller per"))
    order = models.PositiveIntegerField(default=0)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    said_by = models.CharField(_("Vem som har skrivit"), max_length=200, blank=True)
    reason = models.CharField(_("Varför"), max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(line__isnull=True) | Q(line__gt=0), name="%(app_label)s_%(class)s_line")
        ]
