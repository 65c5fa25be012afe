"""Facts about an actor and a person, looked up in two short queries."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from samband.access.models import Capacity, CareRelation, Maturity, Party
from samband.access.rules import AGREED, NEAR, NO_PERSON, OWN, Facts, apart, is_outside
from samband.access.rules_children import ADULT, WRITES, Assessed, Child, limits_on, sight
from samband.core import clock, text
from samband.core.models import User
from samband.core.policy import Actor, Decision
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
        return _of_relative(actor.relative_id, person_id)
    if actor.kind == "person" and actor.person_id == person_id and (text.age(actor.born) or 0) < ADULT:
        return Facts(child=child_of(person_id))
    return NO_PERSON


def _of_relative(relative_id: int, person_id: int) -> Facts:
    """What is shared with her today (P4); of whoever has custody, as far as the child's age and maturity let her."""
    rows = Relative.objects.filter(current(), pk=relative_id, person_id=person_id)
    row = rows.values_list("role", "reads", "writes", "represents").first()
    if row is None:
        return NO_PERSON
    role, reads, writes, represents = row
    if role != Relative.Role.GUARDIAN:
        mandate = role == Relative.Role.TRUSTEE and writes and represents
        # Whom she represents may be a child, who does not answer for itself without anybody having assessed that (P7).
        child = child_of(person_id) if mandate else None
        return Facts(shared_reading=reads, shared_writing=writes, mandate=mandate, child=child)
    child = child_of(person_id)
    writes = reads and writes and sight(child) == WRITES
    return Facts(shared_reading=reads, shared_writing=writes, guardian=True, mandate=writes, child=child)


def child_of(person_id: int) -> Child | None:
    """The person as a child today, with the assessment that holds; None: grown up, or of unknown age."""
    row = Person.objects.filter(pk=person_id).values_list("birth_date", "protection").first()
    years = text.age(row[0]) if row else None
    if row is None or years is None or years >= ADULT:
        return None
    held = Maturity.objects.filter(current(), person_id=person_id).first()
    assessed = Assessed(held.own, held.guardians, held.entries) if held else None
    return Child(years, row[1] != Person.Protection.NONE, assessed, limits_on(settings.CHILD_AGES, clock.today()))


def near_to(actor: Actor) -> dict[int, str]:
    """A1: the persons whom a member of staff is, or is near to, by what her account is tied to; OWN, NEAR or AGREED.

    One question, remembered for the request. That she works with somebody near holds while the tie does.
    """
    if actor.kind != "staff" or not actor.user_id or actor.tied is False:
        return {}
    if actor.memo is not None and "near" in actor.memo:
        return actor.memo["near"]
    ties = User.objects.filter(pk=actor.user_id).values_list(
        "person__pk",
        "relative_of__person_id",
        "relative_of__works_why",
        "relative_of__starts_on",
        "relative_of__ends_on",
    )
    found: dict[int, str] = {}
    for own, near, why, starts, ends in ties:
        if near and found.get(near) != AGREED:
            holds = bool(why) and starts <= clock.today() and (ends is None or ends >= clock.today())
            found[near] = AGREED if holds else NEAR
        if own:
            found[own] = OWN
    if actor.memo is not None:
        actor.memo["near"] = found
    return found


def closed_to(actor: Actor) -> list[int]:
    """The persons whom `rules.apart` closes to a member of staff: almost always none."""
    return sorted(person for person, state in near_to(actor).items() if state != AGREED)


def apart_from(actor: Actor, person_id: int | None) -> Decision | None:
    """A1: the no to somebody who is the person, or near to her, in an assignment; None where nothing is in the way."""
    return apart(Facts(near=near_to(actor).get(person_id, ""))) if person_id else None


def _of_staff(actor: Actor, person_ids: list[int]) -> dict[int, Facts]:
    """By person: relation now, party now, party before. In care a party counts where that same unit takes part now (P2).

    A person has a few units around her, an actor may have hundreds: hers are fetched and compared here, as PostgreSQL takes
    longer to plan a question with hundreds of units in it than to answer it.
    """
    if not person_ids:
        return {}
    return _compare(actor, person_ids, *_units_around(person_ids))


def know_units(actors: Iterable[Actor], person_id: int) -> None:
    """Ask about one person for several actors of staff at once, each with a memo of its own: two queries however many."""
    cared, parties = _units_around([person_id])
    for actor in actors:
        assert actor.memo is not None
        actor.memo.update(_compare(actor, [person_id], cared, parties))


def _units_around(person_ids: list[int]) -> tuple[list, list]:
    cared = CareRelation.objects.filter(current(), person_id__in=person_ids).values_list("person_id", "unit_id")
    parties = Party.objects.filter(person_id__in=person_ids).values_list("person_id", "unit_id", "withdrawn_at")
    return list(cared), list(parties)


def _compare(actor: Actor, person_ids: list[int], cared: list, parties: list) -> dict[int, Facts]:
    units = frozenset(actor.unit_ids)
    here = {(pk, unit) for pk, unit in cared if unit in units}
    relation = {pk for pk, _unit in here}
    ours = [row for row in parties if row[1] in units]
    party = {pk for pk, unit, ended in ours if ended is None and (is_outside(actor) or (pk, unit) in here)}
    withdrawn = {pk for pk, _unit, ended in ours if ended is not None}
    near = near_to(actor)
    return {pk: Facts(pk in relation, pk in party, pk in withdrawn, near=near.get(pk, "")) for pk in person_ids}
