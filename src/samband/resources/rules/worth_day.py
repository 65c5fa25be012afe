"""One day with one seed: everything the report needs of it, as plain data. Pure, so that it runs in a process of its own."""

import time
from dataclasses import dataclass
from typing import Any

from samband.resources.rules import coalitions, worth
from samband.resources.rules.coalitions import Coalition, Effort, Game, Needs, Told
from samband.resources.rules.worth import Facts
from visit_planner.model import Problem
from visit_planner.plan import Plan
from visit_planner.solve import matching


@dataclass(frozen=True)
class Day:
    """The needs of a day (see `coalitions.fair`), whose they are, and between whom they are shared."""

    needs: Needs
    facts: Facts
    parties: tuple[str, ...]


def key(some: Coalition) -> str:
    """The name of a set of parties in the report."""
    return "+".join(sorted(some))


def unkey(name: str) -> Coalition:
    return frozenset(name.split("+"))


def outcome(day: Day, effort: Effort, seed: int, pairs: int = 20, told: Told | None = None) -> dict[str, Any]:
    """Plan the day for every set of parties. Raises `coalitions.Stopped`."""
    begun = time.perf_counter()
    game = coalitions.play(day.needs, list(day.parties), effort, seed, pairs, told)
    problem = day.needs.problem
    apart, joint = _apart(game, day.parties), game.plans[frozenset(day.parties)]
    unable = [v for v in problem.visits if not able(day.needs, v.id)]
    weight = problem.price("unserved").weight / problem.scale
    return {
        "coalitions": {key(some): worth.figures(day.needs, plan, day.facts) for some, plan in game.plans.items()},
        "price": {"apart": priced(problem, apart), "joint": priced(problem, joint)},
        "apart": _view(day, apart),
        "joint": _view(day, joint),
        "visits": len(problem.visits),
        "staff": len(problem.workers),
        "alone": len(unable),
        "common": sum(others_could(day.needs, v.id) for v in problem.visits),
        "alone_won": round(sum(v.price or 0.0 for v in unable if v.id not in joint.unserved) * weight, 3),
        "again": round(game.again, 3),
        "seconds": round(time.perf_counter() - begun, 2),
    }


def _apart(game: Game, parties: tuple[str, ...]) -> Plan:
    """Everybody's own plan, laid side by side."""
    plans = [game.plans[frozenset([p])] for p in parties]
    whole = Plan([], [])
    for plan in plans:
        whole = coalitions.side_by_side(whole, plan)
    whole.components = {name: sum(p.components[name] for p in plans) for name in plans[0].components}
    return whole


def priced(problem: Problem, plan: Plan) -> dict[str, float]:
    """What each component adds to the price."""
    found = {n: p.weight * plan.components[n] / problem.scale for n, p in problem.prices.items() if not p.hard}
    return {name: round(value, 3) for name, value in found.items() if value}


def _view(day: Day, plan: Plan) -> dict[str, Any]:
    fares = worth.fares(day.needs.problem, plan, day.facts)
    return {
        "fares": {person: fare.plain() for person, fare in fares.items()},
        "areas": worth.areas(day.needs.problem, plan, day.facts),
    }


def able(needs: Needs, name: str) -> bool:
    """Whether the organisation whose visit it is has the competences for it, in enough people, at all that day."""
    visit, party = needs.problem.visit(name), needs.party
    staff = [w for w in needs.problem.workers if party[w.id] == party[name] and w.shifts]
    return matching([{w.id for w in staff if needs.problem.may(w, visit, k) is None} for k in range(len(visit.parts))])


def others_could(needs: Needs, name: str) -> bool:
    """Whether somebody of another organisation may do a part of it, by competence and terms."""
    visit, party = needs.problem.visit(name), needs.party
    staff = [w for w in needs.problem.workers if party[w.id] != party[name] and w.shifts]
    return any(needs.problem.may(w, visit, k) is None for w in staff for k in range(len(visit.parts)))
