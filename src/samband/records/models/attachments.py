"""Files that belong to an entry: kept as they came, signed with it, never changed (A17)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment
from samband.records.models.entries import Entry


class Attachment(Base):
    """One file of an entry (FHIR Attachment). The file lies outside the web's folders, under a name made of its hash.

    It belongs to the versions from `since_version` to before `until_version` (None: still). A correction takes it out of the
    entry as it reads now, and never away.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpeg", _("foto")
        PNG = "png", _("bild")
        TEXT = "text", _("text")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="attachments")
    file = models.FileField(max_length=150, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    since_version = models.PositiveIntegerField()
    until_version = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=clock.now)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    by_label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["since_version", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def person_id(self) -> int:
        """Whom it is about."""
        return self.entry.person_id
