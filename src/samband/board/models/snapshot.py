"""What the board counted in the morning, so that "since yesterday" can be said from real data."""

from django.db import models

from samband.core import clock
from samband.people.models import Person


def the_first_five() -> list[str]:
    """What was counted before the numbers could grow."""
    return ["next-step", "unassigned", "no-plan", "no-contact", "follow-up"]


class Snapshot(models.Model):
    """One morning's counting of the whole county. `kinds`: what was counted, as a number that is new has no yesterday."""

    day = models.DateField(unique=True)
    taken_at = models.DateTimeField(default=clock.now)
    kinds = models.JSONField(default=the_first_five)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}"


class SnapshotRow(models.Model):
    """A person who was counted under `kind` that morning, `times` times. Read only through the policy's scope."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="rows")
    person = models.ForeignKey(Person, models.CASCADE, related_name="board_rows")
    kind = models.CharField(max_length=20)
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "kind", "person"], name="snapshot_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.kind}"
