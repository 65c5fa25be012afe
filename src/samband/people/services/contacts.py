"""The three contacts of a person: appointed, ended, handed over. Never two of a kind on one day (A13)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.people import rules
from samband.people.models import Assignment, ContactRole, Person


class Overlap(Exception):
    """Somebody holds the role on one of the days. `other` is that role."""

    def __init__(self, other: ContactRole, can_end: bool):
        super().__init__("overlapping contact role")
        self.other, self.can_end = other, can_end


class NotSuitable(Exception):
    """The person chosen cannot hold this role; `reason` is the sentence."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def appoint(
    actor: Actor,
    person: Person,
    kind: str,
    assignment: Assignment,
    starts_on: date,
    ends_on: date | None = None,
    end_previous: bool = False,
) -> ContactRole:
    """A new contact. With `end_previous` the present one ends the day before, in the same act."""
    Person.objects.select_for_update().get(pk=person.pk)
    decision = policy.require(actor, "contacts.edit", person)
    fault = rules.may_hold(kind, assignment.role, assignment.unit.organization.kind)
    if fault:
        raise NotSuitable(fault)
    previous = _make_room(person, kind, starts_on, ends_on, end_previous)
    contact = ContactRole.objects.create(
        person=person, kind=kind, assignment=assignment, starts_on=starts_on, ends_on=ends_on
    )
    audit.record(
        actor, "contact.appoint", person=person, thing=contact, rule=decision.rule, kind=kind,
        ended=str(previous.public_id) if previous else "",
    )  # fmt: skip
    events.publish("people.contacts_changed", actor=actor, person=person, kind=kind)
    return contact


def _make_room(person: Person, kind: str, starts: date, ends: date | None, end_previous: bool) -> ContactRole | None:
    """End the one who holds the role, if asked to and if only that one is in the way."""
    others = list(overlapping(person, kind, starts, ends))
    if not others:
        return None
    other = others[0]
    can_end = len(others) == 1 and other.starts_on < starts
    if not (end_previous and can_end):
        raise Overlap(other, can_end)
    other.ends_on = starts - timedelta(days=1)
    other.save(update_fields=["ends_on"])
    return other


def overlapping(person: Person, kind: str, starts: date, ends: date | None):
    """Roles of the kind that share a day with the stretch (rules.overlap, in the query)."""
    rows = ContactRole.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts), person=person, kind=kind)
    if ends is not None:
        rows = rows.filter(starts_on__lte=ends)
    return rows.select_related("assignment__staff", "assignment__unit").order_by("starts_on")


@transaction.atomic
def end(actor: Actor, contact: ContactRole, on: date | None = None) -> ContactRole:
    """The role ends on the day (today if none is given); one that has not begun is taken away."""
    stored = ContactRole.objects.select_for_update().get(pk=contact.pk)
    decision = policy.require(actor, "contacts.edit", stored)
    last = on or clock.today()
    audit.record(
        actor, "contact.end", person=stored.person_id, thing=stored, rule=decision.rule, kind=stored.kind, on=str(last)
    )
    if last < stored.starts_on:
        stored.delete()
    else:
        stored.ends_on = last
        stored.save(update_fields=["ends_on"])
    events.publish("people.contacts_changed", actor=actor, person=stored.person, kind=stored.kind)
    return stored
