"""Teams: people of several organisations who work as one."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Assignment, Unit
from samband.people.models.staff import current
from samband.resources.models import PoolUnit, Team, TeamMember
from samband.resources.rules.competence import NO_VISITS
from samband.resources.services.shifts import Stale


def candidates(unit: Unit) -> QuerySet:
    """Who may be in a team of the unit: its organisation's staff, and those whose units plan their day with it."""
    pools = PoolUnit.objects.filter(current(), unit=unit).values("pool_id")
    beside = PoolUnit.objects.filter(current(), pool_id__in=pools).values("unit_id")
    rows = Assignment.objects.filter(current()).exclude(role__in=NO_VISITS)
    rows = rows.filter(Q(unit__organization_id=unit.organization_id) | Q(unit__in=beside))
    return rows.select_related("staff", "unit__organization").order_by("staff__sort_name", "pk")


@transaction.atomic
def save(actor: Actor, team: Team, values: dict[str, Any], version: int | None = None) -> Team:
    rule = policy.require(actor, "team.edit", values["unit"]).rule
    if team.pk:
        policy.require(actor, "team.edit", team)
        team = Team.objects.select_for_update().get(pk=team.pk)
        if version is not None and team.version != version:
            raise Stale
        team.version += 1
    for name in ("name", "kind", "unit", "ends_on"):
        setattr(team, name, values[name])
    team.save()
    audit.record(actor, "team.edit", thing=team, rule=rule, name=team.name)
    return team


@transaction.atomic
def add(actor: Actor, team: Team, assignment: Assignment) -> bool:
    """False where she is in it already."""
    rule = policy.require(actor, "team.edit", team).rule
    Team.objects.select_for_update().get(pk=team.pk)
    if TeamMember.objects.filter(team=team, assignment=assignment, ends_on__isnull=True).exists():
        return False
    TeamMember.objects.create(team=team, assignment=assignment)
    audit.record(actor, "team.add", thing=team, rule=rule, who=str(assignment.staff))
    return True


@transaction.atomic
def end(actor: Actor, team: Team, assignment: Assignment) -> None:
    rule = policy.require(actor, "team.edit", team).rule
    before = clock.today() - timedelta(days=1)
    for row in TeamMember.objects.select_for_update().filter(team=team, assignment=assignment, ends_on__isnull=True):
        row.ends_on = before
        row.starts_on = min(row.starts_on, before)
        row.save(update_fields=["starts_on", "ends_on"])
    audit.record(actor, "team.end", thing=team, rule=rule, who=str(assignment.staff))


def members(team: Team) -> QuerySet:
    rows = team.members.filter(current())
    return rows.select_related("assignment__staff", "assignment__unit__organization")
