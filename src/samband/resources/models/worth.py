"""What planning together is worth, for a pool and a period: the figures of every coalition and the shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment
from samband.resources.models.pools import Pool


class WorthReport(Base):
    """A report, worked out by the worker. `parties`: the organisations (ids) that are compared. `result`: docs/worth.md.

    Until it is done, `result` holds what each finished day gave (persons by key), so that a report that was stopped or
    whose process was killed goes on where it was. What is left when it is done counts persons and names none.
    `batch`: those that were asked for together, one for each pool.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Väntar")
        RUNNING = "running", _("Räknar")
        DONE = "done", _("Klar")
        FAILED = "failed", _("Gick inte")
        STOPPED = "stopped", _("Stoppad")
        CUT = "cut", _("Avbruten på vägen")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="worth_reports")
    batch = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    parties = models.JSONField(default=list, blank=True)
    first = models.DateField(_("Från"))
    last = models.DateField(_("Till och med"))
    seeds = models.JSONField(default=list)
    seconds = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    stop_asked = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="worth_report_days")
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.first}"
