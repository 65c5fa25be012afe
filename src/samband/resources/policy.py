"""The rules, registered with the decision point. Importing this module (at start) opens exactly these questions."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from samband.access.policy import PERSON_PATH
from samband.access.rules import apart
from samband.access.services.facts import closed_to, facts_about
from samband.core import policy
from samband.core.policy import Actor, Decision
from samband.people.models import Assignment, Person, Unit
from samband.people.models.staff import current
from samband.plans.models import Action
from samband.resources.models import (
    ActionTerms,
    Competence,
    DayPlan,
    Delegation,
    Happening,
    Loan,
    Placement,
    PlanJob,
    Pool,
    PoolUnit,
    Team,
    Tie,
    Visit,
    VisitPart,
    WorkProfile,
    WorkShift,
    WorthReport,
)
from samband.resources.rules import access

PERSON_PATH.update(
    visit="person_id",
    visititem="visit__person_id",
    visitpart="visit__person_id",
    visitrequest="person_id",
    tie="person_id",
)
STAFFING = (Pool, Loan, Team, WorkShift, WorkProfile, Competence, Assignment, Unit)
DAY = (Pool, DayPlan, PlanJob, Happening)


def unit_of(thing: Any) -> int | None:
    """The unit whose staffing it is."""
    if isinstance(thing, Unit):
        return thing.pk
    return getattr(thing, "unit_id", None) or getattr(getattr(thing, "assignment", None), "unit_id", None)


def pool_of(thing: Any) -> Pool:
    if isinstance(thing, Pool):
        return thing
    return thing.plan.pool if isinstance(thing, PlanJob) else thing.pool


def units_of(pool: Pool) -> frozenset[int]:
    """The units that take part today."""
    return frozenset(PoolUnit.objects.filter(current(), pool=pool).values_list("unit_id", flat=True))


def visit_of(thing: Any) -> Visit:
    return thing.visit if isinstance(thing, VisitPart) else thing


def facts(visit: Visit) -> access.VisitFacts:
    """Whose staff do it, as published: a draft is one planner's thought and opens nothing (A1); one query."""
    rows = Placement.objects.filter(part__visit=visit, plan__status=DayPlan.Status.PUBLISHED)
    found = list(rows.values_list("shift__assignment_id", "shift__assignment__unit_id"))
    return access.VisitFacts(
        visit.unit_id, frozenset(unit for _who, unit in found), frozenset(who for who, _unit in found)
    )


@policy.rule("pool.list", "pool.read", "team.list", "team.read", "shift.list", "shift.read", about=STAFFING)
def see_staffing(actor: Actor, thing: Any = None) -> Decision:
    return access.see_staffing(actor)


@policy.rule("pool.edit", "team.edit", "shift.edit", "competence.edit", about=STAFFING)
def edit_staffing(actor: Actor, thing: Any = None) -> Decision:
    if isinstance(thing, Pool):
        return access.plan_day(actor, units_of(thing)) if actor.role == "planner" else access.edit_staffing(actor, -1)
    return access.edit_staffing(actor, unit_of(thing) if thing is not None else None)


def beside(actor: Actor) -> QuerySet:
    """The units that today plan their day together with one of the actor's: a nurse delegates to the home help beside her."""
    pools = PoolUnit.objects.filter(current(), unit_id__in=actor.unit_ids).values("pool_id")
    return PoolUnit.objects.filter(current(), pool_id__in=pools).values_list("unit_id", flat=True)


@policy.rule("delegation.edit", about=(Delegation, Assignment))
def delegate(actor: Actor, thing: Any = None) -> Decision:
    assignment = getattr(thing, "assignment", thing)
    if assignment is None:
        return access.delegate(actor, None)
    return access.delegate(actor, assignment.unit_id, frozenset(beside(actor)))


@policy.rule("visitday.list", "visitday.read", about=DAY)
def see_day(actor: Actor, thing: Any = None) -> Decision:
    return access.see_day(actor, units_of(pool_of(thing)) if thing is not None else None)


@policy.rule("visitday.plan", about=DAY)
def plan_day(actor: Actor, thing: Any = None) -> Decision:
    return access.plan_day(actor, units_of(pool_of(thing)) if thing is not None else None)


@policy.rule("visit.read", about=(Visit, VisitPart))
def read_visit(actor: Actor, thing: Any) -> Decision:
    """A1; nobody opens what is her own or a near relative's through an assignment."""
    visit = visit_of(thing)
    return apart(facts_about(actor, visit.person_id)) or access.read_visit(actor, facts(visit))


@policy.rule("visit.edit", about=(Visit, ActionTerms, Tie, Action, Person))
def edit_visit(actor: Actor, thing: Any) -> Decision:
    """`thing`: a Visit, an action or its terms, a tie: what the unit that has it says (P3); a Person: one of whose actions it has."""
    if isinstance(thing, Person):
        theirs = Action.objects.filter(plan__person=thing, unit_id__in=actor.unit_ids)
        unit = theirs.values_list("unit_id", flat=True).first() or -1
        return apart(facts_about(actor, thing.pk)) or access.edit_visit(actor, access.VisitFacts(unit))
    if isinstance(thing, ActionTerms | Action):
        action = thing if isinstance(thing, Action) else thing.action
        unit, person = action.unit_id or -1, action.plan.person_id
    else:
        unit, person = thing.unit_id, thing.person_id
    return apart(facts_about(actor, person)) or access.edit_visit(actor, access.VisitFacts(unit))


@policy.rule("visit.report", about=(Visit, VisitPart))
def report_visit(actor: Actor, thing: Any) -> Decision:
    return access.report(actor, facts(visit_of(thing)))


@policy.rule("visit.mine")
def own_day(actor: Actor, thing: Any = None) -> Decision:
    return access.own_day(actor)


@policy.rule("visit.road")
def on_the_road(actor: Actor, thing: Any = None) -> Decision:
    return access.on_the_road(actor)


@policy.rule("visit.own", about=(Visit, Person))
def own_visits(actor: Actor, thing: Any = None) -> Decision:
    """A13, P4: who comes when, for the person and a relative with whom it is shared."""
    return policy.decide(actor, "own.read", thing)


@policy.rule("visit.request", about=Person)
def request_visit(actor: Actor, person: Person) -> Decision:
    return access.request_visit(actor, policy.decide(actor, "plan.read", person))


@policy.rule("worth.list", "worth.read", "worth.run", about=(WorthReport, Pool))
def see_worth(actor: Actor, thing: Any = None) -> Decision:
    seen = access.see_worth(actor)
    if not seen or thing is None or actor.role == "administrator":
        return seen
    return access.see_day(actor, units_of(pool_of(thing)))


@policy.scope("pool.list", "pool.read", "team.list", "team.read", "shift.list", "shift.read")
def all_staffing(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows if access.see_staffing(actor) else rows.none()


UNIT_PATH = {Loan: "unit_id", Team: "unit_id", Assignment: "unit_id", Unit: "pk"}


@policy.scope("pool.edit", "team.edit", "shift.edit", "competence.edit")
def staffing_to_edit(actor: Actor, rows: QuerySet) -> QuerySet:
    if not access.edit_staffing(actor, None):
        return rows.none()
    if actor.role == "administrator":
        return rows
    if rows.model is Pool:
        return _pools(actor, rows)
    return rows.filter(**{f"{UNIT_PATH.get(rows.model, 'assignment__unit_id')}__in": actor.unit_ids})


@policy.scope("delegation.edit")
def delegations_to_edit(actor: Actor, rows: QuerySet) -> QuerySet:
    if not access.delegate(actor, None):
        return rows.none()
    path = UNIT_PATH.get(rows.model, "assignment__unit_id")
    return rows.filter(Q(**{f"{path}__in": actor.unit_ids}) | Q(**{f"{path}__in": beside(actor)}))


POOL_PATH = {Pool: "pk", DayPlan: "pool_id", PlanJob: "plan__pool_id", Happening: "pool_id", WorthReport: "pool_id"}


def _pools(actor: Actor, rows: QuerySet) -> QuerySet:
    """Of pools that a unit of the actor's takes part in today."""
    mine = PoolUnit.objects.filter(current(), unit_id__in=actor.unit_ids, pool_id=OuterRef(POOL_PATH[rows.model]))
    return rows.filter(Exists(mine))


@policy.scope("visitday.list", "visitday.read")
def days_to_see(actor: Actor, rows: QuerySet) -> QuerySet:
    return _pools(actor, rows) if rows.model in POOL_PATH and access.see_day(actor, None) else rows.none()


@policy.scope("visitday.plan")
def days_to_plan(actor: Actor, rows: QuerySet) -> QuerySet:
    return _pools(actor, rows) if rows.model in POOL_PATH and access.plan_day(actor, None) else rows.none()


@policy.scope("worth.list", "worth.read", "worth.run")
def worth_to_see(actor: Actor, rows: QuerySet) -> QuerySet:
    if rows.model not in POOL_PATH or not access.see_worth(actor):
        return rows.none()
    return rows if actor.role == "administrator" else _pools(actor, rows)


def _visits(rows: QuerySet) -> str:
    return {Visit: "", VisitPart: "visit__"}.get(rows.model, "none")


@policy.scope("visit.read")
def visits_to_read(actor: Actor, rows: QuerySet) -> QuerySet:
    """The same as the rule, in the query."""
    way = _visits(rows)
    if way == "none" or actor.kind != "staff" or actor.org_kind == "outside" or actor.role in ("outside", "reviewer"):
        return rows.none()
    rows = rows.exclude(**{f"{way}person_id__in": closed_to(actor) or []})
    placed = Placement.objects.filter(part__visit_id=OuterRef(f"{way}pk" if not way else "visit_id"))
    placed = placed.filter(plan__status=DayPlan.Status.PUBLISHED)
    seen = Q(Exists(placed.filter(shift__assignment_id=actor.assignment_id or 0)))
    if actor.role in access.LOOKS:
        units = placed.filter(shift__assignment__unit_id__in=actor.unit_ids)
        seen |= Q(**{f"{way}unit_id__in": actor.unit_ids}) | Q(Exists(units))
    return rows.filter(seen)


@policy.scope("visit.report")
def visits_to_report(actor: Actor, rows: QuerySet) -> QuerySet:
    way = _visits(rows)
    if way == "none" or actor.kind != "staff":
        return rows.none()
    placed = Placement.objects.filter(part__visit_id=OuterRef("pk" if not way else "visit_id"))
    mine = placed.filter(plan__status=DayPlan.Status.PUBLISHED, shift__assignment_id=actor.assignment_id or 0)
    return rows.filter(Exists(mine)) if access.own_day(actor) else rows.none()


@policy.scope("visit.edit")
def visits_to_edit(actor: Actor, rows: QuerySet) -> QuerySet:
    ways = {
        Visit: ("unit_id", "person_id"),
        Tie: ("unit_id", "person_id"),
        ActionTerms: ("action__unit_id", "action__plan__person_id"),
        Action: ("unit_id", "plan__person_id"),
    }
    if not access.plan_day(actor, None):
        return rows.none()
    if rows.model is Person:
        theirs = Action.objects.filter(plan__person_id=OuterRef("pk"), unit_id__in=actor.unit_ids)
        return rows.filter(Exists(theirs)).exclude(pk__in=closed_to(actor) or [])
    if rows.model not in ways:
        return rows.none()
    unit, person = ways[rows.model]
    return rows.filter(**{f"{unit}__in": actor.unit_ids}).exclude(**{f"{person}__in": closed_to(actor) or []})


@policy.scope("visit.own")
def visits_own(actor: Actor, rows: QuerySet) -> QuerySet:
    return policy.scoped(actor, "own.read", rows)


@policy.scope("visit.request")
def persons_to_request(actor: Actor, rows: QuerySet) -> QuerySet:
    return policy.scoped(actor, "plan.read", rows) if rows.model is Person and actor.kind == "staff" else rows.none()
