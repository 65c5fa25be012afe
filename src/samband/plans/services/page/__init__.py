"""What a person's page shows, as the parts of ui want it: plain values, no questions asked from the template."""

from samband.plans.services.page.around import parties, relatives
from samband.plans.services.page.band import done_act, occurrence_url, step
from samband.plans.services.page.calls import ring, situation, situations
from samband.plans.services.page.dates import brief
from samband.plans.services.page.grid import ICONS, NOBODY, OWN, cell, owner_of, owners, today_grid, week
from samband.plans.services.page.line import timeline

__all__ = [
    "ICONS",
    "NOBODY",
    "OWN",
    "brief",
    "cell",
    "done_act",
    "occurrence_url",
    "owner_of",
    "owners",
    "parties",
    "relatives",
    "ring",
    "situation",
    "situations",
    "step",
    "timeline",
    "today_grid",
    "week",
]
