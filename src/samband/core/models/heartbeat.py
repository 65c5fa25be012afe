"""A sign of life from the worker, so that a dead one shows."""

from django.db import models


class Heartbeat(models.Model):
    """One row for each kind of process: when it was last alive, and for each duty when it was last done."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
