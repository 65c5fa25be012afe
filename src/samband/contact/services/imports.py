"""Shifts read from a file: a dry run that answers row by row, then all of it or nothing."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samband.contact.models import Rota, RotaShift
from samband.contact.rules import files
from samband.core import audit, policy, text
from samband.core.policy import Actor
from samband.people.models import Assignment
from samband.people.models.staff import current


@dataclass(frozen=True)
class Line:
    """One row of the report: what will happen, and what to mind."""

    row: files.Row
    state: str
    word: str
    note: str = ""
    assignment: Assignment | None = None

    @property
    def new(self) -> bool:
        return self.state in ("ok", "warn")


def bad_file(code: str) -> str:
    """Why nothing of the file can be read."""
    return {
        "big": _("Filen är större än 200 kB. Dela den."),
        "many": _("Filen har mer än 2 000 pass. Dela den."),
        "letters": _("Filen går inte att läsa som text. Spara den som CSV (UTF-8) eller iCalendar."),
        "heads": _("Första raden ska ha rubrikerna från; till; vem; telefon."),
        "empty": _("Filen innehåller inga pass."),
    }[code]


def wrong(code: files.Wrong) -> str:
    """What is wrong with a row, and what was expected."""
    return {
        files.Wrong.START: _("Starttiden går inte att läsa. Skriv 2026-11-23 16.00."),
        files.Wrong.END: _("Sluttiden går inte att läsa. Skriv 2026-11-23 22.00."),
        files.Wrong.ORDER: _("Sluttiden är inte efter starttiden. Ett pass över midnatt slutar nästa dag."),
        files.Wrong.LONG: _("Passet är längre än 31 dygn."),
        files.Wrong.WHO: _("Det står inte vem som har passet."),
        files.Wrong.REPEATS: _("Upprepade händelser läses inte. Exportera de enskilda passen."),
        files.Wrong.MISSING: _("Händelsen har ingen starttid."),
    }[code]


def report(rota: Rota, rows: list[files.Row]) -> list[Line]:
    """What each row would do. Known rows are left alone; overlaps are allowed and said."""
    people: dict[str, list[Assignment]] = {}
    for person in Assignment.objects.filter(current(), unit__organization=rota.unit.organization).select_related(
        "staff"
    ):
        for key in (text.fold(person.staff.full_name), person.staff.hsa_id.casefold()):
            people.setdefault(key, []).append(person)
    good = [row for row in rows if row.start and row.end]
    known: list[RotaShift] = []
    if good:
        near = RotaShift.objects.filter(rota=rota, removed_at__isnull=True)
        known = list(near.filter(starts_at__lt=max(r.end for r in good), ends_at__gt=min(r.start for r in good)))  # type: ignore[type-var]
    taken = [(s.starts_at, s.ends_at) for s in known]
    found = []
    for row in rows:
        line = _line(rota, row, people, known, taken)
        if line.new and row.start and row.end:
            taken.append((row.start, row.end))
        found.append(line)
    return found


def _line(rota: Rota, row: files.Row, people: dict, known: list[RotaShift], taken: list) -> Line:
    if row.wrong:
        return Line(row, "act", _("fel"), wrong(row.wrong))
    here = people.get(text.fold(row.who), []) or people.get(row.who.casefold(), [])
    own = [a for a in here if a.unit_id == rota.unit_id] or here
    if len({a.staff_id for a in own}) > 1:
        return Line(row, "act", _("fel"), _("Flera heter så. Skriv HSA-id i stället."))
    person = own[0] if own else None
    for shift in known:
        same_who = (shift.assignment_id == person.pk) if person else text.fold(shift.who) == text.fold(row.who)
        if (shift.starts_at, shift.ends_at) == (row.start, row.end) and same_who:
            return Line(row, "unknown", _("finns redan"), assignment=person)
    notes = []
    if any(a < row.end and row.start < b for a, b in taken):
        notes.append(_("Går in i ett annat pass. Den som började först svarar."))
    if person is None and not row.phone:
        notes.append(_("Ingen i personalen heter så, och numret saknas: schemats nummer används."))
    return Line(row, "warn" if notes else "ok", _("nytt"), " ".join(notes), person)


@transaction.atomic
def commit(actor: Actor, rota: Rota, rows: list[files.Row], source: str) -> int:
    """Every new row becomes a shift; one wrong row and none does."""
    rule = policy.require(actor, "rota.edit", rota).rule
    Rota.objects.select_for_update().get(pk=rota.pk)
    lines = report(rota, rows)
    if any(line.state == "act" for line in lines):
        raise ValueError("a file with wrong rows is not read in")
    made = [
        RotaShift(
            rota=rota, starts_at=line.row.start, ends_at=line.row.end, assignment=line.assignment,
            who="" if line.assignment else line.row.who, number=line.row.phone, source=source[:200],
        )
        for line in lines
        if line.new and line.row.start and line.row.end
    ]  # fmt: skip
    RotaShift.objects.bulk_create(made)
    audit.record(actor, "rota.import", thing=rota, rule=rule, rows=len(made), source=source[:200])
    return len(made)
