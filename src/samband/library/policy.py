"""The rules of templates, registered with the decision point."""

from typing import Any

from django.db.models import QuerySet

from samband.access import rules as access
from samband.core import policy
from samband.core.policy import Actor, Decision, allow, deny
from samband.library.models import CheckItem, Definition, InfoText
from samband.library.rules import who
from samband.plans.models import CarePlan


@policy.rule("definition.list", "definition.read", about=Definition)
def see_definitions(actor: Actor, thing: Any = None) -> Decision:
    if actor.kind == "staff":
        return allow("A1", "Mallar är inga personuppgifter.", "Templates are no personal data.")
    return deny("A1", "Mallarna är till för personalen.", "The templates are for staff.")


@policy.rule("definition.edit", about=Definition)
def edit_definitions(actor: Actor, thing: Any = None) -> Decision:
    roles = frozenset({"administrator"})
    return access.by_role(actor, roles, "A1", "Du sköter mallarna.", "You keep the templates.")


@policy.rule("definition.approve", about=Definition)
def approve_definitions(actor: Actor, thing: Any = None) -> Decision:
    return who.approve(actor)


@policy.rule("checklist.read", "info.read", about=(CheckItem, InfoText))
def read_items(actor: Actor, thing: Any) -> Decision:
    return policy.decide(actor, "plan.read", thing.plan)


@policy.rule("checklist.edit", "info.edit", about=(CheckItem, InfoText))
def edit_items(actor: Actor, thing: Any) -> Decision:
    return policy.decide(actor, "plan.edit", thing.plan)


@policy.scope("definition.list", "definition.read", "definition.edit", "definition.approve")
def all_definitions(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows if actor.kind == "staff" else rows.none()


def _beside(actor: Actor, question: str, rows: QuerySet) -> QuerySet:
    """Rows that stand beside a plan for which the question has a yes; anything else is no row of ours."""
    if rows.model not in (CheckItem, InfoText):
        return rows.none()
    return rows.filter(plan__in=policy.scoped(actor, question, CarePlan.objects.all()))


@policy.scope("checklist.read", "info.read")
def readable(actor: Actor, rows: QuerySet) -> QuerySet:
    return _beside(actor, "plan.read", rows)


@policy.scope("checklist.edit", "info.edit")
def editable(actor: Actor, rows: QuerySet) -> QuerySet:
    return _beside(actor, "plan.edit", rows)
