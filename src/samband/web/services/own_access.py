"""Who may see what about the person, and why somebody could: asked of the decision point, never worked out here."""

from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps

from samband.access import rules_told
from samband.access.models import CareRelation, Party
from samband.access.services import facts as plan_facts
from samband.access.services.facts import person_id_of
from samband.core import policy
from samband.core.decision import language
from samband.core.models import AuditEvent
from samband.core.policy import Actor, Decision
from samband.people.models import Assignment, Person, Relative, Unit
from samband.people.models.staff import current
from samband.people.services import actors
from samband.records.models import Entry
from samband.records.services import facts as record_facts

# Lines whose reason is written for the person to read.
SAID = ("access.explain", "relation.start", "correction.unfold")


@dataclass(frozen=True)
class Seer:
    """Somebody around the person: what is open to her, each as the decision point answers, and what may be changed."""

    name: str
    about: str
    plan: Decision
    entries: Decision
    others: Decision | None = None
    party: Party | None = None
    relative: Relative | None = None
    may_share: Decision | None = None


def units(person: Person) -> list[Seer]:
    """The units that take part, are parties, or have written: what somebody who works in care there may. Nine queries."""
    parties = {p.unit_id: p for p in Party.objects.filter(person=person, withdrawn_at__isnull=True)}
    cared = CareRelation.objects.filter(current(), person=person).values_list("unit_id", flat=True)
    samples = _samples(person)
    keys = {*cared, *parties, *(entry.unit_id for entry in samples)}
    rows = list(Unit.objects.filter(pk__in=keys).select_related("organization").order_by("sort_name"))
    known = [_somebody_at(unit) for unit in rows]
    plan_facts.know_units(known, person.pk)
    record_facts.know_units(known, person.pk, {unit.pk: unit.kind for unit in rows})
    return [_unit(person, unit, actor, samples, parties.get(unit.pk)) for unit, actor in zip(rows, known, strict=True)]


def _somebody_at(unit: Unit) -> Actor:
    """Somebody in care at the unit, as the rules see one; nobody in particular."""
    kind = unit.organization.kind
    return Actor(
        kind="staff", role="outside" if kind == "outside" else "nurse", unit_id=unit.pk, unit_ids=(unit.pk,),
        organization_id=unit.organization_id, org_kind=kind, memo={},
    )  # fmt: skip


def _samples(person: Person) -> list[Entry]:
    """The newest signed entry of each unit that has written."""
    found: dict[int, Entry] = {}
    rows = Entry.objects.filter(person=person, signed_at__isnull=False).order_by("unit_id", "-happened_at", "-pk")
    for entry in rows.defer("text"):
        found.setdefault(entry.unit_id, entry)
    return list(found.values())


def _unit(person: Person, unit: Unit, actor: Actor, samples: list[Entry], party: Party | None) -> Seer:
    provider = (unit.organization_id, record_facts.social(unit))
    theirs = [entry for entry in samples if (entry.organization_id, entry.social) != provider]
    answers = [policy.decide(actor, "record.read", entry) for entry in theirs]
    others = next((found for found in answers if found.rule != "A5"), answers[0] if answers else None)
    return Seer(
        unit.name, unit.organization.name, policy.decide(actor, "plan.read", person),
        policy.decide(actor, "record.list", person), others, party,
    )  # fmt: skip


def relatives(actor: Actor, person: Person) -> list[Seer]:
    """Those near her today."""
    rows = Relative.objects.filter(current(), person=person).select_related("person")
    found = []
    for row in rows:
        near = replace(actors.relative(row), memo={})
        question = "record.own" if row.role == Relative.Role.GUARDIAN else "record.shared"
        found.append(
            Seer(
                row.full_name,
                f"{row.relation}, {str(row.get_role_display()).lower()}",
                policy.decide(near, "plan.read", person),
                policy.decide(near, question),
                relative=row,
                may_share=policy.decide(actor, "relative.share", row),
            )
        )
    return found


@dataclass(frozen=True)
class Why:
    """One line of the log: the rule that held then in plain words, and what the decision point answers now (None: gone)."""

    event: AuditEvent
    rule: str
    told: str
    now: Decision | None
    said: str = ""

    @property
    def nobody(self) -> bool:
        """Whether Samband did it itself, or whoever runs it: nobody who acts in a capacity."""
        return self.event.actor_kind not in ("staff", "person", "relative")


def why(person: Person, number: int) -> Why | None:
    """The line with that number, if it is about this person."""
    event = AuditEvent.objects.filter(pk=number, outcome="allow", subjects__person_id=person.pk).first()
    if event is None:
        return None
    told = rules_told.told(event.rule, language().startswith("en"))
    said = str(event.detail.get("reason", "")) if event.action in SAID else ""
    return Why(event, event.rule, told, _now(person, event), said)


def _now(person: Person, event: AuditEvent) -> Decision | None:
    actor = _actor(person, event)
    if actor is None:
        return None
    action = event.action if event.action in policy.registry.rules else "person.read"
    return policy.answer(actor, action, _thing(person, event.thing))


def _actor(person: Person, event: AuditEvent) -> Actor | None:
    """Whoever it was, in the same capacity, if she still has it."""
    if event.actor_kind == "staff":
        rows = Assignment.objects.filter(current(), pk=event.assignment_id or 0, unit__closed_from__isnull=True)
        row = rows.select_related("staff", "unit__organization").first()
        return actors.acting(row) if row else None
    if event.actor_kind == "relative":
        near = Relative.objects.filter(current(), person=person, user_id=event.user_id or 0).select_related("person")
        return next((actors.relative(row) for row in near), None)
    own = event.actor_kind == "person" and person.user_id and person.user_id == event.user_id
    return Actor(kind="person", user_id=event.user_id, person_id=person.pk, born=person.birth_date) if own else None


def _thing(person: Person, named: str) -> Any:
    """What the line names, where it is still there and about this person; else the person."""
    label, _colon, key = named.partition(":")
    try:
        model = apps.get_model(label)
        row = model._default_manager.filter(public_id=key).first()
    except (LookupError, ValueError, TypeError):
        return person
    return row if row is not None and person_id_of(row) == person.pk else person
