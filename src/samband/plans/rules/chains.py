"""Chains that must not bite their own tail: what comes after what, who is called after whom."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def circle(links: Mapping[T, T | None], start: T) -> list[T]:
    """The links walked from `start` back to a place already visited; empty where the chain ends.

    >>> circle({"a": "b", "b": "c", "c": "a"}, "a")
    ['a', 'b', 'c', 'a']
    """
    walked: list[T] = []
    place: T | None = start
    while place is not None:
        if place in walked:
            return [*walked[walked.index(place) :], place]
        walked.append(place)
        place = links.get(place)
    return []
