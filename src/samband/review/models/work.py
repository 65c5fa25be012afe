"""How an organisation reviews its log: its figures, the runs of the patterns, the samples, who is of public interest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Organization, Person, Unit

SAMPLE = 5


class Practice(models.Model):
    """The figures that an organisation has set; what is not here is as it comes. Changes stand in the audit."""

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="review_practice")
    figures = models.JSONField(default=dict)
    sample = models.PositiveSmallIntegerField(_("Stickprov per enhet och månad"), default=SAMPLE)
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.organization)


class Run(Base):
    """One run of the patterns over an organisation's log, by a worker. `since`–`until`: the days that are looked at."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Väntar")
        RUNNING = "running", _("Pågår")
        DONE = "done", _("Klar")
        FAILED = "failed", _("Gick fel")
        INTERRUPTED = "interrupted", _("Avbruten")

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    started_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    beat_at = models.DateTimeField(default=clock.now)
    days_total = models.PositiveIntegerField(default=0)
    days_done = models.PositiveIntegerField(default=0)
    visits = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(status__in=("waiting", "running")),
                name="review_run_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.since}–{self.until}"

    @property
    def working(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.RUNNING)


class Sample(Base):
    """What was drawn of a unit's openings in a month. `seed` and the log give the same sample again."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    seed = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    population = models.PositiveIntegerField()
    drawn_at = models.DateTimeField(default=clock.now)
    drawn_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-period", "unit__sort_name"]
        constraints = [models.UniqueConstraint(fields=["unit", "period"], name="review_sample_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.period}"


class Interest(Base):
    """A person whom many may be curious about, marked by a reviewer. Seen by reviewers of that organisation only."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(_("Varför"), max_length=200)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=models.Q(ended_at__isnull=True),
                name="review_interest_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
