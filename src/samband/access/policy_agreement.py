"""The questions of the agreement, registered with the decision point. Importing this module opens exactly these."""

from typing import Any

from django.db.models import QuerySet

from samband.access import rules, rules_agreement
from samband.access.policy import persons_in_scope, plans_in_scope, read_plan
from samband.access.rules_children import speaks
from samband.access.services.facts import cannot_consent, facts_about, person_id_of
from samband.core import policy
from samband.core.policy import Actor, Decision

REPRESENTED = {
    "plan.approve": rules_agreement.approve,
    "plan.disagree": rules_agreement.disagree,
    "consent.give": rules_agreement.give_consent,
    "consent.withdraw": rules_agreement.withdraw_consent,
    "note.share": rules_agreement.share_note,
}


def _represented(rule: Any) -> Any:
    """A rule that also needs to know whether the person can consent (P7). Staff are not asked: they note what was said."""

    def ask(actor: Actor, thing: Any) -> Decision:
        person_id = person_id_of(thing)
        if person_id is None:
            return policy.CLOSED
        facts = facts_about(actor, person_id)
        return rule(actor, person_id, facts, actor.kind != "staff" and _is_represented(actor, person_id, facts))

    ask.__qualname__ = f"_represented.{rule.__name__}"
    return ask


def _is_represented(actor: Actor, person_id: int, facts: rules.Facts) -> bool:
    """P7, P4: somebody assessed that she cannot consent, or she is too small to answer for herself."""
    return not speaks(facts.child) or cannot_consent(actor, person_id)


for _question, _rule in REPRESENTED.items():
    policy.rule(_question)(_represented(_rule))


@policy.rule("plan.principal")
def keep_principal(actor: Actor, thing: Any) -> Decision:
    person_id = person_id_of(thing)
    if person_id is None:
        return policy.CLOSED
    return rules_agreement.keep_principal(actor, person_id, facts_about(actor, person_id))


@policy.rule("agreement.read")
def read_agreement(actor: Actor, thing: Any) -> Decision:
    """P2: staff within the plan read what was agreed; a party outside care reads its own part alone (P5)."""
    if actor.kind != "staff" or rules.is_outside(actor):
        return policy.deny("P5", "Sidan är för vårdens parter.", "The page is for the parties of care.")
    return read_plan(actor, thing)


@policy.rule("ask.list")
def list_asks(actor: Actor, thing: Any = None) -> Decision:
    return rules_agreement.list_asks(actor)


@policy.rule("note.read")
def read_note(actor: Actor, note: Any) -> Decision:
    return _note(rules_agreement.read_note, actor, note)


@policy.rule("note.write")
def write_note(actor: Actor, note: Any) -> Decision:
    return _note(rules_agreement.write_note, actor, note)


def _note(rule: Any, actor: Actor, note: Any) -> Decision:
    person_id = person_id_of(note)
    if person_id is None or not hasattr(note, "relative_id"):
        return policy.CLOSED
    facts = facts_about(actor, person_id)
    if rule is rules_agreement.read_note:
        incapable = actor.kind == "relative" and _is_represented(actor, person_id, facts)
        return rules_agreement.read_note(actor, person_id, facts, note.relative_id, note.shared, incapable)
    return rule(actor, person_id, facts, note.relative_id, note.shared)


@policy.scope("consent.give", "consent.withdraw")
def persons_to_consent(actor: Actor, rows: QuerySet) -> QuerySet:
    return persons_in_scope(actor, rows)


@policy.scope("plan.approve", "plan.disagree", "plan.principal", "agreement.read")
def plans_to_answer(actor: Actor, rows: QuerySet) -> QuerySet:
    return plans_in_scope(actor, rows)


@policy.scope("note.read", "note.write", "note.share")
def notes_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    """P4, P5, P7 in the query: shared ones for the parties, her own for a relative, all for the person and who represents her."""
    found = plans_in_scope(actor, rows)
    if rules.is_outside(actor) or rows.model._meta.model_name != "relativenote":
        return rows.none()
    if actor.kind == "relative":
        person_id = actor.person_id or 0
        facts = facts_about(actor, person_id)
        if facts.mandate and rules_agreement.decides_notes(actor, facts, _is_represented(actor, person_id, facts)):
            return found
        return found.filter(relative_id=actor.relative_id)
    return found if actor.kind == "person" else found.filter(shared=True)
