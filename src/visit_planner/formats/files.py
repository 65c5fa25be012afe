"""Reading and writing files of any of the formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..errors import InvalidInput, fail, get, items, number, record
from ..model import Problem
from ..plan import Item, Plan, Route, leg
from .day import NAME, read_day
from .public import read_public
from .write import write_day, write_public

PLAN = "visit-planner-plan/1"


def no_constant(name: str) -> float:
    """NaN and Infinity are not numbers of a plan."""
    raise ValueError(f"{name} is not a number")


def read_json(path: str | Path) -> dict[str, Any]:
    """The object in a JSON file."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"), parse_constant=no_constant)
    except OSError as error:
        raise InvalidInput(f"{path}: expected a readable file ({error.strerror})") from None
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{path}, line {error.lineno}, column {error.colno}: expected JSON ({error.msg})") from None
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{path}: expected JSON with finite numbers ({error})") from None
    return record(data, str(path))


def load_problem(path: str | Path) -> Problem:
    """A problem from a day file, an HHCRSP file or a UHHC file."""
    data = read_json(path)
    try:
        return problem_of(data)
    except InvalidInput as error:
        raise InvalidInput(f"{path}: {error}") from None
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise InvalidInput(f"{path}: not in the expected form ({type(error).__name__}: {error})") from None


def problem_of(data: dict[str, Any]) -> Problem:
    """Which of the formats it is."""
    if data.get("format") == NAME:
        return read_day(data)
    if "format" in data:
        raise fail("format", NAME, data["format"])
    if "routes" in data and "patients" not in data:
        raise fail("file", "a problem (a day, HHCRSP or UHHC file)", "a solution")
    if "patients" in data and ("central_offices" in data or "terminal_points" in data):
        return read_public(data)
    raise fail(
        "file",
        f"a day file (format {NAME}), an HHCRSP file (patients, central_offices) "
        "or a UHHC file (patients, metadata, terminal_points)",
        f"fields {', '.join(data) or 'none'}",
    )


def save_plan(problem: Problem, plan: Plan, path: str | Path) -> None:
    """Write a plan in the format of its problem's family."""
    data = write_day(problem, plan, PLAN) if problem.family == "day" else write_public(problem, plan)
    try:
        Path(path).write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path}: expected a place that can be written to ({error.strerror})") from None


def load_plan(problem: Problem, path: str | Path) -> Plan:
    """A plan (in either form) for this problem; ids are checked, rules are not."""
    data = read_json(path)
    try:
        return plan_from(problem, data)
    except InvalidInput as error:
        raise InvalidInput(f"{path}: {error}") from None
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise InvalidInput(f"{path}: not in the expected form ({type(error).__name__}: {error})") from None


def plan_from(problem: Problem, data: dict[str, Any]) -> Plan:
    """Routes from either form."""
    workers = {w.id: k for k, w in enumerate(problem.workers)}
    places = {name: k for k, name in enumerate(problem.places)}
    routes, planned = [], set()
    for n, row in enumerate(items(get(data, "routes", "file"), "routes", empty=True)):
        row = record(row, f"routes[{n}]")
        name = next((row[k] for k in ("worker", "caregiver_id", "caregiver") if row.get(k) is not None), None)
        if name not in workers:
            raise fail(f"routes[{n}]", "the id of a worker", name)
        w = workers[name]
        shift = int(number(row.get("shift", 1), f"routes[{n}].shift", 1, max(1, len(problem.workers[w].shifts)))) - 1
        if not problem.workers[w].shifts:
            raise fail(f"routes[{n}]", f"no route for {name}, who has no shift")
        rows = row.get("stops") if row.get("stops") is not None else row.get("locations")
        stops = [
            read_stop(
                problem,
                record(s, f"routes[{n}], stop {k + 1}"),
                f"routes[{n}] ({name}), stop {k + 1}",
                places,
                w,
                shift,
            )
            for k, s in enumerate(items(rows if rows is not None else [], f"routes[{n}], stops", empty=True))
        ]
        stops.sort(key=lambda i: (i.start, i.end))
        planned |= {i.visit for i in stops}
        if stops:
            first, last, day = stops[0], stops[-1], problem.workers[w].shifts[shift]
            routes.append(
                Route(
                    w,
                    shift,
                    tuple(stops),
                    first.start - leg(problem, w, day.leave, first.place),
                    last.end + leg(problem, w, last.place, day.arrive),
                )
            )
    return Plan(routes, [v.id for v in problem.visits if v.id not in planned])


def read_stop(problem: Problem, row: dict[str, Any], where: str, places: dict[str, int], w: int, shift: int) -> Item:
    """One stop of a route."""
    start = number(
        next(
            (row[k] for k in ("start", "start_time", "arrival_time", "start_service_time") if row.get(k) is not None),
            None,
        ),
        f"{where}, start",
    )
    end = number(
        next(
            (row[k] for k in ("end", "end_time", "departure_time", "end_service_time") if row.get(k) is not None), None
        ),
        f"{where}, end",
    )
    service = next((row[k] for k in ("service", "service_id") if row.get(k) is not None), None)
    name = next((row[k] for k in ("visit", "patient", "patient_id") if row.get(k) is not None), None)
    if row.get("break") or service == "lunch_break":
        place = row.get("place", name)
        if place not in places:
            raise fail(where, "the id of a place for the break", place)
        return Item("", 0, places[place], start, end)
    try:
        visit = problem.visit(str(name))
    except KeyError:
        raise fail(where, "the id of a visit", name) from None
    if row.get("part") is not None:
        part = int(number(row["part"], f"{where}, part", 1, len(visit.parts))) - 1
    else:
        known = [p.service for p in visit.parts]
        if service not in known:
            raise fail(where, f"one of {', '.join(known)} at {visit.id}", service)
        part = known.index(service)
    return Item(visit.id, part, visit.place, start, end)
