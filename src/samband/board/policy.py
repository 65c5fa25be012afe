"""Watching a person and saved views, registered with the decision point. Importing this module (at start) opens them."""

from typing import Any

from django.db.models import QuerySet

from samband.board.models import View
from samband.core import policy
from samband.core.policy import Actor, Decision, allow, deny
from samband.people.models import Person


@policy.rule("board.watch", about=Person)
def watch_person(actor: Actor, person: Person) -> Decision:
    """A1: a coordinator keeps an eye on whom she may see. Watching opens nothing."""
    coordinates = policy.decide(actor, "board.read")
    return policy.decide(actor, "person.read", person) if coordinates else coordinates


@policy.scope("board.watch")
def persons_to_watch(actor: Actor, rows: QuerySet) -> QuerySet:
    return policy.scoped(actor, "person.read", rows) if policy.decide(actor, "board.read") else rows.none()


@policy.rule("board.view", about=View)
def own_view(actor: Actor, view: Any) -> Decision:
    """A saved view is the assignment's own."""
    coordinates = policy.decide(actor, "board.read")
    if not coordinates:
        return coordinates
    if view.assignment_id == actor.assignment_id:
        return allow("A1", "Vyn är din egen.", "The view is your own.")
    return deny("A1", "Vyn är någon annans.", "The view is somebody else's.")


@policy.scope("board.view")
def own_views(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows.filter(assignment_id=actor.assignment_id) if policy.decide(actor, "board.read") else rows.none()
