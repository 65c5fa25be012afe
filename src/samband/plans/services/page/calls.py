"""If … then … call, with who answers now."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.plans.models import Situation
from samband.plans.services.summary import answering, closes


def situations(rows: Iterable[Situation]) -> list[dict[str, Any]]:
    """If … then … call, with who answers now; what is going on first."""
    return [situation(row) for row in sorted(rows, key=lambda s: (s.ongoing_since is None, s.position, s.pk))]


def situation(row: Situation) -> dict[str, Any]:
    since = row.ongoing_since
    live = _("Pågår sedan %(when)s") % {"when": _since(since)} if since else ""
    return {
        "voice": row.trigger,
        "then": " ".join(filter(None, [row.steps_person, row.steps_staff])),
        "live": live,
        "picture": row.icon.removeprefix("p-") or "question",
        "edit_url": reverse("plans:situation", args=[row.public_id]),
        **ring(row),
    }


def _since(moment: datetime) -> str:
    today = clock.local(moment).date() == clock.today()
    return text.clock_time(moment) if today else text.spoken_time(moment)


def ring(row: Situation) -> dict[str, str]:
    """Whom to call: who, until when, who after that."""
    then = _("sedan %(unit)s") % {"unit": row.then_unit.name} if row.then_unit else ""
    if row.emergency or row.call_unit is None:
        first = _("sedan %(unit)s") % {"unit": row.call_unit.name} if row.call_unit else then
        return {"ring_name": "112", "ring_note": first, "phone": "112", "label": _("Ring 112")}
    unit = row.call_unit
    note = answering(unit)[1]
    if unit.always_open:
        note = _("svarar nu, dygnet runt")
    elif shuts := closes(unit):
        note = _("svarar till %(time)s") % {"time": text.clock_time(shuts)}
    return {"ring_name": unit.name, "ring_note": ", ".join(filter(None, [note, then])), "phone": unit.phone}
