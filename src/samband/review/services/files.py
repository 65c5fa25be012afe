"""Log as files: what was searched for, and one person's list to hand out (A2). No cell is run by a spreadsheet."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.models import AuditEvent, AuditSubject
from samband.core.spreadsheet import safe
from samband.review.services.lines import Line, lines

MOST = 20_000  # lines of the log in one file
PART = 500
EVERYBODY = 10_000


class _Echo:
    def write(self, line: str) -> str:
        return line


def log_lines(events: Sequence[AuditEvent], cut: bool) -> Iterator[str]:
    """One row for each line of the log and person; a line about nobody has a row too."""
    head = [
        _("Tid"), _("Medarbetare"), _("Uppdrag"), _("Enhet"), _("Vårdgivare"), _("Vad"), _("Kod"), _("Personnummer"), _("Namn"),
        _("Regel"), _("Utfall"), _("Post"),
    ]  # fmt: skip
    return _file(head, events, _log_rows, cut)


def person_lines(events: Sequence[AuditEvent], cut: bool) -> Iterator[str]:
    """The list of one person, in words that she can read."""
    head = [_("Tid"), _("Vem"), _("Uppdrag"), _("Enhet"), _("Vårdgivare"), _("Vad"), _("Enligt")]
    return _file(head, events, _person_rows, cut)


def _file(head: list[str], events: Sequence[AuditEvent], rows: Any, cut: bool) -> Iterator[str]:
    """Line by line, with a mark so that spreadsheets see UTF-8."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(head)
    for at in range(0, len(events), PART):
        for line in lines(events[at : at + PART], EVERYBODY):
            for row in rows(line):
                yield writer.writerow([safe(cell) for cell in row])
    if cut:
        yield writer.writerow([_("Det finns fler rader. Välj en kortare tid.")])


def _log_rows(line: Line) -> Iterator[list[Any]]:
    outcome = _("nej") if line.refused else _("ja")
    before = [_time(line), line.who, line.label, line.unit, line.provider, line.did, line.event.action]
    after = [line.rule, outcome, line.key]
    for person in line.persons:
        yield [*before, person.shown_number, person.full_name, *after]
    if not line.persons:
        yield [*before, "", "", *after]


def _person_rows(line: Line) -> Iterator[list[Any]]:
    by = f"{line.rule}: {line.by_rule}" if line.by_rule else line.rule
    yield [_time(line), line.who, line.label, line.unit, line.provider, line.did, by]


def _time(line: Line) -> str:
    return f"{clock.local(line.at):%Y-%m-%d %H:%M:%S}"


def persons_of(events: Sequence[AuditEvent]) -> list[int]:
    """Everybody who stands in the file: what the making of it is entered with."""
    found: set[int] = set()
    for at in range(0, len(events), PART):
        keys = [event.pk for event in events[at : at + PART]]
        found |= set(AuditSubject.objects.filter(event_id__in=keys).values_list("person_id", flat=True))
    return sorted(found)
