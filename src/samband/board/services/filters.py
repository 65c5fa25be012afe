"""Area, unit, watched persons and numbers: what may be chosen, what is chosen, and how it is remembered.

The address carries the ids of area and unit, whether only watched persons show, and the names of numbers; the choice is
kept in the session, so that every way back to the board shows the same persons. At log-in the view that the assignment
opens with is chosen.
"""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from samband.board.models import View
from samband.board.services.kinds import KINDS
from samband.board.services.scope import Scope
from samband.core.http import Request
from samband.core.policy import Actor
from samband.people.models import Area, Unit

KEY = "board_filter"
NAMES = ("area", "unit", "watched", "show")


@dataclass(frozen=True, slots=True)
class Near:
    """A unit that may be chosen: what the chooser shows of it. A county's coordinator has hundreds."""

    pk: int
    public_id: UUID
    name: str
    area_id: int | None


class _AnyRow:
    """Stands where the id of a row goes in a query."""

    public_id = "*"


@dataclass(frozen=True)
class Choice:
    """The areas and units that the assignment reaches, and what is chosen. `kinds`: the numbers that show (none: all)."""

    areas: tuple[Area, ...] = ()
    units: tuple[Near, ...] = ()
    area: Area | None = None
    unit: Unit | Near | None = None
    inside: dict[int, tuple[int, ...]] = field(default_factory=dict)
    watched: bool = False
    kinds: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """`area=…&unit=…&watched=1&show=…`, empty where nothing is chosen. Ids and names of numbers: nothing to escape."""
        pairs = [(name, str(row.public_id)) for name, row in (("area", self.area), ("unit", self.unit)) if row]
        pairs += [("watched", "1")] if self.watched else []
        pairs += [("show", ",".join(self.kinds))] if self.kinds else []
        return "&".join(f"{name}={value}" for name, value in pairs)

    def but(self, **other: Any) -> str:
        """The query of the same choice with something else; `area=` where nothing is left of it."""
        return replace(self, **other).query or "area="

    def same(self, area: int | None, unit: int | None, watched: bool, kinds: list[str]) -> bool:
        """Whether this is what a saved view holds."""
        mine = (self.area and self.area.pk, self.unit and self.unit.pk, self.watched, set(self.kinds))
        return mine == (area, unit, watched, set(kinds))

    @property
    def title(self) -> str:
        """What the heading names: `Heby`, `Heby vårdcentral, Heby`, or everything."""
        if self.area or self.unit:
            return ", ".join(x.name for x in (self.unit, self.area) if x)
        tops = dict.fromkeys((area.parent or area).name for area in self.areas)
        if 0 < len(tops) <= 2:
            return _(" och ").join(tops)
        return _("alla era enheter")

    def scope(self, actor: Actor) -> Scope:
        areas = self.inside.get(self.area.pk, (self.area.pk,)) if self.area else ()
        mine = actor.assignment_id if self.watched else None
        return Scope(actor, area_ids=areas, unit_id=self.unit.pk if self.unit else None, watched_by=mine)

    def links(self, name: str) -> tuple[tuple[str, str, bool], ...]:
        """What the chooser shows of `area` or `unit`: label, query, whether it is chosen. A county has hundreds."""
        rows, mine = (self.areas, self.area) if name == "area" else (self.units, self.unit)
        before, after = self.but(**{name: _AnyRow}).split(_AnyRow.public_id)
        return tuple(
            (row.name, f"{before}{row.public_id}{after}", mine is not None and row.pk == mine.pk) for row in rows
        )


def choice(request: Request) -> Choice:
    """The choice of this request: from the address where it says something, else as it was left.

    Raises Http404 for an area or unit that the assignment does not reach: it does not exist for the one who asks.
    """
    actor: Actor = request.actor
    rows = Unit.objects.filter(pk__among=actor.unit_ids)
    units = tuple(Near(*row) for row in rows.values_list("pk", "public_id", "name", "area_id"))
    areas, inside = _areas(units)
    if any(name in request.GET for name in NAMES):
        found = Choice(
            areas, units, _pick(areas, request.GET.get("area", "")), _pick(units, request.GET.get("unit", "")), inside,
            request.GET.get("watched") == "1", _kinds(request.GET.getlist("show")),
        )  # fmt: skip
        keep(request, found)
    elif (kept := request.session.get(KEY) or {}).get("for") == actor.assignment_id:
        area = next((a for a in areas if str(a.public_id) == kept.get("area")), None)
        unit = next((u for u in units if str(u.public_id) == kept.get("unit")), None)
        watched, shown = bool(kept.get("watched")), _kinds(kept.get("kinds", []))
        found = Choice(areas, units, area, unit, inside, watched, shown)
    else:
        found = _at_log_in(actor, Choice(areas, units, inside=inside))
        keep(request, found)
    return replace(found, unit=rows.get(pk=found.unit.pk)) if found.unit else found


def keep(request: Request, chosen: Choice) -> None:
    """Remember it for the session, as long as the assignment is the same."""
    kept = {
        "for": request.actor.assignment_id,
        "area": str(chosen.area.public_id) if chosen.area else "",
        "unit": str(chosen.unit.public_id) if chosen.unit else "",
        "watched": chosen.watched,
        "kinds": list(chosen.kinds),
    }
    if request.session.get(KEY) != kept:
        request.session[KEY] = kept


def _at_log_in(actor: Actor, everything: Choice) -> Choice:
    """The view that the assignment opens with; everything where there is none, or where its area or unit is out of reach."""
    view = View.objects.filter(assignment_id=actor.assignment_id or 0, ended_at__isnull=True, first=True).first()
    return (view and of_view(everything, view)) or everything


def of_view(everything: Choice, view: View) -> Choice | None:
    """What the view chooses; None where the assignment does not reach its area or unit any more."""
    area = next((a for a in everything.areas if a.pk == view.area_id), None)
    unit = next((u for u in everything.units if u.pk == view.unit_id), None)
    if (view.area_id and area is None) or (view.unit_id and unit is None):
        return None
    return replace(everything, area=area, unit=unit, watched=view.watched, kinds=_kinds(view.kinds))


def showing(chosen: Choice, shown: list[str]) -> Choice:
    """The same choice with these numbers."""
    return replace(chosen, kinds=_kinds(shown))


def _kinds(asked: list[str]) -> tuple[str, ...]:
    """The numbers that are named and exist, in the board's order; all of them is the same as none."""
    named = {slug for part in asked for slug in part.split(",")}
    found = tuple(kind.slug for kind in KINDS if kind.slug in named)
    return () if len(found) == len(KINDS) else found


def _areas(units: tuple[Near, ...]) -> tuple[tuple[Area, ...], dict[int, tuple[int, ...]]]:
    """The areas where the units work, the municipalities around them, and the districts of those."""
    known = Area.objects.in_bulk()
    for area in known.values():
        area.parent = known.get(area.parent_id or 0)  # all are here: no join, and no second copy of each
    near = {unit.area_id for unit in units if unit.area_id is not None}
    near |= {known[pk].parent_id or pk for pk in near}
    near |= {area.pk for area in known.values() if area.parent_id in near}
    found = {pk: known[pk] for pk in near}
    inside = {pk: [pk] for pk in found}
    for area in found.values():
        if area.parent_id in inside:
            inside[area.parent_id].append(area.pk)
    rows = sorted(
        found.values(), key=lambda a: (a.parent.name if a.parent else a.name, a.parent_id is not None, a.name)
    )
    return tuple(rows), {pk: tuple(ids) for pk, ids in inside.items()}


def _pick(rows: tuple, public_id: str):
    if not public_id:
        return None
    try:
        wanted = UUID(public_id)
    except ValueError:
        raise Http404 from None
    found = next((row for row in rows if row.public_id == wanted), None)
    if found is None:
        raise Http404
    return found
