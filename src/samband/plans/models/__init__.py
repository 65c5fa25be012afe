from samband.plans.models.actions import Action, OccurrenceState, Participant
from samband.plans.models.agreement import Approval, RelativeNote
from samband.plans.models.careplan import CarePlan, FollowUp, Goal, PlanEvent
from samband.plans.models.corrections import Correction
from samband.plans.models.handovers import Handover, HandoverItem
from samband.plans.models.history import Proposal, Revision
from samband.plans.models.situations import Situation

__all__ = [
    "Action",
    "Approval",
    "CarePlan",
    "Correction",
    "FollowUp",
    "Goal",
    "Handover",
    "HandoverItem",
    "OccurrenceState",
    "Participant",
    "PlanEvent",
    "Proposal",
    "RelativeNote",
    "Revision",
    "Situation",
]
