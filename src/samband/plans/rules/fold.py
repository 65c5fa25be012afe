"""A plan as it was: the append-only history walked back from the present. Pure.

A state is `{thing: {field: kept value}}`, where a thing is `plans.action:<public_id>` and a kept value is what JSON holds.
The walk goes backwards, because a plan that was read in from elsewhere has parts that no line of history added: they were
there all along. `undo` of every step above N, newest first, is the plan at version N; version 0 is before the plan began.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Plain = Any
State = dict[str, dict[str, Plain]]
PLAN, PARTY = "plans.careplan:", "access.party:"
# Kinds of history that wrote fields of a part, and raised its version by one.
WRITES = frozenset({"change", "restore", "pause", "resume", "close", "reopen", "strike", "handover"})


@dataclass(frozen=True)
class Step:
    """One line of the history, as much of it as the walk needs."""

    number: int
    thing: str
    kind: str
    changes: dict[str, Any]
    title: str = ""


def undo(state: State, steps: Iterable[Step]) -> State:
    """The state before `steps` (newest first). The state given is left as it is."""
    found = {thing: dict(fields) for thing, fields in state.items()}
    for step in steps:
        _undo(found, step)
    return found


def _undo(state: State, step: Step) -> None:
    if step.kind == "add" and step.thing.startswith(PLAN):
        state.clear()
    elif step.kind in ("add", "party"):
        state.pop(step.thing, None)
    elif step.kind == "withdraw" and step.thing.startswith(PARTY):
        state[step.thing] = {"unit": {"id": "", "text": step.title}}
    elif step.kind in WRITES and step.thing in state:
        state[step.thing].update({name: pair[0] for name, pair in step.changes.items() if is_pair(pair)})


def is_pair(value: Any) -> bool:
    """Whether it is [before, after]."""
    return isinstance(value, list) and len(value) == 2


def same(one: Plain, other: Plain) -> bool:
    """Whether two kept values are the same: a renamed row is the same row, and nothing is nothing however it is kept."""
    if isinstance(one, dict) and isinstance(other, dict):
        return bool(one.get("id") == other.get("id"))
    return bool(one == other) or (one in EMPTY and other in EMPTY)


EMPTY: tuple[Any, ...] = ("", None, False, 0, [])


def differing(before: State, after: State) -> dict[str, dict[str, tuple[Plain, Plain]]]:
    """What is not the same: for every thing the fields with [before, after]; a thing that is new or gone has all of its."""
    found: dict[str, dict[str, tuple[Plain, Plain]]] = {}
    for thing in sorted({*before, *after}):
        one, other = before.get(thing, {}), after.get(thing, {})
        fields = {
            name: (one.get(name), other.get(name))
            for name in sorted({*one, *other})
            if not same(one.get(name), other.get(name))
        }
        if fields or (thing in before) != (thing in after):
            found[thing] = fields
    return found
