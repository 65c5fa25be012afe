"""The shared plan around one person (FHIR CarePlan), its goals and follow-ups."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Organization, Person

WORDS = 2000
TEXT = 10_000


class Part(Base):
    """Something in a plan that is edited on its own: `version` is its optimistic lock (two edits at once lose nothing)."""

    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class CarePlan(Part):
    """One plan around the person, not around a stay. `words` is in her own words and nobody else's (P3).

    Paused it rests: nothing unfolds, nothing is late, and `resume_on` says when it is looked at again. `status_*` tells who
    paused, closed or reopened it, when and why; the history keeps every time.
    `next_*` is computed by `services.next_step` at every change and by the worker when time passes; never edited.
    `next_at` is when the step begins (a day without a time: its end), `next_due` when it is late if it is not done.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        ACTIVE = "active", _("Gäller")
        PAUSED = "paused", _("Vilar")
        CLOSED = "closed", _("Avslutad")

    class NextKind(models.TextChoices):
        NONE = "none", _("Inget nästa steg")
        ACTION = "action", _("Insats")
        FOLLOW_UP = "follow_up", _("Uppföljning")
        ROUTINE = "routine", _("Återkommande insats")

    person = models.ForeignKey(Person, models.PROTECT, related_name="plans")
    status = models.CharField(_("Status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    words = models.TextField(_("Vad är viktigt för mig"), max_length=WORDS, blank=True)
    words_note = models.CharField(_("Vem skrev ner det"), max_length=200, blank=True)
    words_at = models.DateTimeField(null=True, blank=True)
    situation = models.TextField(_("Min situation"), max_length=TEXT, blank=True)
    strengths = models.TextField(_("Det som fungerar och ger kraft"), max_length=TEXT, blank=True)
    needs = models.TextField(_("Det jag behöver stöd med"), max_length=TEXT, blank=True)
    principal = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Huvudman med det övergripande ansvaret"),
    )  # fmt: skip
    starts_on = models.DateField(default=clock.today)
    closed_on = models.DateField(null=True, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    resume_on = models.DateField(_("Tas upp igen"), null=True, blank=True, db_index=True)
    resumes_itself = models.BooleanField(_("Börjar gälla av sig själv den dagen"), default=False)
    status_why = models.CharField(_("Varför"), max_length=300, blank=True)
    status_by = models.CharField(max_length=300, blank=True)
    status_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    follow_up_on = models.DateField(null=True, blank=True, db_index=True)
    next_kind = models.CharField(max_length=10, choices=NextKind.choices, default=NextKind.NONE)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)
    next_due = models.DateTimeField(null=True, blank=True, db_index=True)
    next_action = models.ForeignKey("plans.Action", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], condition=~Q(status="closed"), name="plan_one_open")]
        indexes = [models.Index(fields=["starts_on"], name="plan_begun")]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def rests(self) -> bool:
        """Whether nothing of it is to be done now: paused, or closed."""
        return self.status in (self.Status.PAUSED, self.Status.CLOSED)


class Goal(Part):
    """A goal in the person's own words, and how we will know (FHIR Goal)."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("På väg")
        REACHED = "reached", _("Nått")
        DROPPED = "dropped", _("Inte längre viktigt")

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="goals")
    words = models.TextField(_("Målet med mina ord"), max_length=WORDS)
    know_how = models.TextField(_("Så vet vi att det går åt rätt håll"), max_length=WORDS, blank=True)
    status = models.CharField(_("Status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id


class FollowUp(Part):
    """A day when we look together at whether the plan helps."""

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="follow_ups")
    due_on = models.DateField(_("Dag"))
    responsible = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ansvarig")
    )
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("Vad vi kom fram till"), max_length=TEXT, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["done_at"], name="follow_up_done")]

    def __str__(self) -> str:
        return f"{self.due_on}"

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id


class PlanEvent(Base):
    """Something that happened and that everyone around the person should know: came home from hospital, moved, fell."""

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    title = models.CharField(_("Vad hände"), max_length=120)
    detail = models.CharField(_("Mer"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.title

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.plan.person_id
