"""Facts about an actor and a person, looked up in one query."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from samband.access.models import Capacity, CareRelation, Party
from samband.access.rules import NO_PERSON, Facts
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
    """Ask about the persons of a list at once: one query, remembered for the rest of the request."""
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
    """By person. The scope stands in the query itself: relation now, party now, party before."""
    if not person_ids:
        return {}
    of_her, units = OuterRef("pk"), actor.unit_ids
    parties = Party.objects.filter(person_id=of_her, unit_id__in=units)
    rows = Person.objects.filter(pk__in=person_ids).annotate(
        _relation=Exists(CareRelation.objects.filter(current(), person_id=of_her, unit_id__in=units)),
        _party=Exists(parties.filter(withdrawn_at__isnull=True)),
        _withdrawn=Exists(parties.filter(withdrawn_at__isnull=False)),
    )
    return {pk: Facts(*found) for pk, *found in rows.values_list("pk", "_relation", "_party", "_withdrawn")}
