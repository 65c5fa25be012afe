"""Generated logs: a handful of staff, persons and units whose facts cross each other in every way, over two months."""

import random
from datetime import date, timedelta

from samband.review.rules.facts import Act, Begun, Known, Log, Reader, Refusals, Visit, Whom

TODAY = date(2026, 11, 26)
NAMES = [("eva", "ek"), ("bo", "ek"), ("åsa", "holm"), ("li", "sten"), ("per", "gran"), ("tua", "holm")]
ROLES = ["nurse", "nurse", "physician"]
WEEK = tuple((d, 8 * 60, 17 * 60) for d in range(5))


def make(seed: int) -> tuple[Log, Known]:
    rng = random.Random(seed)
    staff, persons, units = range(1, 7), range(11, 21), range(31, 35)
    known = Known(
        readers={s: _reader(rng, s, persons, units) for s in staff if rng.random() < 0.95},
        persons={p: _whom(rng, p, staff, units) for p in persons if rng.random() < 0.95},
        hours={u: rng.choice([WEEK, WEEK, None]) for u in units},
        relations={(u, p): _spans(rng) for u in units for p in persons if rng.random() < 0.5},
        surnames={"ek": 20.0, "holm": rng.choice([1.0, 3.0, 9.0]), "sten": 0.5},
    )
    home = {s: (rng.choice(units), rng.choice(ROLES)) for s in staff}
    visits = {}
    for _n in range(rng.randint(10, 160)):
        s = rng.choice(staff)
        v = _visit(rng, s, *home[s], persons)
        visits[v.staff, v.person, v.unit, v.day] = v
    busy = rng.choice(staff)
    if rng.random() < 0.5:
        for p in range(11, 11 + rng.randint(3, 10)):
            v = Visit(busy, p, home[busy][0], home[busy][1], TODAY - timedelta(5), (rng.randint(300, 1200),), 7000 + p)
            visits[v.staff, v.person, v.unit, v.day] = v
    rows = tuple(visits.values())
    acts = tuple(Act(rng.choice(units), rng.choice(persons), _day(rng)) for _n in range(rng.randint(0, 60)))
    begun = tuple(
        Begun(v.staff, v.unit, v.person, v.day, max(0, v.minutes[0] + rng.randint(-90, 20)))
        for v in rng.sample(rows, min(6, len(rows)))
    )
    refusals = tuple(
        Refusals(s, home[s][0], home[s][1], TODAY - timedelta(d), rng.randint(1, 14), 9000 + s)
        for s, d in {(rng.choice(staff), rng.randint(0, 60)) for _n in range(5)}
    )
    return Log(TODAY - timedelta(44), TODAY, rows, refusals, acts, begun), known


def _day(rng: random.Random) -> date:
    return TODAY - timedelta(rng.randint(0, 75))


def _visit(rng, s, unit, role, persons) -> Visit:
    minutes = {rng.choice([rng.randint(0, 1439), rng.randint(480, 1020)]) for _n in range(rng.randint(1, 3))}
    return Visit(
        s, rng.choice(persons), unit, role, _day(rng), tuple(sorted(minutes)), rng.randint(1, 6999), len(minutes)
    )


def _spans(rng):
    first = _day(rng)
    return ((first, rng.choice([None, first + timedelta(rng.randint(0, 40))])),)


def _reader(rng, s, persons, units) -> Reader:
    own = rng.choice([None, rng.choice(persons)])
    near = frozenset(rng.sample(persons, rng.choice([0, 0, 1])))
    return Reader(s, NAMES[s - 1], own, near, frozenset(rng.sample(units, rng.randint(0, 2))))


def _whom(rng, p, staff, units) -> Whom:
    place = rng.choice([None, (59.9 + rng.randint(0, 4) * 0.0004, 16.8 + rng.randint(0, 3) * 0.0008)])
    worker = rng.choice([None, None, rng.choice(staff)])
    return Whom(
        p, ("x", rng.choice(["ek", "holm", "sten", "annan"])), rng.choice(["", "a 1|x", "b 2|x"]), place, rng.random() < 0.15,
        worker, frozenset(rng.sample(units, 1)) if worker else frozenset(),
        frozenset(rng.sample(NAMES, rng.choice([0, 0, 1]))), frozenset(rng.sample(staff, rng.choice([0, 0, 1]))),
        rng.random() < 0.1,
    )  # fmt: skip
