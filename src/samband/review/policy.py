"""Who reviews the log: a reviewer, what the staff of the own organisation did, and never herself (A2, A15)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from samband.access import rules as access
from samband.core import policy
from samband.core.models import AuditEvent, AuditSubject
from samband.core.policy import CLOSED, Actor, Decision, deny
from samband.people.models import Person
from samband.review.models import Check, Interest, Run

ROLES = frozenset({"reviewer"})


def _reviewer(actor: Actor) -> Decision:
    return access.by_role(actor, ROLES, "A2", "Du granskar loggen.", "You review the log.")


@policy.rule("audit.person", about=Person)
def read_about(actor: Actor, person: Person) -> Decision:
    """The list of who here has read about one person. The row was chosen in the query: read about by the own staff."""
    return _reviewer(actor)


@policy.rule("audit.check", about=Check)
def work_with(actor: Actor, check: Check | None = None) -> Decision:
    """Nobody checks herself, nor what others read about herself as a person."""
    found = _reviewer(actor)
    if not found or check is None:
        return found
    if check.organization_id != actor.organization_id:
        return CLOSED
    if check.staff_id == actor.staff_id or (check.person_id and check.person_id == _own(actor)):
        return deny(
            "A2",
            "Ingen granskar sig själv. En annan granskare tar den.",
            "Nobody checks herself. Another reviewer does.",
        )
    return found


@policy.rule("audit.run", "audit.practice", about=Run)
def arrange(actor: Actor, run: Run | None = None) -> Decision:
    """Run the patterns, draw a sample, set the figures."""
    if run is not None and run.organization_id != actor.organization_id:
        return CLOSED
    return _reviewer(actor)


@policy.rule("audit.interest", about=(Person, Interest))
def mark_interest(actor: Actor, thing: Person | Interest | None = None) -> Decision:
    return _reviewer(actor)


def _own(actor: Actor) -> int | None:
    """The reviewer's own record as a person, if there is one."""
    return Person.objects.filter(user_id=actor.user_id).values_list("pk", flat=True).first() if actor.user_id else None


@policy.scope("audit.read", "audit.person", "audit.interest")
def own_log(actor: Actor, rows: QuerySet) -> QuerySet:
    """What the own organisation's staff did; and the persons whom they did something about."""
    if not _reviewer(actor):
        return rows.none()
    if rows.model is AuditEvent:
        return rows.filter(organization_id=actor.organization_id)
    if rows.model is Person:
        ours = AuditSubject.objects.filter(person_id=OuterRef("pk"), event__organization_id=actor.organization_id)
        return rows.filter(Exists(ours))
    return rows.none()


@policy.scope("audit.check")
def others_checks(actor: Actor, rows: QuerySet) -> QuerySet:
    """The own organisation's checks, but for those about the reviewer."""
    if not _reviewer(actor) or rows.model is not Check:
        return rows.none()
    mine = Q(staff_id=actor.staff_id)
    if own := _own(actor):
        mine |= Q(person_id=own)
    return rows.filter(organization_id=actor.organization_id).exclude(mine)


@policy.scope("audit.run")
def own_runs(actor: Actor, rows: QuerySet) -> QuerySet:
    if not _reviewer(actor) or rows.model is not Run:
        return rows.none()
    return rows.filter(organization_id=actor.organization_id)
