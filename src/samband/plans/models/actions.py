"""Actions of a plan (FHIR CarePlan.activity), and the exceptions of those that recur."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Relative, Unit
from samband.plans.models.careplan import TEXT, CarePlan, Goal, Part


class Action(Part):
    """Who does what, where, how often and when.

    `rrule` is an iCalendar RRULE without DTSTART (RFC 5545); empty means once, on `starts_on`. Times are wall-clock
    times in Sweden. `milestone` marks a step that the person waits for (a visit, a decision, an answer) as opposed to
    the routine of the day; the next step is the nearest milestone. `next_on` is the first day of an occurrence that is
    not in the past when it was computed: it only moves forward, so `next_on <= day` finds every candidate of a day.
    """

    class By(models.TextChoices):
        UNIT = "unit", _("Enhet")
        PERSON = "person", _("Personen själv")
        RELATIVE = "relative", _("Närstående")
        NOBODY = "nobody", _("Ingen än")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Pågår")
        PAUSED = "paused", _("Vilar")
        DONE = "done", _("Klar")
        STOPPED = "stopped", _("Avslutad")

    class Competence(models.TextChoices):
        NONE = "none", _("Ingen särskild")
        ASSISTANT = "assistant", _("Undersköterska")
        DELEGATED = "delegated", _("Delegering")
        NURSE = "nurse", _("Sjuksköterska")
        PHYSICIAN = "physician", _("Läkare")
        THERAPIST = "therapist", _("Fysio- eller arbetsterapeut")
        DENTAL = "dental", _("Tandvård")
        OTHER = "other", _("Annan")

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="actions")
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="actions", verbose_name=_("Mål")
    )
    title = models.CharField(_("Vad"), max_length=120)
    detail = models.TextField(_("Hur"), max_length=TEXT, blank=True)
    icon = models.CharField(max_length=30, blank=True)
    by = models.CharField(_("Vem har det"), max_length=10, choices=By.choices, default=By.UNIT)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("Enhet")
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("Ansvarig person")
    )
    relative = models.ForeignKey(
        Relative, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("Närstående")
    )
    place = models.CharField(_("Plats"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minuter"), null=True, blank=True)
    competence = models.CharField(_("Kompetens"), max_length=12, choices=Competence.choices, default=Competence.NONE)
    rrule = models.CharField(_("Hur ofta"), max_length=300, blank=True)
    starts_on = models.DateField(_("Första dagen"), default=clock.today)
    stops_on = models.DateField(_("Sista dagen"), null=True, blank=True)
    time_from = models.TimeField(_("Tidigast"), null=True, blank=True)
    time_to = models.TimeField(_("Senast"), null=True, blank=True)
    milestone = models.BooleanField(_("Ett steg som personen väntar på"), default=False)
    after = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="before", verbose_name=_("Kommer efter")
    )
    shared_outside = models.BooleanField(_("Visas för part utanför vård och omsorg"), default=False)
    why = models.CharField(_("Varför"), max_length=300, blank=True)
    status = models.CharField(_("Status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    next_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["time_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stops_on__isnull=True) | Q(stops_on__gte=F("starts_on")), name="action_days"
            ),
            models.CheckConstraint(condition=~Q(by="unit") | Q(unit__isnull=False), name="action_has_unit"),
        ]
        indexes = [
            models.Index(fields=["unit", "status", "next_on"], name="action_unit_day"),
            models.Index(fields=["by", "status", "next_on"], name="action_by_day"),
            # The few that nobody has, as a set of keys that PostgreSQL reads without opening the rows (board).
            models.Index(fields=["id"], name="action_nobodys", condition=models.Q(by="nobody")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id


class Participant(models.Model):
    """Somebody who comes along: the second knot of a joint visit."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="participants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "unit", "assignment"], name="participant_once"),
            models.UniqueConstraint(
                fields=["action", "unit"], condition=Q(assignment__isnull=True), name="participant_unit_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.assignment or self.unit)


class OccurrenceState(Base):
    """What became of one occurrence of an action. Occurrences without a row are as the plan says.

    `original` is when the plan puts it (RECURRENCE-ID); with the action it is the stable key
    `<action.public_id>/<YYYYMMDDTHHMM>`, on which visits are built. `before` is how it was before the last mark: undo.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planerad")
        DONE = "done", _("Klar")
        NOT_DONE = "not_done", _("Inte gjord")
        CANCELLED = "cancelled", _("Inställd")
        UNASSIGNED = "unassigned", _("Ingen ansvarig")

    action = models.ForeignKey(Action, models.CASCADE, related_name="states")
    original = models.DateTimeField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PLANNED)
    moved_to = models.DateTimeField(null=True, blank=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="occurrences")
    note = models.CharField(_("Varför"), max_length=300, blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    before = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "original"], name="occurrence_once")]
        indexes = [
            models.Index(fields=["original", "status"], name="occurrence_day"),
            models.Index(fields=["moved_to"], name="occurrence_moved"),
            models.Index(fields=["status", "at"], name="occurrence_done"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.original:%Y-%m-%d %H:%M} {self.status}"
