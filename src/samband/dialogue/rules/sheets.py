"""What a sheet's answers come to: middle, spread and gap over those who gave both levels. Pure.

Only answers with both levels count. If one who left out *wanted* counted in *today*, the difference between the two sums would be
hers alone. Levels are whole numbers 1–5; spread is the standard deviation in steps of the scale.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from samband.dialogue.rules.small_groups import LEAST_SHOWN, opened


@dataclass(frozen=True)
class Pair:
    """One person's two levels about one statement, and the groups she belongs to."""

    organization: int
    role: str
    today: int
    wanted: int


@dataclass(frozen=True)
class Middle:
    """Of `n` persons (never fewer than five): means and spreads on the scale 1–5, one decimal."""

    n: int
    today: float
    wanted: float
    gap: float
    spread_today: float
    spread_wanted: float


@dataclass(frozen=True)
class Summed:
    """A statement's result; `whole` is None with fewer than five. `hidden`: of several groups, some are not shown apart."""

    whole: Middle | None
    organizations: Mapping[int, Middle] = field(default_factory=dict)
    roles: Mapping[str, Middle] = field(default_factory=dict)
    hidden: bool = False


def summed(pairs: Sequence[Pair]) -> Summed:
    """Sum up, showing no group by which fewer than five could be told, not by subtraction either."""
    if len(pairs) < LEAST_SHOWN:
        return Summed(None)
    shown = opened(Counter((pair.organization, pair.role) for pair in pairs))
    organizations = _groups(pairs, "organization", shown.organizations)
    roles = _groups(pairs, "role", shown.roles)
    every = len({p.organization for p in pairs}), len({p.role for p in pairs})
    hidden = any(
        number > 1 and number != len(shown) for number, shown in zip(every, (organizations, roles), strict=True)
    )
    return Summed(middle(pairs), organizations, roles, hidden)


def _groups(pairs: Sequence[Pair], by: str, shown: Iterable[Any]) -> dict[Any, Middle]:
    return {name: middle([pair for pair in pairs if getattr(pair, by) == name]) for name in shown}


def middle(pairs: Sequence[Pair]) -> Middle:
    """Raises ZeroDivisionError with nobody: nothing is never shown as 0."""
    today, wanted = [p.today for p in pairs], [p.wanted for p in pairs]
    a, b = sum(today) / len(today), sum(wanted) / len(wanted)
    return Middle(len(pairs), round(a, 1), round(b, 1), round(b - a, 1), _spread(today, a), _spread(wanted, b))


def _spread(values: Sequence[int], mean: float) -> float:
    return round(sqrt(sum((value - mean) ** 2 for value in values) / len(values)), 1)
