"""The 21 regions on one page: a row each with what is known, and the map's measure. A bounded number of queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from samband.core.policy import Actor
from samband.core.text import fold
from samband.regions.models import Body, Document, Goal, Region, SectionKey, Theme
from samband.regions.rules import heat, tiles
from samband.regions.services import reading, themes

SORTS = ("name", "goal", "documents", "bodies", "joint", "gaps", "theme")
ONLY = ("goal", "nogoal", "gaps")


@dataclass
class Row:
    """`bodies`, `joint` None: the source has no such part, which is not 0. `cell`: the chosen theme."""

    region: Region
    documents: int
    bodies: int | None
    joint: int | None
    goals: list[Goal] = field(default_factory=list)
    gaps: list[SectionKey] = field(default_factory=list)
    cell: heat.Cell = heat.Cell(None, 0)

    @property
    def goal(self) -> str:
        return ", ".join(reading.goal_words(goal) for goal in self.goals)

    @property
    def year(self) -> int | None:
        return min((goal.year for goal in self.goals if goal.year), default=None)

    @property
    def empty(self) -> bool:
        """Nothing at all has been read about the region."""
        return len(self.gaps) == len(reading.EXPECTED)


def rows(actor: Actor, theme: Theme | None = None) -> list[Row]:
    """Every region in Swedish order."""
    places = list(reading.regions(actor))
    known = reading.counted(actor)
    gaps = reading.gaps(actor, places, known)
    documents, bodies = _per_region(actor, Document), _per_region(actor, Body)
    goals: dict[int, list[Goal]] = defaultdict(list)
    for goal in reading.current(actor, Goal):
        goals[goal.region_id].append(goal)
    count = themes.counts(actor, [theme])[theme.pk] if theme else Counter()
    most = heat.highest(count.values())
    return [
        Row(
            region,
            documents[region.pk],
            None if SectionKey.COLLABORATION in gaps[region.pk] and not bodies[region.pk] else bodies[region.pk],
            None if SectionKey.JOINT in gaps[region.pk] else known.get((region.pk, SectionKey.JOINT), (0, 0))[1],
            goals[region.pk],
            gaps[region.pk],
            heat.cell(count[region.pk], bool(gaps[region.pk]), most),
        )
        for region in places
    ]


def _per_region(actor: Actor, model: Any) -> Counter[int]:
    found = reading.current(actor, model).order_by().values_list("region_id").annotate(n=Count("pk"))
    return Counter(dict(found))


def narrowed(found: list[Row], query: str, only: str) -> list[Row]:
    """By a word of the name, and by what the account has or lacks."""
    words = fold(query).split()
    if words:
        found = [row for row in found if all(word in fold(row.region.name) for word in words)]
    if only == "goal":
        return [row for row in found if row.year]
    if only == "nogoal":
        return [row for row in found if not row.year]
    return [row for row in found if row.gaps] if only == "gaps" else found


def ordered(found: list[Row], sort: str, down: bool) -> list[Row]:
    """By a column; what is missing comes last whichever way."""
    keys = {
        "goal": lambda row: row.year,
        "documents": lambda row: row.documents,
        "bodies": lambda row: row.bodies,
        "joint": lambda row: row.joint,
        "gaps": lambda row: len(row.gaps),
        "theme": lambda row: row.cell.count,
    }
    if sort not in keys:
        return found[::-1] if down else found
    there = [row for row in found if keys[sort](row) is not None]
    return sorted(there, key=keys[sort], reverse=down) + [row for row in found if keys[sort](row) is None]


def sea(found: list[Row]) -> dict[str, Any]:
    """The map: every region that has a tile, its level and words; and the legend."""
    drawn = [(row, place) for row in found if (place := tiles.tile(row.region.code))]
    most = heat.highest(row.cell.count or 0 for row, _place in drawn)
    return {
        "width": tiles.WIDTH,
        "height": tiles.HEIGHT,
        "size": tiles.SIZE,
        "tiles": [{"row": row, "place": place} for row, place in drawn],
        "bounds": heat.bounds(most),
    }
