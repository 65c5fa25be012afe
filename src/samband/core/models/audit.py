"""The audit: append-only, reads and writes (A2, A15)."""

from django.db import models


class AuditEvent(models.Model):
    """One thing that somebody saw, did or was refused.

    `id` is the sequence (never reused), `period` the month it belongs to: a period can be sealed and later dropped
    whole. Names are written down as they were, as the rows that they came from may change. Database triggers refuse
    UPDATE and DELETE.
    """

    period = models.CharField(max_length=7)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, default="allow")
    rule = models.CharField(max_length=20, blank=True)
    user_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=10, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_label = models.CharField(max_length=300, blank=True)
    assignment_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    organization_id = models.BigIntegerField(null=True)
    view = models.CharField(max_length=80, blank=True)
    thing = models.CharField(max_length=120, blank=True)
    session = models.CharField(max_length=16, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["period", "id"], name="audit_period"),
            models.Index(fields=["session", "view", "at"], name="audit_session"),
            models.Index(fields=["user_id", "at"], name="audit_user"),
            # A reviewer searches in time within the own organisation, one unit or one assignment; refusals are few.
            models.Index(fields=["organization_id", "at", "id"], name="audit_organization"),
            models.Index(fields=["unit_id", "at", "id"], name="audit_unit"),
            models.Index(fields=["assignment_id", "at", "id"], name="audit_assignment"),
            models.Index(fields=["organization_id", "at"], name="audit_refused", condition=models.Q(outcome="deny")),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.action}"


class AuditSubject(models.Model):
    """A person whom an entry is about: one row for a page, one for each person shown in a list."""

    event = models.ForeignKey(AuditEvent, models.PROTECT, related_name="subjects")
    person_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["person_id", "event"], name="audit_subject_person")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.person_id}"
