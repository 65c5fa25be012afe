"""What a coordinator chooses for herself: persons to keep an eye on, and views of the board. Kept for the assignment."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Area, Assignment, Person, Unit


class Watch(Base):
    """An assignment keeps an eye on a person. It opens nothing: who shows is asked of the policy each time (A1).

    Those who were chosen together share a `batch`, so that they are undone together. Ended rows stay.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="watches")
    person = models.ForeignKey(Person, models.CASCADE, related_name="watched")
    batch = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person"], condition=Q(ended_at__isnull=True), name="watch_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.person_id}"


class View(Base):
    """A choice of area, unit, watched persons and numbers, under a name. `first`: the board opens with it at log-in."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="board_views")
    name = models.CharField(_("Namn"), max_length=60)
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    watched = models.BooleanField(default=False)
    kinds = models.JSONField(default=list)
    first = models.BooleanField(_("Öppna läget med den här vyn"), default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "name"], condition=Q(ended_at__isnull=True), name="view_name_once"
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(ended_at__isnull=True, first=True), name="view_one_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name
