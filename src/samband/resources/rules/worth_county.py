"""Reports of several pools as one: what planning together is worth in all of them, and in each. Pure.

Pools plan apart from each other, so what they gain adds up, round by round. Continuity is no sum and is left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from samband.resources.rules.worth_sums import FIGURES, spread

Result = Mapping[str, Any]
SIDES = ("apart", "joint")


def county(results: Mapping[str, Result]) -> dict[str, Any]:
    """`results`: by the pool's name; all counted with as many rounds. What the report's own blocks read, and `pools`."""
    found = list(results.values())
    return {
        "days": sorted({day for one in found for day in one["days"]}),
        "seeds": found[0]["seeds"],
        "visits": sum(one["visits"] for one in found),
        "staff": sum(one["staff"] for one in found),
        "gain": gain(found),
        "figures": [row for name in FIGURES if (row := figure(found, name))],
        "persons": persons(found),
        "again": round(sum(one["again"] for one in found), 2),
        "pools": [pool(name, one) for name, one in results.items()],
    }


def cost(result: Result, side: str) -> float:
    return next((row[side]["mean"] for row in result["figures"] if row["key"] == "cost"), 0.0)


def gain(found: Sequence[Result]) -> dict[str, Any]:
    """Round by round where all have as many; else the bounds are those of all at their worst and best."""
    rounds = [one["gain"]["by_seed"] for one in found]
    if len({len(some) for some in rounds}) == 1:
        won = spread([sum(some) for some in zip(*rounds, strict=True)])
    else:
        won = added([one["gain"] for one in found])
    apart = sum(cost(one, "apart") for one in found)
    share = 100 * won["mean"] / apart if apart else 0.0
    return {**won, "percent": spread([share])}


def added(values: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: round(sum(value[name] for value in values), 2) for name in ("mean", "low", "high")}


def figure(found: Sequence[Result], name: str) -> dict[str, Any] | None:
    rows = [row for one in found for row in one["figures"] if row["key"] == name]
    return {"key": name, **{side: added([row[side] for row in rows]) for side in SIDES}} if rows else None


def persons(found: Sequence[Result]) -> dict[str, Any]:
    """Who lives in one pool's area is no person of another's: counts add up."""
    return {name: added([one["persons"][name] for one in found]) for name in found[0]["persons"]}


def pool(name: str, one: Result) -> dict[str, Any]:
    """What one of them says: prices, gain and what it means for visits."""
    row: dict[str, Any] = {"pool": name, "visits": one["visits"], "gain": dict(one["gain"])}
    for key in ("cost", "unplaced", "tardiness", "travel", "evening"):
        row[key] = {side: _mean(one, key, side) for side in SIDES}
    return row


def _mean(one: Result, key: str, side: str) -> float:
    return next((r[side]["mean"] for r in one["figures"] if r["key"] == key), 0.0)
