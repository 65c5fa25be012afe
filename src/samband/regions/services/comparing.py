"""Two regions or all, side by side: by kind of fact and part of the account. A bounded number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.core.policy import Actor
from samband.regions.models import Body, Document, Goal, Region, SectionKey, Statement
from samband.regions.services import reading

FACTS = {
    "goals": gettext_lazy("Målår"),
    "documents": gettext_lazy("Styrande dokument"),
    "bodies": gettext_lazy("Samverkansorgan"),
}
PARTS: dict[str, Any] = {**FACTS, **{key.value: key.label for key in (*reading.EXPECTED, SectionKey.CASE)}}


@dataclass(frozen=True)
class Cell:
    """What a region says: `items` (text, nested). `missing`: that part is not in the source. Neither: nothing is said."""

    items: list[tuple[str, bool]]
    missing: bool = False


def chosen(actor: Actor, asked: Iterable[str]) -> list[Region]:
    """The regions asked for by code, in Swedish order; `alla` is every one. Unknown codes are passed over."""
    wanted = {code for part in asked for code in part.split(",")}
    places = list(reading.regions(actor))
    return places if "alla" in wanted else [place for place in places if place.code in wanted]


def table(actor: Actor, places: list[Region], part: str = "") -> list[dict[str, Any]]:
    """A row for each kind of fact or part (only `part`, if it is one), a cell for each region."""
    shown = {part: PARTS[part]} if part in PARTS else PARTS
    said = _said(actor, places)
    gaps = reading.gaps(actor, places)
    return [
        {
            "key": key,
            "label": label,
            "cells": [_cell(said[key][place.pk], key, gaps[place.pk]) for place in places],
        }
        for key, label in shown.items()
    ]


def _cell(items: list[tuple[str, bool]], key: str, gaps: list[SectionKey]) -> Cell:
    lacks = key in gaps or (key == "bodies" and SectionKey.COLLABORATION in gaps)
    return Cell(items, lacks and not items)


def _said(actor: Actor, places: list[Region]) -> dict[str, dict[int, list[tuple[str, bool]]]]:
    """By part, then region: the texts. Four queries."""
    found: dict[str, dict[int, list[tuple[str, bool]]]] = defaultdict(lambda: defaultdict(list))

    def rows(model: Any) -> Iterator[Any]:
        return reading.current(actor, model).filter(region__in=places).iterator()

    for goal in rows(Goal):
        words = reading.goal_words(goal)
        found["goals"][goal.region_id].append((f"{words}: {goal.text}" if goal.text and goal.year else words, False))
    for document in rows(Document):
        text = f"{document.name} ({document.year})" if document.year else document.name
        found["documents"][document.region_id].append((text, False))
    for body in rows(Body):
        text = f"{body.name} – {body.level}" if body.level else body.name
        found["bodies"][body.region_id].append((text, False))
    for said in rows(Statement):
        found[said.section][said.region_id].append((whole(said), said.parent_id is not None))
    return found


def whole(said: Statement) -> str:
    """The bold lead and the text, as one sentence."""
    return " – ".join(part for part in (said.heading, said.text) if part)


def lines(places: list[Region], rows: list[dict[str, Any]]) -> Iterator[list[str]]:
    """The table as rows of cells, for a file."""
    yield [_("Vad"), *(place.name for place in places)]
    for row in rows:
        yield [str(row["label"]), *(_text(cell) for cell in row["cells"])]


def _text(cell: Cell) -> str:
    if cell.missing:
        return _("saknas i källan")
    return "\n".join(f"  {text}" if nested else text for text, nested in cell.items)
