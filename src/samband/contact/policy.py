"""The rules, registered with the decision point. Importing this module (at start) opens exactly these questions."""

from typing import Any

from django.db.models import Q, QuerySet

from samband.access.services.facts import apart_from, closed_to
from samband.contact.models import Absence, Case, Rota, RotaRule, RotaShift, SwapRequest
from samband.contact.rules import access
from samband.core import policy
from samband.core.policy import Actor, Decision, allow, deny
from samband.people.models import Assignment, Unit


def facts(case: Case) -> access.CaseFacts:
    units = frozenset(filter(None, [case.unit_id, case.handed_unit_id]))
    people = frozenset(filter(None, [case.owner_id, case.to_assignment_id, case.handed_to_id]))
    return access.CaseFacts(
        units, people, case.sender_staff_id, case.person_id, case.sender_relative_id, case.only_sender
    )


@policy.rule("rota.list", "rota.read")
def see_rotas(actor: Actor, thing: Any = None) -> Decision:
    return access.see_rotas(actor)


@policy.rule("rota.edit", "rota.create", about=(Rota, RotaShift, RotaRule, Unit))
def edit_rota(actor: Actor, thing: Any = None) -> Decision:
    """`thing` is a Rota, or something of one, or a Unit."""
    rota = thing if isinstance(thing, Rota) else getattr(thing, "rota", None)
    if rota is not None:
        return access.edit_rota(actor, rota.unit_id)
    return access.edit_rota(actor, thing.pk if thing else None)


@policy.rule("absence.edit", about=(Absence, Assignment))
def edit_absence(actor: Actor, thing: Any = None) -> Decision:
    """Whoever keeps the unit's rota; anybody her own."""
    assignment = getattr(thing, "assignment", thing)
    if assignment is not None and actor.kind == "staff" and assignment.pk == actor.assignment_id:
        return allow("A1", "Det gäller dig själv.", "It is about yourself.")
    return access.edit_absence(actor, assignment.unit_id if assignment is not None else None)


@policy.rule("swap.ask", about=RotaShift)
def ask_swap(actor: Actor, shift: RotaShift | None = None) -> Decision:
    return access.hold_shift(actor, shift.assignment_id if shift else actor.assignment_id)


@policy.rule("swap.list")
def list_swaps(actor: Actor, thing: Any = None) -> Decision:
    return access.see_rotas(actor)


@policy.rule("swap.answer", about=SwapRequest)
def answer_swap(actor: Actor, swap: SwapRequest) -> Decision:
    return access.hold_shift(actor, swap.asked_id)


@policy.rule("swap.withdraw", about=SwapRequest)
def withdraw_swap(actor: Actor, swap: SwapRequest) -> Decision:
    return access.hold_shift(actor, swap.asked_by_id)


@policy.rule("coverage.read")
def see_coverage(actor: Actor, thing: Any = None) -> Decision:
    return access.see_coverage(actor)


@policy.rule("case.list", "case.search")
def list_cases(actor: Actor, thing: Any = None) -> Decision:
    return access.list_cases(actor)


@policy.rule("case.create")
def create_case(actor: Actor, person: Any = None) -> Decision:
    """Staff in care, about somebody they may see or about somebody without a record; no party outside care (P5)."""
    cares = access.list_cases(actor)
    return policy.decide(actor, "person.read", person) if cares and person is not None else cares


@policy.rule("case.read", about=Case)
def read_case(actor: Actor, case: Case) -> Decision:
    apart = apart_from(actor, case.person_id)
    return access.read_case(actor, facts(case)) if apart is None else apart


@policy.rule("case.work", about=Case)
def work_case(actor: Actor, case: Case) -> Decision:
    apart = apart_from(actor, case.person_id)
    return access.work_case(actor, facts(case)) if apart is None else apart


@policy.rule("case.own", about=Case)
def own_cases(actor: Actor, case: Case | None = None) -> Decision:
    """A13, P4: the person's and the relative's own questions and answers."""
    if actor.kind not in ("person", "relative") or actor.person_id is None:
        return deny("A13", "Sidan är personens och de närståendes egen.", "The page is for the person and relatives.")
    if case is not None:
        return access.read_case(actor, facts(case))
    return allow("A13" if actor.kind == "person" else "P4", "Du frågar för egen del.", "You ask on your own behalf.")


@policy.scope("rota.list", "rota.read")
def rotas_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows if actor.kind == "staff" else rows.none()


@policy.scope("rota.edit")
def editable_rotas(actor: Actor, rows: QuerySet) -> QuerySet:
    """Rotas, shifts or patterns of the units whose rotas the actor keeps."""
    if not access.edit_rota(actor, None):
        return rows.none()
    if actor.role == "administrator":
        return rows
    path = "unit_id__in" if rows.model is Rota else "rota__unit_id__in"
    return rows.filter(**{path: actor.unit_ids})


@policy.scope("absence.edit")
def editable_absences(actor: Actor, rows: QuerySet) -> QuerySet:
    if actor.kind != "staff":
        return rows.none()
    if actor.role == "administrator":
        return rows
    own = Q(assignment_id=actor.assignment_id)
    kept = Q(assignment__unit_id__in=actor.unit_ids) if access.edit_absence(actor, None) else Q(pk__in=[])
    return rows.filter(own | kept)


@policy.scope("swap.ask")
def shifts_held(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows.filter(assignment_id=actor.assignment_id) if actor.kind == "staff" else rows.none()


@policy.scope("swap.list", "swap.answer", "swap.withdraw")
def swaps_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    if actor.kind != "staff":
        return rows.none()
    return rows.filter(Q(asked_id=actor.assignment_id) | Q(asked_by_id=actor.assignment_id))


@policy.scope("case.list", "case.search")
def queue_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    """The cases that the actor's units have. What is on its way to them is a list of its own."""
    return _not_near(actor, rows.filter(unit_id__in=actor.unit_ids)) if access.is_care(actor) else rows.none()


def _not_near(actor: Actor, rows: QuerySet) -> QuerySet:
    """A1: without cases about herself or somebody near; a case about nobody stays."""
    closed = closed_to(actor)
    return rows.filter(Q(person_id__isnull=True) | ~Q(person_id__in=closed)) if closed else rows


@policy.scope("case.read", "case.work", "case.own")
def cases_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    if actor.kind == "person" and actor.person_id:
        return rows.filter(person_id=actor.person_id).exclude(only_sender=True, sender_relative__isnull=False)
    if actor.kind == "relative" and actor.relative_id:
        return rows.filter(sender_relative_id=actor.relative_id)
    if not access.is_care(actor):
        return rows.none()
    mine = (
        Q(owner_id=actor.assignment_id) | Q(to_assignment_id=actor.assignment_id) | Q(handed_to_id=actor.assignment_id)
    )
    unit = Q(unit_id__in=actor.unit_ids) | Q(handed_unit_id__in=actor.unit_ids)
    return _not_near(actor, rows.filter(unit | mine | Q(sender_staff_id=actor.assignment_id)))


@policy.scope("case.create")
def persons_to_ask_about(actor: Actor, rows: QuerySet) -> QuerySet:
    return policy.scoped(actor, "person.read", rows) if access.list_cases(actor) else rows.none()
