"""Coverage of one evening and night as the lane chart draws it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.contact import rules
from samband.contact.models import NeedKind
from samband.contact.services import counters, coverage, spoken
from samband.contact.services.answers import reason_word
from samband.core import clock, text
from samband.core.policy import Actor
from samband.people.models import Area
from samband.ui import charts


def lanes_for(area: Area, actor: Actor, start: datetime | None = None) -> dict[str, Any]:
    """Context of contact/slots/tonight.html."""
    start, end, rows, gaps = coverage.tonight(area, start)
    local = rules.model.ZONE
    drawn = [
        {
            "label": str(NeedKind(row.need).label),
            "strong": any(not isinstance(p.value, rules.Line) for p in row.pieces),
            "bars": [bar(piece) for piece in row.pieces],
        }
        for row in rows
    ]
    chart = charts.lanes(drawn, start.astimezone(local), end.astimezone(local), now=clock.local_now())
    count = counters.count([area.pk], actor).get(area.pk, 0)
    return {
        "area": area,
        "lanes": chart,
        "lanes_title": _("Vem svarar i %(area)s i kväll och i natt") % {"area": area.name},
        "holes": [hole(gap, count) for gap in gaps],
        "span": f"{start.astimezone(local):%H}–{end.astimezone(local):%H}",
    }


def bar(piece: Any) -> dict[str, Any]:
    """A stretch as charts.lanes wants it."""
    answered = isinstance(piece.value, rules.Line)
    label = short(piece) if answered else ""
    return {
        "start": rules.moment_of(piece.start),
        "end": rules.moment_of(piece.end),
        "label": label,
        "hole": not answered,
    }


def short(piece: Any) -> str:
    """The unit's name rather than a person's: the board is about what is covered."""
    return piece.source.unit.name if piece.source is not None else piece.value.who


def hole(gap: rules.Gap, persons: int) -> dict[str, str]:
    """`I kväll 21.30–00.00, läkarbeslut` and what it means."""
    what = str(NeedKind(gap.need).label).lower()
    said = [*filter(None, [concerns(persons)]), _("Varför: %(why)s.") % {"why": reason_word(gap.reason)}]
    when = spoken.stretch(gap.start, gap.end)
    return {"when": f"{when[:1].upper()}{when[1:]}, {what}", "text": " ".join(said)}


def concerns(persons: int) -> str:
    """Empty where the reader sees nobody whom it concerns: that says nothing about whether there is somebody."""
    if not persons:
        return ""
    if counters.counts_plans():
        words = ngettext(
            "%(n)d person med plan som du ser berörs.", "%(n)d personer med plan som du ser berörs.", persons
        )
    else:
        words = ngettext("%(n)d person i vård som du ser berörs.", "%(n)d personer i vård som du ser berörs.", persons)
    return words % {"n": persons}


def clock_of(moment: datetime) -> str:
    return text.clock_time(moment)
