"""What a plan has taken from a template, and what of it lives beside the plan: things to do once, texts to read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.library.models.definitions import Definition, DefinitionVersion
from samband.plans.models import CarePlan


class UsedPart(Base):
    """One part of a template and what a plan answered about it: taken (it became `thing`) or passed over.

    `fields` is what the part held at `version`, so that a newer one can be compared with what was taken rather than with
    what somebody has written since.
    """

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="used_parts")
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="uses")
    version = models.ForeignKey(DefinitionVersion, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    taken = models.BooleanField()
    thing = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=dict)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "definition", "key"], name="used_once")]
        indexes = [models.Index(fields=["definition", "version"], name="used_version")]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.key}"


class PlanItem(Base):
    """Something that stands beside the plan; the audit asks whom it is about."""

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="%(class)ss")
    added_by = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @property
    def person_id(self) -> int:
        return self.plan.person_id


class CheckItem(PlanItem):
    """Something to talk about or to see to, once (FHIR Task). Ticked by whoever did it; taken out, it is kept as struck."""

    class Kind(models.TextChoices):
        CHECK = "check", _("Att göra")
        QUESTION = "question", _("Att prata om")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CHECK)
    text = models.CharField(_("Vad"), max_length=300)
    detail = models.CharField(_("Mer"), max_length=1000, blank=True)
    due_on = models.DateField(_("Senast"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["done_at", "due_on", "id"]
        indexes = [models.Index(fields=["plan", "struck_at", "done_at"], name="check_open")]

    def __str__(self) -> str:
        return self.text


class InfoText(PlanItem):
    """A text for the person and those near her, in plain words."""

    title = models.CharField(_("Rubrik"), max_length=120)
    body = models.TextField(_("Text"), max_length=10_000)
    source = models.CharField(_("Källa"), max_length=200, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
