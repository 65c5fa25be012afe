"""Who has looked: the person's access list, readable (A2, A15)."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator

from samband.core import clock, text
from samband.core.models import AuditEvent
from samband.people.models import Organization, Person
from samband.web.services import words

PER_PAGE = 40


@dataclass(frozen=True)
class Entry:
    """One time that somebody saw or did something, in plain words."""

    day: date
    clock: str
    who: str
    where: str
    did: str
    times: int = 1
    number: int = 0


def entries(person: Person, number: str | int = 1, own_too: bool = False) -> tuple[Page, list[Entry]]:
    """A page of the list, newest first; the same thing done again and again within an hour is one line."""
    rows = (
        AuditEvent.objects.filter(subjects__person_id=person.pk, outcome="allow")
        .exclude(action="choose")
        .order_by("-id")
    )
    if not own_too:
        rows = rows.exclude(actor_kind="person")
    shown = Paginator(rows, PER_PAGE).get_page(number)
    units = _units(shown.object_list)
    found: list[Entry] = []
    for event in shown.object_list:
        entry = _entry(event, units)
        last = found[-1] if found else None
        same = last and (last.day, last.clock[:2], last.who, last.where, last.did) == (
            entry.day,
            entry.clock[:2],
            entry.who,
            entry.where,
            entry.did,
        )
        if same and last:
            found[-1] = replace(last, times=last.times + 1)
        else:
            found.append(entry)
    return shown, found


def _entry(event: AuditEvent, units: dict[int, str]) -> Entry:
    local = clock.local(event.at)
    return Entry(
        day=local.date(),
        clock=text.clock_time(event.at),
        who=event.actor_name,
        where=event.actor_label if event.actor_kind != "staff" else _joined(event, units),
        did=words.did(event),
        # The clock of Samband sees nothing: there is nothing to ask about it.
        number=event.pk if event.actor_kind in ("staff", "relative", "person") else 0,
    )


def _joined(event: AuditEvent, units: dict[int, str]) -> str:
    """`Sjuksköterska, Hemsjukvården Heby · Heby kommun`: what was written down then, and the provider."""
    provider = units.get(event.organization_id or 0, "")
    return f"{event.actor_label} · {provider}" if provider else event.actor_label


def _units(events) -> dict[int, str]:
    ids = {event.organization_id for event in events if event.organization_id}
    return dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))
