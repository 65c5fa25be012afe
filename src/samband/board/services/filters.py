"""Area and unit: what may be chosen, what is chosen, and how it is remembered.

The address carries the ids of area and unit only; the choice is kept in the session, so that every way back to the
board shows the same persons.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from samband.board.services.scope import Scope
from samband.core.http import Request
from samband.core.policy import Actor
from samband.people.models import Area, Unit

KEY = "board_filter"


@dataclass(frozen=True, slots=True)
class Near:
    """A unit that may be chosen: what the chooser shows of it. A county's coordinator has hundreds."""

    pk: int
    public_id: UUID
    name: str
    area_id: int | None


@dataclass(frozen=True)
class Choice:
    """The areas and units that the assignment reaches, and the one chosen of each."""

    areas: tuple[Area, ...] = ()
    units: tuple[Near, ...] = ()
    area: Area | None = None
    unit: Unit | None = None
    inside: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """`area=…&unit=…`, empty where nothing is chosen."""
        return self._query(self.area, self.unit)

    @property
    def title(self) -> str:
        """What the heading names: `Heby`, `Heby vårdcentral, Heby`, or everything."""
        if self.area or self.unit:
            return ", ".join(str(x) for x in (self.unit, self.area) if x)
        tops = dict.fromkeys((area.parent or area).name for area in self.areas)
        if 0 < len(tops) <= 2:
            return _(" och ").join(tops)
        return _("alla era enheter")

    def scope(self, actor: Actor) -> Scope:
        areas = self.inside.get(self.area.pk, (self.area.pk,)) if self.area else ()
        return Scope(actor, area_ids=areas, unit_id=self.unit.pk if self.unit else None)

    def links(self) -> dict[str, Any]:
        """What the chooser shows; `all` takes the choice away."""
        area, unit = (row.pk if row else None for row in (self.area, self.unit))
        return {
            "areas": [
                {"label": a.name, "query": self._query(a, self.unit), "current": a.pk == area} for a in self.areas
            ],
            "units": [
                {"label": u.name, "query": self._query(self.area, u), "current": u.pk == unit} for u in self.units
            ],
            "all_areas": self._query(None, self.unit) or "area=",
            "all_units": self._query(self.area, None) or "unit=",
        }

    @staticmethod
    def _query(area: Area | None, unit: Unit | Near | None) -> str:
        # Ids are hexadecimal figures and hyphens: nothing to escape.
        return "&".join(f"{name}={row.public_id}" for name, row in (("area", area), ("unit", unit)) if row)


def choice(request: Request) -> Choice:
    """The choice of this request: from the address where it says something, else as it was left.

    Raises Http404 for an area or unit that the assignment does not reach: it does not exist for the one who asks.
    """
    actor: Actor = request.actor
    rows = Unit.objects.filter(pk__in=actor.unit_ids)
    units = tuple(Near(*row) for row in rows.values_list("pk", "public_id", "name", "area_id"))
    areas, inside = _areas(units)
    if "area" in request.GET or "unit" in request.GET:
        area = _pick(areas, request.GET.get("area", ""))
        unit = _pick(units, request.GET.get("unit", ""))
        chosen = {
            "for": actor.assignment_id,
            "area": str(area.public_id) if area else "",
            "unit": str(unit.public_id) if unit else "",
        }
        if request.session.get(KEY) != chosen:
            request.session[KEY] = chosen
    else:
        kept = request.session.get(KEY) or {}
        kept = kept if kept.get("for") == actor.assignment_id else {}
        area = next((a for a in areas if str(a.public_id) == kept.get("area")), None)
        unit = next((u for u in units if str(u.public_id) == kept.get("unit")), None)
    return Choice(areas, units, area, rows.get(pk=unit.pk) if unit else None, inside)


def _areas(units: tuple[Near, ...]) -> tuple[tuple[Area, ...], dict[int, tuple[int, ...]]]:
    """The areas where the units work, the municipalities around them, and the districts of those."""
    known = Area.objects.select_related("parent").in_bulk()
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
