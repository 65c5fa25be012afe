"""The day as tables: for whoever reads without the chart, and on paper."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from samband.resources.services.desk_lists import clock_of, name
from samband.resources.services.sheet import Lane, Sheet, Stop


@dataclass
class Row:
    at: str
    who: str
    what: str
    area: str
    visit: Any
    travel: int
    late: int
    locked: bool
    moved: bool
    expected: int = 0


@dataclass
class Table:
    """Somebody's day."""

    lane: Lane
    hours: str
    rows: list[Row] = field(default_factory=list)


def tables(found: Sheet) -> list[Table]:
    by_shift: dict[int, list[Stop]] = {}
    for stop in sorted(found.stops, key=lambda s: s.start):
        by_shift.setdefault(stop.shift, []).append(stop)
    return [
        Table(lane, f"{clock_of(lane.start)}–{clock_of(lane.end)}", [_row(s) for s in by_shift.get(lane.shift.pk, [])])
        for lane in found.lanes
    ]


def _row(stop: Stop) -> Row:
    face = stop.visit.face
    return Row(
        f"{clock_of(stop.start)}–{clock_of(stop.end)}", name(stop.visit), face.what if face else "", stop.visit.area,
        stop.visit.key, stop.travel, stop.late, stop.locked, stop.moved, stop.expected,
    )  # fmt: skip


def words() -> dict[str, str]:
    """What the script says."""
    return {
        "masked": _("Annan enhets besök"),
        "late": _("min sen"),
        "expected": _("väntas %(n)s min sen"),
        "likely": _("trolig start"),
        "waits": _("%(n)s min sen"),
        "locked": _("låst"),
        "moved": _("flyttat i utkastet"),
        "away": _("Borta"),
        "none": _("Ingen medarbetare passar urvalet."),
        "failed": _("Det gick inte att nå servern. Inget är ändrat."),
        "moving": _("Flyttar …"),
        "saved": _("Sparat."),
        "window": _("fönster"),
        "break": _("rast"),
        "now": _("nu"),
        "oncall": _("beredskap"),
        "unplaced": _("utan plats"),
        "nowhere": _("Kartan har inga punkter för det valda."),
        "route": _("Vägen för"),
        "choose": _("Välj ett besök eller en medarbetare för att se vägen."),
        "together": _("samtidigt med"),
        "hidden": _("Andra enheters besök visas per medarbetare."),
    }
