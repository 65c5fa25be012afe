"""Lines of the log in words: who, in which assignment, when, whose, what, by which rule, with what outcome (A15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from samband.core.models import AuditEvent, AuditSubject
from samband.core.opened import opened
from samband.people.models import Organization, Person, Unit
from samband.review import words

NAMED = 3


@dataclass(frozen=True)
class Line:
    """`persons` are the first few; `whose` is what the list says."""

    event: AuditEvent
    key: int
    at: datetime
    who: str
    label: str
    unit: str
    provider: str
    did: str
    persons: list[Person]
    more: int
    rule: str
    by_rule: str
    refused: bool

    @property
    def whose(self) -> str:
        names = ", ".join(p.full_name for p in self.persons)
        if not self.more:
            return names
        return ngettext("%(names)s och %(n)d till", "%(names)s och %(n)d till", self.more) % {
            "names": names,
            "n": self.more,
        }


def lines(events: Sequence[AuditEvent], named: int = NAMED) -> list[Line]:
    """In four queries however many lines; at most `named` persons of each."""
    about: dict[int, list[int]] = {event.pk: [] for event in events}
    pairs = AuditSubject.objects.filter(event_id__in=list(about)).order_by("event_id", "person_id")
    for event_id, person_id in pairs.values_list("event_id", "person_id"):
        about[event_id].append(person_id)
    persons = Person.objects.in_bulk({pk for found in about.values() for pk in found[:named]})
    units = _names(Unit, {e.unit_id for e in events})
    providers = _names(Organization, {e.organization_id for e in events})
    return [_line(event, about[event.pk], persons, units, providers, named) for event in events]


def _names(model: Any, keys: set[int | None]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))


def _line(
    event: AuditEvent,
    about: list[int],
    persons: dict[int, Person],
    units: dict[int, str],
    providers: dict[int, str],
    named: int,
) -> Line:
    shown = [persons[pk] for pk in about[:named] if pk in persons]
    return Line(
        event=event, key=event.pk, at=event.at, who=event.actor_name, label=event.actor_label,
        unit=units.get(event.unit_id or 0, ""), provider=providers.get(event.organization_id or 0, ""),
        did=opened(event) or words.did(event.action), persons=shown, more=max(0, len(about) - len(shown)), rule=event.rule,
        by_rule=words.by_rule(event.rule), refused=event.outcome != "allow",
    )  # fmt: skip


def shown_persons(found: Sequence[Line]) -> set[int]:
    """Whom the reader has seen by name: what her own reading is entered with."""
    return {person.pk for line in found for person in line.persons}
