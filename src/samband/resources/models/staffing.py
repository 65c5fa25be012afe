"""When staff work, from where, how they travel, and what they may do. Absences are kept by contact (`contact.Absence`)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Assignment, Person, Unit
from samband.plans.models import Action
from samband.resources.models.pools import Team, days
from samband.resources.models.visits import Act


class Means(models.TextChoices):
    CAR = "car", _("Bil")
    BIKE = "bike", _("Cykel")
    FOOT = "foot", _("Till fots")
    TRANSIT = "transit", _("Buss")


class WorkProfile(Base):
    """What holds for an assignment day after day: languages (codes), means of travel, where shifts begin."""

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="work_profile")
    means = models.CharField(_("Färdsätt"), max_length=8, choices=Means.choices, default=Means.CAR)
    languages = models.JSONField(_("Språk utöver svenska"), default=list, blank=True)
    start_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Utgår från")
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.assignment)


class WorkShift(Base):
    """Somebody works visits from `starts_at` to `ends_at`. Empty places and means: those of her profile, then her unit's.

    The break of `break_minutes` begins not before `break_from` and is begun by `break_to` (wall clock). On call: works only
    if something happens. Removed shifts stay, marked. `uid`: the key in the file that it came from.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="work_shifts", verbose_name=_("Vem"))
    starts_at = models.DateTimeField(_("Från"))
    ends_at = models.DateTimeField(_("Till"))
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="shifts", verbose_name=_("Team")
    )
    leave_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Börjar vid")
    )
    arrive_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Slutar vid")
    )
    means = models.CharField(_("Färdsätt"), max_length=8, choices=Means.choices, blank=True)
    break_from = models.TimeField(_("Rast tidigast"), null=True, blank=True)
    break_to = models.TimeField(_("Rast senast"), null=True, blank=True)
    break_minutes = models.PositiveSmallIntegerField(_("Rastens längd i minuter"), default=0)
    on_call = models.BooleanField(_("Beredskap"), default=False)
    uid = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="work_shift_order")]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="work_shift_when")]

    def __str__(self) -> str:
        return f"{self.assignment.staff}"


class Competence(Base):
    """A competence beyond what the role gives (`rules.competence.OF_ROLE`), for a time."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="competences", verbose_name=_("Vem"))
    kind = models.CharField(_("Kompetens"), max_length=12, choices=Action.Competence.choices)
    starts_on = models.DateField(_("Från"), default=clock.today)
    ends_on = models.DateField(_("Till och med"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "starts_on"]
        constraints = [days("competence_days")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Delegation(Base):
    """A licensed colleague hands an act to somebody, for a time; for one person or for all. Withdrawn, it stays."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="delegations", verbose_name=_("Till"))
    act = models.CharField(_("Vad"), max_length=12, choices=Act.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="delegations", verbose_name=_("Bara hos")
    )
    given_by = models.ForeignKey(Assignment, models.PROTECT, related_name="delegated", verbose_name=_("Av"))
    starts_on = models.DateField(_("Från"), default=clock.today)
    ends_on = models.DateField(_("Till och med"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["act", "starts_on"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_days")]

    def __str__(self) -> str:
        return self.get_act_display()
