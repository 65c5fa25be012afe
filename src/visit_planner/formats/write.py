"""Solutions in the families' own formats."""

from __future__ import annotations

from typing import Any

from ..model import Problem
from ..plan import Plan


def whole(x: float) -> float | int:
    """Whole minutes as integers."""
    return int(x) if float(x).is_integer() else round(x, 6)


def write_public(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Routes as the public checkers read them (HHCRSP and UHHC)."""
    routes = []
    for route in plan.routes:
        worker = problem.workers[route.worker]
        stops = []
        for item in route.items:
            if item.is_break:
                stops.append(
                    {
                        "patient": problem.places[item.place],
                        "service": "lunch_break",
                        "start_time": whole(item.start),
                        "end_time": whole(item.end),
                    }
                )
                continue
            visit = problem.visit(item.visit)
            stops.append(
                {
                    "patient": item.visit,
                    "service": visit.parts[item.part].service,
                    "arrival_time": whole(item.start),
                    "departure_time": whole(item.end),
                }
            )
        routes.append({"caregiver_id": worker.id, "locations": stops})
    return {"routes": routes, "cost": plan.cost, "cost_components": plan.components}


def write_day(problem: Problem, plan: Plan, name: str) -> dict[str, Any]:
    """A plan in our own form, with its price, components and what it breaks."""
    routes = []
    for route in plan.routes:
        stops: list[dict[str, Any]] = []
        for item in route.items:
            stop: dict[str, Any] = {"break": True} if item.is_break else {"visit": item.visit, "part": item.part + 1}
            stops.append(
                {**stop, "place": problem.places[item.place], "start": whole(item.start), "end": whole(item.end)}
            )
        routes.append(
            {
                "worker": problem.workers[route.worker].id,
                "shift": route.shift + 1,
                "departure": whole(route.departure),
                "return": whole(route.back),
                "stops": stops,
            }
        )
    return {
        "format": name,
        "routes": routes,
        "unserved": plan.unserved,
        "cost": whole(plan.cost),
        "components": {k: whole(v) for k, v in plan.components.items()},
        "violations": plan.violations,
    }
