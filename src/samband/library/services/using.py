"""Using a template in a plan: what is ticked is added, nothing that is written is touched, all of it or nothing."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.decision import Decision
from samband.core.policy import Actor, Denied
from samband.core.text import fold
from samband.library.models import CheckItem, Definition, DefinitionVersion, InfoText, UsedPart
from samband.library.rules import clean, may_use, problems
from samband.library.services.spoken import spoken_problem, title_of
from samband.people.models import Unit
from samband.plans.models import Action, CarePlan, Situation
from samband.plans.services import asks, editing, history, proposals

Status = DefinitionVersion.Status


@dataclass(frozen=True)
class Choice:
    """What the reader chose for one part: whether to take it, and which unit does it or answers."""

    key: str
    unit: Unit | None = None


@dataclass(frozen=True)
class Offered:
    """A part as the page shows it: whether the plan has it already, what is wrong with it, which unit is proposed."""

    part: dict
    there: bool
    wrong: str
    unit: Unit | None
    units: list[Unit] = field(default_factory=list)

    @property
    def asks_unit(self) -> bool:
        fields = self.part["fields"]
        if self.part["type"] == "situation":
            return not fields.get("emergency")
        return self.part["type"] == "action" and (fields.get("by") or "unit") == "unit"


def current(definition: Definition) -> DefinitionVersion | None:
    """The version that is used now: the latest that is published."""
    return definition.versions.filter(status=Status.PUBLISHED).first()


def usable(version: DefinitionVersion) -> Decision:
    """T1, with the reason. Only a demo county holds invented persons."""
    return may_use(version.approved, version.status == Status.PUBLISHED, settings.DEMO_LOGINS)


def parties(plan: CarePlan) -> list[Unit]:
    """The units that may be given something in this plan."""
    rows = Unit.objects.filter(party_in__person=plan.person_id, party_in__withdrawn_at__isnull=True)
    return list(rows.select_related("organization").distinct())


def offered(plan: CarePlan, version: DefinitionVersion) -> list[Offered]:
    """Every part of the version beside what the plan holds."""
    used = set(plan.used_parts.filter(definition=version.definition, taken=True).values_list("key", flat=True))
    titles = _titles(plan)
    units = parties(plan)
    wrong = {p.key: p for p in reversed(problems(version.definition.kind, version.parts))}
    found = []
    for part in version.parts:
        problem = wrong.get(part["key"])
        kind = part["fields"].get("unit_kind") or part["fields"].get("call_kind") or ""
        found.append(
            Offered(
                part,
                there=part["key"] in used or fold(title_of(part)) in titles,
                wrong=spoken_problem(problem) if problem else "",
                unit=next((unit for unit in units if unit.kind == kind), None),
                units=units,
            )
        )
    return found


def _titles(plan: CarePlan) -> set[str]:
    """What the plan already calls things, so that the same is not added twice."""
    rows = [
        *plan.actions.exclude(status=Action.Status.STOPPED).values_list("title", flat=True),
        *plan.situations.values_list("trigger", flat=True),
        *CheckItem.objects.filter(plan=plan, struck_at__isnull=True).values_list("text", flat=True),
        *InfoText.objects.filter(plan=plan, struck_at__isnull=True).values_list("title", flat=True),
    ]
    return {fold(title) for title in rows}


def use(actor: Actor, plan: CarePlan, version: DefinitionVersion, choices: list[Choice]) -> list[UsedPart]:
    """Add the chosen parts. Raises ValidationError by part key, Denied where the template may not be used (T1)."""
    decision = policy.require(actor, "plan.edit", plan)
    allowed = usable(version)
    if not allowed:
        raise Denied(allowed)
    if not choices:
        raise ValidationError(_("Kryssa för minst en del."))
    wanted = {choice.key: choice for choice in choices}
    with transaction.atomic():
        plan = editing.lock(plan)
        made, wrong = [], {}
        for item in offered(plan, version):
            if (choice := wanted.get(item.part["key"])) is None:
                continue
            try:
                made.append(_take(actor, plan, version, item, choice))
            except ValidationError as error:
                wrong[choice.key] = " ".join(error.messages)
        if wrong:
            raise ValidationError(wrong)
        history.enter(plan, actor, history.thing_of(plan), str(version.definition), "template",
                      {"template": [None, _("%(title)s, version %(n)d: %(parts)d delar") % {
                          "title": version.definition.title, "n": version.number, "parts": len(made)}]})  # fmt: skip
        audit.record(
            actor, "definition.use", person=plan.person_id, thing=version.definition, rule=decision.rule,
            version=version.number, parts=len(made),
        )  # fmt: skip
        editing.settle(plan)
    return made


def _take(actor: Actor, plan: CarePlan, version: DefinitionVersion, item: Offered, choice: Choice) -> UsedPart:
    if item.wrong:
        raise ValidationError(item.wrong)
    fields = clean(item.part["type"], item.part["fields"])
    thing = MAKERS[item.part["type"]](actor, plan, fields, choice.unit)
    used, _made = UsedPart.objects.update_or_create(
        plan=plan, definition=version.definition, key=item.part["key"],
        defaults={"version": version, "taken": True, "thing": history.thing_of(thing), "fields": fields,
                  "by_name": actor.name, "at": clock.now()},
    )  # fmt: skip
    return used


def action_values(fields: dict) -> dict[str, Any]:
    """An action part as the fields of an Action. Who has it is not among them: that is agreed, never overwritten."""
    return {
        "title": fields["title"],
        "detail": fields["detail"],
        "why": fields["why"],
        "icon": fields["icon"],
        "competence": fields["competence"] or Action.Competence.NONE,
        "minutes": fields["minutes"],
        "rrule": fields["rrule"],
        "time_from": parse_time(fields["time_from"]) if fields["time_from"] else None,
        "time_to": parse_time(fields["time_to"]) if fields["time_to"] else None,
        "milestone": fields["milestone"],
    }


def situation_values(fields: dict) -> dict[str, Any]:
    names = ("trigger", "steps_person", "steps_relative", "steps_staff", "emergency", "icon")
    return {name: fields[name] for name in names}


def _action(actor: Actor, plan: CarePlan, fields: dict, unit: Unit | None) -> Action:
    """Own unit: added. Another party's: asked (P3). Nobody chosen: nobody has it yet, and the board says so."""
    action = Action(plan=plan, **action_values(fields))
    by = fields["by"] or Action.By.UNIT
    if by == Action.By.UNIT and unit is not None and asks.needs_yes(actor, action, unit):
        proposals.offer(actor, action, unit, _("Ur mallen. Kan ni ta det här?"))
        return action
    action.by, action.unit = (by, unit) if unit or by != Action.By.UNIT else (Action.By.NOBODY, None)
    if by == Action.By.RELATIVE:  # which of them is a question for the plan
        action.by = Action.By.NOBODY
    return editing.add(actor, action)


def _situation(actor: Actor, plan: CarePlan, fields: dict, unit: Unit | None) -> Situation:
    return editing.add(actor, Situation(plan=plan, call_unit=unit, **situation_values(fields)))


def _check(actor: Actor, plan: CarePlan, fields: dict, unit: Unit | None) -> CheckItem:
    days = fields.get("days")
    return CheckItem.objects.create(
        plan=plan, text=fields["text"], detail=fields["detail"], added_by=actor.name,
        kind=CheckItem.Kind.CHECK if "days" in fields else CheckItem.Kind.QUESTION,
        due_on=clock.today() + timedelta(days=days) if days else None,
    )  # fmt: skip


def _info(actor: Actor, plan: CarePlan, fields: dict, unit: Unit | None) -> InfoText:
    return InfoText.objects.create(
        plan=plan, title=fields["title"], body=fields["body"], source=fields["source"], added_by=actor.name
    )


MAKERS = {"action": _action, "situation": _situation, "check": _check, "question": _check, "info": _info}
