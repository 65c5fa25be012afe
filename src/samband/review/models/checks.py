"""A check: one thing in the log that somebody looks into, and what became of it (A2, A15)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Organization, Person, Staff, Unit
from samband.review.models.work import Run, Sample


class Check(Base):
    """What is looked into: a member of staff, a unit, a day, mostly a person, and the lines of the log.

    `status` is what the steps come to, kept for lists. `key` makes what is found twice one check.
    """

    class Source(models.TextChoices):
        SAMPLE = "sample", _("Stickprov")
        PATTERN = "pattern", _("Mönster")
        HAND = "hand", _("Vald av granskaren")

    class Status(models.TextChoices):
        TODO = "todo", _("Att göra")
        ASKED = "asked", _("Frågad")
        JUSTIFIED = "justified", _("Befogad")
        UNJUSTIFIED = "unjustified", _("Inte befogad, anmäld")

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20)
    source = models.CharField(max_length=10, choices=Source.choices)
    pattern = models.CharField(max_length=20, blank=True)
    why = models.JSONField(default=dict)
    day = models.DateField()
    period = models.CharField(max_length=7)
    times = models.PositiveIntegerField(default=1)
    events = models.JSONField(default=list)
    key = models.CharField(max_length=120)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.TODO)
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="checks")
    sample = models.ForeignKey(Sample, models.PROTECT, null=True, blank=True, related_name="checks")

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="review_check_once")]
        indexes = [
            models.Index(fields=["organization", "status", "-day", "-id"], name="review_check_open"),
            models.Index(fields=["organization", "period", "unit"], name="review_check_month"),
        ]

    def __str__(self) -> str:
        return f"{self.staff}, {self.unit}, {self.day}"


class CheckStep(Base):
    """One thing that was done with a check. Database triggers refuse UPDATE and DELETE: a step is undone by another."""

    class Kind(models.TextChoices):
        RAISED = "raised", _("Togs upp")
        NOTE = "note", _("Anteckning")
        ASKED = "asked", _("Frågade")
        JUSTIFIED = "justified", _("Befogad")
        UNJUSTIFIED = "unjustified", _("Inte befogad, anmäld")
        UNDONE = "undone", _("Ångrade")

    about = models.ForeignKey(Check, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    told = models.CharField(_("Vem"), max_length=200, blank=True)
    words = models.TextField(_("Anteckning"), max_length=2000, blank=True)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=200, blank=True)
    by_label = models.CharField(max_length=300, blank=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["undoes"], name="review_undone_once")]

    def __str__(self) -> str:
        return self.kind
