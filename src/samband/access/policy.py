"""The rules, registered with the decision point. Importing this module (at start) opens exactly these questions."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from samband.access import rules, rules_agreement, rules_children
from samband.access.models import CareRelation, Party
from samband.access.services.facts import closed_to, facts_about, person_id_of
from samband.core import clock, policy
from samband.core.policy import Actor, Decision, allow, deny
from samband.people.models import Relative
from samband.people.models.staff import current

# Where the person is, seen from the rows of a model. A model that is not here has no rows for anybody.
PERSON_PATH = {
    "person": "pk",
    "careplan": "person_id",
    "relative": "person_id",
    "flag": "person_id",
    "contactrole": "person_id",
    "carerelation": "person_id",
    "party": "person_id",
    "capacity": "person_id",
    "maturity": "person_id",
    "mark": "person_id",
    "consent": "person_id",
    "goal": "plan__person_id",
    "action": "plan__person_id",
    "situation": "plan__person_id",
    "followup": "plan__person_id",
    "planevent": "plan__person_id",
    "revision": "plan__person_id",
    "occurrencestate": "action__plan__person_id",
    "proposal": "action__plan__person_id",
    "participant": "action__plan__person_id",
    "approval": "plan__person_id",
    "relativenote": "plan__person_id",
    "handover": "plan__person_id",
    "correction": "plan__person_id",
    "recipient": "notice__person_id",
}


def _ask(rule: Any, actor: Actor, thing: Any) -> Decision:
    person_id = person_id_of(thing)
    if person_id is None:
        return deny("default", "Frågan gäller ingen person.", "The question is about no person.")
    return rule(actor, person_id, facts_about(actor, person_id))


@policy.rule("person.list", "person.search", "person.read")
def see_person(actor: Actor, thing: Any = None) -> Decision:
    """Without a thing: whether there is anything to list at all."""
    if thing is not None:
        return _ask(rules.see_person, actor, thing)
    if rules.is_care(actor) or rules.is_outside(actor):
        return allow(
            "A1",
            "Du ser personer som din enhet deltar i vården av.",
            "You see persons in whose care your unit takes part.",
        )
    return deny("A1", "Ditt uppdrag omfattar inga personer.", "Your assignment includes no persons.")


@policy.rule("person.export")
def see_facts(actor: Actor, thing: Any = None) -> Decision:
    """P5: numbers, addresses and warnings in a list or a file are for those who take part in the care."""
    if rules.is_outside(actor):
        return deny("P5", "Ni ser er del av planen.", "You see your part of the plan.")
    return see_person(actor, thing)


@policy.rule("plan.read")
def read_plan(actor: Actor, thing: Any) -> Decision:
    return _ask(rules.read_plan, actor, thing)


@policy.rule("plan.edit", "goal.edit", "situation.edit", "follow_up.edit", "event.edit", "action.create")
def edit_plan(actor: Actor, thing: Any) -> Decision:
    return _ask(rules.edit_plan, actor, thing)


@policy.rule("words.edit")
def edit_words(actor: Actor, thing: Any) -> Decision:
    return _ask(rules.edit_words, actor, thing)


@policy.rule("action.edit")
def edit_action(actor: Actor, action: Any) -> Decision:
    """`action` is an Action (or a Proposal, about its action)."""
    action = getattr(action, "action", action)
    person_id = person_id_of(action)
    if person_id is None or not hasattr(action, "by"):
        return policy.CLOSED
    return rules.edit_action(actor, person_id, facts_about(actor, person_id), _owner(action))


def _owner(action: Any) -> tuple[str, int | None, int | None]:
    return action.by, action.unit_id, action.unit.organization_id if action.unit_id else None


@policy.rule("proposal.answer")
def answer_proposal(actor: Actor, proposal: Any) -> Decision:
    """The unit that is asked answers (P3); where none is named, the one that has the action."""
    if not getattr(proposal, "asked_unit_id", None):
        return edit_action(actor, proposal)
    person_id = person_id_of(proposal)
    if person_id is None:
        return policy.CLOSED
    unit = (proposal.asked_unit_id, proposal.asked_unit.organization_id)
    facts = facts_about(actor, person_id)
    return rules_agreement.answer_ask(actor, person_id, facts, unit, proposal.action.shared_outside)


@policy.rule("together.edit")
def come_along(actor: Actor, participant: Any) -> Decision:
    """`participant` comes along (or would) with an action."""
    person_id = person_id_of(participant)
    if person_id is None or not hasattr(participant, "unit"):
        return policy.CLOSED
    unit = (participant.unit_id, participant.unit.organization_id)
    return rules.come_along(actor, person_id, facts_about(actor, person_id), _owner(participant.action), unit)


@policy.rule("action.propose", "situation.read", "handover.read")
def propose(actor: Actor, action: Any) -> Decision:
    """From within the plan; a party outside care reads its own actions and no more (P5)."""
    return _ask(rules.propose, actor, action)


@policy.rule("action.do")
def do_action(actor: Actor, action: Any) -> Decision:
    person_id = person_id_of(action)
    if person_id is None:
        return policy.CLOSED
    units = _units(action)
    return rules.do_action(actor, person_id, facts_about(actor, person_id), action.by, units, action.relative_id)


def _units(action: Any) -> frozenset[int]:
    """Those who carry it out: the unit that has it, and those that come along."""
    return frozenset(filter(None, [action.unit_id, *(p.unit_id for p in action.participants.all())]))


@policy.rule("action.read")
def see_action(actor: Actor, action: Any) -> Decision:
    units = _units(action) if rules.is_outside(actor) else frozenset()
    return rules.see_action(actor, read_plan(actor, action), action.shared_outside, units)


@policy.rule("plan.lifecycle", "handover.ask")
def lead_plan(actor: Actor, thing: Any) -> Decision:
    return _ask(rules.lead_plan, actor, thing)


@policy.rule("correction.read")
def unfold_text(actor: Actor, thing: Any) -> Decision:
    return _ask(rules.unfold_text, actor, thing)


@policy.rule("handover.answer")
def answer_handover(actor: Actor, handover: Any) -> Decision:
    return _of_unit(actor, handover, "to_unit_id")


@policy.rule("handover.withdraw")
def withdraw_handover(actor: Actor, handover: Any) -> Decision:
    return _of_unit(actor, handover, "from_unit_id")


def _of_unit(actor: Actor, handover: Any, name: str) -> Decision:
    person_id = person_id_of(handover)
    if person_id is None or not hasattr(handover, name):
        return policy.CLOSED
    return rules.hand_over(actor, person_id, facts_about(actor, person_id), getattr(handover, name))


@policy.rule("plan.create")
def create_plan(actor: Actor, thing: Any) -> Decision:
    return _ask(rules.create_plan, actor, thing)


@policy.rule("parties.edit", "capacity.edit")
def edit_parties(actor: Actor, thing: Any) -> Decision:
    """P1, P7: whoever may start the plan keeps its parties; a party added later needs the person's word as well."""
    return _ask(rules.create_plan, actor, thing)


@policy.rule("relative.share", about=Relative)
def share_plan(actor: Actor, row: Relative) -> Decision:
    return rules.share_plan(actor, row.person_id, row.role, facts_about(actor, row.person_id))


@policy.scope("relative.share")
def own_relatives(actor: Actor, rows: QuerySet) -> QuerySet:
    return _person_rows(actor, rows, with_party=False) if actor.kind == "person" else rows.none()


@policy.rule("maturity.edit")
def assess_maturity(actor: Actor, thing: Any) -> Decision:
    return _ask(rules.assess_maturity, actor, thing)


@policy.rule("person.edit", "person.renumber", "contacts.edit", "relatives.edit")
def manage_person(actor: Actor, thing: Any) -> Decision:
    return _ask(rules.manage_person, actor, thing)


@policy.rule("person.create", "relation.start")
def start_relation(actor: Actor, thing: Any = None) -> Decision:
    return rules.by_role(
        actor, rules.PLANNING_ROLES, "A1", "Du får starta en vårdrelation.", "You may start a care relation."
    )


@policy.rule("board.read")
def read_board(actor: Actor, thing: Any = None) -> Decision:
    """P2: coordinators of a party see what their task needs."""
    roles = frozenset({"coordinator"})
    return rules.by_role(
        actor, roles, "P2", "Läget hör till samordnarens uppdrag.", "The board belongs to the coordinator's task."
    )


@policy.rule("improvement.lead")
def lead_improvement(actor: Actor, thing: Any = None) -> Decision:
    """Opens nothing of a person: says where the day of whoever leads improvement begins, and what stands in her bar."""
    roles = frozenset({"leader"})
    return rules.by_role(actor, roles, "A1", "Du leder förbättringsarbete.", "You lead improvement.")


@policy.rule("day.read")
def read_day(actor: Actor, thing: Any = None) -> Decision:
    return rules.by_role(actor, rules.CARE_ROLES, "A1", "Din enhets insatser i dag.", "Your unit's actions today.")


@policy.rule("unit.list", "unit.read")
def see_units(actor: Actor, thing: Any = None) -> Decision:
    if actor.kind == "staff":
        return allow("A1", "Enheter är inga personuppgifter.", "Units are no personal data.")
    return deny("A1", "Dina kontakter står på din egen sida.", "Your contacts are on your own page.")


@policy.rule("unit.edit", "import.run", "staff.list", "staff.edit", "account.list", "account.edit", "access.explain")
def administer(actor: Actor, thing: Any = None) -> Decision:
    roles = frozenset({"administrator"})
    return rules.by_role(
        actor, roles, "A1", "Du administrerar enheter och import.", "You administer units and imports."
    )


@policy.rule("audit.read")
def read_audit(actor: Actor, thing: Any = None) -> Decision:
    roles = frozenset({"reviewer"})
    return rules.by_role(actor, roles, "A2", "Du granskar loggen.", "You review the log.")


@policy.rule("own.read")
def own_read(actor: Actor, thing: Any = None) -> Decision:
    """A13, P4: the person's own pages, and for a relative what is shared."""
    if actor.kind not in ("person", "relative") or actor.person_id is None:
        return deny("A13", "Sidan är personens egen.", "The page is the person's own.")
    if thing is not None and person_id_of(thing) != actor.person_id:
        return deny("A13", "Det hör till någon annan.", "It belongs to somebody else.")
    return rules.read_plan(actor, actor.person_id, facts_about(actor, actor.person_id))


@policy.rule("own.write")
def own_write(actor: Actor, thing: Any = None) -> Decision:
    """P4: in the own part."""
    read = own_read(actor, thing)
    if read and actor.kind == "person":
        return rules_children.own_part(facts_about(actor, actor.person_id).child)
    if read and actor.kind == "relative" and not facts_about(actor, actor.person_id).shared_writing:
        return deny(
            "P4",
            "Personen har delat läsning med dig, inte skrivning.",
            "The person shares reading with you, not writing.",
        )
    return read


@policy.rule("own.log")
def own_log(actor: Actor, thing: Any = None) -> Decision:
    """A2, A13: who has looked is for the person alone."""
    if actor.kind == "person":
        return allow("A2", "Du ser vilka som har läst om dig.", "You see who has read about you.")
    return deny("A13", "Listan är för personen själv.", "The list is for the person alone.")


# A board asks a dozen times about the same units. The conditions are built once for a day and copied into each question;
# what they find is asked anew each time.
@lru_cache(maxsize=512)
def _in_care(unit_ids: tuple[int, ...], path: str, on: date) -> Exists:
    """A1: one of the units takes part in the care of the person at `path` on the day."""
    return Exists(CareRelation.objects.filter(current(on), unit_id__among=unit_ids, person_id=OuterRef(path)))


@lru_cache(maxsize=512)
def _is_party(unit_ids: tuple[int, ...], path: str) -> Exists:
    """P5: one of the units is a party to the person's plan."""
    return Exists(Party.objects.filter(unit_id__among=unit_ids, person_id=OuterRef(path), withdrawn_at__isnull=True))


@lru_cache(maxsize=512)
def _party_in_care(unit_ids: tuple[int, ...], path: str, on: date) -> Exists:
    """P2: one of the units is a party and takes part in the care on the day: the same unit, not one of each."""
    return Exists(
        CareRelation.objects.filter(current(on), agreed=True, unit_id__among=unit_ids, person_id=OuterRef(path))
    )


def _person_rows(actor: Actor, rows: QuerySet, with_party: bool) -> QuerySet:
    """Rows about persons whom the actor may see (A1, A13, P5); `with_party` asks for P2 as well."""
    path = PERSON_PATH.get(rows.model._meta.model_name or "")
    if path is None or actor.kind == "anonymous":
        return rows.none()
    if actor.kind == "person":
        return rows.filter(**{path: actor.person_id})
    if actor.kind == "relative":
        # One person, whose facts are known already or are in a moment: the rule itself is asked.
        person_id = actor.person_id or 0
        seen = rules.see_person(actor, person_id, facts_about(actor, person_id))
        return rows.filter(**{path: person_id}) if seen else rows.none()
    if closed := closed_to(actor):
        rows = rows.exclude(**{f"{path}__in": closed})
    units = tuple(actor.unit_ids)
    if rules.is_outside(actor):
        return rows.filter(_is_party(units, path))
    if not rules.is_care(actor):
        return rows.none()
    return rows.filter((_party_in_care if with_party else _in_care)(units, path, clock.today()))


@policy.scope(
    "person.list", "person.search", "person.read", "person.export", "person.edit", "person.renumber", "contacts.edit",
    "relatives.edit", "plan.create", "parties.edit", "capacity.edit", "maturity.edit",
)  # fmt: skip
def persons_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    return _person_rows(actor, rows, with_party=False)


@policy.scope(
    "plan.read", "plan.edit", "words.edit", "goal.edit", "situation.edit", "follow_up.edit", "event.edit",
    "action.create", "action.do", "action.edit", "action.propose", "together.edit", "situation.read",
    "proposal.answer", "own.read", "own.write",
    "plan.lifecycle", "handover.ask", "handover.read", "handover.answer", "handover.withdraw", "correction.read",
)  # fmt: skip
def plans_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    return _person_rows(actor, rows, with_party=True)


@policy.scope("action.read")
def actions_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    """P5 in the query: a party outside care gets its own, agreed actions only."""
    found = _person_rows(actor, rows, with_party=True)
    if not rules.is_outside(actor):
        return found
    concerns = Q(unit_id__in=actor.unit_ids) | Q(participants__unit_id__in=actor.unit_ids)
    return found.filter(concerns, shared_outside=True).distinct()


@policy.scope("account.list", "account.edit", "access.explain")
def all_accounts(actor: Actor, rows: QuerySet) -> QuerySet:
    """Accounts have no names of their own; whom a person's or relative's belongs to is never shown in a list (A1)."""
    return rows if administer(actor, None) else rows.none()


@policy.scope("unit.list", "unit.read", "unit.edit", "staff.list", "staff.edit")
def all_units(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows if actor.kind == "staff" else rows.none()
