"""Watch lists: an assignment keeps an eye on persons. What shows is scoped by the policy each time (A1), never by the list."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samband.board.models import Watch
from samband.board.services import gaps, marks, today
from samband.board.services.kinds import BY_SLUG, KINDS, TODAY, Kind
from samband.board.services.scope import Scope
from samband.board.services.words import small
from samband.core import audit, clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Person
from samband.plans.models import CarePlan

MOST = 200


def watch(actor: Actor, persons: Collection[int], batch: uuid.UUID | None = None) -> list[int]:
    """Keep an eye on those of the persons whom the actor may see; who is watched already stays so. Answers who is new."""
    batch = batch or uuid.uuid4()
    with transaction.atomic():
        seen = policy.scoped(actor, "board.watch", Person.objects.filter(pk__in=persons)).values_list("pk", flat=True)
        mine = set(open_of(actor).values_list("person_id", flat=True))
        new = sorted(set(seen) - mine)
        rows = [Watch(assignment_id=actor.assignment_id or 0, person_id=pk, batch=batch) for pk in new]
        # Two at once: the second finds the first's row by the constraint, and that is what was asked for.
        Watch.objects.bulk_create(rows, ignore_conflicts=True)
        if new:
            audit.record(actor, "board.watch", persons=new, rule="A1")
    return new


def end(actor: Actor, which: Q) -> list[int]:
    """Look away from the watched persons that `which` finds among the actor's own; answers who they were."""
    with transaction.atomic():
        rows = open_of(actor).filter(which)
        persons = sorted(rows.values_list("person_id", flat=True))
        rows.update(ended_at=clock.now())
        if persons:
            audit.record(actor, "board.unwatch", persons=persons, rule="A1")
    return persons


def open_of(actor: Actor) -> QuerySet[Watch]:
    """What the assignment watches now."""
    return Watch.objects.filter(assignment_id=actor.assignment_id or 0, ended_at__isnull=True)


def among(actor: Actor, persons: Collection[int]) -> set[int]:
    """Which of the persons the actor watches."""
    if not persons:
        return set()
    return set(open_of(actor).filter(person__in=persons).values_list("person_id", flat=True))


def since(actor: Actor, person: Person) -> Any:
    """When the actor began to watch the person; None where she does not."""
    return open_of(actor).filter(person=person).values_list("since", flat=True).first()


@dataclass
class Line:
    """A watched person: what is missing, and what she waits for where the plan may be read (P2)."""

    person: Person
    missing: list[Kind] = field(default_factory=list)
    step: str = ""
    when: str = ""

    @property
    def state(self) -> str:
        states = {kind.state for kind in self.missing}
        return "act" if "act" in states else "warn" if states else "ok"

    @property
    def word(self) -> str:
        return ", ".join(small(str(kind.title)) for kind in self.missing) or _("inget saknas")


def lines(scope: Scope, actor: Actor, most: int = MOST) -> list[Line]:
    """Watched persons in scope, worst first, then by name; a bounded number of queries."""
    with marks.settled():
        return _lines(replace(scope, watched_by=actor.assignment_id), most)


def _lines(mine: Scope, most: int) -> list[Line]:
    found = {p.pk: Line(p) for p in mine.persons().select_related("area").order_by("sort_name", "pk")[:MOST]}
    if not found:
        return []
    lacking: dict[str, set[int]] = {TODAY.slug: {one.person for one in today.unassigned(mine)}}
    for slug, definition in gaps.ROWS.items():
        lacking[slug] = set(definition(mine).values_list("person_pk", flat=True))
    for pk, line in found.items():
        line.missing = [BY_SLUG[kind.slug] for kind in KINDS if pk in lacking[kind.slug]]
    _steps(mine, found)
    order = {"act": 0, "warn": 1, "ok": 2}
    return sorted(found.values(), key=lambda line: order[line.state])[:most]


def _steps(scope: Scope, found: dict[int, Line]) -> None:
    plans = scope.of(CarePlan.objects.filter(status=CarePlan.Status.ACTIVE, next_at__isnull=False), "person__")
    for who, kind, title, at in plans.values_list("person_id", "next_kind", "next_action__title", "next_at"):
        if who in found:
            found[who].step = title or (_("Uppföljning") if kind == CarePlan.NextKind.FOLLOW_UP else "")
            # A follow-up has a day, not a time.
            by_day = kind == CarePlan.NextKind.FOLLOW_UP
            found[who].when = text.spoken_date(clock.local(at).date()) if by_day else text.spoken_time(at)
