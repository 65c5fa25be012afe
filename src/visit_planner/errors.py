"""What is wrong with what somebody gave us: where, and what was expected."""

from __future__ import annotations

import math
from typing import Any


class InvalidInput(ValueError):
    """An input that cannot be planned or judged; the text names the place and the expectation."""


def fail(place: str, expected: str, found: Any = None) -> InvalidInput:
    """The exception for one finding (to be raised by the caller)."""
    shown = "" if found is None else f", found {str(found)[:120]!r}"
    return InvalidInput(f"{place}: expected {expected}{shown}")


def number(value: Any, place: str, low: float = -1e9, high: float = 1e9) -> float:
    """A finite number within [low, high]."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise fail(place, "a finite number", value)
    if not low <= value <= high:
        raise fail(place, f"a number between {low:g} and {high:g}", value)
    return float(value)


def text(value: Any, place: str) -> str:
    """A non-empty string."""
    if not isinstance(value, str) or not value:
        raise fail(place, "a non-empty text", value)
    return value


def record(value: Any, place: str) -> dict[str, Any]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise fail(place, "an object", value)
    return value


def items(value: Any, place: str, empty: bool = False) -> list[Any]:
    """A JSON list, not empty unless allowed."""
    if not isinstance(value, list) or (not value and not empty):
        raise fail(place, "a list" if empty else "a list with at least one entry", value)
    return value


def get(mapping: dict[str, Any], key: str, place: str) -> Any:
    """A required field."""
    if mapping.get(key) is None:
        raise fail(place, f"a field '{key}'")
    return mapping[key]


def unique(names: list[str], what: str) -> None:
    """No name twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise fail(f"{what} {name}", "an id that is used once", "a second one")
        seen.add(name)


def known(names: Any, table: Any, place: str, what: str) -> frozenset[str]:
    """A list of names that are all in the table."""
    for name in items(names if names is not None else [], place, empty=True):
        if not isinstance(name, str) or name not in table:
            raise fail(place, f"the id of a {what}", name)
    return frozenset(names or ())
