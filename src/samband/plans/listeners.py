"""What is told when something happened that the plan publishes: proposals and their answers, a party that left."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.access.models import Party
from samband.core import events, notices
from samband.people.models import Assignment
from samband.people.services.actors import acting
from samband.plans.models import Proposal

notices.group("plan", _("Planer"))
notices.kind("plan.proposed", _("Ett förslag väntar på ert svar"), receipt=True, escalate_after=timedelta(days=2))
notices.kind("plan.proposal_answered", _("Ett förslag är besvarat"))
notices.kind(
    "party.withdrawn", _("En part har lämnat en plan"), receipt=True, escalate_after=timedelta(days=1), group="plan"
)


def _actor(assignment: Assignment | None):
    return acting(assignment) if assignment is not None else None


@events.listen("plan.proposed")
def proposed(proposal: Proposal) -> None:
    """The unit that is asked, or the one that has the action (P3)."""
    units = list(filter(None, [proposal.asked_unit_id or proposal.action.unit_id]))
    if units:
        notices.tell(
            "plan.proposed", reverse("plans:action", args=[proposal.action.public_id]), thing=proposal,
            person_id=proposal.person_id, once=str(proposal.public_id), units=units, by=_actor(proposal.assignment),
        )  # fmt: skip


@events.listen("plan.proposal_answered")
def answered(proposal: Proposal) -> None:
    """Whoever proposed it; and the answer is the receipt of the question."""
    by = _actor(proposal.answered_by)
    notices.dealt_with(proposal, by)
    if (
        proposal.assignment_id and proposal.kind != Proposal.Kind.TAKE
    ):  # about a unit that takes an action: services/telling
        notices.tell(
            "plan.proposal_answered", reverse("plans:action", args=[proposal.action.public_id]), thing=proposal,
            person_id=proposal.person_id, once=str(proposal.public_id), assignments=[proposal.assignment_id], by=by,
        )  # fmt: skip


@events.listen("party.withdrawn")
def withdrawn(party: Party) -> None:
    """The parties that stay, and the one that goes where it still takes part in the care (P6): somebody must look at what it did."""
    stay = list(
        Party.objects.filter(person_id=party.person_id, withdrawn_at__isnull=True).values_list("unit_id", flat=True)
    )
    if not stay and not party.person.consents.filter(withdrawn_at__isnull=True).exists():
        return  # the whole consent was taken back: one notice tells it (services/telling)
    notices.tell(
        "party.withdrawn", reverse("plans:person", args=[party.person.public_id]), thing=party, person_id=party.person_id,
        once=str(party.public_id), units=[*stay, party.unit_id],
    )  # fmt: skip
