"""Seals over the audit: each closes a batch of entries and holds on to the batch before."""

from django.db import models


class AuditSeal(models.Model):
    """A batch of entries of one period, closed for good (core/sealing/encoding.py says what is reckoned over).

    It answers for every id after the batch before up to `last_id`: an id in between that it does not list was never there.
    `leaves` has a line for each entry and is emptied when the period is thinned; the digests stay, so that the chain holds.
    Triggers refuse everything else.
    """

    number = models.BigIntegerField(primary_key=True)
    period = models.CharField(max_length=7)
    sealed_at = models.DateTimeField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    entries = models.IntegerField()
    root = models.CharField(max_length=64)
    anchor = models.CharField(max_length=64)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    leaves = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"{self.number} {self.period}"
