"""Fair shares of what a set of parties brings about together: the Shapley value (1953). Pure.

A game is a function from a set of parties to a number. A party's share is what it adds to those who came before it, on
average over all orders in which the parties may come. It is the only division that hands out all there is, treats equals
alike, gives nothing to whoever adds nothing, and adds up over days.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, sqrt
from statistics import fmean, stdev

EXACT = 6  # parties; above it orders are sampled
Game = Callable[[frozenset[str]], float]


@dataclass(frozen=True)
class Shares:
    """A share for each party; `errors`: the standard error of each, 0 where the value is exact."""

    values: dict[str, float]
    errors: dict[str, float]
    orders: int | None = None  # how many orders were sampled; None: all

    @property
    def exact(self) -> bool:
        return self.orders is None


def coalitions(parties: Iterable[str]) -> list[frozenset[str]]:
    """All sets of parties but the empty one, the smaller ones first, in a fixed order."""
    names = sorted(parties)
    return [frozenset(some) for size in range(1, len(names) + 1) for some in combinations(names, size)]


def exact(parties: Sequence[str], game: Game) -> Shares:
    """Over all sets that a party may join, weighted by how many orders put exactly them before it."""
    count = len(parties)
    weight = [factorial(k) * factorial(count - 1 - k) / factorial(count) for k in range(count)]
    values = {}
    for party in parties:
        others = [frozenset[str](), *coalitions(p for p in parties if p != party)]
        values[party] = sum(weight[len(some)] * (game(some | {party}) - game(some)) for some in others)
    return Shares(values, dict.fromkeys(parties, 0.0))


def orders(parties: Sequence[str], pairs: int, seed: int) -> list[tuple[str, ...]]:
    """Random orders, each followed by its reverse: who came last comes first, so that chance evens out (antithetic)."""
    rng, found = random.Random(seed), []
    for _ in range(pairs):
        order = sorted(parties)
        rng.shuffle(order)
        found += [tuple(order), tuple(reversed(order))]
    return found


def prefixes(order: Sequence[str]) -> list[frozenset[str]]:
    """The sets that arise as the parties come in this order, the first one alone first."""
    return [frozenset(order[: k + 1]) for k in range(len(order))]


def sampled(parties: Sequence[str], game: Game, pairs: int, seed: int = 1) -> Shares:
    """From `pairs` (at least 2) orders and their reverses, with the standard error of the mean over pairs."""
    if pairs < 2:
        raise ValueError(f"pairs: expected 2 or more, found {pairs}")
    drawn = [_added(order, game) for order in orders(parties, pairs, seed)]
    values, errors = {}, {}
    for party in parties:
        means = [(one[party] + two[party]) / 2 for one, two in zip(drawn[::2], drawn[1::2], strict=True)]
        values[party], errors[party] = fmean(means), stdev(means) / sqrt(pairs)
    return Shares(values, errors, 2 * pairs)


def _added(order: Sequence[str], game: Game) -> dict[str, float]:
    """What each party adds to those before it in one order."""
    worth = [game(frozenset()), *(game(some) for some in prefixes(order))]
    return {party: worth[k + 1] - worth[k] for k, party in enumerate(order)}


def shares(parties: Sequence[str], game: Game, pairs: int = 20, seed: int = 1) -> Shares:
    """Exact to six parties, sampled above."""
    return exact(parties, game) if len(parties) <= EXACT else sampled(parties, game, pairs, seed)
