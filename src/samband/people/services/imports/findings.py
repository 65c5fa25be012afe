"""What a reading of the file found: rows to enter, rows already known, rows that are wrong."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from samband.people.services.imports.cells import Wrong
from samband.people.services.imports.columns import Column
from samband.people.services.imports.reader import Row, Said

REPORT_MAX = 500
EVERY = 500
Progress = Callable[[int], None]

KNOWN = gettext_noop("Redan känd, inget ändrat.")
REQUIRED = gettext_noop("Saknas. Här väntas: %(reason)s.")
WIDTH = gettext_noop("Raden har %(found)d kolumner, rubrikraden har %(expected)d.")
TWICE = gettext_noop("Står redan på rad %(line)d i filen.")
NO_AREA = gettext_noop("Området ”%(value)s” finns inte i Samband.")
NO_UNIT = gettext_noop("Enheten med HSA-id %(value)s finns inte i Samband.")
NO_ORGANIZATION = gettext_noop("Organisationen med HSA-id %(value)s finns inte i Samband.")
ORDER = gettext_noop("Slutdagen är före startdagen.")


@dataclass
class Findings:
    """`new` holds what `save` of the importer enters; `report` the first lines for the user, `wrong` every wrong line."""

    new: list[Any] = field(default_factory=list)
    known: int = 0
    total: int = 0
    report: list[dict] = field(default_factory=list)
    wrong: set[int] = field(default_factory=set)

    def fault(self, line: int, column: str, text: str, /, **values: Any) -> None:
        self.wrong.add(line)
        self._tell(line, column, text, "fault", values)

    def already(self, line: int) -> None:
        """Nothing about the row is told but that it is known."""
        self.known += 1
        self._tell(line, "", KNOWN, "known", {})

    def _tell(self, line: int, column: str, text: str, level: str, values: dict) -> None:
        said = Said.of(text, **values).stored()
        if level == "fault" and len(self.report) >= REPORT_MAX:
            # Faults matter more than rows already known: they push those out of a full report.
            quiet = next((i for i in range(len(self.report) - 1, -1, -1) if self.report[i]["level"] == "known"), None)
            if quiet is not None:
                del self.report[quiet]
        if len(self.report) < REPORT_MAX:
            self.report.append({"line": line, "column": column, "level": level, **said})


def read_cells(row: Row, columns: Iterable[Column], found: Findings) -> dict[str, Any] | None:
    """The values of a row by field; None, with every fault told, where a cell is wrong."""
    if row.width != row.expected:
        found.fault(row.line, "", WIDTH, found=row.width, expected=row.expected)
        return None
    values, sound = {}, True
    for column in columns:
        cell = row.cells.get(column.field, "")
        if column.required and not cell:
            found.fault(row.line, column.name, REQUIRED, reason=column.expected)
            sound = False
            continue
        try:
            values[column.field] = column.read(cell)
        except Wrong as error:
            found.fault(row.line, column.name, error.text, **error.values)
            sound = False
    return values if sound else None


def counted(rows: Iterable[Row], found: Findings, progress: Progress) -> Iterator[Row]:
    """Counts the rows and tells the progress now and then."""
    for row in rows:
        found.total += 1
        if found.total % EVERY == 0:
            progress(found.total)
        yield row


def chunks(items: list, size: int = EVERY) -> Iterator[list]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
