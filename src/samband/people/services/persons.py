"""Entering and changing a person. Every change is in the audit, in the same transaction."""

from typing import Any

from django.db import IntegrityError, transaction

from samband.core import audit, events, policy
from samband.core.ids import Identity
from samband.core.policy import Actor
from samband.people import rules
from samband.people.models import Flag, Person
from samband.people.services import numbers, relatives
from samband.people.services.lock import Conflict, assign


class AlreadyKnown(Exception):
    """The number is in Samband. The caller must not tell: it leads to the neutral page."""


class ProtectionNotConfirmed(Exception):
    """Protection is lowered without the word that it was lifted."""


def create(actor: Actor, identity: Identity, values: dict[str, Any], reason: str) -> Person:
    """A new person, with a care relation for the actor's unit: nobody enters a person without a reason."""
    decision = policy.require(actor, "person.create")
    if numbers.holder(identity) is not None:
        raise AlreadyKnown
    person = Person(identity_kind=identity.kind, identity_number=identity.number, birth_date=identity.born, **values)
    try:
        with transaction.atomic():
            person.save()
            audit.record(actor, "person.create", person=person, thing=person, rule=decision.rule, reason=reason)
            events.publish("people.relation_wanted", actor=actor, person=person, reason=reason)
    except IntegrityError as error:
        if Person.objects.filter(identity_number=identity.number).exists():
            raise AlreadyKnown from error
        raise
    return person


@transaction.atomic
def edit(actor: Actor, person: Person, version: int, values: dict[str, Any], lifted: bool = False) -> Person:
    """Change facts about the person. Raises Conflict when somebody saved since `version`."""
    stored = Person.objects.select_for_update().get(pk=person.pk)
    decision = policy.require(actor, "person.edit", stored)
    if stored.version != version:
        raise Conflict(stored)
    before = stored.protection
    if rules.lowers_protection(before, values.get("protection", before)) and not lifted:
        raise ProtectionNotConfirmed
    changed = assign(stored, values)
    if not changed:
        return stored
    stored.version += 1
    stored.save()
    if stored.is_protected:
        relatives.protect(stored)
    audit.record(
        actor,
        "person.edit",
        person=stored,
        thing=stored,
        rule=decision.rule,
        fields=changed,
        version=stored.version,
        protection=[before, stored.protection] if "protection" in changed else [],
    )
    events.publish("people.person_changed", actor=actor, person=stored, fields=changed)
    return stored


@transaction.atomic
def add_flag(actor: Actor, person: Person, kind: str, text: str) -> Flag:
    """Something everybody who meets the person must know at once."""
    decision = policy.require(actor, "person.edit", person)
    flag = Flag.objects.create(person=person, kind=kind, text=text)
    audit.record(actor, "flag.add", person=person, thing=flag, rule=decision.rule)
    return flag


@transaction.atomic
def end_flag(actor: Actor, flag: Flag) -> None:
    """It no longer holds; that it did stays."""
    from samband.core import clock

    decision = policy.require(actor, "person.edit", flag)
    Flag.objects.filter(pk=flag.pk, ended_on__isnull=True).update(ended_on=clock.today())
    audit.record(actor, "flag.end", person=flag.person_id, thing=flag, rule=decision.rule)


@transaction.atomic
def revive_flag(actor: Actor, flag: Flag) -> None:
    """Undo: the flag holds again."""
    decision = policy.require(actor, "person.edit", flag)
    Flag.objects.filter(pk=flag.pk).update(ended_on=None)
    audit.record(actor, "flag.revive", person=flag.person_id, thing=flag, rule=decision.rule)
