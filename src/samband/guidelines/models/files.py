"""Files that belong to a version of a routine, with the text that could be read out of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.guidelines.models.guidelines import GuidelineVersion


class GuidelineFile(Base):
    """A PDF or DOCX as it came, outside the web's folders, under a name made of its hash (`services.files`).

    A new version begins with its forerunner's rows; two rows may name one file. `state` says whether its text is searched.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"

    class State(models.TextChoices):
        READ = "read", _("texten är sökbar")
        NONE = "none", _("ingen text kunde läsas, så innehållet går inte att söka i")
        PART = "part", _("bara början av texten är sökbar")

    version = models.ForeignKey(GuidelineVersion, models.CASCADE, related_name="files")
    file = models.FileField(max_length=150, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.NONE)
    added_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version", "sha256"], name="guideline_file_once")]

    def __str__(self) -> str:
        return self.name
