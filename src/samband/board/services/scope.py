"""Whose rows are counted: what the policy lets the coordinator see, narrowed by area and unit, in the query.

The definitions in `gaps` and `today` ask a Scope for their rows, so that the board, the lists, the exports and the
morning's snapshot count the same things.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from samband.access.models import CareRelation
from samband.board.models import Mark, Watch
from samband.core import policy
from samband.core.policy import Actor
from samband.people.models import Person
from samband.people.models.staff import current

READ = "person.list"
READ_PLAN = "plan.read"


@dataclass(frozen=True)
class Scope:
    """`actor` None counts everybody: only for the snapshot, whose rows are scoped again when they are read.

    `area_ids`: persons who live there; `unit_id`: persons in whose care the unit takes part now;
    `watched_by`: persons whom that assignment keeps an eye on.
    """

    actor: Actor | None
    area_ids: tuple[int, ...] = ()
    unit_id: int | None = None
    watched_by: int | None = None

    def persons(self, rows: QuerySet | None = None) -> QuerySet[Person]:
        """Living persons whom the actor may see (A1), out of `rows` where given."""
        return self._narrow(READ, Person.objects.all() if rows is None else rows, "")

    def of(self, rows: QuerySet, way: str) -> QuerySet:
        """Rows out of plans that the actor may read (P2); `way` leads to the person: `person__`, `plan__person__`."""
        return self._narrow(READ_PLAN, rows, way)

    def seen(self, rows: QuerySet, way: str) -> QuerySet:
        """Rows about persons whom the actor may see (A1), such as their contacts."""
        return self._narrow(READ, rows, way)

    def marked(self, marks: QuerySet[Mark]) -> QuerySet[Mark]:
        """Marks of persons whom the actor may see (A1). Whoever has died lacks nothing, so that is not asked again."""
        return self._narrow(READ, marks, "person__", living=False)

    def living(self) -> QuerySet[Mark]:
        """A mark for each of `persons()`, which is quicker to count."""
        return self.marked(Mark.objects.filter(living=True))

    def plan_marked(self, marks: QuerySet[Mark]) -> QuerySet[Mark]:
        """Marks about what stands in plans that the actor may read (P2)."""
        return self._narrow(READ_PLAN, marks, "person__", living=False)

    def plan_persons(self, rows: QuerySet) -> QuerySet[Person]:
        """Living persons, out of `rows`, whose plan the actor may read (P2)."""
        return self._narrow(READ_PLAN, rows, "")

    def _narrow(self, action: str, rows: QuerySet, way: str, living: bool = True) -> QuerySet:
        if self.actor is not None:
            rows = policy.scoped(self.actor, action, rows)
        conditions: dict[str, Any] = {f"{way}deceased_on__isnull": True} if living else {}
        if self.area_ids:
            conditions[f"{way}area_id__in"] = self.area_ids
        key = f"{way.removesuffix('__')}_id" if way else "pk"
        # As a set that is found once: the database may begin with the few instead of asking about each of the many.
        if self.watched_by is not None:
            kept = Watch.objects.filter(assignment_id=self.watched_by, ended_at__isnull=True)
            conditions[f"{key}__in"] = kept.order_by().values("person_id")
        if self.unit_id is not None:
            here = CareRelation.objects.filter(current(), unit_id=self.unit_id).order_by().values("person_id")
            rows = rows.filter(**{f"{key}__in": here})
        return rows.filter(**conditions)

    def care_began(self, key: str = "pk") -> Subquery:
        """The first day of the care that goes on now at the units in question, for the person at `key`."""
        rows = CareRelation.objects.filter(current(), person_id=OuterRef(key))
        if self.unit_id is not None:
            rows = rows.filter(unit_id=self.unit_id)
        elif self.actor is not None:
            rows = rows.filter(unit_id__among=self.actor.unit_ids)
        first = rows.order_by().values("person").annotate(first=Min("starts_on"))
        return Subquery(first.values("first"))


EVERYBODY = Scope(actor=None)
