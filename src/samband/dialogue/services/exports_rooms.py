"""What a dialogue in a room led to, as PDF, DOCX, CSV and JSON. The anonymity of the room holds here too: no names, own thoughts in
an order that tells nothing, agreement of the whole room alone. Only what is revealed and not hidden by those who lead."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.dialogue.models import Note, Room
from samband.dialogue.services import rooms_table
from samband.dialogue.services.reports import Report, Section, Table


@dataclass
class Said:
    """One round: its cards and what was said, by group; `spread`: how many agreed 1 … 5, None where it would tell of somebody."""

    number: int
    answers: int
    spread: list[int] | None
    tables: list[rooms_table.Table] = field(default_factory=list)

    def notes(self, room: Room, table: rooms_table.Table) -> Iterator[Note]:
        own = sorted(table.own, key=lambda note: note.text) if room.anonymous else table.own
        yield from [*table.group_notes, *table.more, *table.less, *own]


def said(room: Room) -> list[Said]:
    """Every round with what was said in it."""
    found = []
    for number in rooms_table.rounds(room):
        answers, spread = rooms_table.agreement(room, number)
        tables = [table for table in rooms_table.tables_of(room, number) if table.notes or table.card]
        found.append(Said(number, answers, spread, tables))
    return found


def _name(room: Room, note: Note) -> str:
    return "" if room.anonymous else note.said_by


def _group(table: rooms_table.Table) -> str:
    return _("Grupp %(n)s") % {"n": table.group.number} if table.group else _("Utan grupp")


def report(room: Room, rounds: list[Said]) -> Report:
    day = text.short_date(clock.local(room.created_at).date())
    kept = _("Anonymt: inga namn har sparats.") if room.anonymous else _("Med namn.")
    lead = [f"{room.unit.name}, {day}.", kept]
    sections: list[Section] = []
    for one in rounds:
        sections.append(Section(_("Omgång %(n)s") % {"n": one.number}, tables=_agreement(one)))
        sections += [_table(room, one, table) for table in one.tables]
    return Report(room.name, lead, sections, data(room, rounds))


def _agreement(one: Said) -> list[Table]:
    if not one.spread:
        return []
    head = [_("Samsyn, %(n)d svar") % {"n": one.answers}, "1", "2", "3", "4", "5"]
    return [Table(head, [[_("Antal"), *(str(number) for number in one.spread)]], head[0])]


def _table(room: Room, one: Said, table: rooms_table.Table) -> Section:
    names = dict(Note.Kind.choices)
    bullets = []
    for note in one.notes(room, table):
        by = _name(room, note)
        bullets.append(f"{names[note.kind]}: {note.text}{f' ({by})' if by else ''}")
    return Section(_group(table), 2, [table.card.front()] if table.card else [], bullets=bullets)


def csv_rows(room: Room, rounds: list[Said]) -> list[list[Any]]:
    rows: list[list[Any]] = [[_("Omgång"), _("Grupp"), _("Kort"), _("Slag"), _("Text"), _("Namn")]]
    names = dict(Note.Kind.choices)
    for one in rounds:
        for table in one.tables:
            about = [one.number, table.group.number if table.group else "", table.card.front() if table.card else ""]
            rows += [[*about, str(names[n.kind]), n.text, _name(room, n)] for n in one.notes(room, table)]
    return rows


def data(room: Room, rounds: list[Said]) -> dict[str, Any]:
    """For machines; `agreement` is null where it is not shown."""
    return {
        "name": room.name, "unit": room.unit.name, "date": clock.local(room.created_at).date().isoformat(),
        "anonymous": room.anonymous,
        "rounds": [
            {
                "number": one.number, "answers": one.answers, "agreement": one.spread,
                "groups": [
                    {
                        "group": table.group.number if table.group else None, "card": table.card.front() if table.card else None,
                        "notes": [{"kind": n.kind, "text": n.text, "name": _name(room, n)} for n in one.notes(room, table)],
                    }
                    for table in one.tables
                ],
            }
            for one in rounds
        ],
    }  # fmt: skip
