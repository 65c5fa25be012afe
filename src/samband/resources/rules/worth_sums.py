"""From the outcomes of days and seeds to what the report says: sums, spread between seeds, shares, who gains and who loses. Pure.

What is kept counts persons and names none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

from samband.resources.rules import shapley
from samband.resources.rules.worth import Fare, better, continuity, together
from samband.resources.rules.worth_day import key, unkey

Outcome = Mapping[str, Any]
Table = Mapping[tuple[str, int], Outcome]  # (day, seed) -> what it gave
FIGURES = ("cost", "travel", "tardiness", "late", "unplaced", "overtime", "crossing", "evening")
FEW = 5  # visits of an area
BINS = ((None, -60.0), (-60.0, -10.0), (-10.0, 10.0), (10.0, 60.0), (60.0, None))


def spread(values: Sequence[float]) -> dict[str, float]:
    return {"mean": round(fmean(values), 2), "low": round(min(values), 2), "high": round(max(values), 2)}


def result(table: Table, parties: Sequence[tuple[str, str]], pairs: int = 20) -> dict[str, Any]:
    """`parties`: (key, name). All days must have been planned with all seeds."""
    days, seeds = sorted({day for day, _s in table}), sorted({seed for _d, seed in table})
    rows = {seed: [table[day, seed] for day in days] for seed in seeds}
    names = [name for name, _label in parties]
    first = rows[seeds[0]]
    return {
        "parties": [{"key": name, "name": label} for name, label in parties],
        "days": days,
        "seeds": seeds,
        "visits": sum(o["visits"] for o in first),
        "staff": sum(o["staff"] for o in first),
        "alone": sum(o["alone"] for o in first),
        "common": sum(o.get("common", o["visits"]) for o in first),  # not counted before 27 November 2026
        "alone_won": round(fmean(by_seed(rows, lambda o: o["alone_won"])), 2),
        "coalitions": coalition_sums(rows, names),
        "gain": gain(rows, names),
        "shares": share_rows(rows, names, pairs),
        "exact": len(names) <= shapley.EXACT,
        "figures": figure_rows(rows, names),
        "price": price_rows(rows),
        "areas": area_rows(rows),
        "persons": persons(rows),
        "by_day": [day_row(day, [table[day, seed] for seed in seeds], names) for day in days],
        "again": round(fmean(sum(o["again"] for o in rows[s]) for s in seeds), 2),
        "seconds_per_day": round(fmean(o["seconds"] for o in table.values()), 2),
    }


Rows = Mapping[int, list[Outcome]]


def by_seed(rows: Rows, count: Callable[..., float], *of: Any) -> list[float]:
    """A figure summed over days, for each seed."""
    return [sum(count(outcome, *of) for outcome in rows[seed]) for seed in rows]


def one_of(outcome: Outcome, name: str, figure: str) -> float:
    """A figure of a set by its name."""
    return outcome["coalitions"][name][figure]


def part_of_price(outcome: Outcome, side: str, name: str) -> float:
    return outcome["price"][side].get(name, 0.0)


def apart(outcome: Outcome, names: Iterable[str], figure: str) -> float:
    return sum(outcome["coalitions"][name][figure] for name in names)


def joint(outcome: Outcome, names: Iterable[str], figure: str) -> float:
    return outcome["coalitions"][key(frozenset(names))][figure]


def coalition_sums(rows: Rows, names: Sequence[str]) -> list[dict[str, Any]]:
    """Each set that was planned on all days, with its figures as means over seeds and what it gains on its members alone."""
    known = set.intersection(*(set(o["coalitions"]) for found in rows.values() for o in found))
    listed = []
    for some in sorted(known, key=lambda name: (len(unkey(name)), name)):
        sums = {f: round(fmean(by_seed(rows, one_of, some, f)), 2) for f in FIGURES}
        alone = fmean(by_seed(rows, apart, sorted(unkey(some)), "cost"))
        listed.append({"members": sorted(unkey(some)), **sums, "gain": round(alone - sums["cost"], 2)})
    return listed


def gain(rows: Rows, names: Sequence[str]) -> dict[str, Any]:
    found = by_seed(rows, lambda o: apart(o, names, "cost") - joint(o, names, "cost"))
    whole = by_seed(rows, lambda o: apart(o, names, "cost"))
    shares = [100 * won / total if total else 0.0 for won, total in zip(found, whole, strict=True)]
    return {**spread(found), "by_seed": [round(v, 2) for v in found], "percent": spread(shares)}


def share_rows(rows: Rows, names: Sequence[str], pairs: int) -> list[dict[str, Any]]:
    """What each would pay alone, its fair share of the joint price, and of the gain; the spread is between seeds."""
    games = [shares_of(rows[seed], names, pairs) for seed in rows]
    listed = []
    for name in names:
        alone = by_seed(rows, one_of, name, "cost")
        cost = [game.values[name] for game in games]
        won = [a - c for a, c in zip(alone, cost, strict=True)]
        error = fmean(game.errors[name] for game in games)
        listed.append({"key": name, "alone": round(fmean(alone), 2), "cost": round(fmean(cost), 2),
                       "gain": spread(won), "error": round(error, 2)})  # fmt: skip
    return listed


def shares_of(outcomes: list[Outcome], names: Sequence[str], pairs: int) -> shapley.Shares:
    """The game of a whole period: shares add up over days, so one game of the sums will do."""

    def cost(some: frozenset[str]) -> float:
        return sum(o["coalitions"][key(some)]["cost"] for o in outcomes) if some else 0.0

    return shapley.shares(list(names), cost, pairs, 1)


def figure_rows(rows: Rows, names: Sequence[str]) -> list[dict[str, Any]]:
    """Apart beside joint. Continuity is no sum: it is reckoned over the days as one."""
    listed = []
    for figure in FIGURES:
        one = by_seed(rows, apart, names, figure)
        two = by_seed(rows, joint, names, figure)
        listed.append({"key": figure, "apart": spread(one), "joint": spread(two)})
    staff = {side: [continuity(list(fares(rows[s], side))) for s in rows] for side in ("apart", "joint")}
    if all(value is not None for values in staff.values() for value in values):
        listed.append({"key": "continuity", **{side: spread(values) for side, values in staff.items()}})  # type: ignore[arg-type]
    return listed


def price_rows(rows: Rows) -> list[dict[str, Any]]:
    """Of what the gain is made: each component of the price."""
    names = sorted({n for found in rows.values() for o in found for side in o["price"].values() for n in side})
    listed = []
    for name in names:
        one, two = (fmean(by_seed(rows, part_of_price, side, name)) for side in ("apart", "joint"))
        listed.append({"key": name, "apart": round(one, 2), "joint": round(two, 2)})
    return sorted(listed, key=lambda row: row["joint"] - row["apart"])


def area_rows(rows: Rows) -> list[dict[str, Any]]:
    """By area. One with very few visits would say how one person fares: only that there are few is kept."""
    found = sorted({a for listed in rows.values() for o in listed for a in o["joint"]["areas"]})
    return [_area(rows, area) for area in found]


def _area(rows: Rows, area: str) -> dict[str, Any]:
    def mean(side: str, figure: str) -> float:
        return round(fmean(by_seed(rows, lambda o: o[side]["areas"].get(area, {}).get(figure, 0.0))), 2)

    if mean("joint", "visits") < FEW:
        return {"area": area, "few": FEW}
    sides = {
        side: {f: mean(side, f) for f in ("visits", "unplaced", "tardiness", "travel")} for side in ("apart", "joint")
    }
    return {"area": area, **sides}


def fares(outcomes: list[Outcome], side: str) -> Iterable[dict[str, Fare]]:
    for outcome in outcomes:
        yield {
            p: Fare(late, out, set(staff), evening) for p, (late, out, staff, evening) in outcome[side]["fares"].items()
        }


def persons(rows: Rows) -> dict[str, Any]:
    """Who gains and who loses, counted; each count with its spread between seeds."""
    counted = [_counted(together(fares(rows[s], "apart")), together(fares(rows[s], "joint"))) for s in rows]
    return {name: spread([one[name] for one in counted]) for name in counted[0]}


def _counted(one: Mapping[str, Fare], two: Mapping[str, Fare]) -> dict[str, float]:
    pairs = [(one.get(p, Fare()), two.get(p, Fare())) for p in sorted({*one, *two})]
    verdict = [better(a, j) for a, j in pairs]
    found = {"all": len(pairs), "gain": verdict.count(1), "same": verdict.count(0), "lose": verdict.count(-1)}
    for name, diff in (
        ("unplaced", [j.unplaced - a.unplaced for a, j in pairs]),
        ("staff", [len(j.staff) - len(a.staff) for a, j in pairs if a.staff and j.staff]),
        ("evening", [j.evening - a.evening for a, j in pairs]),
    ):
        found |= {f"{name}_less": sum(d < 0 for d in diff), f"{name}_more": sum(d > 0 for d in diff)}
    late = [j.late - a.late for a, j in pairs]
    for number, (low, high) in enumerate(BINS):
        found[f"late_{number}"] = sum(_within(d, low, high) for d in late)
    return {name: float(value) for name, value in found.items()}


def _within(value: float, low: float | None, high: float | None) -> bool:
    """A bin's bound that lies nearer to 0 belongs to the bin further out: ten minutes more are a difference."""
    if low is None or high is None:
        return value <= high if high is not None else low is not None and value >= low
    return low < value <= high if high < 0 else low <= value < high if low > 0 else low < value < high


def day_row(day: str, outcomes: list[Outcome], names: Sequence[str]) -> dict[str, Any]:
    one = [apart(o, names, "cost") for o in outcomes]
    two = [joint(o, names, "cost") for o in outcomes]
    return {
        "day": day,
        "visits": outcomes[0]["visits"],
        "apart": round(fmean(one), 2),
        "joint": round(fmean(two), 2),
        "gain": spread([a - j for a, j in zip(one, two, strict=True)]),
        "seconds": round(fmean(o["seconds"] for o in outcomes), 2),
    }
