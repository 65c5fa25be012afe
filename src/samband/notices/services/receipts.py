"""Receipts: who acknowledged what and when, what the clock does when nobody does, and what still waits."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.notices.models import Delivery, Notice, Recipient, Taken
from samband.notices.rules import escalation
from samband.notices.rules.escalation import Step, To
from samband.notices.services import readers
from samband.notices.services.opening import may_open
from samband.notices.services.telling import deliver
from samband.people.models import Area, Assignment

CLOCK = Actor(name="Klockan", label="Samband")
BATCH = 500


class Refused(Exception):
    """Something could not be done; the sentence says why, and nothing was changed."""


@transaction.atomic
def acknowledge(actor: Actor, delivery: Delivery) -> Recipient:
    """The receipt, in the reader's capacity. Given once: whoever comes second is told who was first."""
    rule = policy.require(actor, "notice.acknowledge", delivery).rule
    row = Recipient.objects.select_for_update(of=("self",)).select_related("notice").get(pk=delivery.recipient_id)
    if not row.notice.receipt:
        raise Refused(_("Det här behöver ingen kvittens."))
    if not may_open(actor, row.notice.url):
        raise Refused(_("Du kan inte längre öppna det som meddelandet gäller. Någon annan får kvittera."))
    if row.acknowledged_at is None:
        _settle(row, actor)
        audit.record(actor, "notice.acknowledge", person=row.notice.person_id, thing=row.notice, rule=rule)
    Delivery.objects.filter(pk=delivery.pk, read_at__isnull=True).update(read_at=clock.now())
    return row


def _settle(row: Recipient, actor: Actor | None) -> None:
    row.acknowledged_at, row.waits, row.due_at = clock.now(), False, None
    if actor is not None:
        row.by_assignment_id = actor.assignment_id
        row.by_relative_id = actor.relative_id
        row.by_person_id = actor.person_id if actor.kind == "person" else None
    row.save(
        update_fields=["acknowledged_at", "waits", "due_at", "by_assignment", "by_relative", "by_person"],
    )


@transaction.atomic
def dealt_with(thing: str, by: Actor | None) -> int:
    """Whoever did what the notice asked for has thereby acknowledged it: for every recipient that still waits."""
    waiting = Recipient.objects.select_for_update(of=("self",)).filter(notice__thing=thing, waits=True)
    rows = list(waiting) if thing else []
    for row in rows:
        _settle(row, by)
    return len(rows)


def escalate_due() -> int:
    """The worker's turn: every receipt whose moment has come goes one step on. Running twice does nothing twice."""
    rows = Recipient.objects.filter(waits=True, due_at__lte=clock.now()).order_by("due_at")
    return sum(_escalate(pk) for pk in list(rows.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _escalate(pk: int) -> int:
    row = Recipient.objects.select_for_update(of=("self",)).select_related("notice").get(pk=pk)
    state = state_of(row)
    taken = escalation.step(state, clock.now())
    while taken is not None:
        step, state = taken
        told = _tell(row, step)
        Taken.objects.create(recipient=row, step=str(step), told=told, at=clock.now())
        audit.record(CLOCK, "notice.escalate", person=row.notice.person_id, thing=row.notice, step=str(step), told=told)
        # A step with nobody to tell costs no time: the next one is taken at once.
        taken = escalation.skip(state) if not told and step != Step.BOARD else None
    changed = row.level != state.level
    row.level, row.since, row.due_at = state.level, state.since, escalation.due(state)
    row.save(update_fields=["level", "since", "due_at"])
    return int(changed)


def state_of(row: Recipient) -> escalation.State:
    """The receipt as the pure rule sees it."""
    return escalation.State(
        kind_of(row), row.notice.wait, row.since, row.level, acknowledged=row.acknowledged_at is not None
    )


def kind_of(row: Recipient) -> To:
    if row.unit_id:
        return To.UNIT
    if row.assignment_id:
        return To.ASSIGNMENT
    return To.RELATIVE if row.relative_id else To.PERSON


def _tell(row: Recipient, step: Step) -> int:
    """Copies for the next in the chain; how many were new. The board tells by itself, from the row."""
    unit, found = unit_of(row), list[Assignment]()
    url = row.notice.url
    if step == Step.OTHERS and unit:
        found = readers.members([unit], url)[unit]
    elif step == Step.COORDINATORS and unit:
        found = readers.coordinators(unit, url)
    elif step == Step.SENDER and unit:
        found = readers.members([unit], url)[unit]
    return deliver(row.notice, [Delivery(notice=row.notice, recipient=row, assignment=a) for a in found])


def unit_of(row: Recipient) -> int | None:
    """The unit that answers for the receipt: the one that was told, or for a person and somebody near her the sender's."""
    if row.unit_id:
        return row.unit_id
    if row.assignment_id:
        return Assignment.objects.values_list("unit_id", flat=True).get(pk=row.assignment_id)
    return row.notice.from_unit_id


class Scoped(Protocol):
    """What the board narrows with (`board.services.scope.Scope`): whose rows, in which area and unit."""

    @property
    def actor(self) -> Actor | None: ...

    def seen(self, rows: QuerySet, way: str) -> QuerySet: ...


@dataclass(frozen=True)
class Around:
    """What a reader may see, in an area and its districts where one is chosen: for the board's margin."""

    actor: Actor
    area: Area | None = None

    def seen(self, rows: QuerySet, way: str) -> QuerySet:
        rows = policy.scoped(self.actor, "person.list", rows)
        if self.area is None:
            return rows
        return rows.filter(Q(**{f"{way}area": self.area}) | Q(**{f"{way}area__parent": self.area}))


def unacknowledged(scope: Scoped) -> QuerySet[Recipient]:
    """Receipts that are late: carried at least one step, still not given, about persons whom the scope may see.

    Ordered by how long they wait. `level` says how far, `notice.told_at` since when; `unit.phone` is whom to call.
    """
    rows = Recipient.objects.filter(waits=True, level__gt=0)
    if scope.actor is not None:
        rows = policy.scoped(scope.actor, "notice.unacknowledged", rows)
    return scope.seen(rows, "notice__person__").order_by("notice__told_at", "pk")


def late_lines(scope: Scoped, most: int) -> list[dict[str, Any]]:
    """The first of them as lines. Mostly there is none, so what the lines need is fetched for those that were found."""
    found = list(unacknowledged(scope).values_list("pk", flat=True)[:most])
    if not found:
        return []
    rows = Recipient.objects.filter(pk__in=found).order_by("notice__told_at", "pk")
    rows = rows.select_related("notice__person", "notice__from_unit", "unit", "assignment__unit", "assignment__staff")
    return [late_line(row) for row in rows]


def late_line(row: Recipient) -> dict[str, Any]:
    """A late receipt as the board shows it: what, about whom, who owes it since when, and the unit's phone."""
    unit = row.unit or (row.assignment.unit if row.assignment else None) or row.notice.from_unit
    return {
        "title": row.notice.title,
        "person": row.notice.person_id,
        "name": row.notice.person.full_name if row.notice.person else "",
        "url": row.notice.url,
        "unit": unit.name if unit else "",
        "phone": unit.phone if unit else "",
        "since": row.notice.told_at,
        "state": "act" if row.level >= len(escalation.CHAIN[kind_of(row)]) else "warn",
    }


def sent(actor: Actor, waiting: bool) -> QuerySet[Notice]:
    """What the reader's side sent that wants a receipt, newest first; `waiting`: only what somebody has not acknowledged."""
    rows = policy.scoped(actor, "notice.sent", Notice.objects.filter(receipt=True))
    if waiting:
        rows = rows.filter(Exists(Recipient.objects.filter(notice=OuterRef("pk"), waits=True)))
    return rows.order_by("-told_at", "-id").prefetch_related(
        "recipients__unit", "recipients__assignment__staff", "recipients__assignment__unit", "recipients__relative",
        "recipients__by_assignment__staff", "recipients__by_assignment__unit", "recipients__steps",
    )  # fmt: skip


def waiting_for(actor: Actor) -> Q:
    """Copies that the reader may acknowledge now."""
    waits = Q(recipient__waits=True)
    return waits & Q(assignment_id=actor.assignment_id) if actor.kind == "staff" else waits


def step_words() -> dict[str, Any]:
    """What the clock did, as a page says it."""
    return {
        Step.OTHERS: _("Klockan berättade det för de andra på enheten"),
        Step.COORDINATORS: _("Klockan berättade det för enhetens samordnare"),
        Step.SENDER: _("Klockan berättade det för enheten som skickade"),
        Step.BOARD: _("Enhetens telefon står på läget"),
    }
