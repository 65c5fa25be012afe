"""A happening that was a mistake: what it changed is changed back, and nothing is asked for any more.

What is accepted has been published: then the plan is taken back at the desk, or a new happening is told.
"""

import uuid
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.contact.models import Absence
from samband.core import audit, clock, events, notices, policy
from samband.core.decision import Decision
from samband.core.policy import Actor
from samband.resources.models import DayPlan, Happening, Visit
from samband.resources.services.happenings import call_off, occurrences, touch

Kind = Happening.Kind
State = Happening.State
Status = Visit.Status


def withdraw(actor: Actor, happening: Happening, reason: str) -> Happening:
    """By whoever plans the pool's day, with a reason. Raises Denied, ValidationError; all of it or nothing."""
    with transaction.atomic():
        decision = policy.require(actor, "visitday.plan", happening)
        held = Happening.objects.select_for_update(of=("self",)).select_related("visit", "request").get(pk=happening.pk)
        if held.kind in (Kind.CANCELLED, Kind.HOME, Kind.ADMITTED):
            decision = policy.require(actor, "visit.edit", held.visit)
        _refuse(held, reason.strip())
        BACK.get(Kind(held.kind), _nothing)(actor, held, decision)
        _end(actor, held, State.WITHDRAWN, reason.strip())
        person = held.visit.person_id if held.visit else None
        audit.record(actor, "happening.decide", person=person, thing=held, rule=decision.rule, state=held.state)
        notices.dealt_with(held, actor)
        events.publish("resources.happening_decided", happening=held, actor=actor)
    return held


def _refuse(held: Happening, reason: str) -> None:
    if held.state == State.ACCEPTED:
        raise ValidationError(
            _(
                "Förslaget är godtaget och publicerat, så händelsen går inte att ta tillbaka. Dra tillbaka planen på sidan Dagen, "
                "eller gör ett nytt utkast."
            )
        )
    if held.state == State.WITHDRAWN:
        raise ValidationError(_("Händelsen är redan återtagen."))
    if not reason:
        raise ValidationError({"reason": _("Skriv varför händelsen tas tillbaka.")})
    if len(reason) > 300:
        raise ValidationError({"reason": _("Texten är för lång: högst %(n)d tecken.") % {"n": 300}})


def _end(actor: Actor, held: Happening, state: str, reason: str = "") -> None:
    if held.proposal and held.proposal.status == DayPlan.Status.DRAFT:
        held.proposal.status = DayPlan.Status.DROPPED
        held.proposal.save(update_fields=["status"])
    held.state, held.decided_by_id, held.decided_at, held.reason = state, actor.assignment_id, clock.now(), reason
    held.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _nothing(actor: Actor, held: Happening, decision: Decision) -> None:
    """What only asked for a plan changed nothing."""


def _well(actor: Actor, held: Happening, decision: Decision) -> None:
    """The absence that it wrote, as it wrote it; one that somebody has changed since is hers to mend."""
    if held.until is None:
        return
    rows = Absence.objects.filter(
        assignment=held.assignment, starts_at=held.at, ends_at=held.until, removed_at__isnull=True
    )
    for absence in rows:
        absence.removed_at = clock.now()
        absence.save(update_fields=["removed_at"])
        audit.record(actor, "absence.edit", thing=absence, rule=decision.rule)


def _as_long_as_before(actor: Actor, held: Happening, decision: Decision | None = None) -> None:
    if held.visit:
        for part in held.visit.parts.all():
            part.minutes = max(1, part.minutes - (held.minutes or 0))
            part.save(update_fields=["minutes"])


def _on_again(actor: Actor, held: Happening, decision: Decision) -> None:
    """What it called off is on again, unless something else has become of it."""
    for visit in _touched(held, Status.CANCELLED):
        visit.status = Status.PLANNED
        touch(visit)
        occurrences(actor, visit, decision, "")


def _off_again(actor: Actor, held: Happening, decision: Decision) -> None:
    for visit in _touched(held, Status.PLANNED):
        call_off(actor, visit, decision, _("Hemkomsten var ett misstag"))


def _touched(held: Happening, status: str) -> list[Visit]:
    rows = Visit.objects.filter(pk__in=held.touched or [held.visit_id or 0], status=status)
    return list(rows.select_for_update().order_by("pk"))


def _not_wanted(actor: Actor, held: Happening, decision: Decision | None = None) -> None:
    """The visit that was asked for is not needed, unless it has begun."""
    visit = held.request.visit if held.request else None
    if visit and visit.status == Status.PLANNED:
        visit.status = Status.CANCELLED
        touch(visit)


BACK: dict[str, Callable[[Actor, Happening, Decision], None]] = {
    Kind.SICK: _well, Kind.LONGER: _as_long_as_before, Kind.CANCELLED: _on_again, Kind.ADMITTED: _on_again,
    Kind.HOME: _off_again, Kind.HELP: _not_wanted, Kind.URGENT: _not_wanted,
}  # fmt: skip


def take_back(actor: Actor, key: uuid.UUID | None) -> None:
    """Who told of it takes it back before anybody has decided: nothing is asked for any more, and what was added is taken away."""
    rows = Happening.objects.select_for_update().filter(public_id=key or uuid.UUID(int=0), state=Happening.State.OPEN)
    row = rows.first()
    if row is None or row.told_by_id != actor.assignment_id:
        return
    if row.kind == Kind.LONGER:
        _as_long_as_before(actor, row)
    if row.kind == Kind.HELP:
        _not_wanted(actor, row)
    _end(actor, row, State.REFUSED)
    audit.record(
        actor, "happening.decide", person=row.visit.person_id if row.visit else None, thing=row, state="taken back"
    )
