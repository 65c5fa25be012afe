"""Why her, at 14.10? A sentence, the facts, and the two best alternatives with what they cost.

The planner explains a small day: the routes of those who do the visit and of the few who could, the rest left out; as nothing
else may change, the answer is the same and comes at once. Of a visit that the mask hides, nothing is said that hangs on its person.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.plans.models import Action
from samband.resources.models import DayPlan, Placement, Visit, WorkShift
from samband.resources.services import nearest, pricing
from samband.resources.services.problem import Built
from visit_planner.model import Problem, Window
from visit_planner.model import Visit as Task
from visit_planner.plan import Item, Plan

ASKED = 6  # workers of whom the planner is asked
FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True)
class Fact:
    label: str
    text: str
    state: str = "ok"


@dataclass(frozen=True)
class Other:
    """Somebody else who could: when, what it costs more, and the keys that a press needs."""

    name: str
    at: str
    costs: str
    shift: Any
    part: int
    start: datetime
    better: bool = False


@dataclass
class Why:
    visit: Visit
    open: bool
    planned: list[Placement]
    sentence: str = ""
    facts: list[Fact] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)


def why(actor: Actor, plan: DayPlan, visit: Visit, most: int = 2) -> Why:
    """Everything there is to say to this reader of the visit's place in the plan."""
    seen = bool(policy.decide(actor, "visit.read", visit))
    day, rows = pricing.built(plan), pricing.rows(plan)
    mine = list(
        Placement.objects.filter(plan=plan, part__visit=visit)
        .select_related("part", "shift__assignment__staff")
        .order_by("part__number")
    )
    out = Why(visit, seen, mine)
    task = next((v for v in day.problem.visits if v.id == f"v{visit.pk}"), None)
    if task is None:
        out.sentence = _("Besöket är inte längre i dagens planering.")
        return out
    out.others = others(day, pricing.as_plan(day, rows), task, mine, seen, most)
    out.facts = facts(day, plan, visit, mine, rows, seen)
    out.sentence = sentence(out, task, day)
    return out


def others(day: Built, whole: Plan, task: Task, mine: list[Placement], seen: bool, most: int) -> list[Other]:
    """The best who could do it instead, asked of the planner."""
    now = {f"s{p.shift_id}" for p in mine}
    ids = {k for k, w in enumerate(day.problem.workers) if w.id in now}
    could = [g.worker for g in nearest.gaps(day.problem, whole, task) if g.worker not in ids]
    chosen = ids | set(list(dict.fromkeys(could))[:ASKED])
    if not chosen - ids:
        return []
    # numba's kernels load here, not with every process that shows a page.
    from visit_planner.explain import explain

    small, plan = reduced(day.problem, whole, task.id, chosen)
    found = explain(small, plan, task.id, keep=most)
    shifts = _shifts(a.worker for a in found.alternatives)
    out = []
    for a in found.alternatives:
        shift = shifts.get(int(a.worker[1:]))
        if shift is None:
            continue
        more = {n: v for n, v in a.components.items() if seen or n not in pricing.PRIVATE}
        moment = clock.local(day.moment(round(a.start)))
        costs = ", ".join(pricing.in_words(more)) or _("kostar lika mycket")
        name = shift.assignment.staff.full_name
        out.append(
            Other(name, text.clock_time(moment), costs, shift.public_id, a.part + 1, moment, bool(mine) and a.cost < 0)
        )
    return out


@dataclass(frozen=True)
class Near:
    name: str
    at: str
    time: str
    late: int
    shift: Any
    part: int


def near(plan: DayPlan, visit: Visit) -> Near | None:
    """The cheapest gap for a part that has no place; of parts that go together, the others follow."""
    day, rows = pricing.built(plan), pricing.rows(plan)
    task = next((v for v in day.problem.visits if v.id == f"v{visit.pk}"), None)
    placed = {p.part_id for p in rows}
    missing = {k for part, (name, k) in pricing.keys(day).items() if name == f"v{visit.pk}" and part not in placed}
    whole = pricing.as_plan(day, rows)
    gaps = [g for g in nearest.gaps(day.problem, whole, task) if g.part in missing] if task else []
    if not gaps:
        return None
    best = gaps[0]
    shift = _shifts([day.problem.workers[best.worker].id]).popitem()[1]
    moment = clock.local(day.moment(-(-best.start // 5) * 5))
    name, number = shift.assignment.staff.full_name, day.parts[f"v{visit.pk}", best.part].number
    return Near(name, text.clock_time(moment), f"{moment:%H:%M}", round(best.late), shift.public_id, number)


def _shifts(names: Any) -> dict[int, WorkShift]:
    ids = [int(name[1:]) for name in names]
    return {s.pk: s for s in WorkShift.objects.filter(pk__in=ids).select_related("assignment__staff")}


def reduced(problem: Problem, plan: Plan, asked: str, chosen: Collection[int]) -> tuple[Problem, Plan]:
    """The day of a few workers. What they share with others is fixed in time, as the others are not there to move."""
    number = {w: k for k, w in enumerate(sorted(chosen))}
    kept = [r for r in plan.routes if r.worker in number]
    parts: dict[str, list[Item]] = {}
    for route in kept:
        for item in route.items:
            if not item.is_break:
                parts.setdefault(item.visit, []).append(item)
    tasks: list[Task] = []
    renumbered: dict[tuple[str, int], int] = {}
    for visit in problem.visits:
        items = sorted(parts.get(visit.id, []), key=lambda i: i.part)
        if visit.id == asked or len(items) == len(visit.parts):
            tasks.append(replace(visit, locked_workers=(), locked_start=None) if visit.id == asked else visit)
        elif items:
            tasks.append(_alone(visit, [i.part for i in items], items[0].start))
            renumbered |= {(visit.id, i.part): k for k, i in enumerate(items)}
    routes = [
        replace(
            r,
            worker=number[r.worker],
            items=tuple(replace(i, part=renumbered.get((i.visit, i.part), i.part)) for i in r.items),
        )
        for r in kept
    ]
    names = {t.id for t in tasks}
    small = replace(
        problem, workers=tuple(problem.workers[w] for w in sorted(chosen)), visits=tuple(tasks), promised={},
    )  # fmt: skip
    return small, Plan(routes, [n for n in names if n == asked and n not in parts])


def _alone(visit: Task, parts: list[int], start: float) -> Task:
    """The parts that are left of a visit, at the time that they have."""
    return replace(
        visit, parts=tuple(visit.parts[p] for p in parts), sync="independent", gaps=(), locked_workers=(),
        windows=(Window(start, start),), locked_start=None,
    )  # fmt: skip


def facts(
    day: Built, plan: DayPlan, visit: Visit, mine: list[Placement], rows: list[Placement], seen: bool
) -> list[Fact]:
    parts = list(visit.parts.all())
    labels = dict(Action.Competence.choices)
    opens, closes = clock.local(visit.window_from), clock.local(visit.window_to)
    late = max((round((p.starts_at - visit.window_to).total_seconds() / 60) for p in mine), default=0)
    span = f"{text.clock_time(opens)}–{text.clock_time(closes)}"
    out = []
    if len(mine) > 1 and visit.sync == "simultaneous":
        names = " och ".join(p.shift.assignment.staff.full_name for p in mine)
        out.append(Fact(_("Samtidigt"), _("%(names)s ska vara där på samma tid") % {"names": names}))
    word = _("%(span)s, %(n)d min sent") % {"span": span, "n": late} if late > 0 else span
    out.append(Fact(_("Fönster"), word, "warn" if late > 0 else "ok"))
    kinds = sorted({str(labels[p.competence]) for p in parts})
    out.append(Fact(_("Kompetens"), ", ".join(kinds).lower()))
    if seen:
        out += [_known(plan, visit, p) for p in mine]
    travel = pricing.travel_before(day, rows)
    for p in mine:
        n = round(travel.get(p.pk, p.travel))
        out.append(Fact(_("Resa"), _("%(n)d min dit") % {"n": n}))
    return out


def _known(plan: DayPlan, visit: Visit, placed: Placement) -> Fact:
    """How often she has been there in the fourteen days before."""
    staff = placed.shift.assignment.staff
    been = Placement.objects.filter(
        plan__status=DayPlan.Status.PUBLISHED, plan__day__lt=plan.day, plan__day__gte=plan.day - FORTNIGHT,
        part__visit__person=visit.person_id, shift__assignment__staff=staff,
    ).values("plan__day").distinct().count()  # fmt: skip
    if not been:
        return Fact(_("Känd"), _("%(name)s är ny för personen") % {"name": staff.full_name}, "warn")
    said = ngettext("%(name)s var där %(n)d av 14 dagar", "%(name)s var där %(n)d av 14 dagar", been)
    return Fact(_("Känd"), said % {"name": staff.full_name, "n": been})


def sentence(found: Why, task: Task, day: Built) -> str:
    """The answer first."""
    best = found.others[0] if found.others else None
    if not found.planned:
        if best is None:
            return _("Ingen som arbetar då har kompetensen och en ledig stund som räcker.")
        return _("Det som ligger närmast är %(name)s %(at)s: %(costs)s.") % vars(best)
    name = _(" och ").join(p.shift.assignment.staff.full_name for p in found.planned)
    at = text.clock_time(clock.local(found.planned[0].starts_at))
    if best is None:
        return _("%(name)s %(at)s, för ingen annan som får göra besöket har en ledig stund som räcker.") % {
            "name": name, "at": at,
        }  # fmt: skip
    if best.better:
        return _("%(name)s har besöket %(at)s. %(other)s %(then)s vore bättre: %(costs)s.") % {
            "name": name, "at": at, "other": best.name, "then": best.at, "costs": best.costs,
        }  # fmt: skip
    return _("%(name)s %(at)s kostar minst. Näst bäst är %(other)s %(then)s: %(costs)s.") % {
        "name": name, "at": at, "other": best.name, "then": best.at, "costs": best.costs,
    }  # fmt: skip
