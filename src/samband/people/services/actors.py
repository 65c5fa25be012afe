"""From an account to an Actor: what may be chosen at log-in, and what was chosen."""

from dataclasses import replace

from django.db.models import Exists
from django.http import HttpRequest

from samband.core import policy, sessions
from samband.core.models import User
from samband.core.policy import ANONYMOUS, Actor
from samband.people.models import Assignment, Person, Relative
from samband.people.models.staff import current

KEY = "samband_actor"


def choices(user: User) -> list[Actor]:
    """Every capacity in which the account may act today: assignments, oneself, relative to whom something is shared (A13, P4)."""
    held = list(_assignments(user))
    covered = _covered(held)
    found = [acting(a, covered[a.pk]) for a in held]
    person = Person.objects.filter(user=user).first()
    if person:
        found.append(_person(user, person))
    near = Relative.objects.filter(current(), user=user, reads=True).select_related("person")
    found.extend(replace(actor, memo=None) for row in near if (actor := _relative(row)))
    return found


def token(actor: Actor) -> str:
    """What the session remembers: `staff:12`, `person:3`, `relative:7`."""
    return f"{actor.kind}:{actor.assignment_id or actor.relative_id or actor.person_id}"


def choose(request: HttpRequest, chosen: str) -> Actor | None:
    """Act in one of the account's capacities from now on; None where it is not among them."""
    for actor in choices(request.user):  # type: ignore[arg-type]
        if token(actor) == chosen:
            request.session[KEY] = chosen
            request.actor = actor  # type: ignore[attr-defined]
            return actor
    return None


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, checked against the database each time: an ended assignment ends at once (P2)."""
    chosen = request.session.get(KEY, "")
    if not chosen or not request.user.is_authenticated or not sessions.strong(request):
        return ANONYMOUS
    kind, _, key = chosen.partition(":")
    user: User = request.user
    if kind == "staff":
        assignment = _assignments(user).filter(pk=key).first()
        return acting(assignment) if assignment else ANONYMOUS
    if kind == "relative":
        row = Relative.objects.filter(current(), user=user, pk=key, reads=True).select_related("person").first()
        return (_relative(row) if row else None) or ANONYMOUS
    person = Person.objects.filter(user=user, pk=key).first()
    return _person(user, person) if person else ANONYMOUS


def _assignments(user: User):
    rows = Assignment.objects.filter(current(), staff__user=user, unit__closed_from__isnull=True)
    tied = Exists(Person.objects.filter(user=user)) | Exists(Relative.objects.filter(user=user))
    return rows.select_related("staff", "unit__organization").annotate(tied=tied)


def _covered(assignments: list[Assignment]) -> dict[int, list[int]]:
    """The keys of the units that each covers, in one query. Keys alone: a county's coordinator covers hundreds."""
    found: dict[int, list[int]] = {a.pk: [] for a in assignments}
    rows = Assignment.covers.through._default_manager.filter(assignment__in=list(found)).order_by("unit_id")
    for assignment, unit in rows.values_list("assignment_id", "unit_id"):
        found[assignment].append(unit)
    return found


def acting(assignment: Assignment, covered: list[int] | None = None) -> Actor:
    """The member of staff in this assignment, whether she has an account or not.

    Wants `staff` and `unit.organization` fetched with the row. `covered`: the units it covers, where they are at hand.
    """
    if covered is None:
        held = getattr(assignment, "_prefetched_objects_cache", {}).get("covers")
        covered = [unit.pk for unit in held] if held is not None else _covered([assignment])[assignment.pk]
    unit = assignment.unit
    return Actor(
        kind="staff",
        user_id=assignment.staff.user_id,
        name=assignment.staff.full_name,
        label=f"{assignment.title}, {unit.name}",
        role=assignment.role,
        assignment_id=assignment.pk,
        staff_id=assignment.staff_id,
        unit_id=unit.pk,
        unit_ids=tuple(dict.fromkeys([unit.pk, *covered])),
        organization_id=unit.organization_id,
        org_kind=unit.organization.kind,
        tied=getattr(assignment, "tied", None),
    )


def _person(user: User, person: Person) -> Actor:
    return Actor(
        kind="person", user_id=user.pk, name=person.full_name, label=person.full_name, person_id=person.pk,
        born=person.birth_date,
    )  # fmt: skip


def _relative(row: Relative) -> Actor | None:
    """None where the rules let her see nothing (a guardian of a child who has grown): not even that there is somebody.

    What was looked up for the answer is remembered for the request.
    """
    actor = replace(relative(row), memo={})
    return actor if policy.decide(actor, "person.read", row.person) else None


def relative(row: Relative) -> Actor:
    """Somebody near, whether she has an account or not. Wants `person` fetched with the row."""
    return Actor(
        kind="relative",
        user_id=row.user_id,
        name=row.full_name,
        label=f"{row.relation}, {row.person.full_name}",
        role=row.role,
        person_id=row.person_id,
        relative_id=row.pk,
    )
