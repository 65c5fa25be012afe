"""What a plan means to those it touches: sums of a day, and how each person fares. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from samband.resources.rules.coalitions import Needs
from visit_planner.model import Problem
from visit_planner.plain import lateness, travel_of
from visit_planner.plan import Item, Plan

EVENING = 17 * 60  # on the clock
DOCTOR = "physician"
LATE = 1.0  # minutes; less is nothing that anybody sees
MATTERS = 10.0  # minutes of lateness in a period that a person would call a difference
WINDOW = 14  # days of the national measure of continuity


@dataclass(frozen=True)
class Facts:
    """What the day's records say and the planner's problem does not: by visit and by worker (ids of the problem).

    `owner`: whose each part of a visit is. `clock`: minutes on the clock at the problem's minute 0. `doctor`: parts that a
    doctor does.
    """

    person: Mapping[str, str]
    area: Mapping[str, str]
    staff: Mapping[str, str]
    owner: Mapping[tuple[str, int], str]
    doctor: frozenset[tuple[str, int]] = frozenset()
    clock: float = 0.0


@dataclass
class Fare:
    """How one person fares in a plan: minutes late, visits without a place, who came, doctor's visits in the evening."""

    late: float = 0.0
    unplaced: int = 0
    staff: set[str] = field(default_factory=set)
    evening: int = 0

    def plain(self) -> list[Any]:
        return [round(self.late, 2), self.unplaced, sorted(self.staff), self.evening]


def figures(needs: Needs, plan: Plan, facts: Facts) -> dict[str, float]:
    """The sums of one plan. `crossing`: parts done by somebody of another organisation than whose they are."""
    problem = needs.problem
    parts = [(problem.workers[r.worker].id, item) for r in plan.routes for item in r.items if not item.is_break]
    late = [lateness(problem, problem.visit(item.visit), item) for _who, item in parts]
    shift_of = [problem.workers[r.worker].shifts[r.shift] for r in plan.routes]
    return {
        "cost": round(plan.cost, 3),
        "travel": sum(travel_of(problem, route) for route in plan.routes),
        "tardiness": sum(late),
        "late": float(sum(minutes >= LATE for minutes in late)),
        "unplaced": float(len(plan.unserved)),
        "overtime": sum(max(0.0, r.back - s.end) for r, s in zip(plan.routes, shift_of, strict=True)),
        "crossing": float(sum(needs.party[who] != facts.owner[item.visit, item.part] for who, item in parts)),
        "evening": float(sum(evening(facts, item) for _who, item in parts)),
    }


def evening(facts: Facts, item: Item) -> bool:
    """Whether a doctor begins there at 17.00 or later."""
    return (item.visit, item.part) in facts.doctor and item.start + facts.clock >= EVENING


def fares(problem: Problem, plan: Plan, facts: Facts) -> dict[str, Fare]:
    """Each person of a plan."""
    found: dict[str, Fare] = defaultdict(Fare)
    for name in plan.unserved:
        found[facts.person[name]].unplaced += 1
    for route in plan.routes:
        who = facts.staff[problem.workers[route.worker].id]
        for item in (i for i in route.items if not i.is_break):
            fare = found[facts.person[item.visit]]
            fare.late += lateness(problem, problem.visit(item.visit), item)
            fare.staff.add(who)
            fare.evening += evening(facts, item)
    return dict(found)


def areas(problem: Problem, plan: Plan, facts: Facts) -> dict[str, dict[str, float]]:
    """By area: visits, without a place, minutes late, minutes on the road to its visits."""
    found: dict[str, dict[str, float]] = defaultdict(
        lambda: dict.fromkeys(("visits", "unplaced", "tardiness", "travel"), 0.0)
    )
    for visit in problem.visits:
        found[facts.area[visit.id]]["visits"] += 1
    for name in plan.unserved:
        found[facts.area[name]]["unplaced"] += 1
    for route in plan.routes:
        worker = problem.workers[route.worker]
        place = worker.shifts[route.shift].leave
        for item in route.items:
            if not item.is_break:
                here = found[facts.area[item.visit]]
                here["tardiness"] += lateness(problem, problem.visit(item.visit), item)
                here["travel"] += float(problem.travel[worker.means][place, item.place])
            place = item.place
    return dict(found)


def together(days: Iterable[Mapping[str, Fare]]) -> dict[str, Fare]:
    """The fares of several days as one."""
    found: dict[str, Fare] = defaultdict(Fare)
    for day in days:
        for person, fare in day.items():
            sum_ = found[person]
            sum_.late, sum_.unplaced = sum_.late + fare.late, sum_.unplaced + fare.unplaced
            sum_.staff, sum_.evening = sum_.staff | fare.staff, sum_.evening + fare.evening
    return dict(found)


def continuity(days: list[Mapping[str, Fare]]) -> float | None:
    """Different staff per person in 14 days, on average over whole stretches of 14 days; of all days where they are fewer."""
    whole = len(days) // WINDOW * WINDOW or len(days)
    stretches = [together(days[k : k + WINDOW]) for k in range(0, whole, WINDOW)]
    counts = [len(fare.staff) for stretch in stretches for fare in stretch.values() if fare.staff]
    return fmean(counts) if counts else None


def better(apart: Fare, joint: Fare) -> int:
    """1: the person gains from joint planning, -1: loses, 0: no difference that she would notice.

    A visit that is done weighs most, then lateness, then how many different staff come.
    """
    if apart.unplaced != joint.unplaced:
        return 1 if joint.unplaced < apart.unplaced else -1
    if abs(apart.late - joint.late) >= MATTERS:
        return 1 if joint.late < apart.late else -1
    # Nobody came in either: nothing to compare.
    return (len(apart.staff) > len(joint.staff)) - (len(apart.staff) < len(joint.staff))
