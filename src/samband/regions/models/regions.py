"""The 21 regions and what is said of them (shared/domain/learning.md, "The 21 regions document")."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.regions.models.base import Said, Source


class Region(Base):
    """A region of Sweden. `code` is the county's code of SCB, two digits; Gotland is region and municipality in one."""

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        BOTH = "both", _("Region och kommun")

    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(_("Namn"), max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REGION)
    sort_name = models.CharField(max_length=120, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        from samband.core.text import sort_key

        self.sort_name = sort_key(self.name)[:120]
        super().save(*args, **kwargs)


class SectionKey(models.TextChoices):
    """The parts that a region's account has in a document of this shape."""

    DIRECTION = "inriktning", _("Inriktning, målbild och målområden")
    ORGANISATION = "organisation", _("Organisation")
    PRIORITIES = "prioriterade", _("Prioriterade utvecklingsområden")
    COLLABORATION = "samverkan", _("Samverkan mellan region och kommuner")
    JOINT = "gemensamma", _("Gemensamma satsningar")
    CASE = "fallstudie", _("Fallstudie")


class Section(Said):
    """A heading of a region's account. A section that the source lacks has no row: that is told as missing, never as nothing."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=12, choices=SectionKey.choices)
    heading = models.CharField(max_length=300)

    class Meta(Said.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.heading


class Statement(Said):
    """One bullet, paragraph or heading of a section: organisation and roles, priorities, joint ventures, case study.

    `heading` is the bold lead of a bullet, where it has one; `parties` and `status` are told of joint ventures.
    """

    class Form(models.TextChoices):
        BULLET = "bullet", _("Punkt")
        NESTED = "nested", _("Underpunkt")
        NUMBERED = "numbered", _("Numrerad punkt")
        TEXT = "text", _("Text")
        HEADING = "heading", _("Underrubrik")

    region = models.ForeignKey(Region, models.CASCADE, related_name="statements")
    section = models.CharField(max_length=12, choices=SectionKey.choices)
    form = models.CharField(max_length=10, choices=Form.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField(_("Text"))
    parties = models.CharField(_("Parter"), max_length=300, blank=True)
    status = models.CharField(_("Läge"), max_length=60, blank=True)

    class Meta(Said.Meta):
        abstract = False
        indexes = [models.Index(fields=["region", "section", "ended_at"], name="statement_current")]

    def __str__(self) -> str:
        return self.text[:80]


class Document(Said):
    """A governing document: programme, strategy, decision. Years as the source has them."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="documents")
    name = models.CharField(_("Namn"), max_length=300)
    year = models.PositiveIntegerField(_("Årtal"), null=True, blank=True)
    role = models.CharField(_("Roll"), max_length=60, blank=True)
    decided_by = models.CharField(_("Beslutad av"), max_length=200, blank=True)
    period = models.CharField(_("Period"), max_length=20, blank=True)

    class Meta(Said.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.name


class Goal(Said):
    """A year for which the region has set a target or vision: `year`, or only `horizon` in words ("om fem år")."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="goals")
    year = models.PositiveIntegerField(_("Målår"), null=True, blank=True)
    horizon = models.CharField(_("Tidshorisont"), max_length=120, blank=True)
    period = models.CharField(_("Planperiod"), max_length=20, blank=True)
    text = models.TextField(_("Mål"), blank=True)

    class Meta(Said.Meta):
        abstract = False

    def __str__(self) -> str:
        return str(self.year or self.horizon)


class Body(Said):
    """A body of collaboration. One short name can mean different bodies in two regions (ReKo): it belongs to its region."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="bodies")
    name = models.CharField(_("Namn"), max_length=200)
    short_name = models.CharField(_("Förkortning"), max_length=40, blank=True)
    kind = models.CharField(_("Slag"), max_length=60, blank=True)
    level = models.CharField(_("Nivå"), max_length=60, blank=True)

    class Meta(Said.Meta):
        abstract = False
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class Irregularity(Said):
    """What does not fit: a section that is missing in the source, a heading twice, a picture instead of bullets."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="irregularities")
    missing = models.CharField(max_length=12, choices=SectionKey.choices, blank=True)
    text = models.CharField(max_length=300)

    class Meta(Said.Meta):
        abstract = False
        verbose_name_plural = "irregularities"

    def __str__(self) -> str:
        return self.text


__all__ = ["Body", "Document", "Goal", "Irregularity", "Region", "Section", "SectionKey", "Source", "Statement"]
