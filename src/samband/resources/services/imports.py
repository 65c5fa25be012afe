"""Files read in: a dry run that answers row by row, then all of it or nothing. Each kind says what its rows mean."""

from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, policy, text
from samband.core.policy import Actor
from samband.people.models import Assignment, Unit
from samband.people.services.imports.cells import Wrong
from samband.resources.rules import files


@dataclass(frozen=True)
class Answer:
    """One row of the report: what will happen, and what to mind. `values`: what is kept, where something is."""

    line: files.Line
    state: str
    word: str
    note: str = ""
    what: str = ""
    values: dict[str, Any] | None = None

    @property
    def who(self) -> str:
        return self.line["who"] or self.line["hsa_id"]


class Kind(ABC):
    """A kind of file for a unit. `action` is the question that whoever reads it in is asked."""

    key = ""
    action = ""
    heads: dict[str, tuple[str, ...]] = {}
    required: tuple[str, ...] = ()
    of_unit = True  # the question is about the unit; else about each row

    def __init__(self, actor: Actor, unit: Unit):
        self.actor, self.unit = actor, unit

    @abstractmethod
    def staff(self) -> Any:
        """The assignments that a row may name."""

    @abstractmethod
    def judge(self, rows: list[tuple[files.Line, Assignment | str]]) -> list[Answer]:
        """What each row would do; a row whose person was not found carries the sentence instead."""

    @abstractmethod
    def keep(self, found: list[Answer]) -> None:
        """Write what is new."""

    def read(self, content: bytes) -> list[files.Line]:
        return files.table(files.decoded(content), self.heads, self.required)

    def report(self, lines: list[files.Line]) -> list[Answer]:
        people: dict[str, list[Assignment]] = defaultdict(list)
        for row in self.staff():
            for key in {text.fold(row.staff.full_name), text.fold(row.staff.hsa_id)}:
                people[key].append(row)
        return self.judge([(line, self._who(line, people)) for line in lines])

    def _who(self, line: files.Line, people: dict[str, list[Assignment]]) -> Assignment | str:
        asked = line["hsa_id"] or line["who"]
        if not asked:
            return _("Det står inte vem raden gäller.")
        found = people.get(text.fold(asked), [])
        if not found:
            return _("Ingen i personalen på %(unit)s heter så. Skriv namnet som i schemat, eller HSA-id.") % {
                "unit": self.unit
            }
        if len({row.staff_id for row in found}) > 1:
            return _("Flera heter så. Skriv HSA-id i stället.")
        return found[0]

    def commit(self, lines: list[files.Line], source: str) -> int:
        """Every new row is kept; one wrong row and none is."""
        with transaction.atomic():
            Unit.objects.select_for_update().get(pk=self.unit.pk)
            rule = policy.require(self.actor, self.action, self.unit if self.of_unit else None).rule
            found = self.report(lines)
            if any(row.state == "act" for row in found):
                raise ValueError("a file with wrong rows is not read in")
            new = [row for row in found if row.values is not None]
            self.keep(new)
            audit.record(
                self.actor, f"{self.key}.import", thing=self.unit, rule=rule, rows=len(new), source=source[:200]
            )
            return len(new)


def wrong(line: files.Line, note: str) -> Answer:
    return Answer(line, "act", _("fel"), note)


def known(line: files.Line, what: str = "") -> Answer:
    return Answer(line, "unknown", _("finns redan"), what=what)


def new(line: files.Line, values: dict[str, Any], what: str, note: str = "", word: str = "") -> Answer:
    return Answer(line, "warn" if note else "ok", word or _("nytt"), note, what, values)


def cell_error(column: str, error: Wrong) -> str:
    """`Till och med: Skriv datumet som ÅÅÅÅ-MM-DD.`"""
    return f"{column}: {_(error.text) % error.values}"


def bad_file(code: str) -> str:
    """Why nothing of the file can be read."""
    return {
        "big": _("Filen är större än 200 kB. Dela den."),
        "many": _("Filen har mer än 2 000 rader. Dela den."),
        "letters": _("Filen går inte att läsa som text. Spara den som CSV (UTF-8) eller iCalendar."),
        "columns": _("Första raden ska ha rubriker, som i mallen. Hämta mallen och jämför."),
        "empty": _("Filen innehåller inga rader."),
    }[code]
