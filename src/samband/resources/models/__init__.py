from samband.resources.models.days import DayPlan, Placement, PlanJob, Unplaced
from samband.resources.models.happenings import Happening, VisitReport, VisitRequest
from samband.resources.models.moves import Move
from samband.resources.models.pools import Loan, Pool, PoolUnit, Team, TeamMember
from samband.resources.models.staffing import Competence, Delegation, WorkProfile, WorkShift
from samband.resources.models.visits import Act, ActionTerms, Tie, Visit, VisitItem, VisitPart
from samband.resources.models.worth import WorthReport

__all__ = [
    "Act",
    "ActionTerms",
    "Competence",
    "DayPlan",
    "Delegation",
    "Happening",
    "Loan",
    "Move",
    "Placement",
    "PlanJob",
    "Pool",
    "PoolUnit",
    "Team",
    "TeamMember",
    "Tie",
    "Unplaced",
    "Visit",
    "VisitItem",
    "VisitPart",
    "VisitReport",
    "VisitRequest",
    "WorkProfile",
    "WorkShift",
    "WorthReport",
]
