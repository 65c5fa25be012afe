"""The plan of a pool's day: drafts beside the published one, who does which part when, what has no place, and the job."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment
from samband.resources.models.pools import Pool
from samband.resources.models.staffing import WorkShift
from samband.resources.models.visits import Visit, VisitPart


class DayPlan(Base):
    """One plan of one day of a pool. At most one of a day is published; publishing another lets it rest, and undo wakes it.

    `based_on` is the published plan that a draft began from: publishing asks that it still is (two planners at once).
    `figures` are the planner's components and those shown (cost, travel, tardiness, unplaced, continuity …).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        PUBLISHED = "published", _("Publicerad")
        RESTED = "rested", _("Ersatt")
        DROPPED = "dropped", _("Kastad")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="day_plans")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="drafts")
    made_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("Varför"), max_length=200, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "day", "number"], name="day_plan_number"),
            models.UniqueConstraint(
                fields=["pool", "day"], condition=Q(status="published"), name="day_plan_one_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.day} {self.number}"


class Placement(models.Model):
    """A part of a visit is done by somebody on her shift. `travel`: minutes on the road before it."""

    plan = models.ForeignKey(DayPlan, models.CASCADE, related_name="placements")
    part = models.ForeignKey(VisitPart, models.CASCADE, related_name="placements")
    shift = models.ForeignKey(WorkShift, models.PROTECT, related_name="placements")
    order = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    travel = models.FloatField(default=0)
    locked = models.BooleanField(default=False)
    locked_time = models.BooleanField(default=False)

    class Meta:
        ordering = ["shift_id", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "part"], name="placement_once")]
        indexes = [models.Index(fields=["shift", "starts_at"], name="placement_shift")]

    def __str__(self) -> str:
        return f"{self.part} {self.starts_at:%H:%M}"


class Unplaced(models.Model):
    """A visit that has no place in a plan, and why nothing fits (`reasons`: list of {rule, count, sv, en}).

    `moved_to`: it is done that day instead, once the plan is published; `carried`: what of the plan was moved then
    ([action, original time]), so that it can be taken back.
    """

    plan = models.ForeignKey(DayPlan, models.CASCADE, related_name="unplaced")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="unplaced")
    reasons = models.JSONField(default=list, blank=True)
    moved_to = models.DateField(null=True, blank=True)
    carried = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "visit"], name="unplaced_once")]

    def __str__(self) -> str:
        return str(self.visit)


class PlanJob(Base):
    """A search for a better plan, with live progress. `beat_at` tells a job that was killed from one that works."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Väntar")
        RUNNING = "running", _("Söker")
        DONE = "done", _("Klar")
        STOPPED = "stopped", _("Stoppad, det bästa är kvar")
        FAILED = "failed", _("Gick inte")

    plan = models.ForeignKey(DayPlan, models.CASCADE, related_name="jobs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    seconds = models.PositiveSmallIntegerField(default=30)
    seed = models.PositiveIntegerField(default=1)
    progress = models.JSONField(default=dict, blank=True)
    stop_asked = models.BooleanField(default=False)
    error = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "asked_at"], name="plan_job_queue")]

    def __str__(self) -> str:
        return f"{self.plan} {self.state}"
