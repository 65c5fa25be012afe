"""Two versions of a template, and what a newer one means for a plan that took the older. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samband.library.rules.content import clean

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One part that differs: `kind` is new, changed or gone; `fields` are the names that differ, with old and new."""

    key: str
    type: str
    kind: str
    fields: dict[str, tuple[Any, Any]]


def compare(old: Sequence[Part], new: Sequence[Part]) -> list[Change]:
    """What differs, in the order of the newer version, what is gone last. A part whose type changed is another part."""
    before = {part["key"]: part for part in old}
    found = []
    for part in new:
        earlier = before.pop(part["key"], None)
        if earlier is None or earlier["type"] != part["type"]:
            found.append(Change(part["key"], part["type"], "new", {}))
        elif pairs := _pairs(part["type"], earlier["fields"], part["fields"]):
            found.append(Change(part["key"], part["type"], "changed", pairs))
    return found + [Change(part["key"], part["type"], "gone", {}) for part in before.values()]


def _pairs(type_: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    before, after = clean(type_, old), clean(type_, new)
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def mergeable(taken: Mapping[str, Any], new: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """Field names that a newer version may change in a plan, and those it must leave alone.

    `taken`: the template when it was used; `new`: the newer one; `now`: the plan as it is. Only what still stands as it
    was taken is changed; what somebody has written since stays (a template never overwrites what is written).
    """
    differs = {name for name in now if taken.get(name) != new.get(name)}
    free = {name for name in differs if (now[name] or "") == (taken.get(name) or "")}
    already = {name for name in differs if (now[name] or "") == (new.get(name) or "")}
    return free, differs - free - already
