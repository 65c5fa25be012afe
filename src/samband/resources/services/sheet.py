"""A day of a pool as one reader may see it: lanes of staff, visits with or without names, what has no place.

Others' visits are loaded without their person, so that nothing that the mask hides is at hand when the page is drawn.
The number of queries does not depend on how many staff or visits there are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from samband.contact.models import Absence
from samband.core import clock, policy
from samband.core.policy import Actor
from samband.people.models import Person
from samband.people.models.staff import current
from samband.resources.models import (
    Competence,
    DayPlan,
    Placement,
    PoolUnit,
    TeamMember,
    Unplaced,
    Visit,
    VisitItem,
    VisitPart,
    WorkShift,
)
from samband.resources.rules import competence as competences
from samband.resources.rules.changes import Spot, changed
from samband.resources.rules.told import WAITING
from samband.resources.services import ahead

SEEN = (Visit.Status.PLANNED, Visit.Status.STARTED, Visit.Status.DONE, Visit.Status.NOT_DONE)


@dataclass(frozen=True)
class Face:
    """Who a visit is for. Only of visits that the reader may read."""

    person: int
    key: UUID
    name: str
    what: str
    status: str
    place: tuple[float, float] | None


@dataclass
class Shown:
    """A visit: area, window, length and competence for all who plan the day; `face` for those who may know more."""

    pk: int
    key: UUID
    unit: int
    area: str
    spot: tuple[float, float] | None
    window: tuple[int, int]
    sync: str
    parts: list["ShownPart"] = field(default_factory=list)
    face: Face | None = None
    begun: bool = False

    @property
    def label(self) -> str:
        return self.face.name if self.face else self.area

    @property
    def minutes(self) -> int:
        return max((p.minutes for p in self.parts), default=0)


@dataclass
class ShownPart:
    pk: int
    number: int
    competence: str
    minutes: int


@dataclass
class Stop:
    """A part with its place in the plan. Minutes from midnight; `late` after its window; `moved` against what is published.

    `expected`: minutes after its window that it is likely to begin, from what is told from the road; `likely`: when that is.
    """

    visit: Shown
    part: ShownPart
    shift: int
    start: int
    end: int
    travel: int
    locked: bool
    locked_time: bool
    moved: bool
    late: int
    expected: int = 0
    likely: int = 0


@dataclass
class Lane:
    """A shift of somebody. `teams`: the one that the shift is for, and those that she is a member of that day."""

    shift: WorkShift
    start: int
    end: int
    skills: frozenset[str]
    away: list[tuple[int, int]] = field(default_factory=list)
    own: bool = False
    teams: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.shift.assignment.staff.full_name


@dataclass
class Sheet:
    plan: DayPlan
    day: date
    lanes: list[Lane]
    visits: dict[int, Shown]
    stops: list[Stop]
    unplaced: list[tuple[Shown, Unplaced]]
    before: DayPlan | None
    changed: set[int] = field(default_factory=set)

    @property
    def persons(self) -> set[int]:
        """Whom the reader sees by name."""
        return {v.face.person for v in self.visits.values() if v.face}

    def lane(self, shift: int) -> Lane | None:
        return next((lane for lane in self.lanes if lane.shift.pk == shift), None)


def minute(day: date, moment: datetime) -> int:
    """Minutes on the wall clock since midnight of the day; past 1440 after the next midnight."""
    local = clock.local(moment)
    return (local.date() - day).days * 1440 + local.hour * 60 + local.minute


def units(plan: DayPlan) -> list[int]:
    """The units whose visits and staff stand in the plan's pool that day."""
    return list(PoolUnit.objects.filter(current(plan.day), pool=plan.pool_id).values_list("unit_id", flat=True))


def published(plan: DayPlan) -> DayPlan | None:
    """What holds now on the plan's day."""
    return DayPlan.objects.filter(pool=plan.pool_id, day=plan.day, status=DayPlan.Status.PUBLISHED).first()


def sheet(actor: Actor, plan: DayPlan) -> Sheet:
    """Everything that the desk shows of the plan's day."""
    of_pool = units(plan)
    rows = Placement.objects.filter(plan=plan).select_related("part__visit", "shift")
    placed = list(rows.order_by("shift_id", "starts_at"))
    before = published(plan)
    was = _spots(before.pk) if before and before.pk != plan.pk else {}
    visits = _visits(actor, plan, of_pool)
    lanes = _lanes(actor, plan, of_pool, {p.shift_id for p in placed})
    stops = _stops(plan, placed, visits, was)
    _foresee(plan, placed, stops)
    out = Sheet(plan, plan.day, lanes, visits, stops, _unplaced(plan, visits, stops), before)
    if was:
        now = {p.part_id: Spot(p.shift_id, p.starts_at) for p in placed}
        out.changed = {part for part in was.keys() | now.keys() if changed(was.get(part), now.get(part))}
    return out


def _spots(plan: int) -> dict[int, Spot]:
    rows = Placement.objects.filter(plan=plan).values_list("part_id", "shift_id", "starts_at")
    return {part: Spot(shift, start) for part, shift, start in rows}


def _visits(actor: Actor, plan: DayPlan, of_pool: Collection[int]) -> dict[int, Shown]:
    parts = VisitPart.objects.filter(visit__day=plan.day, visit__unit__in=of_pool, visit__status__in=SEEN)
    rows = parts.values_list(
        "pk", "number", "competence", "minutes", "visit_id", "visit__public_id", "visit__unit_id", "visit__window_from",
        "visit__window_to", "visit__sync", "visit__area__name", "visit__area__latitude", "visit__area__longitude",
        "visit__person__protection", "visit__status",
    ).order_by("visit__window_from", "visit_id", "number")  # fmt: skip
    found: dict[int, Shown] = {}
    for pk, number, skill, minutes, visit, key, unit, opens, closes, sync, area, lat, lon, protection, status in rows:
        if visit not in found:
            # Of a protected person not even the area leaves her own unit: it is a part of where she lives.
            open_area = area if area and protection == Person.Protection.NONE else ""
            spot = (lat, lon) if open_area and lat is not None and lon is not None else None
            window = (minute(plan.day, opens), minute(plan.day, closes))
            found[visit] = Shown(visit, key, unit, open_area, spot, window, sync)
            found[visit].begun = status != Visit.Status.PLANNED
        found[visit].parts.append(ShownPart(pk, number, skill, minutes))
    _faces(actor, plan, found)
    return found


def _faces(actor: Actor, plan: DayPlan, found: dict[int, Shown]) -> None:
    """Names, for the visits that the policy opens."""
    open_to = policy.scoped(actor, "visit.read", Visit.objects.filter(day=plan.day)).select_related("person", "area")
    seen = {v.pk: v for v in open_to if v.pk in found}
    what: dict[int, list[str]] = {}
    for visit, title in VisitItem.objects.filter(visit__in=seen).values_list("visit_id", "action__title"):
        what.setdefault(visit, []).append(title)
    for pk, visit in seen.items():
        person = visit.person
        found[pk].area = visit.area.name if visit.area else ""
        found[pk].face = Face(
            person.pk, person.public_id, person.full_name, ", ".join(what.get(pk, [])), visit.status, person.shown_place
        )


def _lanes(actor: Actor, plan: DayPlan, of_pool: Collection[int], placed: Collection[int]) -> list[Lane]:
    begins, ends = clock.day_bounds(plan.day)
    rows = WorkShift.objects.filter(
        assignment__unit__in=of_pool, removed_at__isnull=True, starts_at__gte=begins, starts_at__lt=ends
    ) | WorkShift.objects.filter(pk__in=placed)
    shifts = list(
        rows.select_related("assignment__staff", "assignment__unit__organization", "team").order_by(
            "assignment__unit__organization__name", "assignment__unit__sort_name", "starts_at", "id"
        )
    )
    who = [s.assignment_id for s in shifts]
    extra = _skills(who, plan.day)
    teams = _teams(who, plan.day)
    lanes = {s.pk: _lane(actor, plan.day, s, extra.get(s.assignment_id, set())) for s in shifts}
    for lane in lanes.values():
        mine = {lane.shift.team.name} if lane.shift.team else set()
        lane.teams = frozenset(mine | teams.get(lane.shift.assignment_id, set()))
    away = Absence.objects.filter(assignment__in=who, removed_at__isnull=True, starts_at__lt=ends, ends_at__gt=begins)
    for assignment, start, end in away.values_list("assignment_id", "starts_at", "ends_at"):
        for lane in lanes.values():
            if lane.shift.assignment_id == assignment:
                lane.away.append((max(minute(plan.day, start), lane.start), min(minute(plan.day, end), lane.end)))
    # The reader's own units stand first: that is where she plans.
    return sorted(lanes.values(), key=lambda lane: not lane.own)


def _lane(actor: Actor, day: date, shift: WorkShift, extra: set[str]) -> Lane:
    skills = competences.of_role(shift.assignment.role) | extra
    own = shift.assignment.unit_id in actor.unit_ids
    return Lane(shift, minute(day, shift.starts_at), minute(day, shift.ends_at), frozenset(skills), own=own)


def _skills(assignments: Iterable[int], day: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = Competence.objects.filter(current(day), assignment__in=list(assignments))
    for assignment, kind in rows.values_list("assignment_id", "kind"):
        found.setdefault(assignment, set()).add(kind)
    return found


def _teams(assignments: Iterable[int], day: date) -> dict[int, set[str]]:
    """Assignment → the names of the teams that she is a member of; one query."""
    found: dict[int, set[str]] = {}
    rows = TeamMember.objects.filter(current(day), assignment__in=list(assignments))
    rows = rows.exclude(team__ends_on__lte=day)
    for assignment, name in rows.values_list("assignment_id", "team__name"):
        found.setdefault(assignment, set()).add(name)
    return found


def _stops(plan: DayPlan, placed: list[Placement], visits: dict[int, Shown], was: dict[int, Spot]) -> list[Stop]:
    by_part = {p.pk: (v, p) for v in visits.values() for p in v.parts}
    out = []
    for row in placed:
        if row.part_id not in by_part:
            continue
        visit, part = by_part[row.part_id]
        start = minute(plan.day, row.starts_at)
        moved = bool(was) and changed(was.get(row.part_id), Spot(row.shift_id, row.starts_at))
        late = max(0, start - visit.window[1])
        out.append(
            Stop(
                visit, part, row.shift_id, start, minute(plan.day, row.ends_at), round(row.travel), row.locked,
                row.locked_time, moved, late,
            )
        )  # fmt: skip
    return out


def _foresee(plan: DayPlan, placed: list[Placement], stops: list[Stop]) -> None:
    """Who is likely to come late, today, as it runs; one query. Of a draft: as it would run."""
    if plan.day != clock.today():
        return
    stands = ahead.of_rows(row for row in placed if row.part.visit.status != Visit.Status.CANCELLED)
    for stop in stops:
        seen = stands.foreseen.get(stop.part.pk)
        if seen is not None and seen.late and stands.states[stop.part.pk].kind == WAITING:
            stop.expected, stop.likely = seen.late, minute(plan.day, seen.starts)


def _unplaced(plan: DayPlan, visits: dict[int, Shown], stops: list[Stop]) -> list[tuple[Shown, Unplaced]]:
    """Visits of the day without a place for every part, with the reasons where the search gave any."""
    known = {u.visit_id: u for u in Unplaced.objects.filter(plan=plan)}
    done = {s.part.pk for s in stops}
    out: list[tuple[Shown, Unplaced]] = []
    for visit in visits.values():
        finished = visit.face is not None and visit.face.status == Visit.Status.DONE
        if any(p.pk not in done for p in visit.parts) and not finished:
            out.append((visit, known.get(visit.pk) or Unplaced(plan=plan, visit_id=visit.pk)))
    return out
