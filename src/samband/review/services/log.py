"""Search in the log of the own organisation: bounded questions, paged by key however long the log is (A15)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samband.core import clock, policy
from samband.core.models import AuditEvent, AuditSubject
from samband.core.policy import Actor
from samband.people.models import Person, Staff, Unit
from samband.review.rules.kinds import DOORS, LISTS
from samband.review.services.own import ours

PAGE = 50
DAYS = 30
KINDS = ("open", "list", "act", "review", "door")
OUTCOMES = ("allow", "deny")


@dataclass(frozen=True)
class Wish:
    """What is searched for. Keys in the address are `public_id`s; `before` is the line after which the page begins."""

    since: date
    until: date
    staff: Staff | None = None
    unit: Unit | None = None
    person: Person | None = None
    kind: str = ""
    action: str = ""
    rule: str = ""
    outcome: str = ""
    before: int | None = None

    def address(self, **changed: Any) -> str:
        """The wish as the query of an address."""
        wish = replace(self, **changed)
        told = {
            "since": f"{wish.since}", "until": f"{wish.until}", "kind": wish.kind, "action": wish.action, "rule": wish.rule,
            "outcome": wish.outcome, "before": wish.before or "",
            **{name: row.public_id for name in ("staff", "unit", "person") if (row := getattr(wish, name))},
        }  # fmt: skip
        return urlencode({key: value for key, value in told.items() if value})


def wish(actor: Actor, values: Any) -> Wish:
    """From the address; what is not known, or not the own organisation's, counts as not asked for."""
    until = _day(values.get("until")) or clock.today()
    since = _day(values.get("since")) or until - timedelta(days=DAYS)
    before = values.get("before", "")
    return Wish(
        since=min(since, until), until=until,
        staff=_row(staff_here(actor), values.get("staff")), unit=_row(units_here(actor), values.get("unit")),
        person=_row(policy.scoped(actor, "audit.person", Person.objects.all()), values.get("person")),
        kind=values.get("kind") if values.get("kind") in KINDS else "",
        action=str(values.get("action") or "")[:60], rule=str(values.get("rule") or "")[:20],
        outcome=values.get("outcome") if values.get("outcome") in OUTCOMES else "",
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )  # fmt: skip


def staff_here(actor: Actor) -> QuerySet[Staff]:
    return Staff.objects.filter(assignments__unit__organization_id=ours(actor)).distinct()


def units_here(actor: Actor) -> QuerySet[Unit]:
    return Unit.objects.filter(organization_id=ours(actor))


def rows(actor: Actor, asked: Wish) -> QuerySet[AuditEvent]:
    """The lines that fit, newest first.

    About one person: by the index of her lines. Else: by that of the staff member, the unit or the organisation, and time.
    """
    found = policy.scoped(actor, "audit.read", AuditEvent.objects.all())
    first, _end = clock.day_bounds(asked.since)
    _begin, last = clock.day_bounds(asked.until)
    found = found.filter(at__gte=first, at__lt=last)
    if asked.unit:
        found = found.filter(unit_id=asked.unit.pk)
    if asked.staff:
        held = list(asked.staff.assignments.values_list("pk", flat=True))
        found = found.filter(assignment_id__in=held)
    for name in ("action", "rule", "outcome"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    return found.filter(_kind(asked.kind)) if asked.kind else found


def _kind(kind: str) -> Q:
    lists, doors, review = Q(action__in=LISTS), Q(action__in=DOORS), Q(action__startswith="audit.")
    return {
        "open": ~lists & ~doors & ~review & ~Q(view=""), "list": lists & ~review, "act": ~lists & ~doors & ~review & Q(view=""),
        "review": review, "door": doors,
    }[kind]  # fmt: skip


def page(actor: Actor, asked: Wish, size: int = PAGE) -> tuple[list[AuditEvent], int | None]:
    """A page, and the key of the next one (None at the end)."""
    found = rows(actor, asked)
    if asked.person:
        ids = _of_person(actor, asked, found, size + 1)
        events = list(AuditEvent.objects.filter(pk__in=ids).order_by("-id"))
    else:
        if asked.before:
            at = AuditEvent.objects.filter(pk=asked.before).values_list("at", flat=True).first()
            if at is not None:
                found = found.filter(at__lte=at).exclude(at=at, pk__gte=asked.before)
        events = list(found.order_by("-at", "-id")[: size + 1])
    more = events[size - 1].pk if len(events) > size else None
    return events[:size], more


def _of_person(actor: Actor, asked: Wish, found: QuerySet[AuditEvent], most: int) -> list[int]:
    assert asked.person is not None
    hers = AuditSubject.objects.filter(Exists(found.filter(pk=OuterRef("event_id"))), person_id=asked.person.pk)
    if asked.before:
        hers = hers.filter(event_id__lt=asked.before)
    return list(hers.order_by("-event_id").values_list("event_id", flat=True)[:most])


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2200 else None


def _row(rows: QuerySet, public_id: str | None) -> Any:
    try:
        return rows.filter(public_id=UUID(public_id)).first() if public_id else None
    except ValueError:
        return None
