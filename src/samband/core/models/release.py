"""What thinning has let go of, while it takes it away: the triggers of tables that are only written look here."""

from django.db import models


class Release(models.Model):
    """A thing (its table and key) whose rows may be removed. Written and taken back in the transaction that removes them.

    It opens nothing that is not over since ten years: that the database itself reckons (core/append_only.py).
    """

    thing = models.CharField(max_length=63)
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "key"], name="release_once")]

    def __str__(self) -> str:
        return f"{self.thing} {self.key}"
