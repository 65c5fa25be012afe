"""What is to be done at somebody's home: visits built on the occurrences of plans, and what planning must know of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Area, Assignment, Person, Staff, Unit
from samband.plans.models import Action


class Act(models.TextChoices):
    """Acts of health care that may be delegated, one by one."""

    INSULIN = "insulin", _("Ge insulin")
    MEDICINES = "medicines", _("Ge läkemedel")
    WOUND = "wound", _("Lägga om sår")
    TUBE = "tube", _("Sondmat")
    CATHETER = "catheter", _("Kateter")
    SAMPLE = "sample", _("Ta prov")
    STOCKINGS = "stockings", _("Kompressionsstrumpor")


class Sync(models.TextChoices):
    """How the parts of a visit depend on each other (the planner's words)."""

    INDEPENDENT = "independent", _("Var för sig")
    SIMULTANEOUS = "simultaneous", _("Samtidigt")
    ORDERED = "ordered", _("I ordning")


class ActionTerms(Base):
    """What planning must know of an action and the plan does not say. Without a row the defaults hold."""

    action = models.OneToOneField(Action, models.CASCADE, related_name="terms")
    act = models.CharField(_("Kräver delegering för"), max_length=12, choices=Act.choices, blank=True)
    staff = models.PositiveSmallIntegerField(_("Antal personal"), default=1)
    sync = models.CharField(_("Flera gör det"), max_length=12, choices=Sync.choices, default=Sync.SIMULTANEOUS)
    gap_from = models.PositiveSmallIntegerField(_("Minst minuter emellan"), default=0)
    gap_to = models.PositiveSmallIntegerField(_("Högst minuter emellan"), default=60)
    strict = models.BooleanField(_("Får inte bli sen"), default=False)
    priority = models.PositiveSmallIntegerField(_("Vikt, 1–5"), default=3)
    movable = models.PositiveSmallIntegerField(_("Får flyttas så många dagar"), default=0)
    target = models.PositiveSmallIntegerField(_("Högst så många olika på 14 dagar"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(staff__gte=1, staff__lte=3), name="terms_staff"),
            models.CheckConstraint(condition=Q(priority__gte=1, priority__lte=5), name="terms_priority"),
            models.CheckConstraint(condition=Q(gap_to__gte=F("gap_from")), name="terms_gap"),
        ]

    def __str__(self) -> str:
        return str(self.action)


class Tie(Base):
    """What holds between a person and a member of staff: known or preferred, rather not, never. The reason is private."""

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("Helst")
        UNWANTED = "unwanted", _("Helst inte")
        FORBIDDEN = "forbidden", _("Inte alls")

    person = models.ForeignKey(Person, models.CASCADE, related_name="ties")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="ties", verbose_name=_("Vem"))
    kind = models.CharField(_("Vad som gäller"), max_length=10, choices=Kind.choices)
    reason = models.CharField(_("Varför"), max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("Från"), default=clock.today)
    ends_on = models.DateField(_("Till och med"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "staff"], condition=Q(ends_on__isnull=True), name="tie_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Visit(Base):
    """A visit at a person's home on a day. What the plan says stands here as it was when the visit was built or changed.

    `key` is the stable key of its first occurrence, or the request's; `window_from`/`window_to` bound the start. A change in the
    plan changes visits that nobody has begun and leaves the rest (`services.horizon`). `gone`: the plan no longer has it.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planerat")
        STARTED = "started", _("Pågår")
        DONE = "done", _("Klart")
        NOT_DONE = "not_done", _("Inte gjort")
        CANCELLED = "cancelled", _("Inställt")
        GONE = "gone", _("Utgått ur planen")

    key = models.CharField(max_length=80, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="visits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits", verbose_name=_("Enhet"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField()
    window_from = models.DateTimeField()
    window_to = models.DateTimeField()
    sync = models.CharField(max_length=12, choices=Sync.choices, default=Sync.INDEPENDENT)
    gaps = models.JSONField(default=list, blank=True)
    strict = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=3)
    movable = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["window_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(window_to__gte=F("window_from")), name="visit_window"),
        ]
        indexes = [
            models.Index(fields=["day", "unit", "status"], name="visit_day"),
            models.Index(fields=["person", "day"], name="visit_person_day"),
        ]

    def __str__(self) -> str:
        return self.key


class VisitItem(models.Model):
    """An occurrence that is done at the visit: the action and when the plan puts it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="items")
    action = models.ForeignKey(Action, models.CASCADE, related_name="visit_items")
    original = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["action", "original"], name="visit_item_once")]

    def __str__(self) -> str:
        return str(self.action)


class VisitPart(models.Model):
    """What one member of staff does at a visit: number 1–3, whose it is, competence, delegated act, minutes."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    competence = models.CharField(max_length=12, choices=Action.Competence.choices, default=Action.Competence.NONE)
    acts = models.JSONField(default=list, blank=True)
    minutes = models.PositiveSmallIntegerField()
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_part_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=3), name="visit_part_number"),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.number}"
