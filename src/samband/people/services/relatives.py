"""Those who stand near, and what each of them may (A13, P4)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.people.models import Person, Relative
from samband.people.services.lock import assign, require_same

FIELDS = (
    "given_name", "family_name", "relation", "phone", "role", "lives_with", "reads", "writes", "basis", "represents",
    "works_why", "starts_on", "ends_on",
)  # fmt: skip


@transaction.atomic
def add(actor: Actor, person: Person, values: dict[str, Any]) -> Relative:
    decision = policy.require(actor, "relatives.edit", person)
    relative = Relative.objects.create(person=person, **values)
    audit.record(
        actor, "relative.add", person=person, thing=relative, rule=decision.rule, role=relative.role, reads=relative.reads,
        writes=relative.writes,
    )  # fmt: skip
    events.publish("people.relatives_changed", actor=actor, person=person)
    return relative


@transaction.atomic
def edit(actor: Actor, relative: Relative, seen: str, values: dict[str, Any]) -> Relative:
    """Raises Conflict when somebody saved since `seen` (lock.mark)."""
    stored = Relative.objects.select_for_update().get(pk=relative.pk)
    decision = policy.require(actor, "relatives.edit", stored)
    require_same(stored, FIELDS, seen)
    changed = assign(stored, values)
    if changed:
        stored.save()
        audit.record(
            actor, "relative.edit", person=stored.person_id, thing=stored, rule=decision.rule, fields=changed, role=stored.role,
            reads=stored.reads, writes=stored.writes,
        )  # fmt: skip
        events.publish("people.relatives_changed", actor=actor, person=stored.person)
    return stored


@transaction.atomic
def end(actor: Actor, relative: Relative, on: date | None = None) -> Relative:
    """The role ends; from then on nothing is shared. A role that begins later never begins."""
    stored = Relative.objects.select_for_update().get(pk=relative.pk)
    decision = policy.require(actor, "relatives.edit", stored)
    last = on or clock.today() - timedelta(days=1)
    stored.starts_on, stored.ends_on = min(stored.starts_on, last), last
    stored.reads = stored.writes = False
    stored.save()
    audit.record(actor, "relative.end", person=stored.person_id, thing=stored, rule=decision.rule)
    events.publish("people.relatives_changed", actor=actor, person=stored.person)
    return stored
