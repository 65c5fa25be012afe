"""The day as it happens: what staff report from the road, what upsets the plan, and who needs somebody within the hour."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Person, Unit
from samband.plans.models import Action
from samband.resources.models.days import DayPlan
from samband.resources.models.pools import Pool
from samband.resources.models.visits import Visit, VisitPart


class VisitReport(models.Model):
    """What staff say of a part of a visit from the phone. Append-only; `id` is made on the phone, so that twice sent is once told."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("Framme")
        DONE = "done", _("Klart")
        NOT_DONE = "not_done", _("Inte gjort")
        LATE = "late", _("Blir sen")
        HELP = "help", _("Behöver hjälp")
        UNDONE = "undone", _("Ångrat")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    part = models.ForeignKey(VisitPart, models.PROTECT, related_name="reports")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=clock.now)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(_("Varför"), max_length=300, blank=True)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["part", "at"], name="report_part")]

    def __str__(self) -> str:
        return self.get_kind_display()


class VisitRequest(Base):
    """Somebody needs a competence by a time: written by hand or published as an event. Becomes a visit."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="visit_requests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    competence = models.CharField(_("Kompetens"), max_length=12, choices=Action.Competence.choices)
    minutes = models.PositiveSmallIntegerField(_("Minuter"), default=30)
    needed_by = models.DateTimeField(_("Senast"))
    why = models.CharField(_("Vad gäller det?"), max_length=300)
    source = models.CharField(max_length=100, blank=True)
    asked_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    visit = models.OneToOneField(Visit, models.SET_NULL, null=True, blank=True, related_name="request")

    class Meta:
        ordering = ["needed_by"]

    def __str__(self) -> str:
        return self.why


class Happening(Base):
    """Something upset the day. `proposal` is the draft that mends it with as few changes as may be.

    `visit`: the one it is about; of a person who comes home or is admitted, her first visit that it touches. `touched`: the
    keys of the visits that the fact changed, so that a mistake can be taken back; `reason`: why it was.
    """

    class Kind(models.TextChoices):
        SICK = "sick", _("Någon blev sjuk")
        LONGER = "longer", _("Ett besök tar längre tid")
        HOME = "home", _("Någon kommer hem tidigare")
        CANCELLED = "cancelled", _("Ett besök ställs in")
        URGENT = "urgent", _("Någon behöver besök snart")
        HELP = "help", _("Någon på vägen behöver hjälp")
        ADMITTED = "admitted", _("Någon läggs in eller reser bort")
        LATE = "late", _("Ett besök väntas bli sent")

    class State(models.TextChoices):
        OPEN = "open", _("Väntar på beslut")
        ACCEPTED = "accepted", _("Godtaget")
        REFUSED = "refused", _("Avböjt")
        WITHDRAWN = "withdrawn", _("Återtaget, det var ett misstag")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="happenings")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=clock.now)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="happenings")
    request = models.ForeignKey(VisitRequest, models.PROTECT, null=True, blank=True, related_name="happenings")
    until = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    proposal = models.OneToOneField(DayPlan, models.SET_NULL, null=True, blank=True, related_name="happening")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    told_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    touched = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("Varför"), max_length=300, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["pool", "day", "state"], name="happening_day")]

    def __str__(self) -> str:
        return self.get_kind_display()
