"""What access does when a module below tells it something."""

from collections.abc import Iterable

from samband.access.models import CareRelation
from samband.access.services.relations import start_relation
from samband.core import events
from samband.core.policy import Actor
from samband.people.models import Person

IMPORTED = "Inläst från fil av administratör"
BATCH = 500


@events.listen("people.relation_wanted")
def relation_wanted(actor: Actor, person: Person, reason: str) -> None:
    """Somebody with a stated reason starts a care relation for the own unit (A1)."""
    start_relation(actor, person, reason)


@events.listen("people.persons_imported")
def persons_imported(actor: Actor, placed: Iterable[tuple[int, int]]) -> None:
    """New persons came with a unit that takes part in their care. The import itself is in the audit, with every person."""
    relations = [
        CareRelation(person_id=person, unit_id=unit, reason=IMPORTED, started_by_id=actor.assignment_id)
        for person, unit in placed
    ]
    CareRelation.objects.bulk_create(relations, batch_size=BATCH)
