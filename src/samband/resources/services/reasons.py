"""Why a visit has no place: rule by rule, how many of the staff it keeps away."""

from collections import Counter
from typing import Any

from samband.resources.rules.needs import refused
from samband.resources.services.built import Built
from samband.resources.services.workers import WorkerDay
from visit_planner.plan import Plan

#: rule → what is said of it, Swedish and English; %d is how many
WORDS: dict[str, tuple[str, str]] = {
    "staff": ("Ingen arbetar den dagen.", "Nobody works that day."),
    "competence": ("%d har inte kompetensen.", "%d have not the competence."),
    "delegation": (
        "%d saknar delegering som gäller den dagen.",
        "%d have no delegation that is valid that day.",
    ),
    "loan": (
        "%d arbetar i en annan organisation, som inte lånar ut till det här besöket.",
        "%d work for another organisation, which does not lend to this visit.",
    ),
    "forbidden": ("%d ska inte komma hem till personen.", "%d are not to come to this person."),
    "shift": ("%d arbetar inte vid den tiden.", "%d do not work at that time."),
    "parts": (
        "%d kan komma, men besöket behöver fler samtidigt.",
        "%d can come, but the visit needs more people.",
    ),
    "room": (
        "%d kan göra besöket men har inte plats: andra besök väger tyngre eller ligger för nära.",
        "%d can do the visit but have no room: other visits weigh more or lie too close.",
    ),
}
ORDER = tuple(WORDS)


def reasons(built: Built, visit: str) -> list[dict[str, Any]]:
    """The rules that keep staff from it, for the part that the fewest can do; the gravest first."""
    if not built.workers:
        return [_said("staff", 0)]
    counted = [_part(built, visit, k) for k in range(len(built.problem.visit(visit).parts))]
    worst = min(counted, key=lambda c: c["room"])
    able = {w for k in range(len(counted)) for w in _able(built, visit, k)}
    if worst["room"] and len(able) < len(counted):
        worst["parts"], worst["room"] = len(able), 0
    return [_said(rule, worst[rule]) for rule in ORDER if worst[rule]]


def all_reasons(built: Built, plan: Plan) -> dict[str, list[dict[str, Any]]]:
    return {name: reasons(built, name) for name in plan.unserved}


def _said(rule: str, count: int) -> dict[str, Any]:
    swedish, english = WORDS[rule]
    filled = (swedish % count, english % count) if "%d" in swedish else (swedish, english)
    return {"rule": rule, "count": count, "sv": filled[0], "en": filled[1]}


def rule_of(built: Built, worker: WorkerDay, visit: str, part: int) -> str:
    """The first rule that keeps somebody from a part; "room": none does."""
    stop = built.problem.visit(visit)
    rule = refused(worker.able, built.needs[visit, part])
    if rule:
        return rule
    if worker.id in stop.forbidden:
        return "forbidden"
    low, high = stop.windows[0].start, stop.windows[-1].end
    minutes = stop.parts[part].duration
    if not any(
        max(built.minutes(a), low) + minutes <= built.minutes(b) and built.minutes(a) <= high for a, b in worker.spans
    ):
        return "shift"
    return "room"


def _part(built: Built, visit: str, part: int) -> Counter[str]:
    return Counter(rule_of(built, worker, visit, part) for worker in built.workers)


def _able(built: Built, visit: str, part: int) -> set[int]:
    return {w.staff_id for w in built.workers if rule_of(built, w, visit, part) == "room"}
