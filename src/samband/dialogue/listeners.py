"""What dialogue tells, and what it hears: feedback on a routine that its owner calls an insight joins the outcomes."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samband.core import events, notices
from samband.dialogue.models import Outcome
from samband.dialogue.services import outcomes, sheets_steps

notices.group("dialogue", _("Dialog och förbättring"))
notices.kind(sheets_steps.DUE, _("Dagen har kommit för ditt nästa steg"))
notices.kind(outcomes.DUE, _("Dagen har kommit för ett åtagande"))
LONGEST = 1000


@events.listen("guideline.insight")
def insight(text: str, unit: int, guideline: UUID | str, guideline_name: str, **_more: Any) -> None:
    """`unit`: the unit's key; `guideline`: the routine's public id. Longer than an outcome holds, it is cut and says so."""
    words = text.strip()
    words = words if len(words) <= LONGEST else f"{words[: LONGEST - 2]} …"
    outcomes.put(
        Outcome(
            kind=Outcome.Kind.INSIGHT,
            text=words,
            unit_id=unit,
            origin_kind=Outcome.Origin.ROUTINE,
            origin=UUID(str(guideline)),
            origin_name=guideline_name[:200],
        )
    )
