"""When a routine is shown at a step of care. Pure: plain facts in, an order out.

A word in `words` is the beginning of a word in the step's text; with a star in front it may stand inside a compound
(`*sår` finds *bensåret*). Å, ä and ö are letters of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 3  # beside one step; more than that nobody reads


@dataclass(frozen=True)
class Where:
    """One place of a routine, with what decides the order. Words are folded."""

    kind: str
    value: str
    words: tuple[str, ...]
    guideline: int
    level: str
    unit: int


@dataclass(frozen=True)
class Step:
    """What is known of a step: `kind` action, situation or step; `text` is folded, each word after a blank.

    `value`: its picture (or the step's code); `units`: those that do it and those of the reader, as primary keys.
    """

    kind: str
    text: str
    value: str = ""
    competence: str = ""
    needs: frozenset[str] = frozenset()
    units: frozenset[int] = frozenset()


def applies(where: Where, step: Step) -> bool:
    """Whether the place is this step. A unit's local routine is shown where that unit has to do with it, nowhere else."""
    if where.level == "local" and where.unit not in step.units:
        return False
    if where.kind == "competence":
        return step.kind == "action" and where.value == step.competence and said(where, step)
    if where.kind == "need":
        return (not where.value or where.value in step.needs) and said(where, step)
    return where.kind == step.kind and (not where.value or where.value == step.value) and said(where, step)


def said(where: Where, step: Step) -> bool:
    """Any of the words stands in the text; no words ask for nothing."""
    return not where.words or any(
        (word[1:] in step.text) if word.startswith("*") else f" {word}" in step.text for word in where.words if word
    )


def shown(places: Iterable[Where], step: Step) -> list[int]:
    """The routines to show, each once: the unit's own before the common ones, then in the order they were given."""
    found: dict[int, str] = {}
    for where in places:
        if where.guideline not in found and applies(where, step):
            found[where.guideline] = where.level
    return sorted(found, key=lambda pk: found[pk] != "local")[:MOST]
