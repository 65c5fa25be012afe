"""The five figures of the desk and the lists behind them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samband.core import text
from samband.resources.models import DayPlan, Placement
from samband.resources.services import breaches
from samband.resources.services.sheet import Sheet, Shown, Stop, minute

FORTNIGHT = timedelta(days=14)


@dataclass
class Figure:
    """`key` names its list."""

    key: str
    figure: str
    label: str
    state: str = ""
    note: str = ""


@dataclass
class Line:
    """A row of a list. `visit`: what a press opens."""

    name: str
    note: str = ""
    window: str = ""
    right: str = ""
    visit: Any = None
    state: str = ""
    shift: Any = None
    extra: dict[str, Any] = field(default_factory=dict)


def figures(found: Sheet) -> list[Figure]:
    late = [s for s in found.stops if s.late or s.expected]
    left = [row for _visit, row in found.unplaced if not row.moved_to]
    travel = sum(s.travel for s in found.stops)
    met = different(found)
    average = sum(len(who) for who in met.values()) / len(met) if met else 0.0
    visits = len(found.visits)
    return [
        Figure("unplaced", str(len(left)), _("utan plats"), "act" if left else "ok"),
        Figure("late", str(len(late)), ngettext("blir sent", "blir sena", len(late)), "warn" if late else "ok"),
        Figure("changed", _("%(n)d av %(all)d") % {"n": _moved(found), "all": visits}, _("besök ändras")),
        Figure("travel", text.spoken_span(timedelta(minutes=travel)), _("restid") + _more(found, travel)),
        Figure("staff", f"{average:.1f}".replace(".", ","), _("olika personal på 14 dagar")),
    ]


def _moved(found: Sheet) -> int:
    return sum(1 for v in found.visits.values() if any(p.pk in found.changed for p in v.parts))


def _more(found: Sheet, travel: float) -> str:
    """Beside what holds now."""
    if not found.before or found.before.pk == found.plan.pk:
        return ""
    was = Placement.objects.filter(plan=found.before).aggregate(n=Sum("travel"))["n"] or 0
    n = round(travel - was)
    if not n:
        return ""
    return ", " + (_("%(n)d min mer") if n > 0 else _("%(n)d min mindre")) % {"n": abs(n)}


def different(found: Sheet) -> dict[int, set[int]]:
    """Whom each person that the reader sees by name meets in the fourteen days that end with this one."""
    met: dict[int, set[int]] = defaultdict(set)
    lanes = {lane.shift.pk: lane.shift.assignment.staff_id for lane in found.lanes}
    for stop in found.stops:
        if stop.visit.face and stop.shift in lanes:
            met[stop.visit.face.person].add(lanes[stop.shift])
    rows = Placement.objects.filter(
        plan__status=DayPlan.Status.PUBLISHED, plan__pool=found.plan.pool_id, plan__day__lt=found.day,
        plan__day__gt=found.day - FORTNIGHT, part__visit__person__in=list(met),
    ).values_list("part__visit__person_id", "shift__assignment__staff_id")  # fmt: skip
    for person, staff in rows.distinct():
        met[person].add(staff)
    return dict(met)


# The figures of the bar, in their order.
KEYS = ("unplaced", "late", "changed", "travel", "staff")


def lines(found: Sheet, key: str) -> list[Line]:
    """The list behind a figure."""
    make = {"late": _late, "changed": _changed, "travel": _travel, "staff": _staff}.get(key, _unplaced)
    return make(found)


def clock_of(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}.{minutes % 60:02d}"


def window(visit: Shown) -> str:
    a, b = visit.window
    return f"{clock_of(a)}–{clock_of(b)}" if b > a else clock_of(a)


def name(visit: Shown) -> str:
    return visit.label or _("Annan enhets besök")


def _what(visit: Shown) -> str:
    what = f"{visit.face.what}, " if visit.face and visit.face.what else ""
    pair = _("två personer, ") if len(visit.parts) == 2 else _("tre personer, ") if len(visit.parts) == 3 else ""
    return _("%(what)s%(pair)s%(n)d min") % {"what": what, "pair": pair, "n": visit.minutes}


def _unplaced(found: Sheet) -> list[Line]:
    out = []
    for visit, row in found.unplaced:
        why = reasons(row.reasons, visit.face is not None)
        if row.moved_to:
            why = _("Flyttas till %(day)s när planen publiceras.") % {"day": text.short_date(row.moved_to)}
        state = "warn" if row.moved_to else "act"
        out.append(
            Line(name(visit), _what(visit), window(visit), why, visit, state, extra={"moved": bool(row.moved_to)})
        )
    return out


def reasons(found: Iterable[Any], seen: bool = True) -> str:
    """What the search said, rule by rule. `seen`: the reader knows whose visit it is; else nothing that the person wants."""
    key = "en" if (get_language() or "sv").startswith("en") else "sv"
    rows = [r for r in found if isinstance(r, dict) and (seen or r.get("rule") not in breaches.PRIVATE)]
    said = [r.get(key) or r.get("sv", "") for r in rows]
    return " ".join(said) if said else _("Ingen har sökt plats åt det än")


def _staffed(found: Sheet, stop: Stop) -> str:
    lane = found.lane(stop.shift)
    return f"{clock_of(stop.start)} {lane.name if lane else ''}".strip()


def _late(found: Sheet) -> list[Line]:
    rows = sorted((s for s in found.stops if s.late or s.expected), key=lambda s: -max(s.late, s.expected))
    return [
        Line(
            name(s.visit), _staffed(found, s), window(s.visit), how_late(s), s.visit, "warn",
            extra={"expected": s.expected > 0},
        )
        for s in rows
    ]  # fmt: skip


def how_late(stop: Stop) -> str:
    """By the plan, or as it is likely to be from what is told from the road."""
    if not stop.expected:
        return _("%(n)d min sen") % {"n": stop.late}
    return _("väntas %(n)d min sen, trolig start %(at)s") % {"n": stop.expected, "at": clock_of(stop.likely)}


def _changed(found: Sheet) -> list[Line]:
    was = {}
    if found.before:
        rows = Placement.objects.filter(plan=found.before, part__in=found.changed)
        was = {
            part: f"{clock_of(minute(found.day, start))} {given} {family}"
            for part, start, given, family in rows.values_list(
                "part_id", "starts_at", "shift__assignment__staff__given_name",
                "shift__assignment__staff__family_name",
            )
        }  # fmt: skip
    now = {s.part.pk: _staffed(found, s) for s in found.stops}
    out = []
    for visit in found.visits.values():
        for part in visit.parts:
            if part.pk in found.changed:
                before, after = was.get(part.pk, _("utan plats")), now.get(part.pk, _("utan plats"))
                out.append(Line(name(visit), f"{before} → {after}", window(visit), "", visit))
    return out


def _travel(found: Sheet) -> list[Line]:
    total: dict[int, int] = defaultdict(int)
    count: dict[int, int] = defaultdict(int)
    for stop in found.stops:
        total[stop.shift] += stop.travel
        count[stop.shift] += 1
    lanes = sorted((lane for lane in found.lanes if count[lane.shift.pk]), key=lambda lane: -total[lane.shift.pk])
    return [
        Line(
            lane.name,
            ngettext("%(n)d besök", "%(n)d besök", count[lane.shift.pk]) % {"n": count[lane.shift.pk]},
            right=text.spoken_span(timedelta(minutes=total[lane.shift.pk])),
            shift=lane.shift,
        )
        for lane in lanes
    ]


def _staff(found: Sheet) -> list[Line]:
    first: dict[int, Shown] = {}
    for visit in found.visits.values():
        if visit.face:
            first.setdefault(visit.face.person, visit)
    met = sorted(different(found).items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        Line(name(first[p]), right=ngettext("%(n)d olika", "%(n)d olika", len(who)) % {"n": len(who)}, visit=first[p])
        for p, who in met
    ]
