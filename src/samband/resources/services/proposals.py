"""A proposal that mends the day: the rest of it planned anew with as few changes as may be, beside the published plan."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, notices, policy
from samband.core.policy import Actor
from samband.resources.models import DayPlan, Happening, Placement, Visit
from samband.resources.rules.told import WAITING
from samband.resources.services import ahead, drafts, problem, publishing, writing
from samband.resources.services.built import Built
from visit_planner.change import replan
from visit_planner.model import Problem, Window
from visit_planner.model import Visit as Stop
from visit_planner.plan import Item, Plan
from visit_planner.stops import Seconds
from visit_planner.stops import Stop as Until

FREEZE = 30  # minutes within which nobody is sent elsewhere if it can be helped
KEPT = 4  # minutes after a promised time that nobody would notice
SEARCH = 0.8
Kind = Happening.Kind


@dataclass
class Rest:
    """What is left of a day: the problem, the plan that it is changed from, and what runs by the plan untold.

    `late`: visits that are likely to begin after their window, as it runs.
    """

    built: Built
    start: Plan
    untold: list[Placement]
    late: frozenset[str] = frozenset()


def propose(
    happening: Happening, by: Actor | None = None, now: datetime | None = None, stop: Until | None = None
) -> DayPlan:
    """Make the proposal, or make it anew. The search runs outside every transaction; the draft is written whole or not at all."""
    now = now or clock.now()
    base = drafts.published(happening.pool, happening.day)
    if base is None:
        raise ValidationError(_("Ingen plan är publicerad den dagen. Gör ändringen i utkastet i stället."))
    rest = rest_of(base, now, happening)
    built, found = search(rest, now, stop or Seconds(SEARCH))
    with transaction.atomic():
        held = Happening.objects.select_for_update().get(pk=happening.pk)
        if held.state != Happening.State.OPEN:
            raise ValidationError(_("Någon har redan avgjort det här."))
        if drafts.published(held.pool, held.day) != base:
            raise ValidationError(_("Någon publicerade en annan plan under tiden. Räkna om förslaget."))
        _drop(held.proposal)
        draft = drafts.new_draft(held.pool, held.day, by, str(held.get_kind_display()))
        before: dict[int, int] = defaultdict(int)
        for row in rest.untold:
            before[row.shift_id] = max(before[row.shift_id], row.order + 1)
        writing.write(draft, built, found, before)
        _put_back(draft, rest.untold)
        held.proposal = happening.proposal = draft
        held.save(update_fields=["proposal"])
    return draft


def rest_of(base: DayPlan, now: datetime, happening: Happening | None = None) -> Rest:
    """The problem of the rest of the day. Of whom nothing is told is taken to go by the plan."""
    built = problem.build(base.pool, base.day, base, now=now)
    stands = ahead.of_plan(base, now)
    there = {worker.id for worker in built.workers}
    waiting = [row for route in stands.routes for row in route if stands.states[row.part_id].silent]
    untold = [row for row in waiting if _by_plan(row, stands, now, f"s{row.shift_id}" in there)]
    start = built.start or Plan([], [])
    out = {f"v{row.part.visit_id}" for row in untold}
    made = _without(_busy(built, untold, now), out)
    if happening is not None and happening.kind == Kind.HELP:
        made = _not_by(made, happening)
    late = {f"v{row.part.visit_id}" for route in stands.routes for row in route if _likely_late(row, stands)}
    return Rest(_less(built, made, out), _timed(start, built, stands, out, now), untold, frozenset(late))


def _likely_late(row: Placement, stands: ahead.Ahead) -> bool:
    state, seen = stands.of(row)
    return state.kind == WAITING and seen.late > 0


def _by_plan(row: Placement, stands: ahead.Ahead, now: datetime, here: bool) -> bool:
    """Begun as promised, as far as anybody knows. Of one who has gone home only what she had time to finish."""
    if row.part.visit.status != Visit.Status.PLANNED:
        return False
    began = not stands.foreseen[row.part_id].known and row.starts_at <= now
    return (began or stands.foreseen[row.part_id].starts < now) if here else began and row.ends_at <= now


def _busy(built: Built, untold: list[Placement], now: datetime) -> Problem:
    """Whoever is at such a visit is free when it is over, and goes on from there."""
    at = {f"s{row.shift_id}": row for row in untold if row.ends_at > now}
    crew = []
    for worker in built.problem.workers:
        row = at.get(worker.id)
        if row is not None:
            place, until = built.problem.visit(f"v{row.part.visit_id}").place, built.minutes(row.ends_at)
            worker = replace(
                worker,
                shifts=tuple(
                    replace(s, start=max(s.start, until), leave=place) for s in worker.shifts if s.end > until
                ),
            )
        crew.append(worker)
    return replace(built.problem, workers=tuple(crew))


def _without(whole: Problem, out: set[str]) -> Problem:
    return replace(
        whole,
        visits=tuple(v for v in whole.visits if v.id not in out),
        promised={key: who for key, who in whole.promised.items() if key[0] not in out},
    )


def _not_by(whole: Problem, happening: Happening) -> Problem:
    """Help comes from somebody else than the one who asks for it."""
    wanted = happening.request.visit_id if happening.request else None
    names = (
        {f"s{pk}" for pk in happening.assignment.work_shifts.values_list("pk", flat=True)}
        if happening.assignment
        else set()
    )
    return replace(
        whole,
        visits=tuple(replace(v, forbidden=v.forbidden | names) if v.id == f"v{wanted}" else v for v in whole.visits),
    )


def _less(built: Built, made: Problem, out: set[str]) -> Built:
    return replace(
        built, problem=made, visits={name: v for name, v in built.visits.items() if name not in out},
        parts={key: part for key, part in built.parts.items() if key[0] not in out},
        needs={key: need for key, need in built.needs.items() if key[0] not in out},
    )  # fmt: skip


def _timed(start: Plan, built: Built, stands: ahead.Ahead, out: set[str], now: datetime) -> Plan:
    """The plan as it is likely to run: what has not begun begins after now, later where she is late."""
    soon = built.minutes(now) + 1
    routes = []
    for route in start.routes:
        items = tuple(_later(item, built, stands, soon) for item in route.items if item.visit not in out)
        if any(item.visit for item in items):
            routes.append(replace(route, items=items))
    left = {item.visit for route in routes for item in route.items}
    return Plan(routes, [name for name in built.visits if name not in left and name not in out])


def _later(item: Item, built: Built, stands: ahead.Ahead, soon: float) -> Item:
    if item.is_break:
        return item
    part = built.parts[item.visit, item.part].pk
    foreseen = stands.foreseen.get(part)
    begins = max(item.start, soon, built.minutes(foreseen.starts) if foreseen else soon)
    return replace(item, start=begins, end=begins + item.end - item.start)


def search(rest: Rest, now: datetime, stop: Until) -> tuple[Built, Plan]:
    if not rest.built.problem.workers or not rest.built.problem.visits:
        return rest.built, Plan([], [v.id for v in rest.built.problem.visits])
    whole = rest.built.problem
    begins = _begins(rest, rest.built.minutes(now) + 1)
    held = replace(whole, visits=tuple(_promised(v, begins[v.id], v.id in rest.late) for v in whole.visits))
    changed, result = replan(held, rest.start, rest.built.minutes(now), freeze=FREEZE, stop=stop)
    windows = {v.id: v.windows for v in whole.visits}
    wide = replace(changed, visits=tuple(replace(v, windows=windows[v.id]) for v in changed.visits))
    return replace(rest.built, problem=wide), result.plan


def _begins(rest: Rest, soon: float) -> dict[str, list[float]]:
    """When each part was promised: as the day runs, and of whoever has gone home as published."""
    running = rest.start.starts()
    published = {row.part_id: row.starts_at for row in rest.built.placed}
    found: dict[str, list[float]] = defaultdict(list)
    for (name, number), part in rest.built.parts.items():
        if (name, number) in running and name not in rest.late:
            found[name].append(running[name, number][1])
        elif part.pk in published:
            found[name].append(max(soon, rest.built.minutes(published[part.pk])))
    return found


def _promised(visit: Stop, begins: list[float], late: bool) -> Stop:
    """A time that somebody was promised is kept as well as the worker: never earlier, and later counts as late.

    What will be late as it runs keeps the end of its window: to hold it to the late time would be to call it in time.
    """
    if len(begins) < len(visit.parts) or visit.hard or visit.sync == "ordered":
        return visit
    low = max(min(begins), visit.windows[0].start)
    high = max(low + KEPT, visit.windows[-1].end) if late else low + KEPT
    return replace(visit, windows=(Window(low, high),))


def _put_back(draft: DayPlan, untold: list[Placement]) -> None:
    """What runs by the plan stands in the draft as it did; and the order is that of time."""
    held = set(draft.placements.values_list("part_id", flat=True))
    Placement.objects.bulk_create(
        Placement(
            plan=draft, part_id=row.part_id, shift_id=row.shift_id, order=row.order, starts_at=row.starts_at,
            ends_at=row.ends_at, travel=row.travel, locked=row.locked, locked_time=row.locked_time,
        )
        for row in untold
        if row.part_id not in held
    )  # fmt: skip
    _in_time(draft)


def _in_time(draft: DayPlan) -> None:
    """Numbers the shifts anew whose order is not that of time; there are few, and writing every row takes longer than the search."""
    shifts: dict[int, list[Placement]] = defaultdict(list)
    for row in draft.placements.only("pk", "shift_id", "order").order_by("starts_at", "pk"):
        shifts[row.shift_id].append(row)
    wrong = []
    for rows in shifts.values():
        if any(later.order <= sooner.order for sooner, later in pairwise(rows)):
            for k, row in enumerate(rows):
                row.order = k
            wrong += rows
    Placement.objects.bulk_update(wrong, ["order"], batch_size=500)


def _drop(draft: DayPlan | None) -> None:
    if draft is not None and draft.status == DayPlan.Status.DRAFT:
        draft.status = DayPlan.Status.DROPPED
        draft.save(update_fields=["status"])


def accept(actor: Actor, happening: Happening) -> publishing.Published:
    """What is proposed is published; whoever is touched is told by that."""
    with transaction.atomic():
        held = _open(actor, happening)
        if held.proposal is None:
            raise ValidationError(_("Det finns inget förslag än. Räkna ut det först."))
        done = publishing.publish(held.proposal, actor)
        _decided(actor, held, Happening.State.ACCEPTED)
    return done


def refuse(actor: Actor, happening: Happening) -> None:
    """The published plan stays. What has happened has happened all the same."""
    with transaction.atomic():
        held = _open(actor, happening)
        _drop(held.proposal)
        _decided(actor, held, Happening.State.REFUSED)


def _open(actor: Actor, happening: Happening) -> Happening:
    policy.require(actor, "visitday.plan", happening)
    held = Happening.objects.select_for_update().get(pk=happening.pk)
    if held.state != Happening.State.OPEN:
        raise ValidationError(
            _("Någon har redan avgjort det här: %(state)s.") % {"state": held.get_state_display().lower()}
        )
    return held


def _decided(actor: Actor, held: Happening, state: str) -> None:
    held.state, held.decided_by_id, held.decided_at = state, actor.assignment_id, clock.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    person = held.visit.person_id if held.visit else None
    audit.record(actor, "happening.decide", person=person, thing=held, rule="A1", state=state)
    notices.dealt_with(held, actor)
    events.publish("resources.happening_decided", happening=held, actor=actor)
