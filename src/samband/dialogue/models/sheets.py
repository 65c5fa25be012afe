"""The workshop sheet: statements, times it is used, what each member of staff answered, and her own next steps."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Organization, Staff, Unit

LEAST, MOST = 1, 5


class Sheet(Base):
    """A sheet that goes on under the same name while its versions change."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Namn"), max_length=120)
    about = models.CharField(_("Vad bladet är till för"), max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    sort_name = models.CharField(max_length=200, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        from samband.core.text import sort_key

        self.sort_name = sort_key(self.name)[:200]
        super().save(*args, **kwargs)


class SheetVersion(Base):
    """One version: a draft is edited under its optimistic lock (`lock`), a published one stays as it was answered."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        PUBLISHED = "published", _("Utgiven")

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    author_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="sheet_number"),
            models.UniqueConstraint(fields=["sheet"], condition=Q(status="draft"), name="sheet_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, {self.number}"


class SheetStatement(Base):
    """A statement of a version. `key` stays the same from version to version: by it the years are compared."""

    version = models.ForeignKey(SheetVersion, models.CASCADE, related_name="statements")
    key = models.SlugField(max_length=40)
    group = models.CharField(_("Område"), max_length=120, blank=True)
    text = models.CharField(_("Påstående"), max_length=500)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="statement_key")]

    def __str__(self) -> str:
        return self.text[:80]


class Sitting(Base):
    """A sheet used at a time, by one organization or by all (`organization` empty). Once closed it is never opened again:
    whoever compared the result before and after could tell what was added."""

    class Status(models.TextChoices):
        OPEN = "open", _("Öppen")
        CLOSED = "closed", _("Stängd")

    version = models.ForeignKey(SheetVersion, models.PROTECT, related_name="sittings")
    year = models.PositiveIntegerField(_("År"))
    period = models.CharField(_("Tillfälle"), max_length=60, blank=True)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(_("Läge"), max_length=10, choices=Status.choices, default=Status.OPEN)
    closes_on = models.DateField(_("Sista dag att svara"), null=True, blank=True)
    opened_by = models.CharField(_("Öppnad av"), max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return (
            f"{self.version.sheet.name}, {self.period} {self.year}"
            if self.period
            else f"{self.version.sheet.name}, {self.year}"
        )

    @property
    def is_open(self) -> bool:
        """Whether it can be answered: open, and the last day has not passed (in Sweden)."""
        return self.status == self.Status.OPEN and (self.closes_on is None or self.closes_on >= clock.today())


class Participation(Base):
    """One member of staff's sheet at a sitting: she counts once. Her organization and role are those she first answered in."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="participations")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    role = models.CharField(_("Roll"), max_length=20, choices=Assignment.Role.choices)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "staff"], name="participation_once")]


class StatementAnswer(Base):
    """What she answered about one statement; levels are whole numbers 1–5. `texts_shared`: she lets the texts be shown, unsigned."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="answers")
    statement = models.ForeignKey(SheetStatement, models.PROTECT, related_name="answers")
    today = models.PositiveSmallIntegerField(_("Så är det i dag"), null=True, blank=True)
    today_text = models.CharField(_("Så är det i dag, med egna ord"), max_length=1000, blank=True)
    wanted = models.PositiveSmallIntegerField(_("Så vill vi ha det"), null=True, blank=True)
    wanted_text = models.CharField(_("Så vill vi ha det, med egna ord"), max_length=1000, blank=True)
    texts_shared = models.BooleanField(_("Texterna får visas utan namn"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "statement"], name="statement_answer_once"),
            models.CheckConstraint(
                condition=Q(today__isnull=True) | Q(today__gte=LEAST, today__lte=MOST), name="answer_today"
            ),
            models.CheckConstraint(
                condition=Q(wanted__isnull=True) | Q(wanted__gte=LEAST, wanted__lte=MOST), name="answer_wanted"
            ),
        ]


class NextStep(Base):
    """*Mitt nästa steg*: hers alone unless she shares it. Nobody else reads it, counts it or finds it in a file."""

    class Status(models.TextChoices):
        OPEN = "open", _("Inte än")
        DONE = "done", _("Klart")
        CHANGED = "changed", _("Blev något annat")

    class Shared(models.TextChoices):
        NO = "", _("Bara jag ser det")
        UNSIGNED = "unsigned", _("Dela utan mitt namn")
        SIGNED = "signed", _("Dela med mitt namn")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    statement = models.ForeignKey(SheetStatement, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.CharField(_("Mitt nästa steg"), max_length=500)
    due_on = models.DateField(_("Påminn mig den"), null=True, blank=True)
    shared = models.CharField(
        _("Vem som ser det"), max_length=10, choices=Shared.choices, blank=True, default=Shared.NO
    )
    status = models.CharField(_("Läge"), max_length=10, choices=Status.choices, default=Status.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    became = models.CharField(_("Vad det blev"), max_length=500, blank=True)
    reminded_for = models.DateField(null=True, blank=True)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "statement", "staff"], name="next_step_once")]
        indexes = [models.Index(fields=["status", "due_on"], name="next_step_due")]

    def __str__(self) -> str:
        return self.text[:80]
