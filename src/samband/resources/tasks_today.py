"""Background work of the day: a proposal for what somebody told from the road."""

from django.core.exceptions import ValidationError
from django_tasks import task

from samband.resources.models import Happening


@task()
def make_proposal(happening_id: int) -> str:
    """Safe to do twice: what has a proposal or is decided is left. The planner can ask for one on the page as well."""
    from samband.resources.services import proposals

    row = Happening.objects.select_related("pool").get(pk=happening_id)
    if row.state != Happening.State.OPEN or row.proposal_id:
        return row.state
    try:
        proposals.propose(row)
    except ValidationError:
        return "no plan"
    return row.state
