"""What meetings does when a module below tells it something."""

from typing import Any

from samband.access.models import Party
from samband.core import events
from samband.meetings.services import invites


@events.listen("party.withdrawn")
@events.listen("access.party_withdrawn")
def party_withdrawn(party: Party, **more: Any) -> None:
    """P6: the unit is called no longer, also in the middle of a meeting."""
    invites.unit_leaves(party)
