"""The patterns once more, from their description, as plainly as possible: lists, loops, nothing kept ready.

Answers `{(pattern, staff, person or None, stamp)}`. Nothing here is shared with `samband.review.rules` but the plain facts.
"""

from datetime import timedelta
from statistics import median

from samband.review.rules.facts import Known, Log

Found = set[tuple[str, int, int | None, str]]


def expected(log: Log, known: Known, p: dict[str, dict[str, float]]) -> Found:
    found: Found = set()
    for v in log.visits:
        if v.day < log.since:
            continue
        me, whom = known.readers.get(v.staff), known.persons.get(v.person)
        month, day = v.day.isoformat()[:7], v.day.isoformat()
        if me and whom:
            found |= {(name, v.staff, v.person, month) for name in _about(me, whom, v, known, p)}
        if v.day + timedelta(p["no_act"]["days"]) <= log.today and _idle(v, log, known, int(p["no_act"]["days"])):
            found.add(("no_act", v.staff, v.person, month))
        if v.day + timedelta(p["started"]["days"]) <= log.today and _started(v, log, known, p["started"]):
            found.add(("started", v.staff, v.person, day))
        if _odd_hour(v, log, known, p["hours"]):
            others = {
                w.person
                for w in log.visits
                if (w.staff, w.day) == (v.staff, v.day) and _odd_hour(w, log, known, p["hours"])
            }
            found.add(("hours", v.staff, v.person if len(others) == 1 else None, day))
        if _many(v, log, p["volume"]):
            found.add(("volume", v.staff, None, day))
    for r in log.refusals:
        if r.day >= log.since and r.times >= p["refusals"]["least"]:
            found.add(("refusals", r.staff, None, r.day.isoformat()))
    return found | _crowds(log, known, p["celebrity"])


def _about(me, whom, v, known, p) -> set[str]:
    found = set()
    if me.own == whom.person:
        found.add("own")
    else:
        family = me.name[1]
        rare = family != "" and family == whom.name[1] and known.surnames.get(family, 0) <= p["relative"]["rare"]
        if whom.person in me.relative_of or me.name in whom.relatives or rare:
            found.add("relative")
        home = known.persons.get(me.own)
        if home and not home.hidden and not whom.hidden:
            close = home.place and whom.place and _flat(home.place, whom.place) <= p["neighbour"]["metres"]
            if close or (home.address and home.address == whom.address):
                found.add("neighbour")
    if whom.staff and whom.staff != me.staff and (p["colleague"]["reach"] == 2 or v.unit in whom.staff_units):
        found.add("colleague")
    return found


def _flat(a, b) -> float:
    """Metres on a flat map: within a promille of the great circle for neighbours."""
    from math import cos, hypot, pi

    metre = 6_371_000 * pi / 180
    return hypot((a[0] - b[0]) * metre, (a[1] - b[1]) * metre * cos((a[0] + b[0]) * pi / 360))


def _units(v, known) -> set[int]:
    me = known.readers.get(v.staff)
    return {v.unit} | (set(me.units) if me else set())


def _acted(units, person, first, last, log) -> bool:
    return any(a.unit in units and a.person == person and first <= a.day <= last for a in log.acts)


def _idle(v, log, known, days) -> bool:
    whom = known.persons.get(v.person)
    first, last = v.day - timedelta(days), v.day + timedelta(days)
    if whom and v.staff in whom.contacts:
        return False
    others = [w for w in log.visits if w.person == v.person and w.unit == v.unit and w.staff != v.staff]
    return not _acted(_units(v, known), v.person, first, last, log) and not any(first <= w.day <= last for w in others)


def _started(v, log, known, p) -> bool:
    for b in log.begun:
        if (b.staff, b.unit, b.person, b.day) != (v.staff, v.unit, v.person, v.day):
            continue
        if any(0 <= m - b.minute <= p["minutes"] for m in v.minutes):
            return not _acted(_units(v, known), v.person, v.day, v.day + timedelta(p["days"]), log)
    return False


def _odd_hour(v, log, known, p) -> bool:
    week = known.hours.get(v.unit)
    if week is None:
        return False
    for m in v.minutes:
        if any(d == v.day.weekday() and a - p["margin"] <= m < b + p["margin"] for d, a, b in week):
            continue
        days = {w.day for w in log.visits if w.staff == v.staff and w.day != v.day}
        near = {
            w.day
            for w in log.visits
            if w.staff == v.staff and w.day != v.day and any(abs(x - m) <= 60 for x in w.minutes)
        }
        if len(days) < 5 or len(near) / len(days) < p["share"] / 100:
            return True
    return False


def _persons(log, staff, day) -> int:
    return len({v.person for v in log.visits if v.staff == staff and v.day == day})


def _role(log, staff, day) -> str:
    return next(v.role for v in log.visits if v.staff == staff and v.day == day)


def _far_above(value, values, times) -> bool:
    if not values:
        return False
    m = median(values)
    return value > m + times * max(1.0, 1.4826 * median(abs(x - m) for x in values))


def _many(v, log, p) -> bool:
    count = _persons(log, v.staff, v.day)
    if count < p["least"]:
        return False
    every = {(w.staff, w.day) for w in log.visits}
    before = [_persons(log, s, d) for s, d in every if s == v.staff and d < v.day]
    peers = [_persons(log, s, d) for s, d in every if s != v.staff and _role(log, s, d) == v.role]
    if len(before) >= 5:
        mine = _far_above(count, before, p["times"])
        return mine and (not peers or _far_above(count, peers, p["times"]))
    return _far_above(count, peers, p["times"])


def _outside(v, log, known, days) -> bool:
    units = _units(v, known)
    part = any(
        first <= v.day and (last is None or v.day <= last)
        for unit in units
        for first, last in known.relations.get((unit, v.person), ())
    )
    return not part or not _acted(units, v.person, v.day - timedelta(days), v.day + timedelta(days), log)


def _crowds(log, known, p) -> Found:
    seen = [v for v in log.visits if v.day >= log.since]
    months = {(v.person, v.day.isoformat()[:7]) for v in seen}
    if not months:
        return set()
    outside = {
        (person, month): {
            v.staff
            for v in seen
            if (v.person, v.day.isoformat()[:7]) == (person, month) and _outside(v, log, known, int(p["days"]))
        }
        for person, month in months
    }
    counts = [len(staff) for staff in outside.values()]
    m = median(counts)
    many = max(p["readers"], m + p["times"] * max(1.0, 1.4826 * median(abs(c - m) for c in counts)))
    found: Found = set()
    for (person, month), staff in outside.items():
        whom = known.persons.get(person)
        if len(staff) >= many or (whom and whom.public):
            found |= {("celebrity", s, person, month) for s in staff if not (whom and whom.staff == s)}
    return found
