"""What a plan costs as it stands, and what a change of it costs: the placements, judged by the planner's plain evaluator.

Times are taken as the plan has them: what a planner set by hand is not moved by anything here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from samband.resources.models import DayPlan, Placement
from samband.resources.services import problem as problems
from samband.resources.services.start import start_of
from visit_planner.model import Problem
from visit_planner.plan import Plan, leg

KEEP = 60.0  # seconds; every rule that can refuse is asked afresh when the plan is published
MOST_SAID = 4
MOST = 4  # days kept at once: a problem with its travel times is some megabytes
# Components that tell something of the person: not for whom the visit is masked.
PRIVATE = ("continuity", "preferences", "unwanted", "language", "same_worker", "change")
_kept: dict[tuple[int, date], tuple[float, problems.Built]] = {}


def built(plan: DayPlan, fresh: bool = False) -> problems.Built:
    """The day as the planner's problem. What stands in the plan is not asked for here, so a minute's copy will do."""
    key = (plan.pool_id, plan.day)
    kept = _kept.get(key)
    if kept is not None and not fresh and monotonic() - kept[0] < KEEP:
        return kept[1]
    found = problems.build(plan.pool, plan.day)
    while len(_kept) >= MOST:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = (monotonic(), found)
    return found


def worker_of(problem: Problem, shift: int) -> int | None:
    """The number of the worker that a shift became; None where nobody works it."""
    name = f"s{shift}"
    return next((k for k, w in enumerate(problem.workers) if w.id == name), None)


def keys(day: problems.Built) -> dict[int, tuple[str, int]]:
    """Part → its names in the problem."""
    return {part.pk: key for key, part in day.parts.items()}


def as_plan(day: problems.Built, placed: Iterable[Placement]) -> Plan:
    """The placements as the planner sees a plan. What it does not know (a shift that fell away) stays out."""
    placed, names = list(placed), keys(day)
    found = start_of(day, placed) or Plan([], [v.id for v in day.problem.visits])
    count = Counter(names[p.part_id][0] for p in placed if p.part_id in names)
    found.unserved = [v.id for v in day.problem.visits if count[v.id] < len(v.parts)]
    return found


def rows(plan: DayPlan) -> list[Placement]:
    return list(
        Placement.objects.filter(plan=plan)
        .select_related("part", "shift__assignment__staff")
        .order_by("shift_id", "starts_at", "id")
    )


def price(day: problems.Built, placed: Iterable[Placement]) -> dict[str, float]:
    """Every component of the plan as it stands; visits without a place are counted."""
    found = as_plan(day, placed)
    return found.components | {"unserved": float(len(found.unserved))}


def travel_before(day: problems.Built, placed: list[Placement]) -> dict[int, float]:
    """Minutes on the road before each placement, by its key."""
    found, problem, names = as_plan(day, placed), day.problem, keys(day)
    by_key = {names[p.part_id]: p for p in placed if p.part_id in names}
    out: dict[int, float] = {}
    for route in found.routes:
        here = problem.workers[route.worker].shifts[route.shift].leave
        for item in route.items:
            if not item.is_break:
                out[by_key[item.visit, item.part].pk] = leg(problem, route.worker, here, item.place)
                here = item.place
    return out


def difference(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """What differs by more than noise."""
    return {n: after[n] - before[n] for n in after if abs(after[n] - before.get(n, 0.0)) >= 0.5}


def in_words(more: Mapping[str, Any]) -> list[str]:
    """The difference as a planner reads it, what weighs most first and no more than four; an empty list: nothing."""
    found: list[str] = []
    for name, words in WORDS.items():
        n = round(more.get(name, 0))
        if n:
            found.append(words(abs(n), n > 0))
    return found[:MOST_SAID]


def _minutes(more: str, less: str) -> Any:
    return lambda n, up: _(more if up else less) % {"n": n}


def _count(name: str) -> Any:
    def words(n: int, up: bool) -> str:
        if name == "unserved":
            return _("besöket blir utan plats") if up else _("besöket får plats")
        if name == "same_worker":
            return _("fler olika personal samma dag") if up else _("färre olika personal samma dag")
        if name == "missed_breaks":
            return _("en rast får inte plats") if up else _("rasten får plats")
        if name == "continuity":
            return (
                ngettext("någon ny för personen", "%(n)d gånger någon ny för personen", n)
                if up
                else ngettext("någon som personen känner", "%(n)d gånger någon som personen känner", n)
            ) % {"n": n}
        if name == "language":
            return _("inget gemensamt språk") if up else _("gemensamt språk")
        if name == "crossing":
            return _("en annan organisations personal") if up else _("den egna organisationens personal")
        if name == "unwanted":
            return (
                _("någon som personen helst inte vill ha")
                if up
                else _("inte längre någon som personen helst inte vill ha")
            )
        return _("inte den som personen helst vill ha") if up else _("den som personen helst vill ha")

    return words


WORDS: dict[str, Any] = {
    "unserved": _count("unserved"),
    "travel": _minutes(gettext_noop("%(n)d min mer resa"), gettext_noop("%(n)d min mindre resa")),
    "tardiness": _minutes(gettext_noop("%(n)d min senare än fönstret"), gettext_noop("%(n)d min mindre sent")),
    "overtime": _minutes(gettext_noop("%(n)d min mer övertid"), gettext_noop("%(n)d min mindre övertid")),
    "waiting": _minutes(gettext_noop("%(n)d min mer väntan"), gettext_noop("%(n)d min mindre väntan")),
    "missed_breaks": _count("missed_breaks"),
    "continuity": _count("continuity"),
    "same_worker": _count("same_worker"),
    "preferences": _count("preferences"),
    "unwanted": _count("unwanted"),
    "language": _count("language"),
    "crossing": _count("crossing"),
}
