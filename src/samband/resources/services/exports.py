"""The same files out: CSV that a spreadsheet never runs, and iCalendar. What comes out can be read in again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from samband.core import clock
from samband.core.policy import Actor
from samband.core.spreadsheet import sheet
from samband.people.models import Unit
from samband.resources.models import Competence, WorkShift
from samband.resources.rules import files
from samband.resources.services import delegations

BACK = timedelta(days=31)

# The headings are Swedish whatever the reader's language, as the files are read in again.
HEADS = {
    "shifts": [
        "Vem", "HSA-id", "Från", "Till", "Rast tidigast", "Rast senast", "Rast minuter", "Färdsätt", "Team", "Beredskap",
        "Nyckel",
    ],
    "competences": ["Vem", "HSA-id", "Kompetens", "Från", "Till och med"],
    "delegations": ["Till vem", "HSA-id", "Vad", "Från", "Till och med", "Av", "Återkallad", "Bara hos en person"],
}  # fmt: skip
EXAMPLES = {
    "shifts": [
        "Love Exempel",
        "",
        "2026-11-23 07.00",
        "2026-11-23 15.30",
        "11.00",
        "13.00",
        "30",
        "bil",
        "",
        "nej",
        "",
    ],
    "competences": ["Love Exempel", "", "Delegering", "2026-11-23", ""],
    "delegations": ["Love Exempel", "", "Ge insulin", "2026-11-23", "2027-05-31", "", "", ""],
}


def template(kind: str) -> str:
    """The file to start from."""
    return sheet([HEADS[kind], EXAMPLES[kind]])


def csv_file(actor: Actor, unit: Unit, kind: str) -> str:
    with override("sv"):
        rows = {"shifts": _shifts, "competences": _competences, "delegations": _delegations}[kind](actor, unit)
        return sheet([HEADS[kind], *rows])


def shifts_of(unit: Unit) -> QuerySet:
    """From a month back on."""
    rows = WorkShift.objects.filter(assignment__unit=unit, removed_at__isnull=True, ends_at__gt=clock.now() - BACK)
    return rows.select_related("assignment__staff", "assignment__unit", "team")


def _shifts(_actor: Actor, unit: Unit) -> list[list[Any]]:
    return [
        [
            row.assignment.staff.full_name, row.assignment.staff.hsa_id, _moment(row.starts_at), _moment(row.ends_at),
            f"{row.break_from:%H.%M}" if row.break_from else "", f"{row.break_to:%H.%M}" if row.break_to else "",
            row.break_minutes or "", row.get_means_display().lower(), row.team or "", "ja" if row.on_call else "nej",
            row.uid or uid(row),
        ]
        for row in shifts_of(unit)
    ]  # fmt: skip


def _moment(moment: Any) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H.%M}"


def uid(row: WorkShift) -> str:
    return f"{row.public_id}@samband"


def _competences(_actor: Actor, unit: Unit) -> list[list[Any]]:
    rows = Competence.objects.filter(assignment__unit=unit).select_related("assignment__staff")
    return [
        [r.assignment.staff.full_name, r.assignment.staff.hsa_id, r.get_kind_display(), r.starts_on, r.ends_on or ""]
        for r in rows
    ]


def _delegations(actor: Actor, unit: Unit) -> list[list[Any]]:
    """For whom one is meant that holds at one person only is not told; that it is, is."""
    return [
        [
            s.row.assignment.staff.full_name, s.row.assignment.staff.hsa_id, s.row.get_act_display(), s.row.starts_on,
            s.row.ends_on, s.row.given_by.staff.full_name,
            clock.local(s.row.withdrawn_at).date() if s.row.withdrawn_at else "", "ja" if s.bound else "",
        ]
        for s in delegations.shown(actor, delegations.of_unit(unit))
    ]  # fmt: skip


def calendar(rows: Iterable[WorkShift], named: bool) -> bytes:
    """`named`: a unit's calendar says whose shift it is; one's own says where."""
    return files.calendar(
        (
            files.Event(row.uid or uid(row), row.starts_at, row.ends_at, _summary(row, named))
            for row in rows
        ),
        clock.now(),
    )  # fmt: skip


def _summary(row: WorkShift, named: bool) -> str:
    if named:
        return row.assignment.staff.full_name
    return (_("Beredskap, %(unit)s") if row.on_call else _("Pass, %(unit)s")) % {"unit": row.assignment.unit}
