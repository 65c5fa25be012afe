"""The desk's day as compact data for its script. It holds what the sheet holds and nothing more: the mask is already on."""

from typing import Any

from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.policy import Actor
from samband.people.models import Unit
from samband.plans.models import Action
from samband.resources.models import DayPlan, Visit
from samband.resources.services.sheet import Lane, Sheet, Shown, Stop, minute

EARLIEST, LATEST = 7 * 60, 21 * 60  # the axis shows at least this
STATES = {Visit.Status.STARTED: "s", Visit.Status.DONE: "d", Visit.Status.NOT_DONE: "n"}


def data(actor: Actor, found: Sheet, may: bool) -> dict[str, Any]:
    """`may`: whether the reader changes the draft."""
    groups, areas = _groups(found), sorted({v.area for v in found.visits.values() if v.area})
    units = {unit.pk: k for k, unit in enumerate(groups)}
    staff = {lane.shift.pk: k for k, lane in enumerate(found.lanes)}
    visits = {pk: k for k, pk in enumerate(found.visits)}
    now = minute(found.day, clock.now())
    teams = sorted({name for lane in found.lanes for name in lane.teams})
    return {
        "version": found.plan.version,
        "may": may and found.plan.status == DayPlan.Status.DRAFT,
        "axis": _axis(found),
        "now": now if 0 <= now <= 1440 else None,
        "groups": [_group(actor, unit) for unit in groups],
        "teams": teams,
        "areas": areas,
        "skills": {value: str(label) for value, label in Action.Competence.choices},
        "staff": [_staff(lane, units, teams) for lane in found.lanes],
        "visits": [_visit(v, areas) for v in found.visits.values()],
        "stops": [_stop(s, visits, staff) for s in found.stops if s.shift in staff],
    }


def _axis(found: Sheet) -> list[int]:
    starts = [lane.start for lane in found.lanes] + [s.start for s in found.stops]
    ends = [lane.end for lane in found.lanes] + [s.end for s in found.stops]
    return [min([EARLIEST, *starts]) // 60 * 60, -(-max([LATEST, *ends]) // 60) * 60]


def _groups(found: Sheet) -> list[Unit]:
    return list({lane.shift.assignment.unit_id: lane.shift.assignment.unit for lane in found.lanes}.values())


def _group(actor: Actor, unit: Unit) -> dict[str, Any]:
    own = unit.pk in actor.unit_ids
    note = _("era egna besök") if own else _("ni ser område och längd tills ett besök är ert")
    return {"n": f"{unit.organization.name}, {unit.name}", "o": unit.organization.name, "own": own, "note": note}


def _staff(lane: Lane, units: dict[int, int], teams: list[str]) -> dict[str, Any]:
    shift = lane.shift
    out: dict[str, Any] = {
        "k": str(shift.public_id), "n": lane.name, "r": shift.assignment.title, "g": units[shift.assignment.unit_id],
        "a": lane.start, "b": lane.end, "c": sorted(lane.skills),
    }  # fmt: skip
    if lane.teams:
        out["t"] = [teams.index(name) for name in sorted(lane.teams)]
    if lane.away:
        out["x"] = lane.away
    if shift.on_call:
        out["oc"] = 1
    if shift.break_minutes and shift.break_from and shift.break_to:
        out["br"] = [_wall(shift.break_from), _wall(shift.break_to), shift.break_minutes]
    return out


def _wall(moment: Any) -> int:
    return moment.hour * 60 + moment.minute


def _visit(visit: Shown, areas: list[str]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "k": str(visit.key), "w": list(visit.window), "p": [[p.competence, p.minutes] for p in visit.parts],
    }  # fmt: skip
    if visit.area:
        out["a"] = areas.index(visit.area)
    if visit.sync == "simultaneous" and len(visit.parts) > 1:
        out["sim"] = 1
    place = visit.spot
    if visit.face:
        place = visit.face.place
        out |= {"n": visit.face.name, "q": str(visit.face.key), "d": visit.face.what}
        if visit.face.status in STATES:
            out["s"] = STATES[Visit.Status(visit.face.status)]
    if place:
        out["m"] = [round(place[0], 4), round(place[1], 4)]
    return out


def _stop(stop: Stop, visits: dict[int, int], staff: dict[int, int]) -> list[int]:
    """visit, part, staff, start, end, travel, flags (1 locked, 2 time locked, 4 moved), late minutes; where it is likely to be
    later than its window, how many minutes and from when."""
    flags = stop.locked + 2 * stop.locked_time + 4 * stop.moved
    found = [
        visits[stop.visit.pk], stop.part.number, staff[stop.shift], stop.start, stop.end, stop.travel, flags, stop.late,
    ]  # fmt: skip
    return [*found, stop.expected, stop.likely] if stop.expected else found
