"""The forms of a plan. They hold what was written; `services` decides whether it may be saved."""

from samband.plans.forms.actions import ActionForm, AlongForm, MarkForm, OftenForm, PreviewForm, ProposalForm, SwapForm
from samband.plans.forms.base import (
    PartForm,
    person_title,
    spoken_refusal,
    staff_of,
)
from samband.plans.forms.icons import ICONS, PICTURES
from samband.plans.forms.parties import CapacityForm, PartyForm, StartForm, WithdrawForm
from samband.plans.forms.parts import (
    EventForm,
    FollowUpDoneForm,
    FollowUpForm,
    GoalForm,
    SituationForm,
    StoryForm,
    WordsForm,
)

__all__ = [
    "ICONS",
    "PICTURES",
    "ActionForm",
    "AlongForm",
    "CapacityForm",
    "EventForm",
    "FollowUpDoneForm",
    "FollowUpForm",
    "GoalForm",
    "MarkForm",
    "OftenForm",
    "PartForm",
    "PartyForm",
    "PreviewForm",
    "ProposalForm",
    "SituationForm",
    "StartForm",
    "StoryForm",
    "SwapForm",
    "WithdrawForm",
    "WordsForm",
    "person_title",
    "spoken_refusal",
    "staff_of",
]
