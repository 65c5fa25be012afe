"""A sample that can be drawn again: so many of a unit's openings in a month, shared out over the roles that read (A2)."""

import random
from collections import defaultdict
from collections.abc import Sequence

from samband.review.rules.facts import Visit


def shares(sizes: dict[str, int], size: int) -> dict[str, int]:
    """How many of each role: at least one of each while it lasts, the rest by size, never more than there are.

    What is left over goes to the largest remainder, then by name. More roles than `size`: the largest get one.
    """
    total = sum(sizes.values())
    size = min(size, total)
    order = sorted(sizes, key=lambda role: (-sizes[role], role))
    if size <= len(order):
        return {role: int(order.index(role) < size) for role in sizes}
    exact = {role: size * count / total for role, count in sizes.items()}
    given = {role: min(sizes[role], max(1, int(exact[role]))) for role in sizes}
    while sum(given.values()) > size:
        over = max((r for r in given if given[r] > 1), key=lambda r: (given[r] - exact[r], r))
        given[over] -= 1
    while sum(given.values()) < size:
        under = max((r for r in given if given[r] < sizes[r]), key=lambda r: (exact[r] - given[r], r))
        given[under] += 1
    return given


def draw(visits: Sequence[Visit], size: int, seed: str) -> list[Visit]:
    """The same visits, size and seed give the same sample, in whatever order the visits come."""
    strata: dict[str, list[Visit]] = defaultdict(list)
    for visit in sorted(visits, key=lambda v: (v.day, v.staff, v.person, v.event)):
        strata[visit.role].append(visit)
    wanted = shares({role: len(rows) for role, rows in strata.items()}, size)
    drawn = [
        visit for role in sorted(strata) for visit in random.Random(f"{seed}:{role}").sample(strata[role], wanted[role])
    ]
    return sorted(drawn, key=lambda v: (v.day, v.staff, v.person, v.event))
