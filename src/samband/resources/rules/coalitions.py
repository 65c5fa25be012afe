"""A day as a game between organisations: what each set of them can plan on its own, from the same needs. Pure.

Every set's plan begins as the best of its parts' plans laid side by side, and the search only betters it: two sets that
join never come out worse than apart, whatever luck the search has. The prices that look at a whole day at once are
taken out or split by organisation, so that a price of parts laid side by side is the sum of theirs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from samband.resources.rules import shapley
from visit_planner.large import solve_large
from visit_planner.model import Price, Problem, Visit
from visit_planner.plain import judge
from visit_planner.plan import Plan
from visit_planner.solve import solve
from visit_planner.stops import Iterations, Seconds, Stop

Coalition = frozenset[str]
Told = Callable[[int, int], bool]  # (plans made, plans in all) -> whether to go on
WHOLE_DAY = ("highest_tardiness", "idle", "load")  # of no organisation
MUST = 10_000.0  # what leaving out costs where the day says that a visit must be done
TURNS, SETTLED = (
    6,
    0.003,
)  # searches of one who plans alone, at most; until one betters the plan by less than this share
LARGE = 1200  # visits; above it a day is planned in districts


class Stopped(Exception):
    """Somebody asked the work to stop."""


@dataclass(frozen=True)
class Effort:
    """How long each plan is searched for: seconds, or a number of iterations that gives the same plan everywhere."""

    seconds: float = 5.0
    iterations: int | None = None

    def stop(self) -> Stop:
        return Seconds(self.seconds) if self.iterations is None else Iterations(self.iterations)


@dataclass(frozen=True)
class Needs:
    """A day's visits and staff, and the party (organisation) of each, by visit's and worker's id."""

    problem: Problem
    party: Mapping[str, str]


@dataclass
class Game:
    """The plans found for the sets of parties that were asked about; `again`: what the last searches of each alone gave."""

    needs: Needs
    plans: dict[Coalition, Plan]
    again: float = 0.0

    def cost(self, some: Coalition) -> float:
        return self.plans[some].cost if some else 0.0


def fair(problem: Problem, party: Mapping[str, str]) -> Needs:
    """The needs alone: nothing begun, locked or promised, every visit may be left out at its price.

    A person who has visits of two organisations counts once with each: how many she meets is then a sum over them.
    """
    visits = tuple(_need(v, party[v.id]) for v in problem.visits)
    prices = {name: price for name, price in problem.prices.items() if name not in (*WHOLE_DAY, "change")}
    prices["unserved"] = replace(prices.get("unserved", Price(1.0)), hard=False)
    return Needs(replace(problem, visits=visits, prices=prices, promised={}), party)


def _need(visit: Visit, party: str) -> Visit:
    person = f"{visit.person}\n{party}" if visit.person else ""
    price = MUST if visit.price is None else visit.price
    return replace(visit, person=person, price=price, started=False, earliest=0.0, locked_workers=(), locked_start=None)


def restrict(needs: Needs, some: Coalition) -> tuple[Problem, list[int]]:
    """The day of these parties alone, and the numbers of its workers in the whole day."""
    problem, party = needs.problem, needs.party
    staff = [number for number, worker in enumerate(problem.workers) if party[worker.id] in some]
    visits = tuple(v for v in problem.visits if party[v.id] in some)
    return replace(problem, workers=tuple(problem.workers[n] for n in staff), visits=visits), staff


def renumbered(plan: Plan, to: Mapping[int, int]) -> Plan:
    return Plan([replace(r, worker=to[r.worker]) for r in plan.routes], list(plan.unserved))


def side_by_side(one: Plan, two: Plan) -> Plan:
    """Two plans of sets that have nobody in common; workers numbered as in the whole day."""
    return Plan([*one.routes, *two.routes], [*one.unserved, *two.unserved], cost=one.cost + two.cost)


def halves(some: Coalition) -> list[tuple[Coalition, Coalition]]:
    """Every way to part a set in two."""
    if len(some) < 2:
        return []
    first = min(some)
    return [(part, some - part) for part in shapley.coalitions(some) if first in part and part != some]


def best_parts(game: Game, some: Coalition) -> Plan | None:
    """The cheapest two plans laid side by side. Each part already is as good as its own parts, so two are enough."""
    known = [(one, two) for one, two in halves(some) if one in game.plans and two in game.plans]
    if not known:
        return None
    one, two = min(known, key=lambda pair: (game.cost(pair[0]) + game.cost(pair[1]), sorted(pair[0])))
    return side_by_side(game.plans[one], game.plans[two])


def plan(game: Game, some: Coalition, effort: Effort, seed: int, start: Plan | None = None) -> Plan:
    """The best plan of a set of parties found from `start`; never a worse one than that."""
    small, staff = restrict(game.needs, some)
    here = {number: k for k, number in enumerate(staff)}
    kept = priced(small, renumbered(start, here)) if start is not None else None
    found = priced(small, _search(small, effort, seed, kept))
    better = kept if kept is not None and kept.feasible and kept.cost <= found.cost else found
    return _whole(better, dict(enumerate(staff)))


def priced(problem: Problem, plan: Plan) -> Plan:
    """Judged, but who is not sent out misses no break: else whoever has staff to spare would seem to pay for them."""
    plan = judge(problem, plan)
    used = {(route.worker, route.shift) for route in plan.routes}
    shifts = {(w, s): shift for w, worker in enumerate(problem.workers) for s, shift in enumerate(worker.shifts)}
    resting = sum(shift.pause is not None for key, shift in shifts.items() if key not in used)
    plan.components["missed_breaks"] -= resting
    if not problem.price("missed_breaks").hard:
        plan.cost -= resting * problem.price("missed_breaks").weight / problem.scale
    return plan


def _whole(plan: Plan, to: Mapping[int, int]) -> Plan:
    whole = renumbered(plan, to)
    whole.cost, whole.components, whole.violations = plan.cost, plan.components, plan.violations
    return whole


def _search(problem: Problem, effort: Effort, seed: int, start: Plan | None) -> Plan:
    if not problem.visits or not problem.workers:
        return Plan([], [v.id for v in problem.visits])
    if len(problem.visits) > LARGE:
        return solve_large(problem, effort.stop(), seed, threads=1).plan
    return solve(problem, effort.stop(), seed, start=start).plan


def wanted(parties: list[str], pairs: int, seed: int) -> list[Coalition]:
    """The sets that the shares ask about, smaller first: all to six parties, above that those of the sampled orders."""
    if len(parties) <= shapley.EXACT:
        return shapley.coalitions(parties)
    asked = {some for order in shapley.orders(parties, pairs, seed) for some in shapley.prefixes(order)}
    return sorted(asked | {frozenset([p]) for p in parties}, key=lambda some: (len(some), sorted(some)))


def play(
    needs: Needs, parties: list[str], effort: Effort, seed: int, pairs: int = 20, told: Told | None = None
) -> Game:
    """Plan every set that is asked about. Raises Stopped as soon as `told` says so.

    Who plans alone is searched for until that gives no more: else the joint plan, which begins from theirs, would seem
    better only because it was searched for longer. `again` is what their last searches still gave. (`pairs`: see
    `shapley.sampled`; the orders are the same for every seed and day.)
    """
    asked = wanted(parties, pairs, 1)
    game, done, total = Game(needs, {}), 0, len(asked) + len(parties)
    for number, some in enumerate(asked):
        start = best_parts(game, some)
        alone = start is None
        for turn in range(TURNS if alone else 1):
            found = plan(game, some, effort, seed * 1000 + number + 10_000 * turn, start)
            won = start.cost - found.cost if start is not None else found.cost
            game.plans[some] = start = found
            done += turn < 2  # more turns than two are not foreseen
            if told is not None and not told(done, total):
                raise Stopped
            if alone and turn and won <= SETTLED * found.cost:
                break
        game.again += won if alone else 0.0
    return game
