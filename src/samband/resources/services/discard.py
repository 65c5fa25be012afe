"""Drafts that nobody needs, and back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit
from samband.core.policy import Actor
from samband.resources.models import DayPlan, PlanJob

BUSY = (PlanJob.State.QUEUED, PlanJob.State.RUNNING)


def drop(plan: DayPlan, by: Actor) -> None:
    if PlanJob.objects.filter(plan=plan, state__in=BUSY).exists():
        raise ValidationError(_("En sökning arbetar med utkastet. Stoppa den först, det bästa blir kvar."))
    _turn(plan, DayPlan.Status.DRAFT, DayPlan.Status.DROPPED, by, "visitday.drop")


def keep(plan: DayPlan, by: Actor) -> None:
    _turn(plan, DayPlan.Status.DROPPED, DayPlan.Status.DRAFT, by, "visitday.keep")


@transaction.atomic
def _turn(plan: DayPlan, was: str, now: str, by: Actor, action: str) -> None:
    """Only from the state that the reader saw."""
    if not DayPlan.objects.filter(pk=plan.pk, status=was).update(status=now):
        raise ValidationError(_("Planen har ändrats under tiden. Se hur den ser ut nu."))
    audit.record(by, action, thing=plan, rule="A1")
