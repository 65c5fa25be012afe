"""Facts about an actor and a person, looked up in two short queries."""

from collections.abc import Iterable
from typing import Any

from samband.access.models import Capacity, CareRelation, Party
from samband.access.rules import NO_PERSON, Facts, is_outside
from samband.core.policy import Actor
from samband.people.models import Person, Relative
from samband.people.models.staff import current


def person_id_of(thing: Any) -> int | None:
    """The person whom a thing is about: a Person, or what has `person_id`, `plan` or `action` on the way to one."""
    if isinstance(thing, Person):
        return thing.pk
    if hasattr(thing, "person_id"):
        return thing.person_id
    for way in ("plan", "action"):
        if getattr(thing, way, None) is not None:
            return person_id_of(getattr(thing, way))
    return None


def facts_about(actor: Actor, person_id: int | None) -> Facts:
    """The facts, remembered for the rest of the request."""
    if person_id is None:
        return NO_PERSON
    if actor.memo is not None and person_id in actor.memo:
        return actor.memo[person_id]
    found = _look_up(actor, person_id)
    if actor.memo is not None:
        actor.memo[person_id] = found
    return found


def cannot_consent(actor: Actor, person_id: int) -> bool:
    """P7: whether somebody has assessed that the person cannot consent now; remembered as the facts are."""
    key = ("capacity", person_id)
    if actor.memo is not None and key in actor.memo:
        return actor.memo[key]
    found = Capacity.objects.filter(current(), person_id=person_id).exists()
    if actor.memo is not None:
        actor.memo[key] = found
    return found


def know_consent(actor: Actor, person_id: int, incapable: bool) -> None:
    """What was read with something else need not be asked for again in this request."""
    if actor.memo is not None:
        actor.memo.setdefault(("capacity", person_id), incapable)


def forget(actor: Actor, person_id: int) -> None:
    """After a change of relations, parties or capacity within the request."""
    if actor.memo is not None:
        actor.memo.pop(person_id, None)
        actor.memo.pop(("capacity", person_id), None)


def know(actor: Actor, person_ids: Iterable[int]) -> None:
    """Ask about the persons of a list at once: two queries, remembered for the rest of the request."""
    if actor.kind == "staff" and actor.memo is not None:
        actor.memo.update(_of_staff(actor, [pk for pk in set(person_ids) if pk not in actor.memo]))


def _look_up(actor: Actor, person_id: int) -> Facts:
    if actor.kind == "staff":
        return _of_staff(actor, [person_id]).get(person_id, NO_PERSON)
    if actor.kind == "relative" and actor.relative_id:
        shared = (
            Relative.objects.filter(current(), pk=actor.relative_id, person_id=person_id)
            .values_list("reads", "writes")
            .first()
        )
        return Facts(shared_reading=shared[0], shared_writing=shared[1]) if shared else NO_PERSON
    return NO_PERSON


def _of_staff(actor: Actor, person_ids: list[int]) -> dict[int, Facts]:
    """By person: relation now, party now, party before. In care a party counts where that same unit takes part now (P2).

    A person has a few units around her, an actor may have hundreds: hers are fetched and compared here, as PostgreSQL takes
    longer to plan a question with hundreds of units in it than to answer it.
    """
    if not person_ids:
        return {}
    units = frozenset(actor.unit_ids)
    cared = CareRelation.objects.filter(current(), person_id__in=person_ids).values_list("person_id", "unit_id")
    here = {(pk, unit) for pk, unit in cared if unit in units}
    relation = {pk for pk, _unit in here}
    parties = Party.objects.filter(person_id__in=person_ids).values_list("person_id", "unit_id", "withdrawn_at")
    ours = [row for row in parties if row[1] in units]
    party = {pk for pk, unit, ended in ours if ended is None and (is_outside(actor) or (pk, unit) in here)}
    withdrawn = {pk for pk, _unit, ended in ours if ended is not None}
    return {pk: Facts(pk in relation, pk in party, pk in withdrawn) for pk in person_ids}
