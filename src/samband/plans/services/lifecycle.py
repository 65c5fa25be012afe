"""A plan is paused, taken up again, closed and opened again: with who, when and why, each entered in history and audit.

A paused plan rests: its actions do not unfold, nothing is late, and the day when it is looked at again shows everywhere.
Closing asks what becomes of each open action and opening again brings them back. A person has at most one open plan.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import audit, clock, policy
from samband.core.policy import Actor, Decision
from samband.people.models import Person
from samband.plans import notices
from samband.plans.models import Action, CarePlan, Handover
from samband.plans.rules.fold import PLAN, is_pair
from samband.plans.services.editing import lock, settle
from samband.plans.services.summary import open_plan
from samband.plans.services.writing import write

Status = CarePlan.Status
CLOCK = Actor(name="Klockan", label="Samband")
LIVE = (Action.Status.ACTIVE, Action.Status.PAUSED)


class Scope(Protocol):
    """Whose rows are asked for (the board's): narrows rows by the policy; `way` leads from them to the person."""

    def of(self, rows: QuerySet, way: str) -> QuerySet: ...


def pause(actor: Actor, plan: CarePlan, why: str, resume_on: date | None, itself: bool = False) -> CarePlan:
    """Let the plan rest until `resume_on`. Then it is in force again by itself, or its parties are reminded."""
    _reason(why)
    if resume_on is None:
        raise ValidationError({"resume_on": _("Välj dagen när planen ska tas upp igen, så att den inte glöms bort.")})
    if resume_on <= clock.today():
        raise ValidationError({"resume_on": _("Välj en dag som kommer, från och med i morgon.")})
    with transaction.atomic():
        plan, decision = _asked(actor, plan)
        if plan.status == Status.PAUSED:
            raise ValidationError(_("Planen vilar redan. Ta upp den igen först om dagen ska ändras."))
        _open(plan)
        values = {"status": Status.PAUSED, "paused_on": clock.today(), "resume_on": resume_on, "resumes_itself": itself}
        plan = _stand(actor, plan, values, "pause", why, decision)
        notices.of_plan(notices.PAUSED, plan)
    return plan


def resume(actor: Actor, plan: CarePlan, why: str) -> CarePlan:
    """The plan is in force again, from today."""
    _reason(why)
    with transaction.atomic():
        plan, decision = _asked(actor, plan)
        if plan.status != Status.PAUSED:
            raise ValidationError(_("Planen vilar inte."))
        return _resume(actor, plan, why, decision)


def _resume(actor: Actor, plan: CarePlan, why: str, decision: Decision | None) -> CarePlan:
    values = {"status": Status.ACTIVE, "paused_on": None, "resume_on": None, "resumes_itself": False}
    plan = _stand(actor, plan, values, "resume", why, decision)
    notices.of_plan(notices.RESUMED, plan)
    return plan


def close(actor: Actor, plan: CarePlan, why: str, ends: Mapping[str, str] | None = None) -> CarePlan:
    """Close the plan today. `ends`: for each open action (public id) `done` or `stopped`; what is not said stops.

    The plan ends for all its parties, so their actions stop with it; only the unit that has an action says that it is done
    (P3). What was handed over and not answered is taken back. Nothing is erased.
    """
    _reason(why)
    with transaction.atomic():
        plan, decision = _asked(actor, plan)
        _open(plan)
        for action in open_actions(plan):
            wanted = (ends or {}).get(str(action.public_id), Action.Status.STOPPED)
            own = policy.decide(actor, "action.edit", action)
            status = Action.Status.DONE if wanted == Action.Status.DONE and own else Action.Status.STOPPED
            write(plan, actor, action, {"status": status}, "close", why)
        plan.handovers.filter(status=Handover.Status.WAITING).update(
            status=Handover.Status.WITHDRAWN, answered_at=clock.now(), answer=_("Planen avslutades.")[:300]
        )
        values = {"status": Status.CLOSED, "closed_on": clock.today(), "paused_on": None, "resume_on": None,
                  "resumes_itself": False}  # fmt: skip
        plan = _stand(actor, plan, values, "close", why, decision)
        notices.of_plan(notices.CLOSED, plan)
    return plan


def open_actions(plan: CarePlan) -> list[Action]:
    """What closing asks about."""
    return list(plan.actions.filter(status__in=LIVE).select_related("unit", "assignment__staff", "relative"))


def reopen(actor: Actor, plan: CarePlan, why: str) -> tuple[CarePlan, int]:
    """The plan is in force again, with the actions that ended when it closed. Returns it and how many came back.

    An action whose unit is no longer a party has nobody until somebody takes it, and that shows.
    """
    _reason(why)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=plan.person_id)
        plan, decision = _asked(actor, plan)
        if plan.status != Status.CLOSED:
            raise ValidationError(_("Planen är inte avslutad."))
        if open_plan(plan.person):
            raise ValidationError(_("Personen har redan en plan som gäller. Det finns en plan runt varje person."))
        ended = _ended_with(plan)
        values = {"status": Status.ACTIVE, "closed_on": None}
        plan = _stand(actor, plan, values, "reopen", why, decision, settled=False)
        back = sum(_bring_back(actor, plan, pk, pair, why) for pk, pair in ended.items())
        settle(plan)
        notices.of_plan(notices.REOPENED, plan)
    return plan, back


def _ended_with(plan: CarePlan) -> dict[str, list[Any]]:
    """The actions that the last closing ended, with [before, after]: the lines right before that of the plan itself."""
    rows = plan.revisions.filter(kind="close").order_by("-number")
    last = next((r for r in rows if r.thing.startswith(PLAN)), None)
    found: dict[str, list[Any]] = {}
    number = last.number if last else 0
    for row in rows.filter(number__lt=number):
        if row.number != number - 1 or row.thing.startswith(PLAN):
            break
        pair = row.changes.get("status")
        if is_pair(pair):
            found[row.thing.partition(":")[2]] = pair
        number = row.number
    return found


def _bring_back(actor: Actor, plan: CarePlan, public_id: str, pair: list[Any], why: str) -> bool:
    action = plan.actions.filter(public_id=public_id, status=pair[1]).first()
    if action is None:
        return False
    values: dict[str, Any] = {"status": pair[0]}
    party = Party.objects.filter(person_id=plan.person_id, unit_id=action.unit_id or 0, withdrawn_at__isnull=True)
    if action.by == Action.By.UNIT and not party.exists():
        values |= {"by": Action.By.NOBODY, "unit": None, "assignment": None}
    write(plan, actor, action, values, "reopen", why)
    return True


def _asked(actor: Actor, plan: CarePlan) -> tuple[CarePlan, Decision]:
    plan = lock(plan)
    return plan, policy.require(actor, "plan.lifecycle", plan)


def _open(plan: CarePlan) -> None:
    if plan.status == Status.CLOSED:
        raise ValidationError(_("Planen är redan avslutad."))


def _reason(why: str) -> None:
    if not why.strip():
        raise ValidationError({"why": _("Skriv varför, så att alla förstår.")})
    if len(why) > 300:
        raise ValidationError({"why": _("Texten är för lång: högst %(n)d tecken.") % {"n": 300}})


def _stand(
    actor: Actor,
    plan: CarePlan,
    values: dict[str, Any],
    kind: str,
    why: str,
    decision: Decision | None,
    settled: bool = True,
) -> CarePlan:
    """Write how the plan stands, and who, when and why."""
    by = ", ".join(part for part in (actor.name, actor.label) if part)[:300]
    values |= {"status_why": why.strip(), "status_by": by, "status_at": clock.now()}
    fresh = write(plan, actor, plan, values, kind, why.strip())
    rule = decision.rule if decision else "clock"
    audit.record(actor, f"plan.{kind}", person=plan.person_id, thing=fresh, rule=rule)
    if settled:
        settle(fresh)
    return fresh


def due() -> int:
    """Duty: on its day a paused plan is in force again, or its parties are reminded. Safe to run twice."""
    passed = CarePlan.objects.filter(status=Status.PAUSED, resume_on__lte=clock.today()).select_related("person")
    for found in passed:
        with transaction.atomic():
            plan = lock(found)
            if plan.status != Status.PAUSED:
                continue
            if plan.resumes_itself:
                _resume(CLOCK, plan, _("Dagen har kommit som bestämdes när planen började vila."), None)
            else:
                once = f"resume:{plan.public_id}:{plan.resume_on}"
                notices.of_plan(notices.RESUME_DUE, plan, once=once, to_person=False)
    return len(passed)


def resting(scope: Scope) -> QuerySet[CarePlan]:
    """Plans that rest, the one to be taken up first first; `person_pk` and `since` as the board's lists want them."""
    rows = scope.of(CarePlan.objects.filter(status=Status.PAUSED), "person__")
    return rows.annotate(person_pk=F("person_id"), since=F("resume_on")).order_by("resume_on", "pk")


def past_resuming(scope: Scope) -> QuerySet[CarePlan]:
    """Plans that rest although the day to take them up again has come."""
    return resting(scope).filter(resume_on__lte=clock.today())
