"""The rows of a batch of generated persons, written in the order that their references need."""

from dataclasses import dataclass, field, fields
from typing import Any

from samband.access.models import Capacity, CareRelation, Consent, Party
from samband.people.models import ContactRole, Flag, Person, Relative
from samband.plans.models import (
    Action,
    Approval,
    CarePlan,
    FollowUp,
    Goal,
    OccurrenceState,
    PlanEvent,
    Proposal,
    Revision,
    Situation,
)

SIZE = 2000


@dataclass
class Rows:
    """What is to be written. The order of the fields is the order of writing."""

    persons: list[Person] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    relatives: list[Relative] = field(default_factory=list)
    contacts: list[ContactRole] = field(default_factory=list)
    relations: list[CareRelation] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    capacities: list[Capacity] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    plans: list[CarePlan] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    states: list[OccurrenceState] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    events: list[PlanEvent] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)

    def write(self) -> None:
        """Everything in bulk; the keys of parents are filled in on the way."""
        for part in fields(self):
            rows: list[Any] = getattr(self, part.name)
            if rows:
                type(rows[0])._default_manager.bulk_create(rows, batch_size=SIZE)
