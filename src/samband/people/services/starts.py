"""Starting a care relation with somebody outside one's scope: an exact number and a stated reason, always in the audit.

What is answered is the same whether the number is in Samband or not, until the relation is started (A1, A2).
"""

from datetime import timedelta

from django.db import transaction

from samband.core import audit, clock, events, policy
from samband.core.ids import Identity
from samband.core.models import AuditEvent
from samband.core.policy import Actor
from samband.people.models import Person
from samband.people.services import numbers

ASKED = "relation.ask"
LIMIT = 10
WITHIN = timedelta(minutes=10)


class TooMany(Exception):
    """More questions than anybody has persons to start with."""


@transaction.atomic
def ask(actor: Actor, identity: Identity, reason: str) -> None:
    """Enter the question. Raises TooMany above LIMIT within ten minutes, for the account as a whole."""
    decision = policy.require(actor, "relation.start")
    recent = AuditEvent.objects.filter(user_id=actor.user_id, action=ASKED, at__gte=clock.now() - WITHIN)
    if recent.count() >= LIMIT:
        raise TooMany
    known = numbers.holder(identity)
    audit.record(actor, ASKED, person=known, rule=decision.rule, reason=reason)


@transaction.atomic
def begin(actor: Actor, identity: Identity, reason: str) -> Person | None:
    """Start the relation; None where nobody has the number and the person is to be entered."""
    policy.require(actor, "relation.start")
    person = numbers.holder(identity)
    if person is not None:
        events.publish("people.relation_wanted", actor=actor, person=person, reason=reason)
    return person
