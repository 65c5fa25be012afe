"""Two who swap shifts: asked by one, done when the other says yes, refused in words when something stands in the way."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samband.contact.models import RotaShift, SwapRequest
from samband.contact.rules import swaps, to_minutes
from samband.contact.services.cases import Refused
from samband.core import audit, clock, events, policy
from samband.core.policy import Actor

State = SwapRequest.State


def said(problem: swaps.Problem) -> str:
    return {
        swaps.Problem.CHANGED: _("Ett av passen har ändrats sedan ni frågade. Fråga igen."),
        swaps.Problem.PAST: _("Ett av passen har redan börjat."),
        swaps.Problem.SAME: _("Samma person har båda passen."),
        swaps.Problem.BUSY_MINE: _("Den som frågar arbetar redan då."),
        swaps.Problem.BUSY_THEIRS: _("Den som tillfrågas arbetar redan då."),
        swaps.Problem.ANSWERED: _("Frågan är redan besvarad."),
    }[problem]


def turn(shift: RotaShift) -> swaps.Turn:
    return swaps.Turn(
        shift.pk, to_minutes(shift.starts_at), to_minutes(shift.ends_at), None if shift.removed_at else shift.assignment_id,
        shift.version,
    )  # fmt: skip


def find_problem(
    mine: RotaShift, theirs: RotaShift, asked: tuple[int, int], open_: bool = True
) -> swaps.Problem | None:
    people = [pk for pk in (mine.assignment_id, theirs.assignment_id) if pk]
    others = RotaShift.objects.filter(assignment_id__in=people, removed_at__isnull=True)
    near = Q(ends_at__gt=min(mine.starts_at, theirs.starts_at)) & Q(starts_at__lt=max(mine.ends_at, theirs.ends_at))
    return swaps.problem(
        turn(mine), turn(theirs), asked, to_minutes(clock.now()), [turn(s) for s in others.filter(near)], open_
    )


@transaction.atomic
def ask(actor: Actor, mine: RotaShift, theirs: RotaShift, message: str = "") -> SwapRequest:
    """The holder of `mine` asks the holder of `theirs`. Asking twice for the same is one question."""
    rule = policy.require(actor, "swap.ask", mine).rule
    problem = find_problem(mine, theirs, (mine.version, theirs.version))
    if problem or mine.assignment is None or theirs.assignment is None:
        raise Refused(said(problem or swaps.Problem.CHANGED))
    known = SwapRequest.objects.filter(mine=mine, theirs=theirs, state=State.ASKED).first()
    if known and (known.mine_version, known.theirs_version) == (mine.version, theirs.version):
        return known
    swap = SwapRequest.objects.create(
        mine=mine, theirs=theirs, asked_by=mine.assignment, asked=theirs.assignment,
        mine_version=mine.version, theirs_version=theirs.version, message=message[:300],
    )  # fmt: skip
    audit.record(actor, "swap.ask", thing=swap, rule=rule)
    events.publish("contact.swap_asked", swap=swap, actor=actor)
    return swap


@transaction.atomic
def accept(actor: Actor, swap: SwapRequest) -> SwapRequest:
    """Yes: the two change places. What is no longer possible is said, and the question is closed."""
    swap = _locked(swap)
    rule = policy.require(actor, "swap.answer", swap).rule
    both = {s.pk: s for s in RotaShift.objects.select_for_update().filter(pk__in=[swap.mine_id, swap.theirs_id])}
    mine, theirs = both[swap.mine_id], both[swap.theirs_id]
    problem = find_problem(mine, theirs, (swap.mine_version, swap.theirs_version), swap.state == State.ASKED)
    if problem:
        if swap.state == State.ASKED:
            swap.state, swap.answered_at = State.OUTDATED, clock.now()
            swap.save(update_fields=["state", "answered_at"])
            audit.record(actor, "swap.outdated", thing=swap, rule=rule, problem=str(problem))
        return swap
    mine.assignment_id, theirs.assignment_id = theirs.assignment_id, mine.assignment_id
    mine.who, theirs.who = theirs.who, mine.who
    mine.number, theirs.number = theirs.number, mine.number
    for shift in (mine, theirs):
        shift.version += 1
        shift.save(update_fields=["assignment", "who", "number", "version"])
    swap.state, swap.answered_at = State.ACCEPTED, clock.now()
    swap.save(update_fields=["state", "answered_at"])
    audit.record(actor, "swap.accept", thing=swap, rule=rule)
    events.publish("contact.swapped", swap=swap, actor=actor)
    return swap


@transaction.atomic
def decline(actor: Actor, swap: SwapRequest) -> SwapRequest:
    return _end(actor, swap, "swap.answer", State.DECLINED)


@transaction.atomic
def withdraw(actor: Actor, swap: SwapRequest) -> SwapRequest:
    return _end(actor, swap, "swap.withdraw", State.WITHDRAWN)


def _end(actor: Actor, swap: SwapRequest, action: str, state: State) -> SwapRequest:
    swap = _locked(swap)
    rule = policy.require(actor, action, swap).rule
    if swap.state != State.ASKED:
        raise Refused(said(swaps.Problem.ANSWERED))
    swap.state, swap.answered_at = state, clock.now()
    swap.save(update_fields=["state", "answered_at"])
    audit.record(actor, f"swap.{state}", thing=swap, rule=rule)
    return swap


def _locked(swap: SwapRequest) -> SwapRequest:
    return SwapRequest.objects.select_for_update(of=("self",)).get(pk=swap.pk)
