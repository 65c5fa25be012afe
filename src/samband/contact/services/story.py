"""A case as it is told: to the sender in plain words, to the unit with everything."""

from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from samband.contact.models import Case, CaseEvent, NeedKind
from samband.contact.services import queue
from samband.core import clock, text

Kind = CaseEvent.Kind
# What one unit writes to the next one when a case changes hands is for staff; that it changed hands is for all.
BETWEEN_UNITS = frozenset({Kind.HANDED, Kind.RETURNED})


@dataclass(frozen=True)
class Story:
    """What a page shows of a case."""

    case: Case
    state: str
    status: str
    sender: str
    need: str
    promised: str
    late: bool
    timeline: list[dict[str, Any]]


def story(case: Case, own: bool = False) -> Story:
    """`own`: what the sender may see, without the unit's notes and without hurry in red."""
    events = case.events.select_related("unit")
    rows = [event for event in events if event.shown or not own]
    return Story(
        case,
        ("ok" if not case.open else "warn" if case.owner_id is None else "ok") if own else queue.mark(case),
        status(case),
        sender(case),
        str(NeedKind(case.need).label),
        queue.promised(case) if case.open else "",
        bool(case.open and case.promised_at and case.promised_at <= clock.now()),
        [told(event, i == len(rows) - 1 and case.open, own) for i, event in enumerate(rows)][::-1],
    )


def status(case: Case) -> str:
    """Where it stands, in one sentence."""
    if not case.open:
        return _("Avslutat: %(how)s") % {"how": case.closed_how}
    if case.handed_at and case.handed_unit:
        return _("%(a)s har lämnat över till %(b)s och väntar på att de tar emot.") % {
            "a": case.unit.name,
            "b": case.handed_unit.name,
        }
    if case.owner:
        return _("%(name)s på %(unit)s har det.") % {"name": case.owner.staff.full_name, "unit": case.unit.name}
    return _("Ligger hos %(unit)s. Ingen har tagit det än.") % {"unit": case.unit.name}


def sender(case: Case) -> str:
    """Who asks, and in which capacity."""
    if case.sender_relative_id and case.sender_relative:
        return f"{case.sender_relative.full_name}, {case.sender_relative.relation}"
    if case.sender_staff_id and case.sender_staff:
        name = f"{case.sender_staff.staff.full_name}, {case.sender_staff.unit.name}"
        return f"{case.sender_name} ({name})" if case.sender_name else name
    if case.sender_kind == Case.Sender.PERSON and case.person:
        return case.person.full_name
    return case.sender_name or _("Inget namn")


def told(event: CaseEvent, latest: bool, own: bool = False) -> dict[str, Any]:
    """An event on the thread."""
    words = {
        Kind.HANDED: lambda: _("Lämnades över till %(unit)s") % {"unit": event.unit},
        Kind.RECEIVED: lambda: _("Togs emot av %(unit)s") % {"unit": event.unit},
        Kind.OPENED: lambda: _("Kom in till %(unit)s") % {"unit": event.unit},
    }.get(CaseEvent.Kind(event.kind), event.get_kind_display)()
    said = "" if own and event.kind in BETWEEN_UNITS else event.text
    if event.kind == Kind.PROMISED:
        at = parse_datetime(event.text) if event.text else None
        said = text.spoken_time(at) if at else ""
    elif event.kind == Kind.ESCALATED:
        said = _(event.text)
    who = ", ".join(part for part in (event.name, event.label) if part)
    return {
        "state": "now" if latest else "done",
        "when": text.spoken_time(clock.local(event.at)),
        "what": words,
        "said": said,
        "meta": who,
        "note": event.kind == Kind.NOTE,
        "voice": event.kind in (Kind.ADDED,),
    }
