"""What a part of a plan must be, whatever form it came through. Raises ValidationError with a sentence per field."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import clock
from samband.core.policy import Actor
from samband.people.models import Organization
from samband.plans.models import Action, CarePlan, FollowUp, Goal, PlanEvent, RelativeNote, Situation
from samband.plans.rules import BadRule, check_rrule, circle


def check(actor: Actor, part: Any, changed: set[str] | None) -> None:
    """Check the part as it would be saved; `changed` is None where it is new."""
    problems: dict[str, Any] = {}
    if not isinstance(part, CarePlan) and part.plan.status == CarePlan.Status.CLOSED:
        raise ValidationError(_("Planen är avslutad och går inte att ändra. Öppna den igen först."))
    CHECKS[type(part)](actor, part, changed, problems)
    for field in part._meta.concrete_fields:
        value = getattr(part, field.attname)
        limit = getattr(field, "max_length", None)
        if limit and isinstance(value, str) and len(value) > limit:
            problems[field.name] = _("Texten är för lång: högst %(n)d tecken.") % {"n": limit}
        if isinstance(value, str) and "\x00" in value:
            problems[field.name] = _("Texten innehåller tecken som inte går att spara.")
    if problems:
        raise ValidationError(problems)


def _plan(actor: Actor, plan: CarePlan, changed: set[str] | None, problems: dict) -> None:
    if plan.status == CarePlan.Status.CLOSED and changed and "status" not in changed:
        problems["__all__"] = _("Planen är avslutad och går inte att ändra.")
    if (
        changed
        and "principal" in changed
        and plan.principal_id
        and not principals(plan).filter(pk=plan.principal_id).exists()
    ):
        problems["principal"] = _("Huvudmannen har ingen enhet som är part i planen. Välj en som har det.")


def principals(plan: CarePlan) -> QuerySet[Organization]:
    """The organisations of care with a unit that is a party: one of them has the overall responsibility."""
    open_parties = Party.objects.filter(person_id=plan.person_id, withdrawn_at__isnull=True)
    rows = Organization.objects.filter(pk__in=open_parties.values("unit__organization_id"))
    return rows.exclude(kind=Organization.Kind.OUTSIDE)


def _goal(actor: Actor, goal: Goal, changed: set[str] | None, problems: dict) -> None:
    if not goal.words.strip():
        problems["words"] = _("Skriv målet med personens egna ord.")


def _event(actor: Actor, event: PlanEvent, changed: set[str] | None, problems: dict) -> None:
    if not event.title.strip():
        problems["title"] = _("Skriv vad som hände.")
    if event.at and event.at > clock.now():
        problems["at"] = _("Tiden har inte varit än. Det som ska hända är en insats eller en uppföljning.")


def _follow_up(actor: Actor, item: FollowUp, changed: set[str] | None, problems: dict) -> None:
    fresh = changed is None or "due_on" in changed
    if fresh and item.done_at is None and item.due_on < clock.today():
        problems["due_on"] = _("Dagen har redan varit. Välj en dag från och med i dag.")


def _situation(actor: Actor, situation: Situation, changed: set[str] | None, problems: dict) -> None:
    """Somebody answers, and the chain of calls does not come back to where it began."""
    if not situation.trigger.strip():
        problems["trigger"] = _("Skriv vad som händer: Om …")
    if not situation.steps_person.strip():
        problems["steps_person"] = _("Skriv vad personen själv gör.")
    if not situation.emergency and situation.call_unit_id is None:
        problems["call_unit"] = _("Välj vem som svarar, eller 112.")
    if situation.then_unit_id and situation.then_unit_id == situation.call_unit_id:
        problems["then_unit"] = _(
            "Kedjan går runt: %(unit)s, sedan %(unit)s igen. Välj någon annan som svarar sedan."
        ) % {"unit": situation.then_unit}


def _action(actor: Actor, action: Action, changed: set[str] | None, problems: dict) -> None:
    _responsible(action, changed, problems)
    _time(action, problems)
    _order(action, problems)
    if not action.title.strip():
        problems["title"] = _("Skriv vad som ska göras.")


def _responsible(action: Action, changed: set[str] | None, problems: dict) -> None:
    """Responsibility stands with one: a unit that is a party, the person, a relative of hers, or plainly nobody yet."""
    if action.by == Action.By.UNIT and action.unit_id is None:
        problems["unit"] = _("Välj enheten som har ansvaret.")
    elif action.by == Action.By.UNIT and action.unit_id is not None and (changed is None or {"unit", "by"} & changed):
        open_party = Party.objects.filter(
            unit_id=action.unit_id, person_id=action.plan.person_id, withdrawn_at__isnull=True
        )
        if not open_party.exists():
            problems["unit"] = _("Enheten är inte part i planen. Lägg till den som part först, med personens ja.")
    if action.by == Action.By.RELATIVE and action.relative_id is None:
        problems["relative"] = _("Välj vem av de närstående som gör det.")
    if action.relative_id and action.relative and action.relative.person_id != action.plan.person_id:
        problems["relative"] = _("Den närstående hör inte till personen.")
    if action.by == Action.By.UNIT and action.assignment and action.assignment.unit_id != action.unit_id:
        problems["assignment"] = _("%(name)s arbetar inte på den enheten.") % {"name": action.assignment.staff}
    if action.by != Action.By.UNIT and action.assignment_id:
        problems["assignment"] = _("En ansvarig ur personalen hör till en enhet. Välj enheten också.")
    if action.goal_id and action.goal and action.goal.plan_id != action.plan_id:
        problems["goal"] = _("Målet hör till en annan plan.")


def _note(actor: Actor, note: RelativeNote, changed: set[str] | None, problems: dict) -> None:
    if note.relative.person_id != note.plan.person_id:
        problems["words"] = _("Den närstående hör inte till personen.")


def _time(action: Action, problems: dict) -> None:
    try:
        check_rrule(action.rrule, action.starts_on, action.stops_on)
    except BadRule as bad:
        english = (get_language() or "sv").startswith("en")
        place = "stops_on" if action.stops_on and action.stops_on < action.starts_on else "rrule"
        problems[place] = bad.en if english else bad.sv
    if action.time_to and not action.time_from:
        problems["time_from"] = _("Skriv också när det tidigast kan börja.")
    if action.time_from and action.time_to and action.time_from == action.time_to:
        problems["time_to"] = _("Tidigast och senast är samma tid. Lämna senast tomt eller välj en senare tid.")
    if action.minutes is not None and not 1 <= action.minutes <= 1440:
        problems["minutes"] = _("Skriv hur många minuter det tar, mellan 1 och 1440.")


def _order(action: Action, problems: dict) -> None:
    """What comes after what must not go in a circle."""
    if action.after_id is None:
        return
    rows = {row.pk: row for row in Action.objects.filter(plan_id=action.plan_id).only("id", "title", "after_id")}
    if action.after_id not in rows:
        problems["after"] = _("Insatsen hör till en annan plan.")
        return
    links = {pk: row.after_id for pk, row in rows.items()}
    me = action.pk or 0
    links[me] = action.after_id
    found = circle(links, me)
    if found:
        names = [action.title if pk == me else rows[pk].title for pk in found if isinstance(pk, int)]
        problems["after"] = _("Ordningen går runt: %(chain)s. Välj något som inte redan väntar på den här.") % {
            "chain": " → ".join(names)
        }


CHECKS: dict[type, Callable[[Actor, Any, set[str] | None, dict], None]] = {
    CarePlan: _plan,
    Goal: _goal,
    PlanEvent: _event,
    FollowUp: _follow_up,
    Situation: _situation,
    Action: _action,
    RelativeNote: _note,
}
