"""Our own day format, version 1 (JSON; described in docs/planner.md and by `SCHEMA`)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from ..errors import fail, get, items, known, number, record, text
from ..model import COMPONENTS, SYNCS, Break, Part, Price, Problem, Shift, Visit, Window, Worker
from .public import interval, matrix, rows_of, spot

NAME = "visit-planner/1"
DAY = 2880.0  # a plan may reach into the night after its day


def read_day(data: dict[str, Any]) -> Problem:
    """A problem from the content of a day file."""
    rows, places = rows_of(data, "places", "place")
    number_of = {name: k for k, name in enumerate(places)}
    travel = {
        means: matrix(m, f"travel.{means}", len(places))
        for means, m in record(get(data, "travel", "file"), "travel").items()
    }
    if not travel:
        raise fail("travel", "a matrix for at least one means of travel")
    staff, workers = rows_of(data, "workers", "worker")
    jobs, visits = rows_of(data, "visits", "visit")
    people = tuple(read_worker(r, n, number_of, travel) for r, n in zip(staff, workers, strict=True))
    todo = tuple(read_visit(r, n, number_of, set(workers)) for r, n in zip(jobs, visits, strict=True))
    judged = data.get("judged_at", "start")
    if judged not in ("start", "end"):
        raise fail("judged_at", "start or end", judged)
    problem = Problem(
        people,
        todo,
        travel,
        read_prices(data),
        tuple(places),
        judged == "end",
        points=tuple(spot({"location": r.get("position")}) for r in rows),
        promised=read_promised(data, {v.id: v for v in todo}, set(workers)),
    )
    check_locks(problem)
    return problem


def read_prices(data: dict[str, Any]) -> dict[str, Price]:
    """Weights by component; "hard" makes a rule of it."""
    prices = {}
    for name, value in record(data.get("prices") or {}, "prices").items():
        if name not in COMPONENTS:
            raise fail("prices", f"one of {', '.join(COMPONENTS)}", name)
        hard = value == "hard"
        prices[name] = Price(0.0 if hard else number(value, f"prices.{name}", 0), hard)
    if not prices:
        prices = {"travel": Price(1.0), "tardiness": Price(1.0), "overtime": Price(2.0)}
    prices.setdefault("unserved", Price(1.0))
    return prices


def place_of(value: Any, places: dict[str, int], where: str) -> int:
    """Number of a named place."""
    if not isinstance(value, str) or value not in places:
        raise fail(where, "the id of a place", value)
    return places[value]


def read_worker(row: dict[str, Any], name: str, places: dict[str, int], travel: Any) -> Worker:
    """One worker."""
    where = f"worker {name}"
    means = row.get("means", next(iter(travel)))
    if means not in travel:
        raise fail(f"{where}, means", f"one of {', '.join(travel)}", means)
    shifts = []
    for k, shift in enumerate(items(get(row, "shifts", where), f"{where}, shifts", empty=True)):
        at = f"{where}, shift {k + 1}"
        shift = record(shift, at)
        start, end = interval([get(shift, "start", at), get(shift, "end", at)], at, DAY)
        leave = place_of(get(shift, "from", at), places, f"{at}, from")
        pause = None
        if shift.get("break") is not None:
            rule = record(shift["break"], f"{at}, break")
            span = interval([get(rule, "start", f"{at}, break"), get(rule, "end", f"{at}, break")], f"{at}, break", DAY)
            pause = Break(*span, number(get(rule, "duration", f"{at}, break"), f"{at}, break, duration", 0, DAY))
        shifts.append(Shift(start, end, leave, place_of(shift.get("to", shift["from"]), places, f"{at}, to"), pause))
    ordered = sorted(shifts, key=lambda s: s.start)
    for a, b in pairwise(ordered):
        if b.start < a.end:
            raise fail(f"{where}, shifts", "shifts that do not overlap", f"{a.start:g}-{a.end:g} and {b.start:g}")
    return Worker(
        name,
        frozenset(strings(row, "competences", where)),
        tuple(shifts),
        means,
        row.get("employer") or "",
        frozenset(strings(row, "languages", where)),
    )


def strings(row: dict[str, Any], key: str, where: str) -> list[str]:
    """An optional list of texts."""
    return [text(x, f"{where}, {key}") for x in items(row.get(key) or [], f"{where}, {key}", empty=True)]


def read_visit(row: dict[str, Any], name: str, places: dict[str, int], workers: set[str]) -> Visit:
    """One visit."""
    where = f"visit {name}"
    parts = []
    for k, part in enumerate(items(get(row, "parts", where), f"{where}, parts")):
        at = f"{where}, part {k + 1}"
        part = record(part, at)
        parts.append(
            Part(
                text(get(part, "competence", at), f"{at}, competence"),
                number(get(part, "duration", at), f"{at}, duration", 0, DAY),
            )
        )
    if len(parts) > 3:
        raise fail(f"{where}, parts", "at most three", len(parts))
    sync = row.get("sync", "independent")
    if sync not in SYNCS:
        raise fail(f"{where}, sync", f"one of {', '.join(SYNCS)}", sync)
    gaps = read_gaps(row, where, sync, len(parts))
    windows = [
        interval(w, f"{where}, window {k + 1}", DAY)
        for k, w in enumerate(items(get(row, "windows", where), f"{where}, windows"))
    ]
    if len(windows) > 3:
        raise fail(f"{where}, windows", "at most three", len(windows))
    optional, started = bool(row.get("optional")), bool(row.get("started"))
    price = number(row.get("price", 1.0), f"{where}, price", 0) * number(
        row.get("priority", 1.0), f"{where}, priority", 0
    )
    locked = items(row.get("locked_workers") or [], f"{where}, locked_workers", empty=True)
    known([w for w in locked if w is not None], workers, f"{where}, locked_workers", "worker")
    if len(locked) > len(parts):
        raise fail(f"{where}, locked_workers", f"at most one for each of the {len(parts)} parts", locked)
    start = row.get("locked_start")
    who: dict[str, Any] = {
        key: known(row.get(key), workers, f"{where}, {key}", "worker")
        for key in ("preferred", "known", "unwanted", "forbidden")
    }
    return Visit(
        name,
        place_of(get(row, "place", where), places, f"{where}, place"),
        tuple(parts),
        tuple(Window(*w) for w in sorted(windows)),
        sync,
        gaps,
        price if optional else None,
        bool(row.get("hard")),
        row.get("person") or "",
        row.get("employer") or "",
        frozenset(strings(row, "languages", where)),
        **who,
        locked_workers=tuple(locked),
        locked_start=None if start is None else number(start, f"{where}, locked_start", 0, DAY),
        started=started,
    )


def read_gaps(row: dict[str, Any], where: str, sync: str, parts: int) -> tuple[tuple[float, float], ...]:
    """[min, max] between the starts of following parts of an ordered visit."""
    if sync != "ordered" or parts < 2:
        return ()
    gaps = []
    for k, gap in enumerate(items(get(row, "gaps", where), f"{where}, gaps")):
        if not isinstance(gap, list) or len(gap) != 2:
            raise fail(f"{where}, gap {k + 1}", "[min, max]", gap)
        low, high = number(gap[0], f"{where}, gap {k + 1}", 0, DAY), number(gap[1], f"{where}, gap {k + 1}", 0, DAY)
        if low > high:
            raise fail(f"{where}, gap {k + 1}", "a min that is not above its max", gap)
        gaps.append((low, high))
    if len(gaps) != parts - 1:
        raise fail(f"{where}, gaps", f"{parts - 1} of them", len(gaps))
    return tuple(gaps)


def read_promised(data: dict[str, Any], visits: dict[str, Visit], workers: set[str]) -> dict[tuple[str, int], str]:
    """Who was promised for which part."""
    out = {}
    for k, row in enumerate(items(data.get("promised") or [], "promised", empty=True)):
        at = f"promised[{k}]"
        row = record(row, at)
        visit, part = row.get("visit"), int(number(row.get("part", 1), f"{at}.part", 1, 3))
        if visit not in visits:
            raise fail(at, "the id of a visit", visit)
        if part > len(visits[visit].parts):
            raise fail(f"{at}.part", f"1 to {len(visits[visit].parts)}", part)
        if row.get("worker") not in workers:
            raise fail(at, "the id of a worker", row.get("worker"))
        out[visit, part - 1] = row["worker"]
    return out


def check_locks(problem: Problem) -> None:
    """Locks that cannot be kept are refused with the rule they break."""
    workers = {w.id: w for w in problem.workers}
    for visit in problem.visits:
        twice = [w for w, n in Counter(w for w in visit.locked_workers if w).items() if n > 1]
        if twice:
            raise fail(f"visit {visit.id}, locked_workers", "another worker for each part", twice[0])
        for k, name in enumerate(visit.locked_workers):
            rule = problem.may(workers[name], visit, k) if name else None
            if rule is not None:
                raise fail(f"visit {visit.id}, part {k + 1}", f"a lock that can be kept, but {name} {rule}")
            if name and not workers[name].shifts:
                raise fail(f"visit {visit.id}, part {k + 1}", f"a lock that can be kept, but {name} has no shift")
        start = visit.locked_start
        if start is None or visit.started:
            continue
        spans = " or ".join(f"{w.start:g}-{w.end:g}" for w in visit.windows)
        if visit.hard and not any(w.start <= start <= w.end for w in visit.windows):
            raise fail(f"visit {visit.id}, locked_start", f"a start within its hard window {spans}", start)
        if start < min(w.start for w in visit.windows):
            raise fail(f"visit {visit.id}, locked_start", f"a start not before its window {spans}", start)
