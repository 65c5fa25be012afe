"""Who plans together: pools of units from several organisations, what each lends, and teams across them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.people.models import Area, Assignment, Unit


def days(name: str) -> models.CheckConstraint:
    """`ends_on` (included) is not before `starts_on`."""
    return models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name=name)


class Pool(Base):
    """Units that plan their visits as one day, whoever employs the staff."""

    name = models.CharField(_("Namn"), max_length=120, unique=True)
    areas = models.ManyToManyField(Area, related_name="+", verbose_name=_("Områden"))
    day_starts = models.TimeField(_("Dagen börjar"), default="06:00")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PoolUnit(models.Model):
    """A unit takes part in a pool: its visits are planned there. What its staff do for others stands in `Loan`."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pools", verbose_name=_("Enhet"))
    starts_on = models.DateField(_("Från"), default=clock.today)
    ends_on = models.DateField(_("Till och med"), null=True, blank=True)

    class Meta:
        ordering = ["unit__organization__name", "unit__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ends_on__isnull=True), name="pool_unit_once"),
            days("pool_unit_days"),
        ]

    def __str__(self) -> str:
        return str(self.unit)


class Loan(Base):
    """On which terms a unit's staff do visits of other organisations in the pool. Without one they do their own only.

    `weekdays`: "0123456" (0 = Monday); empty competences or areas mean any; `hours` a week, empty: no limit.
    """

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="loans")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="loans", verbose_name=_("Enhet som lånar ut"))
    hours = models.PositiveSmallIntegerField(_("Timmar i veckan"), null=True, blank=True)
    weekdays = models.CharField(_("Veckodagar"), max_length=7, default="0123456")
    time_from = models.TimeField(_("Tidigast"), null=True, blank=True)
    time_to = models.TimeField(_("Senast"), null=True, blank=True)
    competences = models.JSONField(_("Kompetenser"), default=list, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("Områden"))
    starts_on = models.DateField(_("Från"), default=clock.today)
    ends_on = models.DateField(_("Till och med"), null=True, blank=True)
    note = models.CharField(_("Villkor i ord"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["unit__sort_name", "starts_on"]
        constraints = [days("loan_days")]

    def __str__(self) -> str:
        return str(self.unit)


class Team(Base):
    """People from one or several organisations who work as one: mobile, palliative, discharge, rehabilitation team, a node."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", _("Mobilt team")
        PALLIATIVE = "palliative", _("Palliativt team")
        DISCHARGE = "discharge", _("Hemgångsteam")
        REHAB = "rehab", _("Rehabiliteringsteam")
        NODE = "node", _("Vårdcentralens nod")
        OTHER = "other", _("Annat team")

    name = models.CharField(_("Namn"), max_length=120)
    kind = models.CharField(_("Slag"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="teams", verbose_name=_("Hör till enheten"))
    ends_on = models.DateField(_("Upphör från"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="team_name")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="teams", verbose_name=_("Vem"))
    starts_on = models.DateField(_("Från"), default=clock.today)
    ends_on = models.DateField(_("Till och med"), null=True, blank=True)

    class Meta:
        ordering = ["assignment__staff__sort_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "assignment"], condition=Q(ends_on__isnull=True), name="team_member_once"
            ),
            days("team_member_days"),
        ]

    def __str__(self) -> str:
        return str(self.assignment)
