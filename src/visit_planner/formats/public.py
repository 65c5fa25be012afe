"""The two public families: HHCRSP (Mankowska et al. 2014) and UHHC (Ceschia et al. 2026)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import fail, get, items, known, number, record, text, unique
from ..model import Break, Part, Price, Problem, Shift, Visit, Window, Worker

#: component names of the UHHC files and ours
UHHC_NAMES = {
    "travel_time": "travel",
    "total_tardiness": "tardiness",
    "highest_tardiness": "highest_tardiness",
    "total_waiting_time": "waiting",
    "total_extra_time": "overtime",
    "max_idle_time": "idle",
    "caregiver_preferences": "preferences",
    "optional_patients": "unserved",
    "missed_lunch_break": "missed_breaks",
}
#: components that are hard where the file does not name them
HARD_IF_ABSENT = ("preferences", "unserved", "missed_breaks")
ALWAYS_HARD = ("qualification", "incompabilities", "incompatibilities")
ENDLESS = 1e9
MINUTES = 1440.0  # of a day


def matrix(rows: Any, place: str, size: int | None = None) -> np.ndarray:
    """A square matrix of finite, non-negative minutes."""
    rows = items(rows, place)
    for k, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != len(rows):
            found = f"{len(row)} columns" if isinstance(row, list) else row
            raise fail(f"{place}, row {k}", f"a square matrix ({len(rows)} columns in every row)", found)
        for m, x in enumerate(row):
            if isinstance(x, bool) or not isinstance(x, (int, float)) or not 0 <= x < ENDLESS:
                raise fail(f"{place}, row {k}, column {m}", "a travel time of 0 or more minutes", x)
    if size is not None and len(rows) != size:
        raise fail(place, f"one row for each of the {size} places", f"{len(rows)} rows")
    return np.array(rows, np.float64)


def interval(value: Any, place: str, high: float = ENDLESS) -> tuple[float, float]:
    """[start, end] or {start, end} with 0 <= start <= end <= high."""
    if isinstance(value, dict):
        value = [get(value, "start", place), get(value, "end", place)]
    if not isinstance(value, list) or len(value) != 2:
        raise fail(place, "a start and an end", value)
    start, end = number(value[0], f"{place}, start", 0, high), number(value[1], f"{place}, end", 0, high)
    if start > end:
        raise fail(place, "a start that is not after the end", f"{start:g} > {end:g}")
    return start, end


def service_table(data: dict[str, Any]) -> dict[str, float | None]:
    """Service id -> default duration (or None)."""
    rows = [record(s, f"services[{k}]") for k, s in enumerate(items(get(data, "services", "file"), "services"))]
    names = [text(get(s, "id", f"services[{k}]"), f"services[{k}].id") for k, s in enumerate(rows)]
    unique(names, "service")
    return {
        n: None if s.get("default_duration") is None else number(s["default_duration"], f"service {n}", 0)
        for n, s in zip(names, rows, strict=True)
    }


def gap_of(sync: dict[str, Any], place: str) -> tuple[float, float]:
    """[min, max] of the starts of an ordered pair."""
    gap = sync.get("distance")
    if isinstance(gap, dict):
        gap = [get(gap, "min", place), get(gap, "max", place)]
    if not isinstance(gap, list) or len(gap) != 2:
        raise fail(place, "a distance [min, max] for the sequential services", gap)
    low, high = (number(x, place) for x in gap)
    if low > high:
        raise fail(place, "a distance whose min is not above its max", f"{low:g} > {high:g}")
    return low, high


def read_visit(
    row: dict[str, Any],
    place_number: int,
    name: str,
    services: dict[str, float | None],
    workers: set[str],
    uhhc: bool,
    horizon: float,
) -> Visit:
    """One patient."""
    where = f"patient {name}"
    needs = row.get("required_services") if row.get("required_services") is not None else row.get("required_caregivers")
    parts = []
    for k, need in enumerate(items(needs, f"{where}, required services")):
        need = record(need, f"{where}, required service {k}")
        service = get(need, "service", f"{where}, required service {k}")
        if service not in services:
            raise fail(f"{where}, required service {k}", "the id of a service", service)
        length = need.get("duration") or services[service]
        parts.append(Part(service, number(length, f"{where}, duration of {service}", 0)))
    if len(parts) > 2 or len({p.service for p in parts}) != len(parts):
        raise fail(where, "one service or two different ones", [p.service for p in parts])
    sync = record(row.get("synchronization") or {}, f"{where}, synchronization")
    kinds = {"simultaneous": "simultaneous", "sequential": "ordered", "independent": "independent"}
    if len(parts) == 2 and sync.get("type") not in kinds:
        raise fail(f"{where}, synchronization", "a type simultaneous, sequential or independent", sync.get("type"))
    kind = kinds[sync["type"]] if len(parts) == 2 else "independent"
    windows = row["time_windows"] if "time_windows" in row else [get(row, "time_window", where)]
    spans = [
        interval(w, f"{where}, time window", max(horizon, MINUTES)) for w in items(windows, f"{where}, time windows")
    ]
    for start, _ in spans:
        if start > horizon:
            raise fail(f"{where}, time window", f"a start within the day, which ends at {horizon:g}", start)
    if len(spans) > 3:
        raise fail(f"{where}, time windows", "at most three", len(spans))
    return Visit(
        name,
        place_number,
        tuple(parts),
        tuple(Window(*s) for s in sorted(spans)),
        kind,
        (gap_of(sync, f"{where}, synchronization"),) if kind == "ordered" else (),
        1.0 if row.get("optional") else None,
        preferred=known(row.get("preferred_caregivers"), workers, f"{where}, preferred caregivers", "caregiver"),
        forbidden=known(row.get("incompatible_caregivers"), workers, f"{where}, incompatible caregivers", "caregiver"),
    )


def rows_of(data: dict[str, Any], key: str, what: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Records and their unique ids."""
    rows = [record(r, f"{key}[{k}]") for k, r in enumerate(items(get(data, key, "file"), key))]
    names = [text(get(r, "id", f"{key}[{k}]"), f"{key}[{k}].id") for k, r in enumerate(rows)]
    unique(names, what)
    return rows, names


def read_prices(meta: dict[str, Any]) -> dict[str, Price]:
    """Weights of a UHHC file; HARD and absent components as the format says."""
    prices = {}
    for name, weight in record(get(meta, "cost_components", "metadata"), "metadata.cost_components").items():
        if weight is None or name in ALWAYS_HARD:
            continue
        if name not in UHHC_NAMES:
            raise fail("metadata.cost_components", f"one of {', '.join(UHHC_NAMES)}", name)
        hard = weight == "HARD"
        prices[UHHC_NAMES[name]] = Price(0.0 if hard else number(weight, f"metadata.cost_components.{name}", 0), hard)
    for name in HARD_IF_ABSENT:
        prices.setdefault(name, Price(0.0, True))
    return prices


def read_caregiver(
    row: dict[str, Any],
    name: str,
    services: Any,
    points: dict[str, int],
    lunch: Break | None,
    uhhc: bool,
    home: int,
    horizon: float,
) -> Worker:
    """One caregiver with one shift."""
    where = f"caregiver {name}"
    skills = known(get(row, "abilities", where), services, f"{where}, abilities", "service")
    if not uhhc:
        return Worker(name, skills, (Shift(0.0, ENDLESS, home, home),))
    ends = []
    for key in ("departing_point", "arrival_point"):
        point = row.get(key) or row.get("departing_point")
        if point not in points:
            raise fail(f"{where}, {key}", "the id of a terminal point", point)
        ends.append(points[point])
    start, end = interval(get(row, "working_shift", where), f"{where}, working shift", max(horizon, MINUTES))
    pause = lunch if row.get("lunch_break") else None
    return Worker(name, skills, (Shift(start, end, ends[0], ends[1], pause),))


def read_lunch(data: dict[str, Any], rows: list[dict[str, Any]], horizon: float) -> Break | None:
    """The one rule for lunch breaks."""
    rule = data.get("lunch_breaks")
    if rule is None:
        if any(r.get("lunch_break") for r in rows):
            raise fail("lunch_breaks", "start, end and min_duration, as caregivers are entitled to lunch")
        return None
    start, end = interval({k: rule.get(k) for k in ("start", "end")}, "lunch_breaks", max(horizon, MINUTES))
    return Break(start, end, number(get(rule, "min_duration", "lunch_breaks"), "lunch_breaks.min_duration", 0))


def read_public(data: dict[str, Any]) -> Problem:
    """A problem from the content of an HHCRSP or UHHC instance file."""
    uhhc = "metadata" in data and "terminal_points" in data
    services = service_table(data)
    people, names = rows_of(data, "patients", "patient")
    rows, workers = rows_of(data, "caregivers", "caregiver")
    horizon = MINUTES
    if uhhc:
        meta = record(data["metadata"], "metadata")
        if meta.get("origin", "generated") != "generated":
            raise fail("metadata.origin", "'generated'", meta["origin"])
        if meta.get("horizon") is not None:
            horizon = number(meta["horizon"], "metadata.horizon", 1)
        terminals, terminal_names = rows_of(data, "terminal_points", "terminal point")
        index = [
            number(get(p, "distance_matrix_index", n), f"{n}, distance_matrix_index", 0)
            for p, n in zip(terminals + people, terminal_names + names, strict=True)
        ]
        travel = matrix(get(data, "distances", "file"), "distances", len(index))
        if sorted(index) != list(range(len(index))):
            raise fail("distance_matrix_index", "every place to have its own row of the matrix")
        points = {n: int(i) for n, i in zip(terminal_names, index, strict=False)}
        places = [int(i) for i in index[len(terminals) :]]
        met = meta.get("time_window_met", "at_service_start")
        if met not in ("at_service_start", "at_service_end"):
            raise fail("metadata.time_window_met", "at_service_start or at_service_end", met)
        prices, at_end, scale = read_prices(meta), met == "at_service_end", 1.0
        all_rows = terminals + people
    else:
        offices, office_names = rows_of(data, "central_offices", "central office")
        if len(offices) != 1:
            raise fail("central_offices", "exactly one office", len(offices))
        travel = matrix(get(data, "distances", "file"), "distances", len(people) + 1)
        points, places = {office_names[0]: 0}, list(range(1, len(people) + 1))
        prices = {k: Price(1.0) for k in ("travel", "tardiness", "highest_tardiness")}
        prices["unserved"] = Price(0.0, True)
        at_end, scale, all_rows = False, 3.0, offices + people
    lunch = read_lunch(data, rows, horizon) if uhhc else None
    staff = tuple(
        read_caregiver(r, n, services, points, lunch, uhhc, 0, horizon) for r, n in zip(rows, workers, strict=True)
    )
    visits = tuple(
        read_visit(r, p, n, services, set(workers), uhhc, horizon)
        for r, p, n in zip(people, places, names, strict=True)
    )
    order = sorted(range(len(all_rows)), key=(list(points.values()) + places).__getitem__)
    labels = list(points) + names
    return Problem(
        staff,
        visits,
        {"default": travel},
        prices,
        tuple(labels[k] for k in order),
        at_end,
        scale,
        "uhhc" if uhhc else "hhcrsp",
        points=tuple(spot(all_rows[k]) for k in order),
    )


def spot(row: dict[str, Any]) -> tuple[float, float] | None:
    """Map position of a record, if it has one."""
    where = row.get("location")
    if isinstance(where, list) and len(where) == 2 and all(isinstance(x, (int, float)) for x in where):
        return float(where[0]), float(where[1])
    return None
