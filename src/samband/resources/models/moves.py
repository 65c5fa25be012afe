"""What a planner did by hand in a draft, so that it can be undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.people.models import Assignment
from samband.resources.models.days import DayPlan


class Move(models.Model):
    """One act in a draft. `before`: the placements of the parts it touched as they were; a part with nothing had no place;
    `moved_to`: the other day that the visit was to be done.

    It names parts and shifts by key only: whose they are stays where it is guarded.
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("Flyttat")
        UNPLACE = "unplace", _("Till Utan plats")
        LOCK = "lock", _("Låst eller öppnat")
        DAY = "day", _("Flyttat till en annan dag")

    plan = models.ForeignKey(DayPlan, models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    before = models.JSONField(default=dict)
    made_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.get_kind_display()
