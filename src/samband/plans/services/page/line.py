"""The line of time: ahead on top, now, behind below."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.plans.models import Action, CarePlan, OccurrenceState, PlanEvent, Revision
from samband.plans.services import next_step
from samband.plans.services.next_step import NextStep
from samband.plans.services.occurrences import PENDING
from samband.plans.services.page.band import when_and_delta
from samband.plans.services.page.dates import brief

Status = OccurrenceState.Status


def timeline(
    plan: CarePlan,
    actions: Iterable[Action],
    states: dict[int, list[OccurrenceState]],
    found: NextStep,
    past: Iterable[Revision | PlanEvent],
) -> list[dict]:
    """What happens: ahead on top, now, behind below."""
    steps = [(a, next(reversed(states.get(a.pk, [])), None)) for a in actions if a.milestone and not a.rrule]
    ahead = [_ahead_follow_up(item) for item in plan.open_follow_ups if not _is(found.follow_up, item)]  # type: ignore[attr-defined]
    ahead += [_ahead_step(plan, a, s) for a, s in steps if _waits(a, s) and not _is(found.action, a)]
    rows = [row for _at, row in sorted(ahead, key=lambda pair: pair[0])[:4]][::-1]
    if found and found.kind != CarePlan.NextKind.ROUTINE:
        when, delta = when_and_delta(found)
        rows.append({"state": "now", "when": when, "what": found.title, "meta": delta})
    behind = [_behind(item) for item in past]
    behind += [_behind_step(a, s) for a, s in steps if s and s.status == Status.DONE]
    rows += [{"state": "done", **row} for _at, row in sorted(behind, key=lambda pair: pair[0], reverse=True)[:6]]
    return rows


def _is(one: Any, other: Any) -> bool:
    return one is not None and one.pk == other.pk


def _waits(action: Action, state: OccurrenceState | None) -> bool:
    """A step ahead: not marked, and its day has not passed."""
    if action.status != Action.Status.ACTIVE or (state and state.status not in PENDING):
        return False
    day = clock.local(state.moved_to).date() if state and state.moved_to else action.starts_on
    return day >= clock.today()


def _ahead_follow_up(item: Any) -> tuple[datetime, dict]:
    who = item.responsible.staff.full_name if item.responsible else _("ingen ansvarig")
    url = reverse("plans:follow_up", args=[item.public_id])
    row = {
        "when": brief(item.due_on),
        "what": _("Uppföljning av planen"),
        "meta": who,
        "url": url,
        "url_label": _("Öppna"),
    }
    return clock.at(item.due_on, datetime.min.time()), row


def _ahead_step(plan: CarePlan, action: Action, state: OccurrenceState | None) -> tuple[datetime, dict]:
    at = state.moved_to if state and state.moved_to else None
    timed = at is not None or action.time_from is not None
    at = at or clock.at(action.starts_on, action.time_from or datetime.min.time())
    when = f"{brief(clock.local(at).date())} {text.clock_time(at) if timed else ''}".strip()
    who = ", ".join(w.name for w in next_step.people(plan, action))
    return at, {"when": when, "what": action.title, "meta": who or _("ingen ansvarig")}


def _behind_step(action: Action, state: OccurrenceState) -> tuple[datetime, dict]:
    meta = ", ".join(filter(None, [_("klart"), state.done_by]))
    return state.at, {"when": _short(state.at), "what": action.title, "meta": meta}


def _behind(item: Revision | PlanEvent) -> tuple[datetime, dict]:
    from samband.plans.services.changes import sentence

    if isinstance(item, PlanEvent):
        return item.at, {"when": _short(item.at), "what": item.title, "meta": item.detail}
    return item.at, {"when": _short(item.at), "what": sentence(item), "meta": item.by_name}


def _short(moment: datetime) -> str:
    day = clock.local(moment).date()
    return text.spoken_time(moment) if day == clock.today() else brief(day)
