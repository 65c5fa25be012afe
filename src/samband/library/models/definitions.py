"""Templates and their versions (FHIR PlanDefinition): written by an administrator, approved by a licensed person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.people.models import Assignment


class Definition(Base):
    """A template that goes on under the same name while its versions change."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("Plan")
        CHECKLIST = "checklist", _("Checklista")
        SITUATIONS = "situations", _("Situationer")
        INFORMATION = "information", _("Information")

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(_("Slag"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("Namn"), max_length=120)
    summary = models.CharField(_("När den används"), max_length=300)
    retired_at = models.DateTimeField(null=True, blank=True)
    sort_title = models.CharField(max_length=200, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        from samband.core.text import sort_key

        self.sort_title = sort_key(self.title)[:200]
        super().save(*args, **kwargs)


class DefinitionVersion(Base):
    """One version: `parts` is a list of `{"key", "type", "fields"}` (`rules.content` says what each type holds).

    A draft is edited under its optimistic lock (`lock`); once published it is never changed. Approval belongs to the
    version: the next one is an example again until somebody licensed has read it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        PUBLISHED = "published", _("Utgiven")

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    parts = models.JSONField(default=list)
    note = models.CharField(_("Vad som är nytt"), max_length=300, blank=True)
    offered = models.BooleanField(_("Erbjud planer som redan använder mallen"), default=True)
    author_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")
    approved_name = models.CharField(max_length=200, blank=True)
    approved_title = models.CharField(max_length=200, blank=True)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="definition_number"),
            models.UniqueConstraint(fields=["definition"], condition=Q(status="draft"), name="definition_one_draft"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(approved_by__isnull=False), name="definition_approver_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition}, {self.number}"

    @property
    def approved(self) -> bool:
        return self.approved_at is not None
