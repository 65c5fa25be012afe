"""A day in the public UHHC form, for judges and planners that are not ours. Numbers only: no name, no place on a map.

The form knows less than Samband: at most two parts, one means of travel, one shift and one rule of breaks, whole minutes, one price
for leaving out. `restricted` says what a day loses; the rest is written as it is.
"""

from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from samband.resources.rules.prices import PRICES
from visit_planner.model import Break, Problem, Visit, Worker

#: what leaving out, and an idle minute, cost there: one price for all visits
LEFT_OUT = 800
NAMES = {
    "travel": "travel_time", "tardiness": "total_tardiness", "overtime": "total_extra_time",
    "preferences": "caregiver_preferences", "missed_breaks": "missed_lunch_break",
}  # fmt: skip


@dataclass
class Restricted:
    """An instance, and what of the day does not fit it: what → how many."""

    instance: dict[str, Any]
    lost: Counter[str] = field(default_factory=Counter)


def restricted(problem: Problem) -> Restricted:
    lost: Counter[str] = Counter()
    visits = [v for v in problem.visits if _fits(v, lost)]
    workers = [w for w in problem.workers if w.shifts]
    means = Counter(w.means for w in workers).most_common(1)
    way = means[0][0] if means else next(iter(problem.travel))
    lost["means"] += sum(w.means != way for w in workers)
    pauses = Counter(w.shifts[0].pause for w in workers if w.shifts[0].pause)
    pause = pauses.most_common(1)[0][0] if pauses else None
    ends = list(dict.fromkeys(place for w in workers for place in (w.shifts[0].leave, w.shifts[0].arrive)))
    rows = [*ends, *(v.place for v in visits)]
    points = {place: f"d{k}" for k, place in enumerate(ends)}
    skills = _skills(workers, visits)
    instance = {
        "metadata": {"time_window_met": "at_service_start", "origin": "generated", "cost_components": _prices(pause)},
        "terminal_points": [{"id": name, "distance_matrix_index": k} for k, name in enumerate(points.values())],
        "services": [{"id": s, "default_duration": 1} for s in sorted({s for kept in skills.values() for s in kept})],
        "caregivers": [_caregiver(w, skills[w.id], points, pause, lost) for w in workers],
        "patients": [_patient(v, len(ends) + k, {w.id for w in workers}, lost) for k, v in enumerate(visits)],
        "distances": [[ceil(problem.travel[way][a, b]) for b in rows] for a in rows],
    }  # fmt: skip
    if pause is not None:
        instance["lunch_breaks"] = {
            "start": ceil(pause.start), "end": int(pause.end), "min_duration": ceil(pause.duration)
        }  # fmt: skip
    return Restricted(instance, +lost)


def _fits(visit: Visit, lost: Counter[str]) -> bool:
    """What cannot be said is left out of the day; what can only be said more loosely is counted."""
    if len(visit.parts) > 2:
        lost["parts"] += 1
        return False
    lost["hard"] += visit.hard
    lost["locks"] += any(visit.locked_workers) or visit.locked_start is not None
    lost["known, unwanted or language"] += bool(visit.known or visit.unwanted or visit.languages)
    return True


def _services(visit: Visit) -> list[str]:
    """Two who do the same are two services there."""
    names = [p.service for p in visit.parts]
    return names if len(set(names)) == len(names) else [names[0], f"{names[0]} 2"]


def _skills(workers: list[Worker], visits: list[Visit]) -> dict[str, list[str]]:
    doubled = {names[0] for v in visits if len(names := _services(v)) == 2 and names[1] == f"{names[0]} 2"}
    asked = {name for v in visits for name in _services(v)}
    return {w.id: sorted((w.skills & asked) | {f"{s} 2" for s in w.skills & doubled}) for w in workers}


def _prices(pause: Break | None) -> dict[str, Any]:
    found: dict[str, Any] = {theirs: round(PRICES[ours]) for ours, theirs in NAMES.items()}
    if pause is None:
        del found["missed_lunch_break"]
    return found | {"optional_patients": LEFT_OUT}


def _caregiver(
    worker: Worker, skills: list[str], points: dict[int, str], pause: Break | None, lost: Counter[str]
) -> dict[str, Any]:
    shift = worker.shifts[0]
    lost["shifts"] += len(worker.shifts) > 1
    lost["breaks"] += shift.pause is not None and shift.pause != pause
    return {
        "id": worker.id, "abilities": skills, "departing_point": points[shift.leave], "arrival_point": points[shift.arrive],
        "working_shift": {"start": ceil(shift.start), "end": int(shift.end)},
        "lunch_break": pause is not None and shift.pause == pause,
    }  # fmt: skip


def _patient(visit: Visit, row: int, workers: set[str], lost: Counter[str]) -> dict[str, Any]:
    names = _services(visit)
    found: dict[str, Any] = {
        "id": visit.id,
        "required_services": [
            {"service": s, "duration": ceil(p.duration)} for s, p in zip(names, visit.parts, strict=True)
        ],
        "distance_matrix_index": row,
        "time_windows": [{"start": ceil(w.start), "end": max(ceil(w.start), int(w.end))} for w in visit.windows],
        "optional": True,
    }
    if len(visit.parts) == 2:
        kind = "sequential" if visit.sync == "ordered" else visit.sync
        found["synchronization"] = {"type": kind}
        if visit.sync == "ordered":
            low, high = visit.gap(0)
            found["synchronization"]["distance"] = {"min": ceil(low), "max": int(high)}
    for name, who in (("preferred_caregivers", visit.preferred), ("incompatible_caregivers", visit.forbidden)):
        if who & workers:
            found[name] = sorted(who & workers)
    return found
