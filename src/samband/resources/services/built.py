"""A day as the planner sees it, and the way back to shifts, visits and times."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from samband.resources.models import DayPlan, Placement, Pool, Visit, VisitPart
from samband.resources.rules.needs import Need
from samband.resources.services.known import Known
from samband.resources.services.workers import WorkerDay
from visit_planner.model import Problem
from visit_planner.plan import Plan

Key = tuple[str, int]


@dataclass
class Built:
    """`problem` and what its names stand for. Parts are numbered as in the problem: from 0, in order of VisitPart.number.

    Minutes run from midnight of the day, Swedish time, as they pass (a day may have 23 or 25 hours).
    """

    pool: Pool
    day: date
    plan: DayPlan | None
    origin: datetime
    problem: Problem
    workers: list[WorkerDay]
    visits: dict[str, Visit]
    parts: dict[Key, VisitPart]
    needs: dict[Key, Need]
    known: Known
    start: Plan | None = None
    now: datetime | None = None
    placed: list[Placement] = field(default_factory=list)

    def minutes(self, moment: datetime) -> float:
        return (moment - self.origin).total_seconds() / 60.0

    def moment(self, minutes: float) -> datetime:
        return self.origin + timedelta(minutes=minutes)

    def worker(self, name: str) -> WorkerDay:
        """By her name in the problem."""
        return next(w for w in self.workers if w.id == name)
