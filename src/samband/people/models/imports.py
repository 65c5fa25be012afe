"""A run of an import: the file, what the dry run found, and how far the commit came."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models.staff import Assignment


class ImportRun(Base):
    """One uploaded file. It is read twice: as a dry run, and when it is committed, all rows or none.

    `beat_at` and `worker` say who works on it, so that a run whose process was killed is found and marked.
    """

    class Kind(models.TextChoices):
        PERSONS = "persons", _("Personer")
        UNITS = "units", _("Enheter")
        STAFF = "staff", _("Personal")

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Provkörs")
        CHECKED = "checked", _("Provkörd")
        RUNNING = "running", _("Läses in")
        DONE = "done", _("Inläst")
        FAILED = "failed", _("Kunde inte läsas in")
        INTERRUPTED = "interrupted", _("Avbruten")

    kind = models.CharField(_("Vad filen innehåller"), max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.UPLOADED)
    file_name = models.CharField(_("Fil"), max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    started_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.JSONField(default=dict)
    committing = models.BooleanField(default=False)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    rows_wrong = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    problem = models.JSONField(default=dict)
    beat_at = models.DateTimeField(default=clock.now)
    worker = models.CharField(max_length=100, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    @property
    def path(self) -> Path:
        """Where the file lies until the run is done; its name tells nothing."""
        return Path(settings.MEDIA_ROOT) / "imports" / f"{self.public_id}.csv"

    @property
    def working(self) -> bool:
        """Whether a worker has it, or is about to take it."""
        return self.status in (self.Status.UPLOADED, self.Status.RUNNING)

    @property
    def committable(self) -> bool:
        """A dry run without a fault, with something new in it."""
        return self.status == self.Status.CHECKED and not self.rows_wrong and self.rows_new > 0
