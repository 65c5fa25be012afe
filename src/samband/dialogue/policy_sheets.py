"""The rules of worksheets, sittings, next steps and new outcomes, registered with the decision point."""

from typing import Any

from django.db.models import Q, QuerySet

from samband.core import policy
from samband.core.policy import Actor, Decision, allow, deny
from samband.dialogue.models import NextStep, Sheet, Sitting
from samband.dialogue.rules import access_sheets as access
from samband.dialogue.rules.access import KEEPS


@policy.rule("sheet.list", "sheet.read", about=Sheet)
def see_sheets(actor: Actor, thing: Any = None) -> Decision:
    return access.read_sheets(actor)


@policy.rule("sheet.edit", about=Sheet)
def edit_sheets(actor: Actor, thing: Any = None) -> Decision:
    return access.keep_sheets(actor)


@policy.scope("sheet.list", "sheet.read", "sheet.edit")
def all_sheets(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows if actor.kind == "staff" and rows.model is Sheet else rows.none()


@policy.rule("sitting.answer", about=Sitting)
def answer_sitting(actor: Actor, thing: Any) -> Decision:
    return access.answer(actor, thing.organization_id)


@policy.rule("sitting.read", about=Sitting)
def read_sitting(actor: Actor, thing: Any) -> Decision:
    return access.read_result(actor, thing.organization_id)


@policy.rule("sitting.manage", about=Sitting)
def manage_sitting(actor: Actor, thing: Any = None) -> Decision:
    return access.keep_sheets(actor)


@policy.scope("sitting.answer", "sitting.read", "sitting.manage")
def sittings(actor: Actor, rows: QuerySet) -> QuerySet:
    """Those of everyone and of the reader's organization; all of them for who keeps the sheets."""
    if actor.kind != "staff" or rows.model is not Sitting:
        return rows.none()
    if actor.role in KEEPS:
        return rows
    return rows.filter(Q(organization__isnull=True) | Q(organization=actor.organization_id))


@policy.rule("step.list")
def list_steps(actor: Actor, thing: Any = None) -> Decision:
    return access.read_sheets(actor)


@policy.rule("step.own", about=NextStep)
def own_step(actor: Actor, thing: Any) -> Decision:
    return access.own_step(actor, thing.staff_id)


@policy.scope("step.list", "step.own")
def own_steps(actor: Actor, rows: QuerySet) -> QuerySet:
    if actor.kind != "staff" or actor.staff_id is None or rows.model is not NextStep:
        return rows.none()
    return rows.filter(staff=actor.staff_id)


@policy.rule("outcome.create")
def make_outcome(actor: Actor, thing: Any = None) -> Decision:
    if actor.kind == "staff" and actor.unit_id is not None:
        return allow("A1", "Du skriver upp det för din enhet.", "You write it down for your unit.")
    return deny("A1", "Det skrivs upp av personalen.", "It is written down by staff.")
