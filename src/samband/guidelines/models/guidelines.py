"""Common routines and their versions: what several parties have agreed on, and what one unit does in its own way."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.people.models import Organization, Unit


class Guideline(Base):
    """A routine that goes on under the same name while its versions change.

    `unit` owns it: answers questions about it and sees to it that it is looked over. `kinds` are the kinds of unit that
    work by it (`rules.kinds`), each between blanks so that one can be asked for. `current` is the version in force, moved
    by `services.turning`; empty before the first and after a withdrawal.
    """

    class Level(models.TextChoices):
        COMMON = "common", _("Gemensam")
        LOCAL = "local", _("Lokal")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Namn"), max_length=160)
    about = models.CharField(_("När den används"), max_length=300, blank=True)
    level = models.CharField(_("Nivå"), max_length=8, choices=Level.choices, default=Level.LOCAL)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="guidelines", verbose_name=_("Ägare"))
    kinds = models.CharField(max_length=400, blank=True)
    specialises = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="locals", verbose_name=_("Gemensam rutin som den hör till")
    )  # fmt: skip
    current = models.OneToOneField(
        "GuidelineVersion", models.SET_NULL, null=True, blank=True, related_name="current_of", editable=False
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    sort_name = models.CharField(max_length=250, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="local") | Q(specialises__isnull=True), name="guideline_common_is_top"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        from samband.core.text import sort_key

        self.sort_name = sort_key(self.name)[:250]
        super().save(*args, **kwargs)

    @property
    def common(self) -> bool:
        return self.level == self.Level.COMMON

    @property
    def kind_list(self) -> list[str]:
        """The kinds of unit that work by it, as codes of `Unit.Kind`."""
        return self.kinds.split()


class GuidelineVersion(Base):
    """One version: `body` is Markdown. A draft is edited under its optimistic lock (`lock`); once published it never changes.

    A withdrawn one may still be read, with the reason: somebody acted on it. `found_text` is folded, for the search.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        PUBLISHED = "published", _("Utgiven")
        WITHDRAWN = "withdrawn", _("Indragen")

    guideline = models.ForeignKey(Guideline, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(_("Läge"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    body = models.TextField(_("Text"), max_length=60000, blank=True)
    note = models.CharField(_("Vad som är nytt"), max_length=300, blank=True)
    valid_from = models.DateField(_("Gäller från"), null=True, blank=True)
    valid_to = models.DateField(_("Gäller till och med"), null=True, blank=True)
    review_by = models.DateField(_("Ska ses över senast"), null=True, blank=True, db_index=True)
    decided_on = models.DateField(_("Beslutad"), null=True, blank=True)
    parties = models.ManyToManyField(
        Organization, blank=True, related_name="guideline_versions", verbose_name=_("Parter som har beslutat")
    )
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    author_name = models.CharField(max_length=200, blank=True)
    published_by = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(_("Varför"), max_length=300, blank=True)
    found_text = models.TextField(blank=True, editable=False)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["guideline", "number"], name="guideline_number"),
            models.UniqueConstraint(fields=["guideline"], condition=Q(status="draft"), name="guideline_one_draft"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="guideline_validity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guideline}, {self.number}"
