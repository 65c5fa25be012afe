"""The figures of a plan: what it costs and of what, and what people notice of it."""

from collections import defaultdict
from typing import Any

from samband.resources.services.built import Built
from visit_planner.plan import Plan

EVENING = 17 * 60


def figures(built: Built, plan: Plan) -> dict[str, Any]:
    """Plain numbers, kept in `DayPlan.figures` and shown. `continuity`: different staff in 14 days, today counted, the mean
    over the persons who have a visit."""
    parts = plan.components
    starts = plan.starts()
    late = _late(built, plan)
    faces = _faces(built, plan)
    return {
        "cost": round(plan.cost, 1),
        "components": {name: round(value, 1) for name, value in parts.items() if value},
        "feasible": plan.feasible,
        "visits": len(built.problem.visits),
        "placed": len(built.problem.visits) - len(plan.unserved),
        "unplaced": len(plan.unserved),
        "staff": len({r.worker for r in plan.routes}),
        "travel": round(parts.get("travel", 0.0), 1),
        "tardiness": round(parts.get("tardiness", 0.0), 1),
        "late": len(late),
        "latest": round(max(late.values(), default=0.0), 1),
        "overtime": round(parts.get("overtime", 0.0), 1),
        "crossing": int(parts.get("crossing", 0)),
        "language": int(parts.get("language", 0)),
        "unwanted": int(parts.get("unwanted", 0)),
        "missed_breaks": int(parts.get("missed_breaks", 0)),
        "changed": int(parts.get("change", 0)),
        "continuity": round(sum(map(len, faces.values())) / len(faces), 2) if faces else 0.0,
        "over_target": sum(len(f) > built.known.target.get(p, len(f)) for p, f in faces.items()),
        "doctor_evening": _evening(built, starts),
    }


def _late(built: Built, plan: Plan) -> dict[str, float]:
    """Visit → minutes after its window, of those that are late."""
    found: dict[str, float] = {}
    for (name, _part), (_worker, start) in plan.starts().items():
        after = start - built.problem.visit(name).windows[-1].end
        if after > 0.5:
            found[name] = max(after, found.get(name, 0.0))
    return found


def _faces(built: Built, plan: Plan) -> dict[int, set[int]]:
    """Person → the staff that she meets in 14 days with this plan."""
    found: dict[int, set[int]] = defaultdict(set)
    for (name, _part), (worker, _start) in plan.starts().items():
        found[built.visits[name].person_id].add(built.workers[worker].staff_id)
    return {person: faces | built.known.met.get(person, set()) for person, faces in found.items()}


def _evening(built: Built, starts: dict[tuple[str, int], tuple[int, float]]) -> int:
    """A doctor's visits that begin after 17."""
    return sum(
        start >= EVENING and built.needs[key].competence == "physician" for key, (_worker, start) in starts.items()
    )
