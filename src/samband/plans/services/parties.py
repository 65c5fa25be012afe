"""Starting a plan and keeping its parties: agreed with the person, and written down how (P1, P6, P7)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.access.models import Capacity, CareRelation, Party
from samband.access.rules import LEGAL_RELATIVES
from samband.access.services.facts import forget
from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.people.models import Organization, Person, Unit
from samband.people.models.staff import current
from samband.plans.models import CarePlan, FollowUp
from samband.plans.services import asks, consent, history
from samband.plans.services.editing import add, lock, settle
from samband.plans.services.summary import open_plan


def start_plan(
    actor: Actor, person: Person, units: list[Unit], said: str, said_by: str, form: str,
    words: str = "", words_note: str = "", follow_up_on: Any = None,
) -> CarePlan:  # fmt: skip
    """P1: a plan, its parties as the person agreed, and the first day to look at it together."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        decision = policy.require(actor, "plan.create", person)
        if open_plan(person):
            raise ValidationError(_("Personen har redan en plan. Det finns en plan runt varje person."))
        own = set(actor.unit_ids) & {unit.pk for unit in units}
        if not own:
            raise ValidationError({"units": _("Din egen enhet behöver vara part för att du ska kunna skriva planen.")})
        if words.strip() and not words_note.strip() and actor.kind != "person":
            raise ValidationError({"words_note": _("Skriv vem som skrev ner orden.")})
        plan = CarePlan.objects.create(
            person=person, words=words.strip(), words_note=words_note.strip(), created_by_id=actor.assignment_id,
            words_at=clock.now() if words.strip() else None,
        )  # fmt: skip
        for unit in units:
            join(actor, person, unit, said, said_by, form)
        if not person.consents.filter(withdrawn_at__isnull=True).exists():
            consent.enter(actor, person, said, consent.Said(said_by, form, _basis(person)))
        forget(actor, person.pk)
        names = ", ".join(unit.name for unit in units)
        history.enter(plan, actor, history.thing_of(plan), _("Planen"), "add", _first(plan, names), said)
        audit.record(actor, "plan.create", person=person, thing=plan, rule=decision.rule)
        if follow_up_on:
            add(actor, FollowUp(plan=plan, due_on=follow_up_on, responsible_id=actor.assignment_id))
        settle(plan)
    return plan


def _first(plan: CarePlan, names: str) -> dict[str, list[Any]]:
    """What the plan began with: its parties, and the own words where somebody asked."""
    filled = {n: kept for n, kept in history.snapshot(plan, ("words", "words_note", "words_at")).items() if kept}
    return {"parties": [None, names], **{name: [None, kept] for name, kept in filled.items()}}


def add_party(actor: Actor, person: Person, unit: Unit, said: str, said_by: str, form: str) -> Party:
    """P1: a party is added the way the first were."""
    with transaction.atomic():
        decision = policy.require(actor, "parties.edit", person)
        last = person.consents.first()
        if last and last.withdrawn_at:
            raise ValidationError(_("Personen har tagit tillbaka sitt samtycke. Anteckna ett nytt samtycke först."))
        plan = open_plan(person)
        plan = lock(plan) if plan else None
        party = join(actor, person, unit, said, said_by, form)
        audit.record(actor, "parties.edit", person=person, thing=party, rule=decision.rule, unit=unit.pk)
        forget(actor, person.pk)
        if plan:
            history.enter(plan, actor, history.thing_of(party), unit.name, "party", {"party": [None, unit.name]}, said)
            settle(plan)
    return party


def withdraw_party(actor: Actor, party: Party, said: str) -> Party:
    """P6: the party's reading stops with this transaction; what it wrote stays."""
    if not said.strip():
        raise ValidationError({"said": _("Skriv vad personen sade.")})
    with transaction.atomic():
        person = party.person
        question = "own.write" if actor.kind == "person" and actor.person_id == person.pk else "parties.edit"
        decision = policy.require(actor, question, person)
        plan = open_plan(person)
        plan = lock(plan) if plan else None
        done = Party.objects.filter(pk=party.pk, withdrawn_at__isnull=True).update(
            withdrawn_at=clock.now(), withdrawn_said=said.strip()
        )
        if not done:
            raise ValidationError(_("Parten är redan borttagen."))
        audit.record(actor, "parties.edit", person=person, thing=party, rule=decision.rule, withdrawn=True)
        forget(actor, person.pk)
        if plan:
            asks.close_for(plan, [party.unit_id])
            pair = {"party": [party.unit.name, None]}
            history.enter(plan, actor, history.thing_of(party), party.unit.name, "withdraw", pair, said)
            settle(plan)
        events.publish("party.withdrawn", party=party)
    party.refresh_from_db()
    return party


def assess_capacity(actor: Actor, capacity: Capacity) -> Capacity:
    """P7: a new assessment takes the place of the one before; both are kept."""
    missing = {
        name: _("Fyll i den här uppgiften.")
        for name in ("assessed_by", "basis", "represented_by", "attitude")
        if not getattr(capacity, name).strip()
    }
    if capacity.review_on and capacity.review_on < clock.today():
        missing["review_on"] = _("Dagen har redan varit. Välj en dag från och med i dag.")
    near = capacity.representative
    if near and (near.person_id != capacity.person_id or near.role not in LEGAL_RELATIVES or not near.active()):
        missing["representative"] = _(
            "Välj någon som har lagens mandat i dag: vårdnadshavare, god man eller förvaltare."
        )
    if missing:
        raise ValidationError(missing)
    with transaction.atomic():
        person = capacity.person
        decision = policy.require(actor, "capacity.edit", person)
        _end_capacity(person)
        capacity.save()
        forget(actor, person.pk)
        audit.record(actor, "capacity.edit", person=person, thing=capacity, rule=decision.rule)
        _note_capacity(actor, person, capacity.get_ground_display(), capacity.basis)
    return capacity


def end_capacity(actor: Actor, person: Person, why: str) -> None:
    """P7: the person can consent again."""
    if not why.strip():
        raise ValidationError({"why": _("Skriv varför markeringen tas bort.")})
    with transaction.atomic():
        decision = policy.require(actor, "capacity.edit", person)
        _end_capacity(person)
        forget(actor, person.pk)
        audit.record(actor, "capacity.edit", person=person, rule=decision.rule, ended=True)
        _note_capacity(actor, person, _("Kan samtycka själv"), why)


def _end_capacity(person: Person) -> None:
    from datetime import timedelta

    today = clock.today()
    person.capacities.filter(current(), starts_on=today).update(ends_on=today - timedelta(days=1))
    person.capacities.filter(current()).update(ends_on=today - timedelta(days=1))


def _note_capacity(actor: Actor, person: Person, title: str, why: str) -> None:
    plan = open_plan(person)
    if plan:
        plan = lock(plan)
        history.enter(plan, actor, history.thing_of(person), title, "capacity", {}, why[:300])


def _basis(person: Person) -> str:
    """P7: on what ground somebody else said yes, as the assessment has it."""
    held = person.capacities.filter(current()).order_by("-starts_on", "-id").first()
    return f"{held.represented_by}. {held.basis}"[:300] if held else ""


def join(actor: Actor, person: Person, unit: Unit, said: str, said_by: str, form: str) -> Party:
    """One unit becomes a party; part of a use case that has asked the policy."""
    problems = {}
    if not said.strip():
        problems["said"] = _("Skriv vad personen sade.")
    if not said_by.strip():
        problems["said_by"] = _("Skriv vem som sade det.")
    if Party.objects.filter(person=person, unit=unit, withdrawn_at__isnull=True).exists():
        problems["unit"] = _("%(unit)s är redan part.") % {"unit": unit.name}
    if problems:
        raise ValidationError(problems)
    outside = unit.organization.kind == Organization.Kind.OUTSIDE
    # The person's yes makes the unit one that takes part in the care; a relation that holds is left alone.
    if not outside and not CareRelation.objects.filter(current(), person=person, unit=unit).exists():
        CareRelation.objects.create(
            person=person, unit=unit, reason=_("Part i den gemensamma planen"), started_by_id=actor.assignment_id
        )
    return Party.objects.create(
        person=person,
        unit=unit,
        said=said.strip(),
        said_by=said_by.strip(),
        form=form,
        recorded_by_id=actor.assignment_id,
    )
