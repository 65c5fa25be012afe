"""Who sits where: seats dealt into groups, and the group that a latecomer joins. Pure; the caller brings the chance."""

from collections.abc import Mapping, Sequence
from random import Random

MOST_GROUPS = 60


def deal(seats: Sequence[tuple[int, int]], how: str, number: int, chance: Random) -> list[list[int]]:
    """Seats `(key, people)` dealt into groups of keys, as even in people as they get; no group is empty.

    `how`: `number` groups, groups of about `number` people (`size`), or every seat a group of its own (`device`).
    """
    if not seats:
        return []
    if how == "device":
        return [[key] for key, _people in seats][:MOST_GROUPS]
    people = sum(count for _key, count in seats)
    wanted = number if how == "number" else round(people / max(1, number))
    count = max(1, min(wanted, len(seats), MOST_GROUPS))
    order = list(seats)
    chance.shuffle(order)
    order.sort(key=lambda seat: -seat[1])
    groups: list[list[int]] = [[] for _ in range(count)]
    sizes = [0] * count
    for key, heads in order:
        place = min(range(count), key=lambda n: (sizes[n], len(groups[n]), n))
        groups[place].append(key)
        sizes[place] += heads
    return groups


def smallest(sizes: Mapping[int, int]) -> int | None:
    """The key of the group with the fewest people, the first of equals; None where there is no group."""
    return min(sizes, key=lambda key: (sizes[key], key)) if sizes else None


def spread(answers: Sequence[tuple[int, int]], least: int = 1) -> list[int] | None:
    """How many people chose 1, 2, 3, 4, 5, of answers `(value, people)`; None with fewer than `least` answers.

    A spread and not a mean (learning.md); few answers would tell who said what.
    """
    if len(answers) < max(1, least):
        return None
    counts = [0] * 5
    for value, people in answers:
        counts[value - 1] += people
    return counts
