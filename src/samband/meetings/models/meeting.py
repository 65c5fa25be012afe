"""A meeting about one person's plan (FHIR Appointment), who is called to it (Appointment.participant), and its story."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Person, Relative, Unit
from samband.plans.models import CarePlan

NOTES = 20_000
SUMMARY = 10_000


class Meeting(Base):
    """A call (kallelse) to a meeting, and what became of it.

    `sequence` and `uid` are the calendar's: the sequence grows with every change of time or state. `link` is shown to
    those who take part and nobody else. `version` is the lock of what is edited on the meeting itself.
    """

    class Kind(models.TextChoices):
        SIP = "sip", _("SIP-möte")
        FOLLOW_UP = "follow_up", _("Uppföljningsmöte")
        PLANNING = "planning", _("Vårdplanering")

    class Status(models.TextChoices):
        CALLED = "called", _("Kallat")
        OPEN = "open", _("Pågår")
        FINISHED = "finished", _("Avslutat")
        CANCELLED = "cancelled", _("Inställt")

    person = models.ForeignKey(Person, models.PROTECT, related_name="meetings")
    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="meetings")
    kind = models.CharField(_("Slag av möte"), max_length=10, choices=Kind.choices, default=Kind.SIP)
    status = models.CharField(_("Läge"), max_length=10, choices=Status.choices, default=Status.CALLED)
    starts_at = models.DateTimeField(_("Börjar"))
    ends_at = models.DateTimeField(_("Slutar"))
    place = models.CharField(_("Plats"), max_length=200, blank=True)
    link = models.URLField(_("Länk till videomöte"), max_length=500, blank=True)
    called_by = models.ForeignKey(Assignment, models.PROTECT, related_name="meetings_called")
    called_unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings_called")
    called_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(default=clock.now)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    summary = models.TextField(_("Det här kom vi fram till"), max_length=SUMMARY, blank=True)
    said = models.TextField(_("Vad personen sade om det"), max_length=SUMMARY, blank=True)
    said_note = models.CharField(_("Vem skrev ner det"), max_length=200, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    minutes_reminded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_order"),
            models.UniqueConstraint(
                fields=["person", "starts_at"], condition=~Q(status="cancelled"), name="meeting_once_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "starts_at"], name="meeting_coming"),
            models.Index(fields=["person", "status", "starts_at"], name="meeting_of_person"),
            models.Index(fields=["called_unit", "status", "starts_at"], name="meeting_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def finished(self) -> bool:
        return self.status == self.Status.FINISHED

    @property
    def ahead(self) -> bool:
        """Called and not over: it can be answered, moved, cancelled."""
        return self.status == self.Status.CALLED


class Attendee(Base):
    """Somebody who is called: the person, a relative, a unit (which says who comes), or a named member of staff.

    `unit` of a named member of staff is her unit. `email` is where the invitation goes, if she wants it by mail; it holds
    neither the person nor the care. `withdrawn_at`: the person took back the unit's part (P6); the row stays.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Personen själv")
        RELATIVE = "relative", _("Närstående")
        UNIT = "unit", _("Enhet")
        STAFF = "staff", _("Personal")

    class Role(models.TextChoices):
        PART = "part", _("Deltar")
        CHAIR = "chair", _("Leder mötet")
        NOTES = "notes", _("Skriver")
        SUPPORT = "support", _("Stöd till personen")

    class Answer(models.TextChoices):
        WAITING = "waiting", _("Inget svar än")
        COMES = "comes", _("Kommer")
        REMOTE = "remote", _("Är med på telefon eller video")
        OTHER = "other", _("Ber om en annan tid")
        CANNOT = "cannot", _("Kan inte komma")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    role = models.CharField(_("Roll i mötet"), max_length=10, choices=Role.choices, default=Role.PART)
    relative = models.ForeignKey(Relative, models.PROTECT, null=True, blank=True, related_name="meetings")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="meetings")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="meetings")
    outside = models.BooleanField(default=False)
    email = models.EmailField(_("E-post för inbjudan"), blank=True)
    called_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(_("Svar"), max_length=10, choices=Answer.choices, default=Answer.WAITING)
    note = models.CharField(_("Mer om svaret"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(_("Var med"), null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    mailed = models.IntegerField(default=-1)
    mail_failed_at = models.DateTimeField(null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="unit") | Q(unit__isnull=False), name="attendee_has_unit"
            ),
            models.CheckConstraint(
                condition=~Q(kind="staff") | Q(assignment__isnull=False, unit__isnull=False), name="attendee_has_staff"
            ),
            models.CheckConstraint(
                condition=~Q(kind="relative") | Q(relative__isnull=False), name="attendee_has_relative"
            ),
            models.UniqueConstraint(
                fields=["meeting", "unit"], condition=Q(kind="unit", removed_at__isnull=True), name="attendee_unit_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "assignment"], condition=Q(kind="staff", removed_at__isnull=True), name="attendee_staff_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "relative"], condition=Q(kind="relative", removed_at__isnull=True),
                name="attendee_relative_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "answer", "meeting"], name="attendee_of_unit"),
            models.Index(fields=["assignment", "meeting"], name="attendee_of_staff"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Who it is, as everybody at the meeting may know."""
        if self.kind == self.Kind.RELATIVE and self.relative:
            return self.relative.full_name
        if self.kind == self.Kind.STAFF and self.assignment:
            return self.assignment.staff.full_name
        return self.unit.name if self.unit else self.meeting.person.full_name

    @property
    def called(self) -> bool:
        """Still called: neither taken off nor withdrawn."""
        return self.removed_at is None and self.withdrawn_at is None

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.meeting.person_id


class MeetingEvent(Base):
    """What happened to the call: called, moved, cancelled, answered. Never edited."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)
    text = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200)
    label = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.kind
