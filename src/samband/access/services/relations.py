"""Care relations and parties: started, agreed, withdrawn, ended. Every change is in the audit."""

from django.db import transaction

from samband.access.models import CareRelation, Party
from samband.access.services.facts import forget
from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.people.models import Person, Unit
from samband.people.models.staff import current


@transaction.atomic
def start_relation(actor: Actor, person: Person, reason: str) -> CareRelation:
    """The actor's unit takes part in the person's care from now on (A1). Twice is the same as once."""
    decision = policy.require(actor, "relation.start")
    assert actor.unit_id is not None, "the rule lets staff in only"
    if not reason.strip():
        raise ValueError("A care relation needs a reason.")
    found = CareRelation.objects.filter(current(), person=person, unit_id=actor.unit_id).first()
    relation = found or CareRelation.objects.create(
        person=person, unit_id=actor.unit_id, reason=reason.strip(), started_by_id=actor.assignment_id
    )
    audit.record(actor, "relation.start", person=person, thing=relation, rule=decision.rule, reason=reason.strip())
    forget(actor, person.pk)
    return relation


@transaction.atomic
def end_relation(actor: Actor, relation: CareRelation) -> None:
    """From tomorrow the unit takes no part in the care; what it wrote stays."""
    decision = policy.require(actor, "person.edit", relation)
    relation.ends_on = clock.today()
    relation.save(update_fields=["ends_on"])
    audit.record(actor, "relation.end", person=relation.person_id, thing=relation, rule=decision.rule)


@transaction.atomic
def agree_party(actor: Actor, person: Person, unit: Unit, *, said: str, said_by: str, form: str) -> Party:
    """A unit becomes a party of the plan because the person agreed: what was said, by whom, in which form (P1)."""
    decision = policy.require(actor, "parties.edit", person)
    if not said.strip() or not said_by.strip():
        raise ValueError("A party needs what was said and who said it.")
    party = Party.objects.filter(person=person, unit=unit, withdrawn_at__isnull=True).first() or Party.objects.create(
        person=person,
        unit=unit,
        said=said.strip(),
        said_by=said_by.strip(),
        form=form,
        recorded_by_id=actor.assignment_id,
    )
    audit.record(actor, "party.agree", person=person, thing=party, rule=decision.rule, unit=unit.name)
    events.publish("access.party_agreed", party=party, actor=actor)
    forget(actor, person.pk)
    return party


@transaction.atomic
def withdraw_party(actor: Actor, party: Party, said: str) -> Party:
    """P6: reading stops at once; what was entered stays. The person herself may do it, or staff note what she said."""
    rule = "P6"
    if actor.kind == "person":
        policy.require(actor, "own.write")
        if party.person_id != actor.person_id:
            raise policy.Denied(policy.CLOSED, hidden=True)
    else:
        rule = policy.require(actor, "parties.edit", party).rule
    party.withdrawn_at = clock.now()
    party.withdrawn_said = said.strip()
    party.save(update_fields=["withdrawn_at", "withdrawn_said"])
    audit.record(actor, "party.withdraw", person=party.person_id, thing=party, rule=rule)
    events.publish("access.party_withdrawn", party=party, actor=actor)
    forget(actor, party.person_id)
    return party
